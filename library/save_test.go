package library

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestSave(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "one.md")
	if _, err := Save(file, []byte("one"), nil); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o666, 0o755} {
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		text := []byte("with mode " + mode.String())
		if _, err := Save(file, text, nil); err != nil {
			t.Fatal(err)
		}
		info, _ := os.Stat(file)
		if runtime.GOOS != "windows" && info.Mode().Perm() != mode || readString(t, file) != string(text) {
			t.Errorf("saved with mode %v: %v, %q", mode, info.Mode(), readString(t, file))
		}
	}
	noTemps(t, dir)
}

func TestSaveSameBytesLeavesFileAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "one.md")
	long := time.Now().Add(-time.Hour).Truncate(time.Second)
	write(t, file, "one")
	if err := os.Chtimes(file, long, long); err != nil {
		t.Fatal(err)
	}
	before, _ := os.Stat(file)
	if _, err := Save(file, []byte("one"), []byte("whatever it was")); err != nil {
		t.Fatal(err)
	}
	after, _ := os.Stat(file)
	if !after.ModTime().Equal(long) || !os.SameFile(before, after) {
		t.Errorf("written again at %v", after.ModTime())
	}
}

func TestSaveChanged(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "one.md")
	for _, theirs := range []string{"their text", "same size", ""} {
		write(t, file, theirs)
		_, err := Save(file, []byte("my text"), []byte("what I had")[:9])
		var p *Problem
		if !errors.Is(err, ErrChanged) || !errors.As(err, &p) || p.Path != file || p.Remedy == "" {
			t.Errorf("over %q: %v", theirs, err)
		}
		if got := readString(t, file); got != theirs {
			t.Errorf("their %q became %q", theirs, got)
		}
	}
	write(t, file, "")
	if _, err := Save(file, []byte("x"), []byte{}); err != nil {
		t.Errorf("an empty file that still is: %v", err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, err := Save(file, []byte("again"), []byte("x")); err != nil || readString(t, file) != "again" {
		t.Errorf("a file that is gone: %v", err)
	}
	noTemps(t, dir)
}

func TestSaveThroughLink(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"real", "here"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	target, link, second := filepath.Join(dir, "real", "one.md"), filepath.Join(dir, "here", "link.md"), filepath.Join(dir, "second.md")
	if err := os.Symlink(filepath.Join("..", "real", "one.md"), link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if err := os.Symlink(filepath.Join("here", "link.md"), second); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, file, data string }{{"dangling", second, "one"}, {"existing", link, "two"}, {"of a link", second, "three"}} {
		if _, err := Save(c.file, []byte(c.data), nil); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for _, l := range []string{link, second} {
			if info, _ := os.Lstat(l); info.Mode()&fs.ModeSymlink == 0 {
				t.Fatalf("%s: %s is no link any more", c.name, l)
			}
		}
		if got := readString(t, target); got != c.data {
			t.Errorf("%s: the target holds %q", c.name, got)
		}
	}
	loop := filepath.Join(dir, "loop.md")
	if err := os.Symlink("loop.md", loop); err != nil {
		t.Fatal(err)
	}
	if _, err := Save(loop, []byte("x"), nil); err == nil {
		t.Error("saved into a loop")
	}
	noTemps(t, dir)
}

func TestSaveRefused(t *testing.T) {
	dir := t.TempDir()
	readOnly := filepath.Join(dir, "ro.md")
	write(t, readOnly, "old")
	if err := os.Chmod(readOnly, 0o444); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "file"), "")
	for _, c := range []struct{ name, file, message, remedy string }{
		{"read-only", readOnly, "read-only", "chmod u+w"},
		{"folder gone", filepath.Join(dir, "gone", "one.md"), "folder is gone", "another name"},
		{"a file for a folder", filepath.Join(dir, "file", "one.md"), "not saved", "another name"},
		{"a folder", dir, "no file", "another name"},
	} {
		_, err := Save(c.file, []byte("new"), nil)
		var p *Problem
		if !errors.As(err, &p) || p.Path != c.file || !strings.Contains(p.Message, c.message) || !strings.Contains(p.Remedy, c.remedy) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if got := readString(t, readOnly); got != "old" {
		t.Errorf("read-only file became %q", got)
	}
	noTemps(t, dir)
}

func TestSaveToFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	// A full file system takes a mount. What can be had of it is the message.
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	_, err = f.Write([]byte("x"))
	if p := saveProblem("one.md", err); !strings.Contains(p.Error(), "free some space") {
		t.Error(p)
	}
}

func TestSaveIsNeverTorn(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "one.md")
	text := func(i int) []byte { return bytes.Repeat([]byte{byte('a' + i)}, 100_000+i) }
	whole := func(data []byte) bool { return len(data) > 0 && bytes.Equal(data, text(int(data[0]-'a'))) }
	if _, err := Save(file, text(0), nil); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var readers, writers sync.WaitGroup
	readers.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			if data, err := os.ReadFile(file); err != nil || !whole(data) {
				t.Errorf("read %d bytes, %v", len(data), err)
				return
			}
		}
	})
	for i := range 8 {
		writers.Go(func() {
			for range 10 {
				if _, err := Save(file, text(i), nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	noTemps(t, dir)
}

func TestSweep(t *testing.T) {
	lib := testLibrary(t, map[string]string{
		"one.md": "", "b[1]/index.md": "", "authors/jane.md": "",
		".longhand-old.tmp": "", "b[1]/.longhand-old.tmp": "", "authors/.longhand-old.tmp": "",
		".longhand-new.tmp": "", ".longhand-old.md": "", "old.tmp": "",
	})
	old := time.Now().Add(-2 * time.Hour)
	for _, name := range []string{".longhand-old.tmp", "b[1]/.longhand-old.tmp", "authors/.longhand-old.tmp", ".longhand-old.md", "old.tmp"} {
		if err := os.Chtimes(lib.File(name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(lib.File(".longhand-folder.tmp"), 0o755); err != nil {
		t.Fatal(err)
	}
	scan, err := lib.Scan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lib.Sweep(scan)
	for name, want := range map[string]bool{
		".longhand-old.tmp": false, "b[1]/.longhand-old.tmp": false, "authors/.longhand-old.tmp": false,
		".longhand-new.tmp": true, ".longhand-old.md": true, "old.tmp": true, ".longhand-folder.tmp": true, "one.md": true,
	} {
		if _, err := os.Stat(lib.File(name)); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", name, err == nil, want)
		}
	}
}
