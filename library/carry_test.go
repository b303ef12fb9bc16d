package library

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// away is a library with a bundle, and a place elsewhere for what is carried.
func away(t *testing.T) (lib *Library, from, to string) {
	t.Helper()
	lib = testLibrary(t, map[string]string{"other.md": "other", "slug/index.md": "text", "slug/img/a.png": "PNG"})
	return lib, lib.File("slug"), filepath.Join(t.TempDir(), "files", "slug")
}

// files are those in a folder with what they hold, by path; names made at random have
// none of it.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() && !strings.HasPrefix(e.Name(), tempPrefix) {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		if e.IsDir() {
			out[rel] = "folder"
			return nil
		}
		data, err := os.ReadFile(name)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func sameFiles(t *testing.T, what, dir string, want map[string]string) {
	t.Helper()
	got := contents(t, dir)
	for name, s := range want {
		if got[name] != s {
			t.Errorf("%s: %s holds %q, want %q", what, name, got[name], s)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is there", what, name)
		}
	}
}

var (
	whole  = map[string]string{"other.md": "other", "slug/index.md": "text", "slug/img/a.png": "PNG"}
	rest   = map[string]string{"other.md": "other"}
	copied = map[string]string{"index.md": "text", "img/a.png": "PNG"}
)

func TestCarry(t *testing.T) {
	lib, from, to := away(t)
	if left, err := Carry(t.Context(), from, to); err == nil || left != nil {
		t.Errorf("into a folder that is not there: %v, %v", left, err)
	}
	sameFiles(t, "nothing was done", lib.Dir(), whole)
	write(t, filepath.Join(to, "index.md"), "stranger")
	if _, err := Carry(t.Context(), from, to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over another: %v", err)
	}
	sameFiles(t, "the name is taken", lib.Dir(), whole)
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	stop, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Carry(stop, from, to); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	sameFiles(t, "cancelled", lib.Dir(), whole)
	if _, err := Carry(t.Context(), from+"-gone", to); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
	if left, err := Carry(t.Context(), from, to); err != nil || left != nil {
		t.Fatal(left, err)
	}
	sameFiles(t, "carried", lib.Dir(), rest)
	sameFiles(t, "carried", to, copied)
	sameFiles(t, "nothing beside it", filepath.Dir(to), map[string]string{"slug/index.md": "text", "slug/img/a.png": "PNG"})
	// A name that is no UTF-8 and has an ending, and a link that leads nowhere.
	odd := lib.File("a\nb\xff.md")
	if err := os.Symlink("nowhere", odd); err != nil {
		t.Skip(err)
	}
	if _, err := Carry(t.Context(), odd, to+"2"); err != nil {
		t.Fatal(err)
	}
	if where, err := os.Readlink(to + "2"); where != "nowhere" || err != nil {
		t.Error(where, err)
	}
	sameFiles(t, "the link as well", lib.Dir(), rest)
}

