package site

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library"
	"longhand/library/site/target"
)

// pageRecord is what the last build made of an article.
type pageRecord struct {
	File            string // the page
	Key, Sum        target.Sum
	BodyAt, BodyLen int // where in the page the article's body stands
	Links           []linkRecord
	Assets          []assetRecord
	Picture         string // the file that shows the article in lists
	Lang            string // as the article says or its text tells
	Description     string // as it says, or its first words
	Words           int
	Faults          []fault
	Drafts          bool // made with Options.Drafts: it may tell of what is not published
}

// files yields the page and the files beside it that became part of the site.
func (p *pageRecord) files() iter.Seq[string] {
	return func(yield func(string) bool) {
		if p.File != "" && !yield(p.File) {
			return
		}
		for i := range p.Assets {
			if file := p.Assets[i].File; file != "" && !yield(file) {
				return
			}
		}
	}
}

// linkRecord is where a link in the article was led.
type linkRecord struct{ Destination, To string }

// assetRecord is a file that the article shows or links to. One that was not
// there has no size.
type assetRecord struct {
	From          string // beside the article
	Size, ModTime int64
	File          string // in the site
	Sum           target.Sum
}

// pageBuffers are those that are free for pages.
var pageBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func freePage(b *bytes.Buffer) {
	if b.Cap() <= 1<<20 {
		b.Reset()
		pageBuffers.Put(b)
	}
}

// article makes the page of an article, unless it would be as it is.
func (b *builder) article(at *post) error {
	defer b.progress()
	if at.away != nil {
		b.stay(at)
		return nil
	}
	if b.isMade(at) {
		for _, f := range at.Made.Faults {
			b.problem(f.problem(b.lib.File(at.Path)))
		}
		return nil
	}
	text, p := at.text(b.lib)
	if p != nil {
		b.cannotRead(at, p)
		return nil
	}
	r := &rendering{b: b, at: at, dir: folder(filepath.Dir(b.lib.File(at.Path))), links: map[string]string{}, said: map[string]bool{}, assets: map[string]*assetRecord{}, looked: map[string]bool{}}
	page := b.page(at, text.body, r)
	r.check(page, text)
	out := pageBuffers.Get().(*bytes.Buffer)
	defer freePage(out)
	rendered, err := b.theme.Page.Render(out, page)
	if err != nil {
		return err
	}
	r.checkRest(text)
	for _, w := range rendered.Warnings {
		f := fault{Message: w.Message}
		if w.Offset >= 0 {
			f.Line = text.line(w.Offset)
		}
		r.faults = append(r.faults, f)
	}
	if r.err != nil {
		return r.err
	}
	b.texts.note(at, rendered.Text)
	at.Made = r.record()
	at.Made.File, at.Made.Drafts = at.file, b.o.Drafts
	at.Made.BodyAt, at.Made.BodyLen = rendered.BodyAt, rendered.BodyLen
	at.Made.Lang, at.Made.Words, at.Made.Description = rendered.Lang, rendered.Words, rendered.Description
	at.Made.Sum = target.SumOf(rendered.Page)
	for _, f := range at.Made.Faults {
		b.problem(f.problem(b.lib.File(at.Path)))
	}
	if err := b.put(at.file, rendered.Page, at.Made.Sum); err != nil {
		at.Made.Key = target.Sum{}
		return err
	}
	at.Made.Key = b.articleKey(at)
	b.mu.Lock()
	b.report.Rendered++
	b.mu.Unlock()
	return nil
}

// isMade reports whether the last build made the page from the very same things,
// and it still lies there.
func (b *builder) isMade(at *post) bool {
	m := &at.Made
	if m.Key == (target.Sum{}) || m.Key != b.articleKey(at) || !b.folder.Keep(at.file, m.Sum) {
		return false
	}
	for i := range m.Assets {
		if a := &m.Assets[i]; a.File != "" {
			if !b.folder.Keep(a.File, a.Sum) || !b.own(a.File, at.Path+" "+a.From) {
				return false
			}
		}
	}
	n := 1
	for i := range m.Assets {
		if m.Assets[i].File != "" {
			n++
		}
	}
	m.Drafts = m.Drafts && b.o.Drafts
	b.mu.Lock()
	defer b.mu.Unlock()
	b.report.Files += n
	b.report.Unchanged += n
	return true
}

// articleKey sums up what the page is made from: the article, the theme and the
// settings, and all that it takes from others.
func (b *builder) articleKey(at *post) target.Sum {
	h := newHash("article")
	h.sum(b.common)
	h.sum(at.Sum)
	h.text(at.Path, at.file)
	if at.Draft {
		h.text("draft")
	}
	for _, near := range []*post{at.older, at.newer} {
		if near == nil {
			h.text("none")
			continue
		}
		h.text(near.Title, near.file)
	}
	for _, t := range at.tags {
		h.text(t.Name, t.file)
	}
	for _, c := range at.by {
		h.sum(c.sum)
	}
	for _, l := range at.Made.Links {
		to, why := b.lead(at, l.Destination)
		h.text(l.Destination, to, why)
	}
	dir := ""
	for i := range at.Made.Assets {
		a := &at.Made.Assets[i]
		if dir == "" {
			dir = filepath.Dir(b.lib.File(at.Path))
		}
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(a.From)))
		if err != nil || !info.Mode().IsRegular() {
			h.text(a.From, "missing")
			continue
		}
		h.text(a.From)
		h.number(info.Size(), info.ModTime().UnixNano())
	}
	return h.done()
}

