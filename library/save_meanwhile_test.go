package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/library/disk"
)

// meddled is a disk on which another program writes a file while a temporary one is made.
type meddled struct {
	disk.OS
	file, theirs string
}

func (m meddled) OpenFile(name string, flag int, perm fs.FileMode) (disk.File, error) {
	if strings.HasPrefix(filepath.Base(name), tempPrefix) {
		if err := os.WriteFile(m.file, []byte(m.theirs), 0o644); err != nil {
			return nil, err
		}
	}
	return m.OS.OpenFile(name, flag, perm)
}

// What another program writes while a save has begun is not overwritten.
func TestSaveSeesWhatComesMeanwhile(t *testing.T) {
	for _, before := range []string{"as it was", ""} { // or it was gone
		dir := t.TempDir()
		file := filepath.Join(dir, "a.md")
		if before != "" {
			write(t, file, before)
		}
		_, err := save(meddled{file: file, theirs: "theirs"}, file, []byte("ours"), []byte("as it was"))
		if got, _ := os.ReadFile(file); !errors.Is(err, ErrChanged) || string(got) != "theirs" {
			t.Errorf("before %q: the file holds %q, %v", before, got, err)
		}
		if left, _ := os.ReadDir(dir); len(left) != 1 {
			t.Errorf("before %q: %d files are left", before, len(left))
		}
	}
}
