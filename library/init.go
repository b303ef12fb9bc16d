package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Init creates a library in the folder, with the given files by path, and opens
// it. A file that is there already stays as it is.
func Init(dir string, files map[string][]byte) (*Library, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, &Problem{Path: dir, Message: "the library folder cannot be created: " + reason(err), Remedy: "check the permissions above it, or name another folder with --library"}
	}
	for name, data := range files {
		if err := Create(filepath.Join(dir, filepath.FromSlash(name)), data); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	return Open(dir)
}

// Sweep removes temporary files that a crash left beside the articles. Call it
// when no save is under way.
func (l *Library) Sweep(articles []Loaded) {
	dirs := map[string]bool{l.dir: true}
	for _, a := range articles {
		dirs[filepath.Dir(l.File(a.Path))] = true
	}
	for dir := range dirs {
		stale, _ := filepath.Glob(filepath.Join(escapeGlob(dir), tempPattern))
		slices.Sort(stale)
		for _, f := range stale {
			os.Remove(f)
		}
	}
}

func escapeGlob(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(s)
}
