package library

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// taken reports whether an article goes by that name, as file or folder.
func (l *Library) taken(name string) bool {
	for _, p := range []string{name, name + ".md", name + ".markdown"} {
		if _, err := os.Lstat(l.File(p)); err == nil {
			return true
		}
	}
	return false
}

// Resolve returns the file that a command line means: an existing file, its path
// within the library, or an article's slug.
func (l *Library) Resolve(ref string, articles []Loaded) (string, error) {
	if info, err := os.Stat(ref); err == nil {
		if !info.IsDir() {
			return filepath.Abs(ref)
		}
		if index := filepath.Join(ref, "index.md"); isFile(index) {
			return filepath.Abs(index)
		}
	}
	clean := path.Clean(filepath.ToSlash(ref))
	var found []string
	for _, a := range articles {
		if a.Path == clean || a.Path == clean+"/index.md" || a.Path == clean+".md" {
			return l.File(a.Path), nil
		}
		if a.Slug == clean || stem(a.Path) == clean {
			found = append(found, a.Path)
		}
	}
	switch len(found) {
	case 1:
		return l.File(found[0]), nil
	case 0:
		return "", &Problem{Path: ref, Message: "there is no such file, and no article with this slug in " + l.dir, Remedy: "see the slugs with: longhand list --json"}
	}
	return "", &Problem{Path: ref, Message: fmt.Sprintf("%d articles have this slug: %s", len(found), strings.Join(found, ", ")), Remedy: "name one by its path"}
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