// What another program does while a copy is made is not lost.
func TestCarryMeanwhile(t *testing.T) {
	for _, c := range []struct {
		title     string
		meanwhile func(t *testing.T, from, aside, copy string) error
		err       error
		says      string
		lib, to   map[string]string
	}{
		{"a new file in its place", func(t *testing.T, from, _, _ string) error {
			write(t, filepath.Join(from, "index.md"), "newer")
			return nil
		}, nil, "", map[string]string{"other.md": "other", "slug/index.md": "newer"}, copied},
		{"it writes into the open file", func(t *testing.T, _, aside, _ string) error {
			write(t, filepath.Join(aside, "index.md"), "written")
			return nil
		}, ErrChanged, "", map[string]string{"other.md": "other", "slug/index.md": "written", "slug/img/a.png": "PNG"}, nil},
		{"it adds a file", func(t *testing.T, _, aside, _ string) error {
			write(t, filepath.Join(aside, "img/b.png"), "PNG2")
			return nil
		}, ErrChanged, "", map[string]string{"other.md": "other", "slug/index.md": "text", "slug/img/a.png": "PNG", "slug/img/b.png": "PNG2"}, nil},
		{"the disk is full", func(t *testing.T, _, _, copy string) error {
			os.Remove(filepath.Join(copy, "index.md"))
			return syscall.ENOSPC
		}, syscall.ENOSPC, "", whole, nil},
		{"the disk is full, and its place is taken", func(t *testing.T, from, _, _ string) error {
			write(t, filepath.Join(from, "index.md"), "newer")
			write(t, from+"-2", "taken")
			return syscall.ENOSPC
		}, nil, "slug-3", map[string]string{"other.md": "other", "slug/index.md": "newer", "slug-2": "taken", "slug-3/index.md": "text", "slug-3/img/a.png": "PNG"}, nil},
		{"another comes to the new place", func(t *testing.T, _, _, copy string) error {
			write(t, filepath.Join(filepath.Dir(copy), "..", "slug", "index.md"), "stranger")
			return nil
		}, fs.ErrExist, "", whole, map[string]string{"index.md": "stranger"}},
	} {
		t.Run(c.title, func(t *testing.T) {
			lib, from, to := away(t)
			if err := os.Mkdir(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			way := carrier{func(ctx context.Context, aside, copy string) error {
				if err := CopyTree(ctx, aside, copy); err != nil {
					return err
				}
				return c.meanwhile(t, from, aside, copy)
			}, clearAway}
			left, err := way.carry(t.Context(), from, to)
			switch {
			case left != nil, c.err != nil && !errors.Is(err, c.err), c.err == nil && (err != nil) != (c.says != ""), err != nil && !strings.Contains(err.Error(), c.says):
				t.Errorf("%v, %v; want %v %s", left, err, c.err, c.says)
			}
			sameFiles(t, "the library", lib.Dir(), c.lib)
			if c.to == nil {
				sameFiles(t, "elsewhere", filepath.Dir(to), nil)
			} else {
				sameFiles(t, "elsewhere", to, c.to)
			}
		})
	}
}

// An original that cannot be removed, or not whole, does not make the copy undone.
func TestCarryLeaves(t *testing.T) {
	lib, from, to := away(t)
	os.Mkdir(filepath.Dir(to), 0o755)
	way := carrier{CopyTree, func(dir string) error {
		if err := os.Remove(filepath.Join(dir, asideRoom, "slug", "index.md")); err != nil {
			t.Error(err)
		}
		return &fs.PathError{Op: "unlinkat", Path: dir, Err: syscall.EBUSY}
	}}
	left, err := way.carry(t.Context(), from, to)
	if err != nil || left == nil || !errors.Is(left, syscall.EBUSY) || filepath.Dir(left.Path) != lib.Dir() || left.Remedy == "" {
		t.Fatalf("%v, %v", left, err)
	}
	if _, err := os.Stat(left.Path); err != nil {
		t.Error(err)
	}
	sameFiles(t, "elsewhere", to, copied)
	if scan := scanned(t, lib); len(scan.Files) != 1 || len(scan.LeftOut) != 0 {
		t.Errorf("%+v", scan)
	}
	if found := lib.Sweep(scanned(t, lib)); found != nil {
		t.Errorf("told of %v", found)
	}
	sameFiles(t, "swept", lib.Dir(), rest)
}

// What a Carry leaves that was killed comes to its end at the next start.
func TestSweepEndsCarry(t *testing.T) {
	old := time.Now().Add(-2 * staleAfter)
	for _, c := range []struct {
		title string
		do    func(t *testing.T, a *aside, from, to string)
		lib   map[string]string
		told  string // the path of what was told of
	}{
		{"before the copy", func(*testing.T, *aside, string, string) {}, whole, "slug"},
		{"with a part of the copy", func(t *testing.T, a *aside, _, to string) {
			write(t, filepath.Join(filepath.Dir(to), ".longhand-1.tmp", tempCopy, "index.md"), "te")
		}, whole, "slug"},
		{"with the whole copy", func(t *testing.T, a *aside, _, to string) {
			if err := CopyTree(t.Context(), a.file, to); err != nil {
				t.Fatal(err)
			}
		}, rest, ""},
		{"when the copy was changed since", func(t *testing.T, a *aside, _, to string) {
			if err := CopyTree(t.Context(), a.file, to); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(to, "index.md"), "tex.")
		}, whole, "slug"},
		{"when the trash was emptied, and has another of the name", func(t *testing.T, a *aside, _, to string) {
			write(t, filepath.Join(to, "index.md"), "text")
		}, whole, "slug"},
		{"when another is in its place", func(t *testing.T, a *aside, from, _ string) {
			write(t, from, "newer")
		}, map[string]string{"other.md": "other", "slug": "newer", "slug-2/index.md": "text", "slug-2/img/a.png": "PNG"}, "slug-2"},
		{"before the original was set aside", func(t *testing.T, a *aside, from, _ string) {
			if err := os.Rename(a.file, from); err != nil {
				t.Fatal(err)
			}
		}, whole, ""},
		{"without the note, long ago", func(t *testing.T, a *aside, _, _ string) {
			if err := errors.Join(os.Remove(filepath.Join(a.dir, asideNote)), os.Chtimes(a.dir, old, old)); err != nil {
				t.Fatal(err)
			}
		}, whole, "slug"},
		{"with half a note", func(t *testing.T, a *aside, _, to string) {
			if err := os.Truncate(filepath.Join(a.dir, asideNote), 3); err != nil {
				t.Fatal(err)
			}
		}, whole, "slug"},
		{"with nothing in it", func(t *testing.T, a *aside, from, _ string) {
			if err := errors.Join(os.Rename(a.file, from), os.Remove(filepath.Join(a.dir, asideRoom)), os.Remove(filepath.Join(a.dir, asideNote)), os.Chtimes(a.dir, old, old)); err != nil {
				t.Fatal(err)
			}
		}, whole, ""},
	} {
		t.Run(c.title, func(t *testing.T) {
			lib, from, to := away(t)
			os.Mkdir(filepath.Dir(to), 0o755)
			a, err := setAside(from, to)
			if err != nil {
				t.Fatal(err)
			}
			a.note.Close() // as when a process ends
			c.do(t, a, from, to)
			if scan := scanned(t, lib); len(scan.LeftOut) != 0 {
				t.Errorf("left out: %v", scan.LeftOut)
			}
			told := lib.Sweep(scanned(t, lib))
			switch {
			case c.told == "" && told != nil, c.told != "" && (len(told) != 1 || told[0].Path != lib.File(c.told) || told[0].Remedy == ""):
				t.Errorf("told of %v, want %q", told, c.told)
			}
			sameFiles(t, "swept", lib.Dir(), c.lib)
			if told := lib.Sweep(scanned(t, lib)); told != nil {
				t.Errorf("again told of %v", told)
			}
		})
	}
}

