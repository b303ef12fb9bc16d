//go:build unix && !darwin

package trash

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"longhand/library"
)

var now = time.Date(2026, 11, 12, 13, 14, 15, 0, time.Local)

// disks are a home and another disk with a library, which a device function tells apart.
func disks(t *testing.T) (b *Bin, home, other string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	home, other = filepath.Join(dir, "home"), filepath.Join(dir, "other")
	for _, d := range []string{home, filepath.Join(other, "lib", "sub")} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	b = New(filepath.Join(home, ".local", "share", "Trash"))
	b.uid = 1234
	b.device = func(file string) (uint64, error) {
		if _, err := os.Stat(file); err != nil {
			return 0, err
		}
		if file == other || strings.HasPrefix(file, other+"/") {
			return 2, nil
		}
		return 1, nil
	}
	return b, home, other
}

func write(t *testing.T, file, s string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(s), 0o640); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, file, want string) {
	t.Helper()
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", file, got, err, want)
	}
}

func gone(t *testing.T, file string) {
	t.Helper()
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is there: %v", file, err)
	}
}

func TestHomeTrash(t *testing.T) {
	b, home, _ := disks(t)
	file := filepath.Join(home, "lib", "Été #1.md")
	write(t, file, "one")
	first, err := b.Put(file, now)
	if err != nil {
		t.Fatal(err)
	}
	gone(t, file)
	holds(t, filepath.Join(b.home, "files", "Été #1.md"), "one")
	holds(t, filepath.Join(b.home, "info", "Été #1.md.trashinfo"),
		"[Trash Info]\nPath="+home+"/lib/%C3%89t%C3%A9%20%231.md\nDeletionDate=2026-11-12T13:14:15\n")
	for _, dir := range []string{b.home, filepath.Join(b.home, "files"), filepath.Join(b.home, "info")} {
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", dir, info.Mode(), err)
		}
	}
	// Another of the same name, and one that lies there without being told of.
	write(t, file, "two")
	write(t, filepath.Join(b.home, "files", "Été #1.2.md"), "stray")
	second, err := b.Put(file, now)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, filepath.Join(b.home, "files", "Été #1.3.md"), "two")
	gone(t, filepath.Join(b.home, "info", "Été #1.2.md.trashinfo"))

	if err := first.Restore(); err != nil {
		t.Fatal(err)
	}
	holds(t, file, "one")
	gone(t, filepath.Join(b.home, "info", "Été #1.md.trashinfo"))
	var bad *library.Problem
	if err := second.Restore(); !errors.Is(err, fs.ErrExist) || !errors.As(err, &bad) || bad.Path != file {
		t.Errorf("restored over another: %v", err)
	}
	holds(t, file, "one")
	holds(t, second.In, "two")
	if err := first.Restore(); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrExist) {
		t.Errorf("restored twice: %v", err)
	}
}

func TestFolder(t *testing.T) {
	b, home, _ := disks(t)
	dir := filepath.Join(home, "lib", "slug")
	write(t, filepath.Join(dir, "index.md"), "text")
	write(t, filepath.Join(dir, "img", "a.png"), "PNG")
	item, err := b.Put(dir, now)
	if err != nil {
		t.Fatal(err)
	}
	gone(t, dir)
	if err := os.Remove(filepath.Join(home, "lib")); err != nil { // its folder goes as well
		t.Fatal(err)
	}
	if err := item.Restore(); err != nil {
		t.Fatal(err)
	}
	holds(t, filepath.Join(dir, "img", "a.png"), "PNG")
}

