package links

import (
	"io/fs"
	"path"
	"strings"

	"longhand/library"
)

// Place is an article, as far as addresses lead to it.
type Place struct {
	Path    string
	Slug    string
	Address string   // that the front matter gives it, folded; "" if none
	Aliases []string // further ones, as written
}

// NewPlace takes from an article and the values of its front matter, by lower-case
// key, what addresses may name.
func NewPlace(a *library.Article, values map[string]any) *Place {
	p := &Place{Path: a.Path, Slug: a.Slug}
	for _, k := range []string{"path", "permalink", "url"} {
		// Hugo's and Jekyll's may hold placeholders.
		if v, ok := values[k].(string); ok && !strings.Contains(v, ":") {
			p.Address = Trimmed(v)
			break
		}
	}
	for _, k := range []string{"aliases", "redirect_from"} {
		switch v := values[k].(type) {
		case string:
			p.Aliases = append(p.Aliases, v)
		case []any:
			for _, item := range v {
				if item, ok := item.(string); ok {
					p.Aliases = append(p.Aliases, item)
				}
			}
		}
	}
	return p
}

// Home is the address that an article has by where it lies and its slug.
func (p *Place) Home() string {
	dir := path.Dir(p.Path)
	if IsBundle(p.Path) {
		dir = path.Dir(dir)
	}
	return path.Join(dir, p.Slug)
}

// IsBundle reports whether a path is of the form slug/index.md.
func IsBundle(p string) bool {
	base := path.Base(p)
	return path.Dir(p) != "." && strings.TrimSuffix(base, path.Ext(base)) == "index"
}

// Stem is the name of an article's file without extension, or of its folder.
func Stem(p string) string {
	if IsBundle(p) {
		return path.Base(path.Dir(p))
	}
	return strings.TrimSuffix(path.Base(p), path.Ext(p))
}

// Trimmed is an address on a site without what does not matter in it.
func Trimmed(address string) string {
	address = strings.Trim(path.Clean("/"+address), "/")
	address = strings.TrimSuffix(strings.TrimSuffix(address, "index.html"), ".html")
	return Folded(strings.Trim(address, "/"))
}

// Files tells what lies in a library.
type Files interface {
	// Find looks for a path. If it is not there but one that differs in case or in
	// how accents are written, alike is that.
	Find(rel string) (mode fs.FileMode, found bool, alike string)
}

// Shelf finds articles by addresses. It is not changed once it is made.
type Shelf struct {
	files     Files
	name      string // of the library's folder
	byPath    map[string]*Place
	bySlug    map[string][]*Place // also by the file's name
	byAddress map[string]*Place
}

// NewShelf makes a shelf of all articles of a library, in the order of their paths.
// Name is that of the library's folder, by which Jekyll's addresses begin if it is
// part of a site.
func NewShelf(places []*Place, files Files, name string) *Shelf {
	s := &Shelf{files: files, name: name, byPath: map[string]*Place{}, bySlug: map[string][]*Place{}, byAddress: map[string]*Place{}}
	for _, p := range places {
		s.byPath[p.Path] = p
		s.addSlug(p.Slug, p)
		s.addSlug(Stem(p.Path), p)
	}
	// What one says of itself counts more than where another's file lies.
	for _, p := range places {
		s.addAddress(p.Address, p)
	}
	for _, p := range places {
		for _, a := range p.Aliases {
			s.addAddress(a, p)
		}
	}
	for _, p := range places {
		s.addAddress(p.Home(), p)
	}
	return s
}

func (s *Shelf) addSlug(slug string, p *Place) {
	slug = Folded(slug)
	if known := s.bySlug[slug]; slug != "" && (len(known) == 0 || known[len(known)-1] != p) {
		s.bySlug[slug] = append(s.bySlug[slug], p)
	}
}

func (s *Shelf) addAddress(address string, p *Place) {
	if address = Trimmed(address); address != "" && s.byAddress[address] == nil {
		s.byAddress[address] = p
	}
}

// WithSlug are the articles of a slug, or of a file's name, in the order of their paths.
func (s *Shelf) WithSlug(slug string) []*Place { return s.bySlug[Folded(slug)] }

// Slugged finds articles by the last part of an address.
func (s *Shelf) Slugged(address string) []*Place {
	name := path.Base(strings.TrimSuffix(address, "/"))
	if found := s.bySlug[Folded(name)]; found != nil {
		return found
	}
	switch ext := path.Ext(name); strings.ToLower(ext) {
	case ".md", ".markdown", ".html", ".htm":
		return s.bySlug[Folded(strings.TrimSuffix(name, ext))]
	}
	return nil
}

// Way is how an address names what it leads to.
type Way uint8

// The ways.
const (
	Nowhere   Way = iota
	ByFile        // by its file or folder
	Misspelt      // by its file, but with other case or accents
	ByContent     // by its file, from the root of the library
	ByAddress     // by where it is on a site
	BySlug        // by the last part, which is its slug
)

// Target is what an address leads to.
type Target struct {
	Way   Way
	Path  string // of the file or folder
	Place *Place // the article, or nil
	// Sure tells that it is the very article, not one of several of the name.
	Sure bool
	// Added is what the path has and the address leaves out: ".md", "/index.md".
	Added string
	// Root is the folder from which an address begins that names a file from a root.
	Root string
}

// endings are what an address may leave out.
var endings = []string{"", ".md", ".markdown", "/index.md", "/index.markdown"}

