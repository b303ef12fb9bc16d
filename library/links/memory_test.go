package links

import (
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"longhand/library"
)

// memory are files that lie nowhere.
type memory []string

func (m memory) Find(rel string) (fs.FileMode, bool, string) {
	if rel == "." || slices.ContainsFunc(m, func(p string) bool { return strings.HasPrefix(p, rel+"/") }) {
		return fs.ModeDir, true, ""
	}
	if slices.Contains(m, rel) {
		return 0, true, ""
	}
	for _, p := range m {
		if Folded(p) == Folded(rel) {
			return 0, false, p
		}
	}
	return 0, false, ""
}

// moving moves files, and gives articles the slugs of their new names.
func moving(moves map[string]string) Move {
	to := func(old string) string {
		for a, b := range moves {
			if old == a {
				return b
			}
			if rest, ok := strings.CutPrefix(old, a+"/"); ok {
				return b + "/" + rest
			}
		}
		return old
	}
	return Move{Path: to, Slug: func(p *Place) string {
		if now := to(p.Path); now != p.Path {
			_, slug := library.NameSlug(now)
			return slug
		}
		return p.Slug
	}}
}

func mustURL(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}