// A Carry that is under way is left alone, also by another process.
func TestSweepLeavesCarryAlone(t *testing.T) {
	lib, from, to := away(t)
	os.Mkdir(filepath.Dir(to), 0o755)
	way := carrier{func(ctx context.Context, aside, copy string) error {
		if told := lib.Sweep(scanned(t, lib)); told != nil {
			t.Errorf("told of %v", told)
		}
		return CopyTree(ctx, aside, copy)
	}, clearAway}
	if left, err := way.carry(t.Context(), from, to); left != nil || err != nil {
		t.Fatal(left, err)
	}
	sameFiles(t, "carried", lib.Dir(), rest)
	sameFiles(t, "carried", to, copied)
}

func TestSweepOfCopies(t *testing.T) {
	lib := testLibrary(t, map[string]string{
		".longhand-1.tmp/copy/index.md": "te", ".longhand-2.tmp/copy/index.md": "te", ".longhand-3.tmp/notes.md": "mine",
		".longhand-4.gone/x": "x", "deep/.longhand-5.gone/closed/x": "x", "a.gone/x.md": "x",
	})
	old := time.Now().Add(-2 * staleAfter)
	for _, name := range []string{".longhand-1.tmp", ".longhand-3.tmp"} {
		if err := os.Chtimes(lib.File(name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(lib.File("deep/.longhand-5.gone/closed"), 0o500); err != nil {
		t.Fatal(err)
	}
	lib.Sweep(scanned(t, lib))
	sameFiles(t, "swept", lib.Dir(), map[string]string{
		".longhand-2.tmp": "folder", ".longhand-2.tmp/copy/index.md": "te", ".longhand-3.tmp": "folder", ".longhand-3.tmp/notes.md": "mine", "a.gone/x.md": "x",
	})
}

func TestSameTree(t *testing.T) {
	dir := t.TempDir()
	big := strings.Repeat("0123456789", 30_000)
	lay := func(name string, files map[string]string) string {
		for f, s := range files {
			write(t, filepath.Join(dir, name, f), s)
		}
		return filepath.Join(dir, name)
	}
	one := lay("one", map[string]string{"a": "x", "b/c": big})
	for name, c := range map[string]struct {
		files map[string]string
		same  bool
	}{
		"same":    {map[string]string{"a": "x", "b/c": big}, true},
		"less":    {map[string]string{"b/c": big}, false},
		"more":    {map[string]string{"a": "x", "b/c": big, "b/d": ""}, false},
		"renamed": {map[string]string{"A": "x", "b/c": big}, false},
		"last":    {map[string]string{"a": "x", "b/c": big[1:] + "x"}, false},
		"short":   {map[string]string{"a": "x", "b/c": big[1:]}, false},
		"folder":  {map[string]string{"a": "x", "b/c/d": big}, false},
	} {
		two := lay(name, c.files)
		if sameTree(one, two) != c.same || sameTree(two, one) != c.same {
			t.Errorf("%s: not %v", name, c.same)
		}
	}
	if sameTree(one, one+"-gone") || sameTree(one+"-gone", one+"-gone") {
		t.Error("nothing is the same")
	}
	links := []string{filepath.Join(dir, "l1"), filepath.Join(dir, "l2")}
	for _, l := range links {
		if err := os.Symlink(one, l); err != nil {
			t.Skip(err)
		}
	}
	if !sameTree(links[0], links[1]) || sameTree(links[0], one) {
		t.Error("links")
	}
}
