package check

import (
	"net/url"
	"slices"
	"strings"
	"sync"

	"longhand/library"
	"longhand/library/links"
)

// article is a text with what it says, which is read when first asked for.
type article struct {
	library.Loaded
	values    map[string]any // of the front matter, by lower-case key
	permalink string         // the address that the front matter gives, trimmed; "" if none
	slug      string         // folded
	home      string         // the address by where it lies and its slug, folded

	once, alikeOnce sync.Once
	read            *facts
	alike           map[string]string // places by their letters
}

func (a *article) facts() *facts {
	a.once.Do(func() { a.read = gather(a.Body) })
	return a.read
}

// shelf finds articles.
type shelf struct {
	*links.Shelf
	articles    []*article
	byPath      map[string]*article
	byPermalink map[string][]*article
	base        *url.URL // of the site; nil where it is not known
}

// newShelf makes the shelf of a library in a folder of the name.
func newShelf(loaded []library.Loaded, base string, files links.Files, name string) *shelf {
	s := &shelf{byPath: map[string]*article{}, byPermalink: map[string][]*article{}}
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		s.base = u
	}
	loaded = slices.SortedFunc(slices.Values(loaded), func(a, b library.Loaded) int { return strings.Compare(a.Path, b.Path) })
	var places []*links.Place
	for _, l := range loaded {
		a := &article{Loaded: l, values: map[string]any{}, slug: links.Folded(l.Slug)}
		if fm, _ := library.ParseFrontMatter(l.Head); len(fm.Values) > 0 {
			for k, v := range fm.Values {
				a.values[strings.ToLower(k)] = v
			}
		}
		p := links.NewPlace(l.Article, a.values)
		places = append(places, p)
		a.permalink, a.home = p.Address, links.Folded(p.Home())
		if a.permalink != "" {
			s.byPermalink[a.permalink] = append(s.byPermalink[a.permalink], a)
		}
		s.articles = append(s.articles, a)
		s.byPath[a.Path] = a
	}
	s.Shelf = links.NewShelf(places, files, name)
	return s
}

// bySlug are the articles of a slug, or of a file's name, in the order of their paths.
func (s *shelf) bySlug(slug string) []*article {
	var out []*article
	for _, p := range s.WithSlug(slug) {
		out = append(out, s.byPath[p.Path])
	}
	return out
}