func TestOtherDisk(t *testing.T) {
	b, _, other := disks(t)
	file := filepath.Join(other, "lib", "sub", "a b.md")
	put := func(in string) *Item {
		t.Helper()
		write(t, file, "one")
		item, err := b.Put(file, now)
		if err != nil {
			t.Fatal(err)
		}
		if item.In != in {
			t.Errorf("in %s, want %s", item.In, in)
		}
		gone(t, file)
		return item
	}
	own := filepath.Join(other, ".Trash-1234")
	item := put(filepath.Join(own, "files", "a b.md"))
	holds(t, item.info, "[Trash Info]\nPath=lib/sub/a%20b.md\nDeletionDate=2026-11-12T13:14:15\n")
	if err := item.Restore(); err != nil {
		t.Fatal(err)
	}
	// The administrator's, if it is sticky and no link.
	shared := filepath.Join(other, ".Trash")
	if err := os.Mkdir(shared, 0o777); err != nil {
		t.Fatal(err)
	}
	put(filepath.Join(own, "files", "a b.md"))
	if err := os.Chmod(shared, 0o777|fs.ModeSticky); err != nil {
		t.Fatal(err)
	}
	put(filepath.Join(shared, "1234", "files", "a b.md"))
	if err := os.Rename(shared, shared+"-real"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(shared+"-real", shared); err != nil {
		t.Fatal(err)
	}
	put(filepath.Join(own, "files", "a b.2.md"))
}

// Where the disk has no trash, the file is copied to the home trash, and back.
func TestCarry(t *testing.T) {
	b, _, other := disks(t)
	write(t, filepath.Join(other, ".Trash-1234"), "in the way")
	dir := filepath.Join(other, "lib", "slug")
	write(t, filepath.Join(dir, "index.md"), "text")
	if err := os.Symlink("index.md", filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	item, err := b.Put(dir, now)
	if err != nil {
		t.Fatal(err)
	}
	gone(t, dir)
	if item.In != filepath.Join(b.home, "files", "slug") {
		t.Errorf("in %s", item.In)
	}
	holds(t, filepath.Join(item.In, "link.md"), "text")
	if info, err := os.Stat(filepath.Join(item.In, "index.md")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir(filepath.Join(b.home, "files")); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
	if err := item.Restore(); err != nil {
		t.Fatal(err)
	}
	holds(t, filepath.Join(dir, "index.md"), "text")
	// What cannot be copied whole stays.
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	var bad *library.Problem
	if _, err := b.Put(dir, now); !errors.As(err, &bad) || !strings.Contains(bad.Message, "pipe") {
		t.Errorf("a pipe: %v", err)
	}
	holds(t, filepath.Join(dir, "index.md"), "text")
	if left, _ := os.ReadDir(filepath.Join(b.home, "info")); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestPutRefused(t *testing.T) {
	b, home, other := disks(t)
	write(t, filepath.Join(b.home, "files", "x"), "x")
	for _, file := range []string{filepath.Join(home, "gone.md"), b.home, filepath.Join(b.home, "files", "x"), home, other} {
		var bad *library.Problem
		if _, err := b.Put(file, now); !errors.As(err, &bad) || bad.Remedy == "" {
			t.Errorf("%s: %v", file, err)
		}
	}
	holds(t, filepath.Join(b.home, "files", "x"), "x")
	if _, err := New("").Put(filepath.Join(b.home, "files", "x"), now); err == nil {
		t.Error("put without a trash")
	}
}

func TestNames(t *testing.T) {
	b, home, _ := disks(t)
	for _, name := range []string{strings.Repeat("é", 126) + ".md", strings.Repeat("x", 255), "a\nb.md", "🌅.md", ".hidden", "a." + strings.Repeat("y", 200), "%41.md"} {
		for range 2 {
			file := filepath.Join(home, name)
			write(t, file, name)
			item, err := b.Put(file, now)
			if err != nil {
				t.Fatalf("%.20q: %v", name, err)
			}
			if info, err := os.ReadFile(item.info); err != nil || strings.Count(string(info), "\n") != 3 {
				t.Errorf("%.20q: %q, %v", name, info, err)
			}
			if err := item.Restore(); err != nil {
				t.Errorf("%.20q: %v", name, err)
			}
			holds(t, file, name)
			if _, err := b.Put(file, now); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A symbolic link goes itself, and a path through one is told apart by what it leads to.
func TestLinks(t *testing.T) {
	b, home, other := disks(t)
	file := filepath.Join(other, "lib", "one.md")
	write(t, file, "one")
	link := filepath.Join(home, "link.md")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	item, err := b.Put(link, now)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, file, "one")
	gone(t, link)
	if err := item.Restore(); err != nil {
		t.Fatal(err)
	}
	holds(t, link, "one")
	through := filepath.Join(home, "lib")
	if err := os.Symlink(filepath.Join(other, "lib"), through); err != nil {
		t.Fatal(err)
	}
	if item, err = b.Put(filepath.Join(through, "one.md"), now); err != nil {
		t.Fatal(err)
	}
	if item.In != filepath.Join(other, ".Trash-1234", "files", "one.md") {
		t.Errorf("in %s", item.In)
	}
	if err := item.Restore(); err != nil {
		t.Fatal(err)
	}
	holds(t, file, "one")
}
