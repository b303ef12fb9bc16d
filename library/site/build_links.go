package site

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"longhand/editor/html"
)

// rendering is what comes to light while one page is made.
type rendering struct {
	b      *builder
	at     *post
	dir    folder
	links  map[string]string // led where
	order  []string
	said   map[string]bool // links of which has been told that they are dead
	assets map[string]*assetRecord
	names  []string
	looked map[string]bool // names of files that were asked for
	shown  string          // the picture for lists
	faults []fault
	err    error
}

func (r *rendering) record() pageRecord {
	m := pageRecord{Faults: r.faults, Picture: r.shown}
	for _, d := range r.order {
		m.Links = append(m.Links, linkRecord{d, r.links[d]})
	}
	for _, n := range r.names {
		m.Assets = append(m.Assets, *r.assets[n])
	}
	m.Assets = append(m.Assets, r.lookedFor()...)
	return m
}

// lead returns the address, from the article's page, of the article that a
// destination means; "" and perhaps a reason where there is none.
func (b *builder) lead(at *post, destination string) (to, why string) {
	found, fragment, why := b.plan.find(at, destination)
	if found == nil && why == "" {
		if file, fragment := b.plan.ownPage(at, destination); file != "" {
			return relative(at.file, file) + fragment, ""
		}
	}
	if found == nil {
		return "", why
	}
	if found == at && fragment != "" {
		return fragment, ""
	}
	return relative(at.file, found.file) + fragment, ""
}

// ownPage is a page that the site has besides the articles', and the fragment, for a
// destination that names it by its address; "" if it names none.
func (p *plan) ownPage(from *post, destination string) (file, fragment string) {
	way, fragment, ok := pathOf(destination)
	if !ok {
		return "", ""
	}
	if rest, top := strings.CutPrefix(way, "/"); top {
		way = path.Clean(rest)
	} else {
		way = path.Join(path.Dir(from.file), way)
	}
	for _, file := range []string{way, path.Join(way, "index.html")} {
		if p.own[file] {
			return file, fragment
		}
	}
	return "", ""
}

// link leads a link in the article to another article's page or to a file
// beside the article, which becomes part of the site.
func (r *rendering) link(destination string) string {
	if to, known := r.links[destination]; known {
		return to
	}
	to, why := r.b.lead(r.at, destination)
	r.order = append(r.order, destination)
	r.links[destination] = to // so that it is there while the file is looked for
	switch {
	case to != "":
	case why != "":
		to = html.NoLink
	default:
		to = r.file(destination)
	}
	r.links[destination] = to
	return to
}

// check looks at the article's links, so that one that leads nowhere is
// reported with its line.
func (r *rendering) check(p html.Page, text markdownText) {
	p.Body.Destinations(func(destination string, offset int) {
		if isLocal(destination) {
			r.checkLink(destination, text.line(offset))
		}
	})
}

// checkRest looks at the links that came to light when the page was made: those in
// raw HTML.
func (r *rendering) checkRest(text markdownText) {
	for _, d := range r.order {
		// As Markdown's links were written; this finds the place of most others.
		line := 0
		if at := strings.Index(text.body, d); at >= 0 {
			line = text.line(at)
		}
		r.checkLink(d, line)
	}
}

func (r *rendering) checkLink(destination string, line int) {
	if !isLocal(destination) {
		return
	}
	plain := destination // so that each is said once, however it is written
	if unescaped, err := url.PathUnescape(destination); err == nil {
		plain = unescaped
	}
	place := fmt.Sprint(line, plain)
	if r.said[place] || line == 0 && r.said[plain] {
		return
	}
	_, why := r.b.lead(r.at, destination)
	if to := r.link(destination); to != "" && to != html.NoLink {
		return
	}
	r.said[place], r.said[plain] = true, true
	f := fault{Line: line, Message: fmt.Sprintf("the link to ‘%s’ leads to nothing that is part of the site", plain), Remedy: "mend the link, or remove it"}
	if why != "" {
		f.Message = fmt.Sprintf("the link to ‘%s’ leads to an article that %s and is not part of the site", plain, why)
	}
	r.faults = append(r.faults, f)
}

// hasScheme reports whether an address begins with a scheme, such as "https:".
func hasScheme(address string) bool {
	for i := range len(address) {
		switch c := address[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z':
		case i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '.' || c == '-'):
		default:
			return i > 0 && c == ':'
		}
	}
	return false
}

// isLocal reports whether a destination is a path.
func isLocal(destination string) bool {
	return destination != "" && !strings.HasPrefix(destination, "#") && !strings.HasPrefix(destination, "?") &&
		!strings.HasPrefix(destination, "//") && !hasScheme(destination)
}
