package target

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestNamelessFileReplacesNone(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a")
	modTime, able, err := writeNameless(file, []byte("first"))
	if !able {
		t.Skip("this file system has no files without names")
	}
	info, serr := os.Stat(file)
	if err != nil || serr != nil || info.ModTime().UnixNano() != modTime {
		t.Fatalf("%v %v: written at %d", err, serr, modTime)
	}
	if _, _, err := writeNameless(file, []byte("second")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file that is there: %v", err)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "first" {
		t.Errorf("it holds %q now: %v", data, err)
	}
	if _, _, err := writeNameless(filepath.Join(dir, "b"), nil); err != nil {
		t.Errorf("an empty file: %v", err)
	}
	names, err := os.ReadDir(dir)
	if err != nil || len(names) != 2 {
		t.Errorf("there are %v: %v", names, err)
	}
}
