package check

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"longhand/library"
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
	articles    []*article
	byPath      map[string]*article
	bySlug      map[string][]*article // also by the file's name
	byPermalink map[string][]*article
	// byAddress holds permalinks, aliases, and where a file lies.
	byAddress map[string]*article
	base      *url.URL // of the site; nil where it is not known
}

func newShelf(loaded []library.Loaded, base string) *shelf {
	s := &shelf{byPath: map[string]*article{}, bySlug: map[string][]*article{}, byPermalink: map[string][]*article{}, byAddress: map[string]*article{}}
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		s.base = u
	}
	loaded = slices.SortedFunc(slices.Values(loaded), func(a, b library.Loaded) int { return strings.Compare(a.Path, b.Path) })
	for _, l := range loaded {
		a := &article{Loaded: l, values: map[string]any{}, slug: folded(l.Slug), home: folded(home(l.Article))}
		if fm, _ := library.ParseFrontMatter(l.Head); len(fm.Values) > 0 {
			for k, v := range fm.Values {
				a.values[strings.ToLower(k)] = v
			}
		}
		s.articles = append(s.articles, a)
		s.byPath[a.Path] = a
		s.addSlug(a.Slug, a)
		s.addSlug(stem(a.Path), a)
	}
	s.address()
	return s
}

func (s *shelf) addSlug(slug string, a *article) {
	slug = folded(slug)
	if known := s.bySlug[slug]; slug != "" && (len(known) == 0 || known[len(known)-1] != a) {
		s.bySlug[slug] = append(s.bySlug[slug], a)
	}
}

// address takes down where articles are on a site: what one says of itself counts more
// than where another's file lies.
func (s *shelf) address() {
	add := func(address string, a *article) {
		if address = trimmed(address); address != "" && s.byAddress[address] == nil {
			s.byAddress[address] = a
		}
	}
	for _, a := range s.articles {
		for _, k := range []string{"path", "permalink", "url"} {
			// Hugo's and Jekyll's may hold placeholders.
			if v, ok := a.values[k].(string); ok && !strings.Contains(v, ":") {
				if a.permalink = trimmed(v); a.permalink != "" {
					s.byPermalink[a.permalink] = append(s.byPermalink[a.permalink], a)
				}
				add(v, a)
				break
			}
		}
	}
	for _, k := range []string{"aliases", "redirect_from"} {
		for _, a := range s.articles {
			switch v := a.values[k].(type) {
			case string:
				add(v, a)
			case []any:
				for _, item := range v {
					if item, ok := item.(string); ok {
						add(item, a)
					}
				}
			}
		}
	}
	for _, a := range s.articles {
		add(a.home, a)
	}
}

// home is the address that an article has by where it lies and its slug.
func home(a *library.Article) string {
	dir := path.Dir(a.Path)
	if isBundle(a.Path) {
		dir = path.Dir(dir)
	}
	return path.Join(dir, a.Slug)
}

// isBundle reports whether a path is of the form slug/index.md.
func isBundle(p string) bool {
	base := path.Base(p)
	return path.Dir(p) != "." && strings.TrimSuffix(base, path.Ext(base)) == "index"
}

// stem is the name of an article's file, or of its folder.
func stem(p string) string {
	if isBundle(p) {
		return path.Base(path.Dir(p))
	}
	return strings.TrimSuffix(path.Base(p), path.Ext(p))
}

// trimmed is an address on a site without what does not matter in it.
func trimmed(address string) string {
	address = strings.Trim(path.Clean("/"+address), "/")
	address = strings.TrimSuffix(strings.TrimSuffix(address, "index.html"), ".html")
	return folded(strings.Trim(address, "/"))
}

// folded makes names the same that differ in case or in how accents are written.
func folded(s string) string { return strings.ToLower(norm.NFC.String(s)) }

// slugged finds articles by the last part of an address.
func (s *shelf) slugged(address string) []*article {
	name := path.Base(strings.TrimSuffix(address, "/"))
	if found := s.bySlug[folded(name)]; found != nil {
		return found
	}
	switch ext := path.Ext(name); strings.ToLower(ext) {
	case ".md", ".markdown", ".html", ".htm":
		return s.bySlug[folded(strings.TrimSuffix(name, ext))]
	}
	return nil
}
