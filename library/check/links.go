package check

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library/links"
)

// host is how an address begins that lacks its scheme.
var host = regexp.MustCompile(`^(?:www\.[\w-]+\.\w|(?:[\w-]+\.)+(?:com|org|net|io|dev|edu|gov|info)(?:/|$))`)

// target is what an address was found to mean.
type target struct {
	article *article
	sure    bool // the very article, not one of a similar name
	ok      bool // it leads somewhere
}

func (c *checker) addresses(r *reporter, f *facts) {
	for _, l := range f.links {
		c.link(r, l)
	}
}

func (c *checker) link(r *reporter, l address) {
	to := links.Squeezed(l.to)
	if links.IsTemplate(to) {
		return
	}
	if to == "" {
		r.at(l.at, saying(Error, "dead-link", "write where it leads, or remove the link", "the link leads nowhere"))
		return
	}
	if _, rest, ok := links.OnSite(c.shelf.base, to); ok {
		to = rest
	} else if links.IsRemote(to) {
		if !html.LinkAllowed(to) && !strings.HasPrefix(strings.ToLower(to), "data:") {
			r.at(l.at, saying(Error, "refused-link", "write an address that begins with https: or mailto:, or remove the link",
				"a page may not lead to %s, so there the link is left out", quoted(l.to)))
		}
		return
	}
	p, fragment := parts(to)
	if p == "" {
		c.anchor(r, l, r.article, fragment)
		return
	}
	t := c.resolve(r, l, p)
	switch {
	case !t.ok || t.article == nil || !t.sure:
		return
	case t.article.Draft && !r.article.Draft && !c.alone && t.article != r.article:
		r.at(l.at, saying(Error, "links-to-draft", "publish it, or remove the link",
			"the link %s leads to a draft: %s", quoted(l.to), t.article.Path))
	}
	if !l.media {
		c.anchor(r, l, t.article, fragment)
	}
}

// parts splits an address without scheme and host. The query tells no file.
func parts(to string) (p, fragment string) {
	p, fragment, _ = strings.Cut(to, "#")
	p, _, _ = strings.Cut(p, "?")
	fragment, _, _ = strings.Cut(fragment, ":~:") // words to be marked
	return p, fragment
}

// resolve finds what a path means, and reports when it means nothing.
func (c *checker) resolve(r *reporter, l address, p string) target {
	name := links.Unescaped(p)
	absolute := strings.HasPrefix(name, "/")
	if absolute && c.alone {
		return target{ok: true}
	}
	t := c.shelf.Resolve(r.article.Path, name)
	found := target{sure: t.Sure, ok: true}
	if t.Place != nil {
		found.article = c.shelf.byPath[t.Path]
	}
	switch {
	case t.Way == links.Misspelt:
		r.at(l.at, misspelt("the link", l.to, t.Path))
	case t.Way == links.Nowhere && absolute:
		// What other programs make of a site is not known: only where Longhand makes it
		// can such a link be dead.
		if c.shelf.base != nil && !isMade(name) {
			f := dead(l)
			f.level = Warning
			r.at(l.at, f)
			return target{}
		}
	case t.Way == links.Nowhere, t.Way == links.BySlug && !absolute && l.media:
		r.at(l.at, dead(l))
		return target{}
	case t.Way == links.BySlug && !absolute:
		if ext := strings.ToLower(path.Ext(name)); ext == ".md" || ext == ".markdown" {
			r.at(l.at, saying(Warning, "moved-link", "write "+quoted(relative(r.article.Path, t.Path)),
				"there is no file %s; an article of that name lies elsewhere: %s", quoted(l.to), t.Path))
		}
	}
	return found
}

func dead(l address) finding {
	if l.media {
		return saying(Error, "missing-file", "bring the file back, or correct the address", "the file %s is not here", quoted(l.to))
	}
	remedy := "correct the address, bring the file back, or remove the link"
	if host.MatchString(l.to) {
		remedy = "write " + quoted("https://"+l.to) + " if that is meant"
	}
	return saying(Error, "dead-link", remedy, "the link %s leads to no article or file here", quoted(l.to))
}

