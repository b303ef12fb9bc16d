package search

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"

	"longhand/library"
)

// Follow brings the index up to date with what a scan found in the folder of the
// library, whose authors are given: it reads what is new or changed, last written
// first, and what is credited to an author who is called otherwise now, and forgets
// what is gone. Progress, which may be nil, is told how many of the changed ones are
// done. What is done can be found meanwhile, and is kept when the context ends it.
func (x *Index) Follow(ctx context.Context, lib *library.Library, scan *library.Scan, authors []*library.Author, progress func(done, total int)) error {
	return x.run(ctx, task{files: scan.Files, whole: true, keep: scan.Unknown, credits: newCredits(authors), load: entriesOf(lib, authors), progress: progress})
}

// FollowPaths is Follow for some articles only, which may be there, changed, or
// gone. The error may be library.ErrAway: then nothing is forgotten.
func (x *Index) FollowPaths(ctx context.Context, lib *library.Library, paths []string, authors []*library.Author) error {
	t := task{credits: newCredits(authors), load: entriesOf(lib, authors)}
	for _, path := range paths {
		if f, ok := lib.Stat(path); ok {
			t.files = append(t.files, f)
		} else {
			t.gone = append(t.gone, path)
		}
	}
	if len(t.gone) > 0 {
		if err := lib.Present(); err != nil {
			return err
		}
	}
	return x.run(ctx, t)
}

// entriesOf reads articles of the library as entries.
func entriesOf(lib *library.Library, authors []*library.Author) func(path string) (Entry, bool) {
	return func(path string) (Entry, bool) {
		file := lib.File(path)
		a, doc := library.Read(file, path)
		if a.Unreadable && errors.Is(a.Problem, fs.ErrNotExist) {
			if _, err := os.Lstat(file); err != nil {
				return Entry{}, false // not even a link that leads nowhere
			}
		}
		return EntryOf(a, doc.String()[a.Body:], authors), true
	}
}

// credits tell how articles are credited, by the names in their front matter.
type credits struct {
	authors []*library.Author
	known   map[string][]string // tokens of ID and name
}

func newCredits(authors []*library.Author) *credits {
	return &credits{authors, map[string][]string{}}
}

// right reports whether the index has an article under the IDs and names that its
// authors bear now.
func (c *credits) right(d *doc) bool {
	if c == nil {
		return true
	}
	n := 0
	for _, name := range d.article.Authors {
		tokens, ok := c.known[name]
		if !ok {
			for _, by := range library.Credits(c.authors, &library.Article{Meta: library.Meta{Authors: []string{name}}}) {
				tokens = append(tokens, whole(by.ID), whole(by.Name))
			}
			c.known[name] = tokens
		}
		for _, token := range tokens {
			if token == "" || slices.Contains(d.authors[:n], token) {
				continue
			}
			if n == len(d.authors) || d.authors[n] != token {
				return false
			}
			n++
		}
	}
	return n == len(d.authors)
}
