package versions

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"longhand/library/disk"
	"longhand/library/disk/faulty"
)

// torture asks for the long form of tests that let everything fail.
var torture = os.Getenv("LONGHAND_TORTURE") != ""

// begun is what is kept before a fault, by file, oldest first.
var begun = map[string][]string{
	"/l/a.md": {"a1", "a2", "a3"}, "/l/b.md": {"b1"}, "/l/dir/index.md": {"i1", "i2"}, "/m/dir/index.md": {"m1"},
}

// work is something that is done with a store while a call of the file system fails.
type work struct {
	name string
	do   func(*Store) error
	lost []string // what it may take away
	file string   // to which it adds
	text string
}

func works() []work {
	keeping := func(name, file, text string) work {
		return work{name: name, file: file, text: text, do: func(s *Store) error {
			_, err := s.Keep(file, State{Data: []byte(text), Why: Saved, At: now})
			return err
		}}
	}
	return []work{
		keeping("keep", "/l/a.md", "a4"),
		keeping("keep the first", "/l/new.md", "n1"),
		keeping("keep an earlier state", "/l/a.md", "a1"),
		{name: "move a file", do: func(s *Store) error { return s.Moved("/l/a.md", "/l/b.md") }},
		{name: "move a folder", do: func(s *Store) error { return s.Moved("/l/dir", "/m/dir") }},
		{name: "thin", lost: []string{"a1", "a2", "i1"}, do: func(s *Store) error { return s.Thin(context.Background(), now) }},
	}
}

// Each call of the file system fails or is the last, in every way: all versions that
// were kept are there, whole, and the next attempt works.
func TestFaults(t *testing.T) {
	variants := 4
	if torture {
		variants = 42
	}
	s := open(t)
	for file, list := range begun {
		for i, data := range list {
			keep(t, s, file, data, old.Add(time.Duration(i)*time.Minute))
		}
	}
	runs, calls := 0, 0
	for _, w := range works() {
		d, store := w.lay(t, s.dir)
		before := d.Calls()
		if err := w.do(store); err != nil {
			t.Fatal(err)
		}
		all := d.Calls() - before
		calls += all
		for n := 1; n <= all; n++ {
			for _, fault := range faulty.Faults {
				// Variants: from then on or alone; the end of the process or, by chance, of the machine.
				for variant := range uint64(variants) {
					if !torture && variant != uint64(n)%4 { // a quarter of all, each call its own
						continue
					}
					many, cut := 1, variant
					if !fault.Stops() {
						many, cut = []int{1, 1 << 20}[variant%2], 0
						if variant > 1 {
							continue
						}
					}
					w.play(t, s.dir, n, fault, many, cut)
					runs++
				}
			}
		}
	}
	t.Logf("%d calls of keeping, moving and thinning x %d faults, alone and from then on, and crashes of the process and the machine: %d runs, nothing lost", calls, len(faulty.Faults), runs)
}

var old = now.Add(-100 * 24 * time.Hour)

// lay makes a copy of a store on a disk that can fail.
func (w work) lay(t *testing.T, template string) (*faulty.Disk, *Store) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "state")
	if err := os.CopyFS(filepath.Join(dir, "versions"), os.DirFS(template)); err != nil {
		t.Fatal(err)
	}
	d, err := faulty.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	return d, reopen(t, d, dir)
}

func reopen(t *testing.T, on disk.FS, dir string) *Store {
	t.Helper()
	s, err := Open(on, filepath.Join(dir, "versions"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// play does the work while the n-th call meets a fault. A cut of 0 is the end of the
// process, of more that of the machine, whose chance it is.
func (w work) play(t *testing.T, template string, n int, fault faulty.Fault, many int, cut uint64) {
	t.Helper()
	d, s := w.lay(t, template)
	dir := filepath.Dir(s.dir)
	before := d.Calls()
	d.Set(fault, n, many)
	failed := w.do(s)
	where := func() string {
		trace := d.Trace()
		return fmt.Sprintf("%s, %s at %q (cut %d)", w.name, fault, trace[min(before+n, len(trace))-1], cut)
	}
	if failed == nil || cut > 0 { // what is reported as kept lasts
		var r *rand.Rand
		if cut > 1 {
			r = rand.New(rand.NewPCG(cut, uint64(n)))
		}
		if err := d.PowerCut(r); err != nil {
			t.Fatal(err)
		}
	}
	d.Restart()
	if fault.Stops() || failed == nil {
		s = reopen(t, d, dir)
	}
	w.check(t, s, where, failed == nil)
	if err := w.do(s); err != nil {
		t.Fatalf("%s: the next attempt fails: %v", where(), err)
	}
	if err := d.PowerCut(nil); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, d, dir)
	w.check(t, s, where, true)
	if err := s.Thin(context.Background(), old); err != nil { // which only sweeps
		t.Errorf("%s: %v", where(), err)
	}
	w.check(t, s, where, true)
	for _, folder := range []string{s.objects(), s.articles()} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if isTemp(e.Name()) {
				t.Errorf("%s: %s is left", where(), e.Name())
			}
		}
	}
}

// check checks that nothing is damaged or lost, and that what was added is there, if it
// was reported so.
func (w work) check(t *testing.T, s *Store, where func() string, added bool) {
	t.Helper()
	if torture {
		for _, err := range s.Check(context.Background()) {
			t.Errorf("%s: %v", where(), err)
		}
	}
	var got []string
	for _, file := range []string{"/l/a.md", "/l/b.md", "/l/dir/index.md", "/m/dir/index.md", "/l/new.md"} {
		got = append(got, texts(t, s, file)...)
	}
	for _, list := range begun {
		for _, data := range list {
			if !slices.Contains(got, data) && !slices.Contains(w.lost, data) {
				t.Errorf("%s: %s is lost, there are %q", where(), data, got)
			}
		}
	}
	if added && w.text != "" && texts(t, s, w.file)[0] != w.text {
		t.Errorf("%s: %s was kept and is not the last", where(), w.text)
	}
}