// isMade reports whether an address may be of a page that a site has besides articles.
func isMade(name string) bool {
	name = strings.Trim(name, "/")
	first, _, _ := strings.Cut(name, "/")
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".json", ".txt", ".ico", ".css", ".js":
		return true
	}
	return name == "" || name == "index.html" || links.IsList(first)
}

// anchor reports a place that the article has not.
func (c *checker) anchor(r *reporter, l address, a *article, fragment string) {
	if fragment == "" || a.Unreadable {
		return
	}
	id := links.Unescaped(fragment)
	f := a.facts()
	if f.ids[id] || f.ids[norm.NFC.String(id)] || strings.EqualFold(id, "top") || f.include || links.IsTemplate(fragment) {
		return
	}
	if len(f.notes) > 0 && (strings.HasPrefix(id, "fn:") || strings.HasPrefix(id, "fnref")) {
		return
	}
	where, remedy := a.Path, "correct what follows the #"
	if a == r.article {
		where = "this article"
	}
	if like := a.nearest(id); like != "" {
		remedy = "write " + quoted("#"+like) + " if that is meant"
	}
	r.at(l.at, saying(Error, "dead-anchor", remedy, "the link %s leads to no place in %s", quoted(l.to), where))
}

// nearest finds the place that differs in marks and case only, else the longest that
// the id goes on from: other programs put names of emoji at the end.
func (a *article) nearest(id string) string {
	f := a.facts()
	a.alikeOnce.Do(func() {
		a.alike = map[string]string{}
		for other := range f.ids {
			if known := a.alike[letters(other)]; known == "" || other < known {
				a.alike[letters(other)] = other
			}
		}
	})
	if like := a.alike[letters(id)]; like != "" {
		return like
	}
	for i := strings.LastIndexByte(id, '-'); i > 0; i = strings.LastIndexByte(id[:i], '-') {
		if f.ids[id[:i]] {
			return id[:i]
		}
	}
	return ""
}

func letters(id string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-_.'’ ", r) {
			return -1
		}
		return r
	}, links.Folded(id))
}

func misspelt(what, written, alike string) finding {
	return saying(Error, "wrong-case", "write it as the file is called, letter by letter",
		"%s %s is written otherwise than the file %s, which most servers do not find", what, quoted(written), alike)
}

// relative is the address of one path as seen from another.
func relative(from, to string) string {
	return (&url.URL{Path: links.Relative(from, to)}).EscapedPath()
}

// notes reports footnotes and references that are not whole.
func (r *reporter) notes(f *facts) {
	seen := map[string]bool{}
	for _, n := range f.notes {
		switch {
		case n.Used:
		case seen[n.Label]:
			r.at(n.Offset, saying(Warning, "unused-footnote", "give one of them another label", "the footnote [^%s] is defined twice, and the first counts", oneLine(n)))
		default:
			r.at(n.Offset, saying(Warning, "unused-footnote", "refer to it, or remove it", "nothing refers to the footnote [^%s], so it is not on the page", oneLine(n)))
		}
		seen[n.Label] = true
	}
	for _, b := range f.broken {
		switch b.kind {
		case noFootnote:
			r.at(b.at, saying(Error, "undefined-footnote", "write a line "+b.what+": with the note", "the footnote %s is not defined", b.what))
		case noReference:
			if !f.include {
				r.at(b.at, saying(Error, "undefined-reference", "write a line ["+b.label+"]: with the address", "the label of %s is not defined", quoted(b.what)))
			}
		case spaces:
			r.at(b.at, saying(Error, "broken-link", "put the address between < and >", "the address %s has spaces, so this is no link", quoted(b.what)))
		}
	}
}

func oneLine(n markdown.Note) string { return strings.Join(strings.Fields(n.Label), " ") }