// page is the article with what the site adds to it.
func (b *builder) page(at *post, body string, r *rendering) html.Page {
	p := b.site.Page(at.article(), body, b.lib.File(at.Path), nil)
	if p.Canonical == "" {
		p.Canonical = absolute(b.site.BaseURL, at.file)
	}
	p.Files = watched{r.dir, r}
	p.LinkURL, p.PictureURL, p.Bios, p.Codes = r.link, r.picture, &b.bios, &b.codes
	for i, c := range at.by {
		if i < len(p.Authors) {
			p.Authors[i].PostsURL, p.Authors[i].Posts = relative(at.file, c.file), nil
			p.Authors[i].LinkURL = b.bioLink(c, at.file)
			p.Authors[i].Links = slices.DeleteFunc(p.Authors[i].Links, func(l html.Link) bool { return !html.LinkAllowed(l.URL) })
			if c.avatar != "" {
				p.Authors[i].AvatarURL = relative(at.file, c.avatar)
			}
		}
	}
	s := &p.Site
	s.Home = html.Link{Label: b.title(), URL: relative(at.file, homeFile)}
	for _, n := range b.nav {
		s.Nav = append(s.Nav, html.Link{Label: n.label, URL: relative(at.file, n.file)})
	}
	if at.older != nil {
		s.Previous = html.Link{Label: at.older.Title, URL: relative(at.file, at.older.file)}
	}
	if at.newer != nil {
		s.Next = html.Link{Label: at.newer.Title, URL: relative(at.file, at.newer.file)}
	}
	s.TagURL = func(name string) string {
		for _, t := range at.tags {
			if foldName(t.Name) == foldName(name) {
				return relative(at.file, t.file)
			}
		}
		return ""
	}
	s.Feeds = b.feeds(at.file, "", b.title())
	s.StyleURL = relative(at.file, styleFile)
	if at.Page {
		s.Classes = []string{"standalone"} // themes leave out what only a post needs
	}
	s.Image = at.Remote
	switch {
	case at.Picture == "":
	case r.picture1(at.Picture) != "":
		s.Image = absolute(b.site.BaseURL, r.shown)
	case !strings.Contains(body, at.Picture): // one in the text is told of there
		r.faults = append(r.faults, b.noCover(at))
	}
	return p
}

// noCover tells that the picture that the front matter names cannot be shown.
func (b *builder) noCover(at *post) fault {
	f := fault{Line: 1, Message: fmt.Sprintf("the picture ‘%s’ that shows the article in lists was not found, or is none", at.Picture), Remedy: "correct its name, or remove it"}
	for _, key := range pictureKeys {
		if line := KeyLine(b.lib.File(at.Path), key); line > 0 {
			f.Line = line
			break
		}
	}
	return f
}

// authorSum sums up what pages show of an author, and where the bio leads.
func (b *builder) authorSum(c *contributor) target.Sum {
	h := newHash("author")
	h.text(c.ID, c.listing.Name, c.Bio, c.Avatar, c.avatar, c.file)
	for _, l := range c.Author.Links {
		h.text(l.Label, l.URL)
	}
	if c.Avatar != "" && c.avatar == "" { // pages say so, or hold it
		names, _ := html.LocalNames(c.Avatar)
		for _, name := range names {
			if info, err := fs.Stat(folder(b.site.authorsDir), name); err == nil {
				h.text(name)
				h.number(info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	lead := b.bioLink(c, "")
	bio := markdown.Parse([]byte(c.Bio))
	for _, l := range bio.Links() {
		h.text(lead(l.Destination))
	}
	if strings.ContainsAny(c.Bio, "!<") { // it may show pictures, which pages hold
		dir := folder(b.site.authorsDir)
		asked := &rendering{looked: map[string]bool{}}
		_ = html.Fragment(io.Discard, bio, html.FragmentOptions{Pictures: watched{dir, asked}})
		for _, name := range slices.Sorted(maps.Keys(asked.looked)) {
			h.text(name)
			if info, err := fs.Stat(dir, name); err == nil {
				h.number(info.Size(), info.ModTime().UnixNano())
			}
		}
	}
	return h.done()
}

// authorLinks tells of an author's links to which a page may not lead: once, not with each article.
func (b *builder) authorLinks(c *contributor) {
	file := b.lib.File("authors/" + c.ID + ".md")
	for _, l := range c.Author.Links {
		if !html.LinkAllowed(l.URL) {
			b.problem(&library.Problem{Path: file, Line: max(KeyLine(file, "links"), 1), Message: fmt.Sprintf("the link ‘%s’ is left out: it is no address", l.URL), Remedy: "write one such as https://example.org, or name: and url:"})
		}
	}
}

// bioLink leads the links in an author's bio, which lies in authors/, from a file
// of the site to others.
func (b *builder) bioLink(c *contributor, file string) func(string) string {
	from := &post{source: &source{Path: "authors/" + c.ID + ".md"}, file: file}
	return func(destination string) string {
		to, _ := b.lead(from, destination)
		return to
	}
}
