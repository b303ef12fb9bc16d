package site

import (
	"slices"
	"sync"

	"longhand/library"
)

// posts finds the published articles of an author, when it is asked for the first
// time: the articles of a library may be very many.
type posts struct {
	articles []*library.Article // newest first
	authors  []*library.Author

	once sync.Once
	of   map[credit][]*library.Article
}

// credit tells authors apart: of those without a file, two may have one ID.
type credit struct{ id, name string }

// by returns the published articles of an author, newest first.
func (p *posts) by(a *library.Author) []*library.Article {
	if p == nil {
		return nil
	}
	p.once.Do(p.find)
	return p.of[credit{a.ID, a.Name}]
}

func (p *posts) find() {
	p.of = map[credit][]*library.Article{}
	named := map[string]credit{} // as articles write them
	for _, a := range p.articles {
		if a.Draft || a.Unreadable {
			continue
		}
		var seen []credit
		for _, name := range a.Authors {
			by, ok := named[name]
			if !ok {
				one := library.Credits(p.authors, &library.Article{Meta: library.Meta{Authors: []string{name}}})[0]
				by = credit{one.ID, one.Name}
				named[name] = by
			}
			if !slices.Contains(seen, by) { // named by ID and by name
				seen = append(seen, by)
				p.of[by] = append(p.of[by], a)
			}
		}
	}
}
