//go:build unix

package library

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// The umask belongs to the whole process: this test does not run beside others.
func TestNewFilesHonourTheUmask(t *testing.T) {
	dir := t.TempDir()
	for mask, want := range map[int]fs.FileMode{0o022: 0o644, 0o077: 0o600, 0o002: 0o644, 0o027: 0o640} {
		for name, make := range map[string]func(string) error{
			"save":   func(f string) error { _, err := Save(f, []byte("x"), nil); return err },
			"create": func(f string) error { return Create(f, []byte("x")) },
		} {
			file := filepath.Join(dir, name+want.String())
			os.Remove(file)
			before := syscall.Umask(mask)
			err := make(file)
			syscall.Umask(before)
			if err != nil {
				t.Fatal(err)
			}
			if info, _ := os.Stat(file); info.Mode().Perm() != want {
				t.Errorf("%s with umask %o: %v, want %v", name, mask, info.Mode(), want)
			}
		}
	}
}

func TestPipesAreNotWaitedFor(t *testing.T) {
	lib := testLibrary(t, map[string]string{"one.md": "One.\n"})
	pipe := lib.File("pipe.md")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip("no pipes here:", err)
	}
	articles, problems, err := lib.Load(t.Context())
	if err != nil || len(articles) != 2 || len(problems) != 1 || problems[0].Path != pipe || problems[0].Remedy == "" {
		t.Errorf("%d articles, problems %v, %v", len(articles), problems, err)
	}
	if _, err := Save(pipe, []byte("x"), nil); err == nil {
		t.Error("saved over a pipe")
	}
	if info, _ := os.Lstat(pipe); info.Mode()&fs.ModeNamedPipe == 0 {
		t.Error("the pipe is gone")
	}
}
