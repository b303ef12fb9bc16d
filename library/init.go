package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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

// Sweep tidies up what a crash left beside the articles and the authors: it removes
// temporary files and copies that did not become whole, and undoes or ends each
// [Carry]. It returns Problems that tell where the originals of those are that were not
// copied whole; the scan does not know them.
func (l *Library) Sweep(scan *Scan) (left []*Problem) {
	temps, asides := scan.temps, scan.asides
	dir := l.File("authors")
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		switch {
		case isTemp(e.Name()):
			temps = append(temps, filepath.Join(dir, e.Name()))
		case e.IsDir() && isAside(e.Name()):
			asides = append(asides, filepath.Join(dir, e.Name()))
		}
	}
	for _, file := range temps {
		info, err := os.Lstat(file)
		switch {
		case err != nil || time.Since(info.ModTime()) < staleAfter:
		case info.Mode().IsRegular():
			os.Remove(file)
		case info.IsDir() && onlyCopy(file):
			_ = clearAway(file) // the next Sweep tries again
		}
	}
	for _, dir := range asides {
		if strings.HasSuffix(dir, goneSuffix) {
			_ = clearAway(dir)
		} else if p := recoverAside(dir); p != nil {
			left = append(left, p)
		}
	}
	return left
}

// isTemp reports whether a name is that of a temporary file of [Save], or of a
// temporary folder of [CopyWhole].
func isTemp(name string) bool {
	return strings.HasPrefix(name, tempPrefix) && strings.HasSuffix(name, tempSuffix)
}

// isAside reports whether a name is that of a folder of [Carry].
func isAside(name string) bool {
	return strings.HasPrefix(name, tempPrefix) && (strings.HasSuffix(name, asideSuffix) || strings.HasSuffix(name, goneSuffix))
}

// onlyCopy reports whether nothing is in a temporary folder but a copy.
func onlyCopy(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() != tempCopy })
}
