//go:build linux

package trash

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Between two real disks, where the machine has them, a file is carried to the home
// trash and back, also where they are taken for one.
func TestRealDisks(t *testing.T) {
	shm, err := os.MkdirTemp("/dev/shm", "longhand-test-")
	if err != nil {
		t.Skip("there is no second disk here")
	}
	defer os.RemoveAll(shm)
	home := t.TempDir()
	here, err := deviceOf(home)
	there, err2 := deviceOf(shm)
	if err != nil || err2 != nil || here == there {
		t.Skip("there is no second disk here")
	}
	b := New(filepath.Join(home, "Trash"))
	b.uid = 1234
	b.device = func(dir string) (uint64, error) { // so that it tries the home trash
		if dir == shm || dir == home || strings.HasPrefix(dir, shm+"/") || strings.HasPrefix(dir, home+"/") {
			return 1, nil
		}
		return 2, nil
	}
	write(t, filepath.Join(shm, ".Trash-1234"), "in the way")
	file := filepath.Join(shm, "lib", "slug", "index.md")
	write(t, file, "text")
	item, err := b.Put(filepath.Dir(file), now)
	if err != nil {
		t.Fatal(err)
	}
	if item.In != filepath.Join(b.home, "files", "slug") || item.Left != nil {
		t.Errorf("%+v", item)
	}
	holds(t, filepath.Join(item.In, "index.md"), "text")
	if left, _ := os.ReadDir(filepath.Join(shm, "lib")); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	gone(t, filepath.Dir(file))
	if err := item.Restore(); err != nil {
		t.Fatal(err)
	}
	holds(t, file, "text")
	gone(t, item.In)
	gone(t, item.info)
}

// Mounts of one device, between which the system moves nothing, and one within an
// article, which cannot be removed. This needs a name space of our own for mounts.
func TestRealMounts(t *testing.T) {
	const inside = "LONGHAND_TEST_MOUNTS"
	dir := os.Getenv(inside)
	if dir == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestRealMounts$", "-test.v")
		cmd.Env = append(os.Environ(), inside+"="+t.TempDir())
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		}
		out, err := cmd.CombinedOutput()
		var ended *exec.ExitError
		switch {
		case err != nil && !errors.As(err, &ended):
			t.Skip("no name spaces here: ", err)
		case strings.Contains(string(out), "--- SKIP"):
			t.Skip("no mounts here")
		case err != nil:
			t.Errorf("%s", out)
		}
		return
	}
	mount := func(from, to, kind string, flags uintptr) {
		t.Helper()
		if err := os.MkdirAll(to, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mount(from, to, kind, flags, ""); err != nil {
			t.Skip(err)
		}
	}
	disk := filepath.Join(dir, "disk")
	mount("tmpfs", disk, "tmpfs", 0)
	home, lib := filepath.Join(disk, "home"), filepath.Join(disk, "home", "lib")
	if err := os.MkdirAll(filepath.Join(disk, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	mount(filepath.Join(disk, "data"), lib, "", syscall.MS_BIND)
	if one, err := deviceOf(home); err != nil {
		t.Fatal(err)
	} else if two, err := deviceOf(lib); one != two || err != nil {
		t.Fatalf("devices %d and %d, %v", one, two, err)
	}
	b := New(filepath.Join(home, "Trash"))
	put := func(name string) *Item {
		t.Helper()
		write(t, filepath.Join(lib, name, "index.md"), "text")
		item, err := b.Put(filepath.Join(lib, name), now)
		if err != nil {
			t.Fatal(err)
		}
		if item.In != filepath.Join(b.home, "files", name) {
			t.Errorf("in %s", item.In)
		}
		gone(t, filepath.Join(lib, name))
		holds(t, filepath.Join(item.In, "index.md"), "text")
		holds(t, item.info, "[Trash Info]\nPath="+filepath.Join(lib, name)+"\nDeletionDate=2026-11-12T13:14:15\n")
		return item
	}
	item := put("slug")
	if left, _ := filepath.Glob(filepath.Join(disk, ".Trash-*")); item.Left != nil || len(left) != 0 {
		t.Errorf("%v, left %v", item.Left, left)
	}
	if err := item.Restore(); err != nil {
		t.Fatal(err)
	}
	holds(t, filepath.Join(lib, "slug", "index.md"), "text")
	gone(t, item.In)
	gone(t, item.info)
	mount("tmpfs", filepath.Join(lib, "second", "mounted"), "tmpfs", 0)
	write(t, filepath.Join(lib, "second", "mounted", "a.png"), "PNG")
	if item = put("second"); item.Left == nil || filepath.Dir(item.Left.Path) != lib {
		t.Errorf("%+v", item.Left)
	}
	holds(t, filepath.Join(item.In, "mounted", "a.png"), "PNG")
}
