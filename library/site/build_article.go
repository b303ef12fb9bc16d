package site

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"longhand/editor/html"
	"longhand/editor/markdown"
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
	at.Made = r.record()
	at.Made.File = at.file
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
		to, _ := b.lead(at, l.Destination)
		h.text(l.Destination, to)
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
	if at.Picture != "" && r.picture1(at.Picture) != "" {
		s.Image = absolute(b.site.BaseURL, r.shown)
	}
	return p
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
	for _, l := range markdown.Parse([]byte(c.Bio)).Links() {
		h.text(lead(l.Destination))
	}
	return h.done()
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
	if found == nil {
		return "", why
	}
	if found == at && fragment != "" {
		return fragment, ""
	}
	return relative(at.file, found.file) + fragment, ""
}

// link leads a link in the article to another article's page or to a file
// beside the article, which becomes part of the site.
func (r *rendering) link(destination string) string {
	if to, known := r.links[destination]; known {
		return to
	}
	to, _ := r.b.lead(r.at, destination)
	r.links[destination] = to
	r.order = append(r.order, destination)
	if to == "" {
		if to = r.file(destination); to != "" {
			r.links[destination] = to
		}
	}
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
	if r.link(destination) != "" {
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

// file makes a file beside the article, to which it links, part of the site.
func (r *rendering) file(destination string) string {
	if !isLocal(destination) || strings.HasPrefix(destination, "/") {
		return ""
	}
	names, err := html.LocalNames(destination)
	if err != nil {
		return ""
	}
	for _, name := range names {
		if to := r.publish(name, 1<<20); to != "" {
			return to
		}
	}
	return ""
}

// picture gives a picture that the article shows its place in the site; "" puts
// it into the page.
func (r *rendering) picture(name string) string { return r.publish(name, 0) }

// picture1 is the picture that shows the article in lists.
func (r *rendering) picture1(address string) string {
	names, err := html.LocalNames(address)
	if err != nil {
		return ""
	}
	for _, name := range names {
		if to := r.publish(name, 0); to != "" && isPictureName(to) {
			r.shown = r.assets[name].File
			return to
		}
	}
	return ""
}

func isPictureName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg":
		return true
	}
	return false
}

const largestFile = 64 << 20 // bytes; larger ones are not taken along

// publish puts a file beside the article into the site, pictures no wider than
// given, and returns its address from the page. Articles themselves and hidden
// files are not published.
func (r *rendering) publish(name string, widest int) string {
	if a := r.assets[name]; a != nil {
		if a.File == "" {
			return ""
		}
		return relative(r.at.file, a.File)
	}
	a := &assetRecord{From: name}
	r.assets[name], r.names = a, append(r.names, name)
	ext := strings.ToLower(path.Ext(name))
	if strings.HasPrefix(name, ".") || strings.Contains(name, "/.") || ext == ".md" || ext == ".markdown" || name == "site.toml" {
		return ""
	}
	info, err := fs.Stat(r.dir, name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > largestFile {
		return ""
	}
	data, err := fs.ReadFile(r.dir, name)
	if err != nil {
		return ""
	}
	a.Size, a.ModTime = info.Size(), info.ModTime().UnixNano()
	to := name
	if html.IsPicture(data) {
		if to, data, err = html.PublishPicture(name, data, widest); err != nil || needsCare(to, data) {
			return ""
		}
	} else if isPictureName(name) {
		return "" // it only says that it is one
	}
	file := assetFolder(r.at.file) + assetName(to)
	if !r.b.own(file, r.at.Path+" "+name) {
		r.faults = append(r.faults, fault{Message: fmt.Sprintf("the file ‘%s’ has no place in the site: another has its name", name), Remedy: "rename it"})
		return ""
	}
	sum := target.SumOf(data)
	if err := r.b.put(file, data, sum); err != nil {
		r.err = err
		return ""
	}
	a.File, a.Sum = file, sum
	return relative(r.at.file, file)
}

// own takes a file in the site for one of the library's.
func (b *builder) own(file, from string) bool {
	key := strings.ToLower(file)
	if _, taken := b.plan.claims[key]; taken {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if holder, taken := b.assets[key]; taken {
		return holder == from
	}
	b.assets[key] = from
	return true
}

// assetName is a path beside an article as one in the site.
func assetName(name string) string {
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		if part = cleanPart(part); part == "" {
			part = "file"
		}
		parts = append(parts, part)
	}
	return path.Join(parts...)
}

// needsCare tells SVG pictures that would run a script when they are opened by
// themselves: they go into the page, where they cannot.
var careful = regexp.MustCompile(`(?i)<script|<foreignobject|javascript:|\son[a-z]+\s*=|<!entity|<iframe`)

func needsCare(name string, data []byte) bool {
	return strings.EqualFold(path.Ext(name), ".svg") && careful.Match(data)
}
