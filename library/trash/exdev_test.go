//go:build linux

package trash

import (
	"os"
	"path/filepath"
	"testing"
)

// Between two real disks, where the machine has them, a file is carried to the home
// trash and back.
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
	b.device = func(string) (uint64, error) { return 1, nil } // so that it tries the home trash
	file := filepath.Join(shm, "lib", "slug", "index.md")
	write(t, file, "text")
	if _, err := b.Put(filepath.Dir(file), now); err == nil {
		t.Error("moved between disks")
	}
	holds(t, file, "text")
	item, err := place{dir: b.home}.put(filepath.Dir(file), now, carry)
	if err != nil {
		t.Fatal(err)
	}
	gone(t, filepath.Dir(file))
	if err := item.Restore(); err != nil {
		t.Fatal(err)
	}
	holds(t, file, "text")
	gone(t, item.In)
	gone(t, item.info)
}
