package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library"
	"longhand/library/site/target"
)

// post is an article that is part of the site.
type post struct {
	*source
	file         string // its page
	tags         []*term
	by           []*contributor
	older, newer *post
	sum          target.Sum // of what lists show

	mu      sync.Mutex
	feeds   int               // that still ask for the content
	content string            // for feeds, "" if it is not kept
	entries map[bool][]string // as lists show it, by whether it stands in that of its author
}

// listing is what tags and authors have in common: posts and a page of them.
type listing struct {
	Name  string
	file  string // the first page of its list
	posts []*post
}

type term struct{ listing }

type contributor struct {
	listing
	*library.Author
	avatar string     // the file of the picture in the site, "" for none
	sum    target.Sum // of what pages show of the author
}

// plan is which pages the site has and where they lie.
type plan struct {
	posts    []*post // newest first, those without a date last
	pages    []*post // that stand alone
	tags     []*term // by name
	authors  []*contributor
	byPath   map[string]*post
	bySlug   map[string]*post // nil where several have one slug
	byFile   map[string]*post
	byAlias  map[string]*post
	left     map[string]string // articles that are not in the site, and why
	own      map[string]bool   // pages that are no article's, to which articles may link
	claims   claims
	problems []*library.Problem
}

// The files of pages that every site has.
const (
	homeFile     = "index.html"
	archiveFile  = "archive/index.html"
	tagsFile     = "tags/index.html"
	authorsFile  = "authors/index.html"
	searchFile   = "search/index.html"
	missingFile  = "404.html"
	styleFile    = "theme/style.css"
	searchScript = "theme/search.js"
	searchData   = "search/index.js"
	atomFile     = "feed.xml"
	jsonFile     = "feed.json"
	sitemapFile  = "sitemap.xml"
	robotsFile   = "robots.txt"
)

// newPlan chooses what is published and gives each page its place.
func newPlan(lib *library.Library, s *Site, sources []*source, o Options) *plan {
	n := len(sources)
	p := &plan{byPath: make(map[string]*post, n), bySlug: make(map[string]*post, n), byFile: make(map[string]*post, n), byAlias: map[string]*post{}, left: map[string]string{}, claims: make(claims, 2*n)}
	for _, fixed := range []string{homeFile, archiveFile, tagsFile, authorsFile, searchFile, missingFile, styleFile, searchScript, searchData, atomFile, jsonFile, sitemapFile, robotsFile} {
		p.claims.take(fixed, "")
	}
	p.choose(lib, sources, o)
	var beside sync.WaitGroup
	beside.Go(p.index)
	beside.Go(func() { p.group(s) })
	p.place(lib, s)
	beside.Wait()
	p.placeGroups()
	p.own = map[string]bool{homeFile: true, archiveFile: true, tagsFile: true, authorsFile: true, searchFile: true}
	for _, t := range p.tags {
		p.own[t.file] = true
	}
	for _, c := range p.authors {
		p.own[c.file] = true
	}
	p.missingAuthors(lib, s)
	for _, at := range slices.Concat(p.posts, p.pages) {
		for _, alias := range at.Aliases {
			if file := fileOf(alias); p.byAlias[file] == nil {
				p.byAlias[file] = at
			}
		}
	}
	for i, at := range p.posts {
		if i > 0 {
			at.newer = p.posts[i-1]
		}
		if i+1 < len(p.posts) {
			at.older = p.posts[i+1]
		}
	}
	return p
}

// unreadable is why an article is left out that cannot be looked at.
const unreadable = "cannot be read"

// left tells why an article is not in the site; "" if it is.
func (s *source) left(o Options) string {
	switch {
	case s.Unreadable:
		return unreadable
	case !o.Drafts && s.Draft:
		return "is a draft"
	case !o.Drafts && s.Date.After(o.Now):
		return "is dated in the future"
	}
	return ""
}

func (p *plan) choose(lib *library.Library, sources []*source, o Options) {
	all := make([]post, len(sources)) // at once, for there are many
	for i, s := range sources {
		switch {
		case s.away != nil && s.away.problem != nil:
			p.problems = append(p.problems, s.away.problem)
		case s.away == nil && s.Problem != nil && (s.Unreadable || s.left(o) == ""):
			p.problems = append(p.problems, s.Problem.problem(lib.File(s.Path)))
		}
		if why := s.left(o); why != "" {
			p.left[s.Path] = why
			continue
		}
		if s.away != nil && !s.away.page {
			p.left[s.Path] = unreadable
			continue
		}
		at := &all[i]
		at.source = s
		if s.Page {
			p.pages = append(p.pages, at)
		} else {
			p.posts = append(p.posts, at)
		}
	}
	slices.SortFunc(p.posts, func(a, b *post) int {
		if c := b.Date.Compare(a.Date); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	slices.SortFunc(p.pages, func(a, b *post) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), strings.Compare(a.Path, b.Path))
	})
}

