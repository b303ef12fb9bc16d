//go:build unix

package target

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What stands where a page was is not read if reading it has no end.
func TestWhatIsNoFileIsLeftUnread(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "pipe.html", "one")
	put(t, f, "device.html", "two")
	put(t, f, "spared.html", "three")
	finish(t, f)
	for _, name := range []string{"pipe.html", "device.html", "spared.html"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"pipe.html", "spared.html"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Skip(err)
		}
	}
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "device.html")); err != nil {
		t.Skip(err)
	}
	f = open(t, dir)
	f.Spare("spared.html")
	removed, problems := finish(t, f)
	if removed != 0 || len(problems) != 2 {
		t.Errorf("%d removed; %v", removed, problems)
	}
	if !strings.Contains(content(t, filepath.Join(dir, manifestFile)), " spared.html\n") {
		t.Error("what is spared is not known any more")
	}
}

// A manifest of nothing but line ends asks for no more memory than it has bytes.
func TestManifestOfLineEnds(t *testing.T) {
	f := &Folder{dir: t.TempDir()}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f.root = root
	write(t, filepath.Join(f.dir, manifestFile), strings.Repeat("\n", 1<<20))
	if err := f.readKnown(); err != nil || cap(f.order) > 1<<15 {
		t.Errorf("%v; room for %d files", err, cap(f.order))
	}
}

func TestPipeInThePlaceOfTheManifest(t *testing.T) {
	for _, name := range []string{manifestFile, journalFile} {
		dir := t.TempDir()
		write(t, filepath.Join(dir, own, "lock"), "")
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o644); err != nil {
			t.Skip(err)
		}
		f, err := Open(dir, "", false)
		if err == nil {
			f.Close()
			t.Fatalf("%s is a pipe, and nothing is said", name)
		}
		if !strings.Contains(err.Error(), "the list of the site's files cannot be read") || !strings.Contains(err.Error(), "no file stands there") {
			t.Error(err)
		}
	}
}
