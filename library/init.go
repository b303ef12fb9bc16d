package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Init creates a library in the folder, with the given files by path, and opens
// it. A file that is there already stays as it is.
func Init(dir string, files map[string][]byte) (*Library, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, &Problem{Path: dir, Message: "the library folder cannot be created: " + reason(err), Remedy: "check the permissions above it, or name another folder with --library", Err: err}
	}
	for name, data := range files {
		if err := Create(filepath.Join(dir, filepath.FromSlash(name)), data); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	return Open(dir)
}

// staleAfter is the age at which a temporary file belongs to no save that is
// still under way, in this program or another.
const staleAfter = time.Hour

// Sweep removes temporary files that a crash left beside the articles.
func (l *Library) Sweep(articles []Loaded) {
	dirs := map[string]bool{l.dir: true, l.File("authors"): true}
	for _, a := range articles {
		dirs[filepath.Dir(l.File(a.Path))] = true
	}
	for dir := range dirs {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), tempPrefix) || !strings.HasSuffix(e.Name(), tempSuffix) {
				continue
			}
			info, err := e.Info()
			if err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > staleAfter {
				os.Remove(filepath.Join(dir, e.Name()))
			}
		}
	}
}
