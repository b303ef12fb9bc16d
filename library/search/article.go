package search

import (
	"time"

	"longhand/library"
)

// EntryOf is what is searched of an article. Authors are those of the library.
func EntryOf(a *library.Article, body string, authors []*library.Author) Entry {
	e := Entry{Path: a.Path, Title: a.Title, Tags: a.Tags, Draft: a.Draft, Body: body, Date: a.Date, ModTime: a.ModTime, Size: a.Size}
	for _, by := range library.Credits(authors, a) {
		e.Authors = append(e.Authors, by.ID, by.Name)
	}
	return e
}

// Article is what the index knows of an article, for showing it before its file
// is read; nil for one that it does not know.
func (x *Index) Article(path string) *library.Article {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.state == nil || x.state.byPath[path] == nil {
		return nil
	}
	d := x.state.byPath[path]
	return &library.Article{Path: d.path, Meta: library.Meta{Title: d.title, Date: time.Unix(d.date, 0), Draft: d.draft}, Size: d.size, ModTime: time.Unix(0, d.mtime)}
}
