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

// Sweep removes temporary files that a crash left beside the articles and the
// authors.
func (l *Library) Sweep(scan *Scan) {
	temps := scan.temps
	dir := l.File("authors")
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if isTemp(e.Name()) {
			temps = append(temps, filepath.Join(dir, e.Name()))
		}
	}
	for _, file := range temps {
		info, err := os.Lstat(file)
		if err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > staleAfter {
			os.Remove(file)
		}
	}
}

// isTemp reports whether a name is that of a temporary file of [Save].
func isTemp(name string) bool {
	return strings.HasPrefix(name, tempPrefix) && strings.HasSuffix(name, tempSuffix)
}
