package library

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Author is who articles are credited to: authors/ID.md.
type Author struct {
	ID      string
	Name    string
	Avatar  string // path of a picture, relative to authors/
	Links   []Link
	Bio     string // Markdown
	Problem *Problem
}

// Link is one of an author's links.
type Link struct{ Label, URL string }

// Authors reads all authors, by ID. A library without any has none, and no
// problem; of a file that cannot be read the author has the ID alone.
func (l *Library) Authors() ([]*Author, []*Problem) {
	if l.dir == "" {
		return nil, nil
	}
	dir := l.File("authors")
	entries, err := os.ReadDir(dir)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, []*Problem{{Path: dir, Message: "the authors cannot be read: " + reason(err), Remedy: "check the folder's permissions", Err: err}}
	}
	var authors []*Author
	var problems []*Problem
	for _, e := range entries {
		if !isArticle(e.Name()) {
			continue
		}
		a := readAuthorFile(filepath.Join(dir, e.Name())).Author
		if a.Problem != nil {
			problems = append(problems, a.Problem)
		}
		authors = append(authors, a)
	}
	return authors, problems
}

// namedAfter is an author of whom no more than the file's name is known.
func namedAfter(file string) *Author {
	base := filepath.Base(file)
	id := strings.TrimSuffix(base, filepath.Ext(base))
	return &Author{ID: id, Name: id}
}

// authorOf is the author that a text tells of.
func authorOf(file, s string) *Author {
	a := namedAfter(file)
	fm, err := ParseFrontMatter(s)
	var bad *FrontMatterError
	if errors.As(err, &bad) {
		a.Problem = &Problem{Path: file, Line: bad.Line, Message: bad.Message, Remedy: bad.Remedy}
	}
	if name := scalar(fm.Values["name"]); name != "" {
		a.Name = name
	} else if title := scalar(fm.Values["title"]); title != "" {
		a.Name = title
	}
	a.Avatar = scalar(fm.Values["avatar"])
	a.Links = links(fm.Values["links"])
	a.Bio = strings.TrimSpace(s[fm.Body:])
	return a
}

// links reads a list of addresses, of {name, url} mappings, or one mapping of
// names to addresses.
func links(v any) []Link {
	var out []Link
	add := func(label, url string) {
		if url != "" {
			if label == "" {
				label = bareLabel(url)
			}
			out = append(out, Link{label, url})
		}
	}
	switch v := v.(type) {
	case string:
		add("", oneLine(v))
	case []any:
		for _, item := range v {
			if m, ok := item.(map[string]any); ok {
				label := scalar(m["name"])
				if label == "" {
					label = scalar(m["label"])
				}
				if url := scalar(m["url"]); url != "" {
					add(label, url)
					continue
				}
				for _, k := range slices.Sorted(maps.Keys(m)) {
					add(k, scalar(m[k]))
				}
				continue
			}
			add("", scalar(item))
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			add(k, scalar(v[k]))
		}
	}
	return out
}

// bareLabel names a link that has no name of its own.
func bareLabel(url string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(url, "https://"), "http://"), "mailto:"), "/")
}

// FindAuthor returns the author with that ID or, failing that, that name, or the
// ID that is made of that name; nil when there is none.
func FindAuthor(authors []*Author, idOrName string) *Author {
	for _, a := range authors {
		if strings.EqualFold(a.ID, idOrName) {
			return a
		}
	}
	for _, a := range authors {
		if strings.EqualFold(a.Name, idOrName) {
			return a
		}
	}
	if id := Slug(idOrName); id != idOrName {
		for _, a := range authors {
			if a.ID == id {
				return a
			}
		}
	}
	return nil
}

// Credits returns the authors of an article, each once. A name without a file is
// an author by that name alone.
func Credits(authors []*Author, article *Article) []*Author {
	var out []*Author
	for _, name := range article.Authors {
		a := FindAuthor(authors, name)
		if a == nil {
			a = &Author{ID: Slug(name), Name: name}
		}
		if !slices.Contains(out, a) { // named by ID and by name
			out = append(out, a)
		}
	}
	return out
}
