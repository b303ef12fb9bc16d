package faulty

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"longhand/library/disk"
)

func newDisk(t *testing.T) (*Disk, string) {
	t.Helper()
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "old"), []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	d, err := New(root)
	if err != nil {
		t.Fatal(err)
	}
	return d, root
}

func put(t *testing.T, on disk.FS, name, data string, sync bool) {
	t.Helper()
	f, err := on.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err == nil {
		_, err = f.Write([]byte(data))
	}
	if err == nil && sync {
		err = f.Sync()
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func content(name string) string {
	data, err := os.ReadFile(name)
	if err != nil {
		return "none"
	}
	return string(data)
}

func TestPowerCut(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(t *testing.T, d *Disk, at func(string) string)
		want map[string]string
	}{
		{"nothing synced", func(t *testing.T, d *Disk, at func(string) string) {
			put(t, d, at("new"), "new", false)
			put(t, d, at("old"), " and more", false)
		}, map[string]string{"new": "none", "old": "old"}},
		{"a file without its folder", func(t *testing.T, d *Disk, at func(string) string) {
			put(t, d, at("new"), "new", true)
			put(t, d, at("old"), " and more", true)
		}, map[string]string{"new": "none", "old": "old and more"}},
		{"a folder without its file", func(t *testing.T, d *Disk, at func(string) string) {
			put(t, d, at("new"), "new", false)
			if err := disk.SyncFolder(d, at(".")); err != nil {
				t.Fatal(err)
			}
		}, map[string]string{"new": "", "old": "old"}},
		{"a rename that lasts", func(t *testing.T, d *Disk, at func(string) string) {
			put(t, d, at("new"), "new", true)
			_ = d.Rename(at("new"), at("old"))
			_ = disk.SyncFolder(d, at("."))
			put(t, d, at("old"), " and more", false)
		}, map[string]string{"new": "none", "old": "new"}},
		{"a rename that does not", func(t *testing.T, d *Disk, at func(string) string) {
			put(t, d, at("new"), "new", true)
			_ = d.Rename(at("new"), at("old"))
		}, map[string]string{"new": "none", "old": "old"}},
		{"a removal that does not", func(t *testing.T, d *Disk, at func(string) string) {
			_ = d.Remove(at("old"))
		}, map[string]string{"old": "old"}},
		{"new folders", func(t *testing.T, d *Disk, at func(string) string) {
			_ = disk.MakeFolders(d, at("a/b"), 0o755)
			put(t, d, at("a/b/new"), "new", true)
			_ = disk.SyncFolder(d, at("a/b"))
			_ = d.MkdirAll(at("c"), 0o755)
			put(t, d, at("c/new"), "new", true)
			_ = disk.SyncFolder(d, at("c"))
		}, map[string]string{"a/b/new": "new", "c/new": "none"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, root := newDisk(t)
			c.do(t, d, func(name string) string { return filepath.Join(root, name) })
			if err := d.PowerCut(nil); err != nil {
				t.Fatal(err)
			}
			for name, want := range c.want {
				if got := content(filepath.Join(root, name)); got != want {
					t.Errorf("%s holds %q, want %q", name, got, want)
				}
			}
			if info, err := os.Stat(filepath.Join(root, "old")); err == nil && info.Mode().Perm()&^0o640 != 0 {
				t.Errorf("old is %v", info.Mode())
			}
		})
	}
}

// By chance all of an append may last, a part, or nothing: never what was not written.
func TestPowerCutByChance(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(200) {
		d, root := newDisk(t)
		put(t, d, filepath.Join(root, "old"), "er", false)
		if err := d.PowerCut(rand.New(rand.NewPCG(seed, 1))); err != nil {
			t.Fatal(err)
		}
		seen[content(filepath.Join(root, "old"))] = true
	}
	for _, want := range []string{"old", "olde", "older", "old\x00\x00", "olde\x00"} {
		if !seen[want] {
			t.Errorf("%q never came", want)
		}
		delete(seen, want)
	}
	if len(seen) > 0 {
		t.Errorf("came as well: %v", seen)
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		fault Fault
		want  error
		left  string
	}{
		{Broken, syscall.EIO, ""}, {NoSpace, syscall.ENOSPC, "ne"}, {ReadOnly, syscall.EROFS, ""}, {StopsIn, ErrStopped, "ne"}, {StopsPast, ErrStopped, "news"},
	} {
		d, root := newDisk(t)
		name := filepath.Join(root, "new")
		f, err := d.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		d.Set(c.fault, 1, 1)
		if _, err := f.Write([]byte("news")); !errors.Is(err, c.want) || content(name) != c.left {
			t.Errorf("%v: %v, %q", c.fault, err, content(name))
		}
		if _, err = d.Stat(name); errors.Is(err, ErrStopped) != c.fault.Stops() {
			t.Errorf("%v: the next call says %v", c.fault, err)
		}
		if d.Calls() < 2 || !d.Met() {
			t.Errorf("%v: %q", c.fault, d.Trace())
		}
	}
}
