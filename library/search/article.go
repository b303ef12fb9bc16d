package search

import (
	"slices"

	"longhand/library"
)

// EntryOf is what is searched of an article. Authors are those of the library.
func EntryOf(a *library.Article, body string, authors []*library.Author) Entry {
	e := Entry{Path: a.Path, Title: a.Title, Tags: a.Tags, Draft: a.Draft, Body: body, Date: a.Date, ModTime: a.ModTime, Size: a.Size, Article: a}
	for _, by := range library.Credits(authors, a) {
		e.Authors = append(e.Authors, by.ID, by.Name)
	}
	return e
}

// Article is what the index knows of an article; nil for one that it does not
// know. It is not to be changed.
func (x *Index) Article(path string) *library.Article {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.state.byPath[path] == nil {
		return nil
	}
	return &x.state.byPath[path].article
}

// Articles are all that the index knows, newest first.
func (x *Index) Articles() []*library.Article {
	x.mu.RLock()
	out := x.state.articles()
	x.mu.RUnlock()
	library.SortNewest(out)
	return out
}

func (s *state) articles() []*library.Article {
	out := make([]*library.Article, len(s.docs))
	for i, d := range s.docs {
		out[i] = &d.article
	}
	return out
}

// Changes are what has become of the articles in an index.
type Changes struct {
	Put  []*library.Article // new ones and new states
	Gone []string           // paths of those that are no more
	// All is set when Put are all that there are: at first, and after the index was
	// made again.
	All bool
}

// Changes returns what has changed since the last call, by this process and, as
// far as it was taken in, by others.
func (x *Index) Changes() Changes {
	x.mu.Lock()
	defer x.mu.Unlock()
	n := x.state.news
	x.state.news = &news{}
	if n == nil || n.whole {
		return Changes{Put: x.state.articles(), All: true}
	}
	slices.Sort(n.paths)
	var c Changes
	for _, path := range slices.Compact(n.paths) {
		if d := x.state.byPath[path]; d != nil {
			c.Put = append(c.Put, &d.article)
		} else {
			c.Gone = append(c.Gone, path)
		}
	}
	return c
}

// news are the paths of articles that came, changed or went since somebody asked.
type news struct {
	paths []string
	whole bool // all may be new
}

func (n *news) add(path string) {
	if n != nil && !n.whole {
		n.paths = append(n.paths, path)
	}
}

// all forgets the paths, for everything is new. What nobody asks for stays so.
func (n *news) all() *news {
	if n == nil {
		return nil
	}
	return &news{whole: true}
}