// index has articles found by their paths and slugs.
func (p *plan) index() {
	for _, list := range [][]*post{p.posts, p.pages} {
		for _, at := range list {
			p.byPath[at.Path] = at
			if _, taken := p.bySlug[at.Slug]; taken {
				p.bySlug[at.Slug] = nil
			} else {
				p.bySlug[at.Slug] = at
			}
		}
	}
}

// place gives each article its file, the oldest first, so that a new one never
// takes the address of an older.
func (p *plan) place(lib *library.Library, s *Site) {
	ordered := slices.Concat(p.pages, p.posts)
	slices.SortFunc(ordered, func(a, b *post) int {
		if c := compareURL(a, b); c != 0 {
			return c
		}
		if c := a.Date.Compare(b.Date); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	for _, at := range ordered {
		wanted := at.wantedFile(s.Permalink)
		at.file = p.claims.takeFree(wanted, at.Path)
		p.byFile[at.file] = at
		if at.file != wanted {
			holder := p.claims[strings.ToLower(wanted)]
			what := "the address " + address(wanted) + " belongs to a page of the site itself"
			if holder != "" {
				what = fmt.Sprintf("%s has the address %s already", holder, address(wanted))
			}
			p.problems = append(p.problems, &library.Problem{Path: lib.File(at.Path), Line: at.URLLine,
				Message: what + "; this article is at " + address(at.file), Remedy: "give one of them another slug"})
		}
	}
}

// wantedFile is the file that an article asks for, by its own address or the site's pattern.
func (s *source) wantedFile(pattern string) string {
	if s.Page {
		pattern = "/:slug/"
	}
	switch {
	case s.away != nil:
		return s.Made.File
	case s.URL == "":
	case !patternKey.MatchString(s.URL):
		return fileOf(s.URL)
	case checkPermalink(s.URL) == "":
		pattern = s.URL
	}
	if s.Pattern != pattern || s.Place == "" {
		s.Pattern, s.Place = pattern, permalink(pattern, s.Slug, s.Path, s.Date)
	}
	return s.Place
}

// compareURL puts articles that say their address before others, and pages that stay
// where they are before all.
func compareURL(a, b *post) int {
	switch {
	case a.away != nil && b.away == nil:
		return -1
	case a.away == nil && b.away != nil:
		return 1
	case a.URL != "" && b.URL == "":
		return -1
	case a.URL == "" && b.URL != "":
		return 1
	}
	return 0
}

// address is a file as the path that readers see.
func address(file string) string {
	if file == homeFile {
		return "/"
	}
	return "/" + strings.TrimSuffix(file, "index.html")
}

// group finds the tags and the authors with their posts.
func (p *plan) group(s *Site) {
	tags := map[string]*term{}
	spelled := map[string]*term{} // the same by the tag as it is written, which is quicker
	for _, at := range p.posts {
		for _, name := range at.Tags {
			t := spelled[name]
			if t == nil {
				t = p.tag(tags, name)
				spelled[name] = t
			}
			if !slices.Contains(at.tags, t) {
				at.tags = append(at.tags, t)
				t.posts = append(t.posts, at)
			}
		}
	}
	authors := map[credit]*contributor{}
	credited := map[string][]*contributor{} // by the names as they are written
	for _, list := range [][]*post{p.posts, p.pages} {
		for _, at := range list {
			names := strings.Join(at.Authors, "\x00")
			by, known := credited[names]
			if !known {
				by = p.credit(authors, s, at)
				credited[names] = by
			}
			at.by = by
			for _, c := range by {
				if !at.Page {
					c.posts = append(c.posts, at)
				}
			}
		}
	}
	slices.SortFunc(p.tags, func(a, b *term) int {
		return cmp.Or(strings.Compare(foldName(a.Name), foldName(b.Name)), strings.Compare(a.Name, b.Name))
	})
	slices.SortFunc(p.authors, func(a, b *contributor) int {
		return cmp.Or(strings.Compare(foldName(a.listing.Name), foldName(b.listing.Name)), strings.Compare(a.ID, b.ID))
	})
}

// placeGroups gives each tag and author its file.
func (p *plan) placeGroups() {
	for _, t := range p.tags {
		t.file = p.claims.takeFree("tags/"+tagName(t.Name)+"/index.html", "the tag "+t.Name)
	}
	for _, c := range p.authors {
		c.file = p.claims.takeFree("authors/"+authorName(c.ID)+"/index.html", "the author "+c.listing.Name)
	}
}

// authorName is an author's ID as part of an address.
func authorName(id string) string {
	if name := cleanPart(id); name != "" {
		return name
	}
	return library.Slug(id)
}

// tag is the term of a tag, which those of other spellings share.
func (p *plan) tag(tags map[string]*term, name string) *term {
	key := foldName(name)
	t := tags[key]
	if t == nil {
		t = &term{listing{Name: strings.Join(strings.Fields(name), " ")}}
		tags[key] = t
		p.tags = append(p.tags, t)
	}
	return t
}

// credit are those who wrote an article.
func (p *plan) credit(authors map[credit]*contributor, s *Site, at *post) []*contributor {
	var all []*contributor
	for _, by := range library.Credits(s.authors, at.article()) {
		key := credit{by.ID, by.Name}
		c := authors[key]
		if c == nil {
			c = &contributor{listing: listing{Name: by.Name}, Author: by}
			authors[key] = c
			p.authors = append(p.authors, c)
		}
		all = append(all, c)
	}
	return all
}

func foldName(s string) string {
	return norm.NFC.String(strings.ToLower(strings.Join(strings.Fields(s), " ")))
}

var spelledSigns = strings.NewReplacer("+", " plus ", "#", " sharp ", "&", " and ")

// tagName is a tag as part of an address. The signs that tell C++ and C# from C
// are spelled out.
func tagName(name string) string {
	slug := library.Slug(spelledSigns.Replace(name))
	if strings.HasSuffix(slug, "article") && !strings.HasSuffix(strings.ToLower(name), "article") {
		slug = strings.TrimSuffix(slug, "article") + "tag" // it is not an article's
	}
	return slug
}

// find returns the article that a destination in another article means: by its
// file or folder, its address on the site, or its slug; nil if it is none that
// is published. The reason tells of one that is not.
func (p *plan) find(from *post, destination string) (to *post, fragment, why string) {
	way, fragment, ok := pathOf(destination)
	if !ok {
		return nil, "", ""
	}
	top := strings.HasPrefix(way, "/")
	if rest, ok := strings.CutPrefix(way, "@/"); ok { // Zola's way to name a file
		way, top = rest, true
	}
	way = strings.TrimPrefix(way, "/")
	var tries []string
	if top {
		tries = []string{path.Clean(way)}
	} else {
		tries = []string{path.Join(from.folderOf(), way)}
	}
	for _, name := range tries {
		for _, file := range []string{name, name + ".md", name + "/index.md", name + ".markdown", strings.TrimSuffix(name, ".html") + ".md", strings.TrimSuffix(name, ".html") + ".markdown"} {
			if at := p.byPath[file]; at != nil {
				return at, fragment, ""
			}
			if reason := p.left[file]; reason != "" {
				return nil, "", reason
			}
		}
	}
	// By its address, now or before, as seen from where the article is or was.
	bases := []string{""}
	if !top {
		bases = []string{path.Dir(from.file)}
		for _, alias := range from.Aliases {
			bases = append(bases, path.Dir(fileOf(alias)))
		}
	}
	for _, base := range bases {
		joined := path.Join(base, way)
		if joined == ".." || strings.HasPrefix(joined, "../") {
			continue
		}
		for _, file := range []string{joined, path.Join(joined, "index.html"), joined + ".html"} {
			for _, by := range []map[string]*post{p.byFile, p.byAlias} {
				if at := by[file]; at != nil {
					return at, fragment, ""
				}
			}
		}
	}
	slug := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(way, "/"), ".md"), ".html")
	slug = strings.TrimPrefix(slug, "../")
	if found := p.bySlug[slug]; slug != "" && found != nil && found != from {
		return found, fragment, ""
	}
	return nil, "", ""
}

// text is some of what the articles say, enough to tell the language of most.
func (p *plan) text(lib *library.Library) string {
	var b strings.Builder
	for _, at := range p.posts[:min(len(p.posts), 200)] {
		b.WriteString(at.Title + "\n")
		summary := at.summary()
		if summary == "" { // its page was never made
			body := at.kept
			if text, err := lib.Text(at.Path); body == "" && err == nil {
				body = text[min(max(at.Body, 0), len(text)):]
			}
			if summary = markdown.Excerpt([]byte(body), html.DescriptionLength); summary == "" { // as the next build finds it
				summary = markdown.Parse([]byte(body)).Excerpt(html.DescriptionLength)
			}
		}
		b.WriteString(summary + "\n")
	}
	return b.String()
}

// lastDate is the newest date of a post, for the feeds.
func lastDate(posts []*post) time.Time {
	var last time.Time
	for _, at := range posts {
		for _, t := range []time.Time{at.Date, at.Updated} {
			if t.After(last) {
				last = t
			}
		}
	}
	return last
}
