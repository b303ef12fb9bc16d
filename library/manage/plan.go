// Package manage renames, moves and copies articles of a library, and puts pictures
// beside them. Links follow. What shall happen is a [Plan] first, which changes
// nothing, then [Plan.Apply] does all of it or nothing, and [Done.Undo] takes it back.
package manage

import (
	"context"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/links"
)

// Options are how links are read and what else is changed.
type Options struct {
	// BaseURL is the address of the library's site, from site.toml; "" where there is
	// none. Links to the site itself follow as well.
	BaseURL string
	// KeepSlug leaves the key slug of the front matter as it is. Otherwise one that says
	// the same as the file's name, with Jekyll's date or without, follows it. One that
	// says something else always stays: see [Plan.Slug].
	KeepSlug bool
}

// Step is a file or folder that gets another path in the library.
type Step struct{ From, To string }

// Edit is what changes in the text of one article.
type Edit struct {
	Path    string // before
	To      string // afterwards; the same but for what moves
	Links   int    // how many addresses in it are written anew
	Changes text.Changes

	was, now []byte
}

// Plan is what a rename will do. Paths are relative to the library.
type Plan struct {
	From, To string // the article
	Moves    []Step
	Edits    []Edit
	// Slug is the slug that the front matter gives the article afterwards, so that its
	// address is made of that and not of the name; "" if it gives none.
	Slug string
	// Along are the other articles that lie in a folder that moves, before.
	Along []string

	lib   *library.Library
	shelf *links.Shelf
	move  links.Move
	slug  string // for the front matter of the article; "" leaves it

	options Options
}

// Links counts the links that follow, and the articles with them, without those
// that move themselves.
func (p *Plan) Links() (links, articles int) {
	for _, e := range p.Edits {
		if e.Path == e.To && e.Links > 0 {
			links += e.Links
			articles++
		}
	}
	return links, articles
}

// Changes returns what the plan changes in a text of an article that is open: path is
// where it lies before, and s the text as it is now, with "\n" line breaks. Such an
// article is left out of [Plan.Apply], and the window makes the changes.
func (p *Plan) Changes(path, s string) text.Changes {
	changes, _ := p.changes(path, s)
	return changes
}

func (p *Plan) changes(path, s string) (all text.Changes, links int) {
	if p.shelf == nil { // nothing moves
		return nil, 0
	}
	body := p.shelf.Follow(p.move, path, s)
	if path == p.From && p.slug != "" {
		// Front matter that is broken keeps its slug: it is not read anyway.
		if head, err := library.SetFrontMatter(s, "slug", p.slug); err == nil {
			return append(head, body...), len(body)
		}
	}
	return body, len(body)
}

// newPlan makes the plan of moves. The library is read, some articles in full: those
// in which a part of the old names stands.
func newPlan(ctx context.Context, lib *library.Library, from, to string, moves []Step, o Options) (*Plan, error) {
	p := &Plan{From: from, To: to, Moves: moves, lib: lib, options: o}
	host := ""
	if u, err := url.Parse(o.BaseURL); err == nil && u.Host != "" {
		p.move.Base, host = u, strings.ToLower(u.Host)
	}
	read, err := scan(ctx, lib, from, moves, host)
	if err != nil {
		return nil, err
	}
	slugs := p.slugs(read, o)
	p.move.Path = p.Path
	p.move.Slug = func(pl *links.Place) string {
		if s, ok := slugs[pl.Path]; ok {
			return s
		}
		return pl.Slug
	}
	p.shelf = links.NewShelf(read.places, links.NewDisk(lib.Dir()), filepath.Base(lib.Dir()))
	for _, pl := range read.places {
		if pl.Path != from && p.Path(pl.Path) != pl.Path {
			p.Along = append(p.Along, pl.Path)
		}
	}
	p.Edits, err = p.edits(ctx, read.candidates)
	return p, err
}

// Path returns where a file or folder of the library lies afterwards: also an open
// article that moves along.
func (p *Plan) Path(old string) string {
	for _, m := range p.Moves {
		if old == m.From {
			return m.To
		}
		if rest, ok := strings.CutPrefix(old, m.From+"/"); ok {
			return path.Join(m.To, rest)
		}
	}
	return old
}

// slugs are those that articles get which move, by their old paths.
func (p *Plan) slugs(read *reading, o Options) map[string]string {
	out := map[string]string{}
	for _, c := range read.candidates {
		to := p.Path(c.path)
		if to == c.path {
			continue
		}
		if c.slug == "" {
			_, out[c.path] = library.NameSlug(to)
		}
	}
	i := slices.IndexFunc(read.candidates, func(c candidate) bool { return c.path == p.From })
	if i < 0 || read.candidates[i].slug == "" {
		return out
	}
	p.Slug = read.candidates[i].slug
	oldDate, was := library.NameSlug(p.From)
	date, now := library.NameSlug(p.To)
	if p.Slug == oldDate+was {
		now = date + now
	} else if p.Slug != was {
		return out
	}
	if now != p.Slug && !o.KeepSlug {
		p.slug, p.Slug, out[p.From] = now, now, now
	}
	return out
}

// edits follows the links in the candidates.
func (p *Plan) edits(ctx context.Context, candidates []candidate) ([]Edit, error) {
	found := make([]*Edit, len(candidates))
	err := parallel(ctx, len(candidates), func(i int) {
		c := candidates[i]
		d, err := text.Decode(c.data)
		if err != nil {
			return // UTF-16 or no text: it has no links that we read
		}
		changes, n := p.changes(c.path, d.String())
		if len(changes) == 0 {
			return
		}
		after, _, err := d.ApplyAll(changes)
		if err != nil {
			return
		}
		found[i] = &Edit{Path: c.path, To: p.Path(c.path), Links: n, Changes: changes, was: c.data, now: after.Bytes()}
	})
	if err != nil {
		return nil, err
	}
	var out []Edit
	for _, e := range found {
		if e != nil {
			out = append(out, *e)
		}
	}
	return out, nil
}
