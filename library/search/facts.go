package search

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"longhand/editor/markdown"
	"longhand/library"
)

// excerptLength is how many characters of an article's first words are kept: about two
// rows of the list. They are most of what a large library takes in memory.
const excerptLength = 100

// article is what is kept of an entry to be shown: not what only its page needs, which
// is made of the text.
func (e *Entry) article() library.Article {
	a := library.Article{Meta: library.Meta{Title: e.Title, Tags: e.Tags, Authors: e.Authors}}
	if e.Article != nil {
		a = *e.Article
	}
	a.Canonical, a.Contents, a.Imported = "", nil, false
	a.Excerpt = markdown.Shorten(a.Excerpt, excerptLength)
	a.Path, a.Date, a.Draft, a.Size, a.ModTime = e.Path, e.Date, e.Draft, e.Size, e.ModTime
	return a
}

// mayPass reports whether what hinders reading a file may end without the file
// changing: permissions, a network that is down.
func mayPass(a *library.Article) bool {
	var system *fs.PathError
	return a != nil && a.Unreadable && errors.As(a.Problem, &system)
}

// compact returns the article with its strings in one piece: they are often parts
// of the whole text, and would keep it in memory.
func compact(c library.Article) library.Article {
	texts := []*string{&c.Path, &c.Title, &c.Subtitle, &c.Description, &c.Lang, &c.Meta.Slug, &c.Slug, &c.Excerpt}
	c.Tags, c.Authors = slices.Clone(c.Tags), slices.Clone(c.Authors)
	for _, list := range [][]string{c.Tags, c.Authors} {
		for i := range list {
			texts = append(texts, &list[i])
		}
	}
	var b strings.Builder
	size := 0
	for _, s := range texts {
		size += len(*s)
	}
	b.Grow(size)
	for _, s := range texts {
		b.WriteString(*s)
	}
	all := b.String()
	for _, s := range texts {
		*s, all = all[:len(*s)], all[len(*s):]
	}
	return c
}

// same reports whether nothing of an article is other than before.
func (d *doc) same(now *doc) bool {
	if d.written() != now.written() || d.article.Size != now.article.Size || !slices.Equal(d.authors, now.authors) || d.article.Unreadable != now.article.Unreadable {
		return false
	}
	return !d.article.Unreadable || d.article.Problem.Message == now.article.Problem.Message
}

// sources are where dates are taken from, by their number in a record.
var sources = []library.DateSource{"", library.DateFromFrontMatter, library.DateFromName, library.DateFromPath, library.DateFromFile}

// Flags of an article in a record.
const (
	isDraft = 1 << iota
	isUnreadable
	mayBeRead // again
	hasProblem
	ownSlug    // in the front matter
	slugInPath // and is not written again
	foldedTags // are the tags themselves
)

// doc writes an article.
func (w *writer) doc(d *doc) {
	a := &d.article
	w.number(d.id)
	w.text(a.Path)
	w.text(a.Title)
	w.text(d.key)
	w.list(d.tags)
	w.list(d.authors)
	w.number(a.Date.Unix())
	w.number(d.written())
	w.number(a.Size)
	w.facts(d)
}

// doc reads an article.
func (r *reader) doc(d *doc) {
	a := &d.article
	d.id, a.Path, a.Title, d.key, d.tags, d.authors = r.number(), r.text(), r.text(), r.text(), r.list(), r.list()
	r.number() // the date once more, without its zone
	if written := r.number(); written != 0 {
		a.ModTime = time.Unix(0, written)
	}
	a.Size = r.number()
	r.facts(d)
	d.mask = letterMask(d.key[:max(strings.Index(d.key, fence), 0)])
}

// facts writes what the list shows of an article, but for what the record has of
// it already.
func (w *writer) facts(d *doc) {
	a := &d.article
	slugAt := strings.LastIndex(a.Path, a.Slug)
	flags := 0
	for flag, on := range map[int]bool{
		isDraft: a.Draft, isUnreadable: a.Unreadable, mayBeRead: d.again, hasProblem: a.Problem != nil,
		ownSlug: a.Meta.Slug != "" && a.Meta.Slug == a.Slug, slugInPath: slugAt >= 0, foldedTags: slices.Equal(d.tags, a.Tags),
	} {
		if on {
			flags |= flag
		}
	}
	w.number(int64(flags))
	if slugAt >= 0 {
		w.number(int64(slugAt))
		w.number(int64(len(a.Slug)))
	} else {
		w.text(a.Slug)
	}
	for _, s := range []string{a.Subtitle, a.Description, a.Lang, a.Excerpt} {
		w.text(s)
	}
	if flags&foldedTags == 0 {
		w.list(a.Tags)
	}
	w.list(a.Authors)
	w.number(int64(max(slices.Index(sources, a.DateSource), 0)))
	w.time(a.Date)
	w.time(a.Updated)
	w.number(int64(a.Words))
	w.number(int64(a.Body))
	if p := a.Problem; p != nil {
		w.text(p.Path)
		w.number(int64(p.Line))
		w.text(p.Message)
		w.text(p.Remedy)
	}
}

// facts reads what the writer wrote.
func (r *reader) facts(d *doc) {
	a := &d.article
	flags := r.number()
	a.Draft, a.Unreadable, d.again = flags&isDraft != 0, flags&isUnreadable != 0, flags&mayBeRead != 0
	if flags&slugInPath != 0 {
		at, n := r.number(), r.number()
		if at < 0 || n < 0 || at+n > int64(len(a.Path)) {
			r.bad = true
			return
		}
		a.Slug = a.Path[at : at+n]
	} else {
		a.Slug = r.text()
	}
	if flags&ownSlug != 0 {
		a.Meta.Slug = a.Slug
	}
	a.Subtitle, a.Description, a.Lang, a.Excerpt = r.text(), r.text(), r.text(), r.text()
	if a.Tags = d.tags; flags&foldedTags == 0 {
		a.Tags = r.list()
	}
	a.Authors = r.list()
	if n := r.number(); n >= 0 && n < int64(len(sources)) {
		a.DateSource = sources[n]
	}
	a.Date, a.Updated = r.time(), r.time()
	if a.DateSource == library.DateFromFile && !a.Date.IsZero() {
		a.Date = a.Date.Local()
	}
	a.Words, a.Body = int(r.number()), int(r.number())
	if flags&hasProblem != 0 {
		a.Problem = &library.Problem{Path: r.text(), Line: int(r.number()), Message: r.text(), Remedy: r.text()}
	}
}

// time writes a moment with its zone's offset. Bare is how most stand there: a day
// in UTC.
func (w *writer) time(t time.Time) {
	_, offset := t.Zone()
	switch {
	case t.IsZero():
		w.number(0)
	case t.Nanosecond() == 0 && offset == 0:
		w.number(1)
		w.number(t.Unix())
	default:
		w.number(2)
		w.number(t.Unix())
		w.number(int64(t.Nanosecond()))
		w.number(int64(offset))
	}
}

func (r *reader) time() time.Time {
	switch r.number() {
	case 0:
		return time.Time{}
	case 1:
		return time.Unix(r.number(), 0).UTC()
	}
	seconds, nanos, offset := r.number(), r.number(), r.number()
	if offset == 0 {
		return time.Unix(seconds, nanos).UTC()
	}
	zone := r.zones[offset]
	if zone == nil {
		if r.zones == nil {
			r.zones = map[int64]*time.Location{}
		}
		zone = time.FixedZone("", int(offset))
		r.zones[offset] = zone
	}
	return time.Unix(seconds, nanos).In(zone)
}
