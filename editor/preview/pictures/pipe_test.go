//go:build unix

package pictures

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// To open a pipe would wait for ever.
func TestPipe(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "a.png"), 0o666); err != nil {
		t.Skip(err)
	}
	s := newShelf(t)
	if _, err := s.picture(t, os.DirFS(dir), "a.png", 1, 1); err != errBroken {
		t.Error(err)
	}
}
