package library

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/library/disk"
	"longhand/library/disk/faulty"
)

// torture asks for the long form of tests that let everything fail.
var torture = os.Getenv("LONGHAND_TORTURE") != ""

// scene is a folder and what is to be written there.
type scene struct {
	name string
	// make lays out the folder and returns the file that is written.
	make func(t *testing.T, dir string) string
	do   func(on disk.FS, file string) error
	was  string // "" if there was none
	want string // when it is done
	kept bool   // the file is refused: it stays as it was
}

const (
	oldText = "What it was, in some more words.\n"
	newText = "What it is now.\nA longer text, of which half could be written.\n"
)

func scenes() []scene {
	plain := func(t *testing.T, dir string) string {
		file := filepath.Join(dir, "one.md")
		write(t, file, oldText)
		if err := os.Chmod(file, 0o640); err != nil {
			t.Fatal(err)
		}
		return file
	}
	saving := func(was []byte) func(on disk.FS, file string) error {
		return func(on disk.FS, file string) error {
			_, err := save(on, file, []byte(newText), was)
			return err
		}
	}
	creating := func(on disk.FS, file string) error { return create(on, file, []byte(newText)) }
	return []scene{
		{"save over the old", plain, saving([]byte(oldText)), oldText, newText, false},
		{"save as new", func(_ *testing.T, dir string) string { return filepath.Join(dir, "new.md") }, saving(nil), "", newText, false},
		{"save through a link", func(t *testing.T, dir string) string {
			file := plain(t, dir)
			link := filepath.Join(dir, "link.md")
			if err := os.Symlink(filepath.Base(file), link); err != nil {
				t.Skip(err)
			}
			return link
		}, saving([]byte(oldText)), oldText, newText, false},
		{"save what another program changed", plain, saving([]byte("something else, of any length\n")), oldText, oldText, true},
		{"create", func(_ *testing.T, dir string) string { return filepath.Join(dir, "new.md") }, creating, "", newText, false},
		{"create in new folders", func(_ *testing.T, dir string) string { return filepath.Join(dir, "a", "b", "new.md") }, creating, "", newText, false},
		{"create what is there", plain, creating, oldText, oldText, true},
	}
}

// Each call of saving fails or is the last, in every way: the file is the old or the
// new one, whole, and what was reported as saved is saved.
func TestSaveFaults(t *testing.T) {
	seeds := uint64(3)
	if torture {
		seeds = 60
	}
	tried, calls := 0, 0
	for _, s := range scenes() {
		all := s.count(t)
		calls += all
		for n := 1; n <= all+1; n++ { // at the last, all goes well
			for _, fault := range faulty.Faults {
				for _, many := range []int{1, 1 << 20} {
					if fault.Stops() && many > 1 {
						continue
					}
					cuts := uint64(1)
					if fault.Stops() {
						cuts = seeds + 2
					}
					for cut := range cuts {
						s.play(t, n, fault, many, cut)
						tried++
					}
				}
			}
		}
	}
	t.Logf("%d calls of saving and creating x %d faults, alone and from then on, and %d crashes of the machine: %d runs", calls, len(faulty.Faults), seeds+1, tried)
}

func (s scene) lay(t *testing.T) (*faulty.Disk, string) {
	t.Helper()
	dir := t.TempDir()
	file := s.make(t, dir)
	write(t, filepath.Join(dir, "other.md"), "another article")
	d, err := faulty.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d, file
}

func (s scene) count(t *testing.T) int {
	d, file := s.lay(t)
	if err := s.do(d, file); (err != nil) != s.kept {
		t.Fatalf("%s: %v", s.name, err)
	}
	return d.Calls()
}

func (s scene) play(t *testing.T, n int, fault faulty.Fault, many int, cut uint64) {
	t.Helper()
	d, file := s.lay(t)
	dir := filepath.Dir(file)
	d.Set(fault, n, many)
	err := s.do(d, file)
	if _, err := os.Stat(dir); err == nil && fault == faulty.NoSpace { // which lets files be removed
		noTemps(t, dir)
	}
	if err == nil || fault.Stops() && cut > 0 {
		var r *rand.Rand
		if cut > 1 {
			r = rand.New(rand.NewPCG(cut, uint64(n)))
		}
		if err := d.PowerCut(r); err != nil {
			t.Fatal(err)
		}
	}
	d.Restart()
	where := func() string {
		return s.name + ", call " + strings.Join(d.Trace()[min(n, len(d.Trace()))-1:min(n, len(d.Trace()))], "") + ": " + fault.String()
	}
	data, rerr := os.ReadFile(file)
	got := string(data)
	switch {
	case rerr != nil && s.was != "":
		t.Errorf("%s: the file is gone: %v", where(), rerr)
	case rerr == nil && got != s.was && got != newText, rerr == nil && got == "":
		t.Errorf("%s: the file holds %q", where(), got)
	case err == nil && got != s.want:
		t.Errorf("%s: reported as done, but the file holds %q", where(), got)
	case s.kept && got != s.was:
		t.Errorf("%s: the file was not to be touched, and holds %q", where(), got)
	}
	if info, err := os.Stat(file); err == nil && s.was != "" && info.Mode().Perm() != 0o640 {
		t.Errorf("%s: the file has the mode %v", where(), info.Mode())
	}
	if info, err := os.Lstat(file); err == nil && strings.HasSuffix(file, "link.md") && info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("%s: the link is none any more", where())
	}
	if s.kept {
		return
	}
	if err := s.do(d, file); err != nil && (s.name[:4] == "save" || string(data) != newText) {
		t.Errorf("%s: and afterwards: %v", where(), err)
	}
	if got := readString(t, file); got != newText {
		t.Errorf("%s: saved again, it holds %q", where(), got)
	}
}