// Paths are those that a relative path in the article from may mean, in the order in
// which they are tried: a file, an article without its extension, a folder slug/index.md.
func Paths(from, name string) []string {
	to := path.Join(path.Dir(from), strings.ReplaceAll(name, `\`, "/"))
	out := make([]string, len(endings))
	for i, added := range endings {
		out[i] = path.Clean(to + added)
	}
	return out
}

// Resolve finds what a path means that is written in the article from, without
// scheme, query, place and percent signs.
func (s *Shelf) Resolve(from, name string) Target {
	if zola, ok := strings.CutPrefix(name, "@/"); ok {
		return s.content(zola, []string{"", "content"}, endings[:1])
	}
	if strings.HasPrefix(name, "/") {
		return s.absolute(name)
	}
	to := path.Join(path.Dir(from), strings.ReplaceAll(name, `\`, "/"))
	alike, folder := "", false
	for i, try := range Paths(from, name) {
		added := endings[i]
		if p := s.byPath[try]; p != nil {
			return Target{Way: ByFile, Path: try, Place: p, Sure: true, Added: added}
		}
		mode, found, other := s.files.Find(try)
		if found && !mode.IsDir() {
			return Target{Way: ByFile, Path: try, Added: added}
		}
		folder = folder || found
		if alike == "" {
			alike = other
		}
	}
	if folder { // a site may list what is in it
		return Target{Way: ByFile, Path: to}
	}
	if alike != "" {
		return Target{Way: Misspelt, Path: alike, Place: s.byPath[alike]}
	}
	// A site made by other programs takes it from the page's address.
	if p := s.byPath[from]; p != nil && p.Address != "" {
		if to := s.byAddress[Trimmed(path.Join("/", p.Address, name))]; to != nil {
			return Target{Way: ByAddress, Path: to.Path, Place: to, Sure: true}
		}
	}
	return s.slugged(name)
}

func (s *Shelf) slugged(name string) Target {
	if found := s.Slugged(name); len(found) > 0 {
		return Target{Way: BySlug, Path: found[0].Path, Place: found[0], Sure: len(found) == 1}
	}
	return Target{}
}

// content finds what is named by its path from a root.
func (s *Shelf) content(name string, roots, endings []string) Target {
	for _, root := range roots {
		for _, added := range endings {
			try := path.Join(root, name) + added
			if p := s.byPath[try]; p != nil {
				return Target{Way: ByContent, Path: try, Place: p, Sure: true, Added: added, Root: root}
			}
			if strings.HasPrefix(try, "../") {
				continue
			}
			if mode, found, _ := s.files.Find(try); found && mode.IsRegular() {
				return Target{Way: ByContent, Path: try, Added: added, Root: root}
			}
		}
	}
	return Target{}
}

// absolute finds what is named by its address on a site.
func (s *Shelf) absolute(name string) Target {
	if p := s.byAddress[Trimmed(name)]; p != nil {
		return Target{Way: ByAddress, Path: p.Path, Place: p, Sure: true}
	}
	for _, root := range []string{".", "static", "public", "../static"} {
		if mode, found, _ := s.files.Find(path.Join(root, name)); found && mode.IsRegular() {
			return Target{Way: ByContent, Path: path.Join(root, name), Root: root}
		}
	}
	t := s.slugged(name)
	// Not /tags/rust/, which is no article called rust.
	first, _, more := strings.Cut(strings.Trim(name, "/"), "/")
	t.Sure = t.Sure && !(more && IsList(first))
	return t
}

// IsList reports whether a part of a site lists articles.
func IsList(name string) bool {
	switch strings.ToLower(name) {
	case "tags", "tag", "categories", "category", "authors", "author", "page":
		return true
	}
	return false
}

// ResolveLink finds what a link means in its notation.
func (s *Shelf) ResolveLink(from string, l Link) Target {
	name := l.Path()
	switch l.Notation {
	case HugoRef:
		return s.hugo(from, name)
	case JekyllLink:
		return s.jekyll(name)
	case JekyllPost:
		return s.post(name)
	}
	if name == "" {
		return Target{}
	}
	return s.Resolve(from, name)
}

func (s *Shelf) hugo(from, name string) Target {
	if rest, ok := strings.CutPrefix(name, "/"); ok {
		return s.content(rest, []string{"", "content"}, endings)
	}
	if name == "" {
		return Target{}
	}
	if t := s.Resolve(from, name); t.Way == ByFile {
		return t
	}
	if t := s.content(name, []string{"", "content"}, endings); t.Way != Nowhere {
		return t
	}
	return s.slugged(name)
}

func (s *Shelf) jekyll(name string) Target {
	name = strings.TrimPrefix(name, "/")
	if t := s.content(name, []string{""}, endings[:1]); t.Way != Nowhere {
		return t
	}
	if rest, ok := strings.CutPrefix(name, s.name+"/"); ok {
		t := s.content(rest, []string{""}, endings[:1])
		t.Root = "../" // written with the library's own folder
		return t
	}
	return Target{}
}

func (s *Shelf) post(name string) Target {
	dir := path.Dir(name)
	for _, p := range s.bySlug[Folded(path.Base(name))] {
		if Stem(p.Path) == path.Base(name) && (dir == "." || strings.HasSuffix("/"+path.Dir(p.Path), "/"+dir)) {
			return Target{Way: BySlug, Path: p.Path, Place: p, Sure: true}
		}
	}
	return Target{}
}
