package html

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	nethtml "golang.org/x/net/html"
)

// finisher turns cleaned HTML into what is shown: it closes what was left
// open, so that no article breaks out of its place in the page, and puts in
// pictures, heading anchors and the frames that wide tables scroll in.
type finisher struct {
	out      strings.Builder
	open     []element
	album    *album // nil where pictures stay where they are
	page     bool   // not a fragment
	cards    bool   // what Ghost knows only as HTML is marked for it
	written  map[int]string
	link     func(string) string
	warnings []Warning
	found    contents
	ids      map[string]bool
	// anonymous drops ids: they belong to the article, not to what is around it.
	anonymous bool
	// trusted keeps what is not known to be harmless.
	trusted bool
	levels  levels
}

// element is an open element: its name as written, and as it stands in the page.
type element struct{ name, shown, id string }

// levels gives headings levels that begin below what stands above them on the page and
// leave none out, as those who hear a page need them.
type levels struct {
	above   int // level of the heading above, such as the title's
	written []int
}

func (l *levels) shown(level int) int {
	for len(l.written) > 0 && l.written[len(l.written)-1] >= level {
		l.written = l.written[:len(l.written)-1]
	}
	l.written = append(l.written, level)
	return min(l.above+len(l.written), 6)
}

// headingLevel is the level of a heading element, 0 for others.
func headingLevel(name string) int {
	if len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		return int(name[1] - '0')
	}
	return 0
}

// contents is what a page needs permission for in its content security policy.
type contents struct {
	remotePictures, linkedPictures, media, linkedMedia, otherFrames, linkedStyle bool
	frames                                                                       []string // their hosts
	// active is set where trusted HTML runs something, sends something or loads what is
	// not a picture, a sound, a film or a frame.
	active bool

	data string
}

func newFinisher(a *album, d *drawing) *finisher {
	return &finisher{album: a, page: d.page, written: d.written, warnings: d.warnings, trusted: d.trusted, ids: map[string]bool{}, levels: levels{above: 1}}
}

var (
	// void elements have no end tag.
	void = []string{"br", "col", "hr", "img", "input", "source", "wbr", "area", "base", "embed", "link", "meta", "param", "track"}
	// active elements of trusted HTML need the widest policy.
	active = []string{"base", "button", "embed", "form", "link", "object", "script", "style", "template"}
	// implied elements end by themselves with what they stand in.
	implied = []string{"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption", "rt", "rp"}
	plain   = strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&quot;", `"`, "&#160;", "\u00a0", "&#x21a9;", "↩", "&#xfe0e;", "\ufe0e")
)

// finish takes in clean HTML.
func (f *finisher) finish(clean []byte) {
	f.out.Grow(len(clean) + len(clean)/8)
	z := nethtml.NewTokenizer(bytes.NewReader(clean))
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return
		case nethtml.TextToken:
			f.text(z.Raw())
		case nethtml.StartTagToken:
			f.start(z.Token())
		case nethtml.SelfClosingTagToken:
			t := z.Token()
			if f.trusted && (f.inside("svg") || f.inside("math")) { // elsewhere the slash says nothing
				writeStart(&f.out, t)
				f.out.WriteString("/>")
				continue
			}
			f.start(t)
		case nethtml.EndTagToken:
			f.end(z.Token().Data)
		}
	}
}

// done closes what is open and returns all that was taken in.
func (f *finisher) done() string {
	f.closeTo(0)
	return f.out.String()
}

func (f *finisher) text(raw []byte) {
	if bytes.IndexByte(raw, '&') < 0 || f.inCode() {
		f.out.Write(raw)
	} else {
		_, _ = plain.WriteString(&f.out, string(raw))
	}
}

func (f *finisher) start(t nethtml.Token) {
	hadSource := attribute(t, "src") != ""
	f.addresses(&t)
	if !f.page {
		bare(&t)
	}
	hasSource := attribute(t, "src") != ""
	switch t.Data {
	case "img":
		f.picture(t)
		return
	case "iframe", "source":
		if !hasSource && !f.trusted {
			return
		}
		if t.Data == "iframe" {
			f.frame(&t)
		}
		f.found.media = f.found.media || t.Data == "source"
	case "audio", "video":
		if hadSource && !hasSource {
			return
		}
		f.found.media = f.found.media || hasSource
	case "input":
		if f.trusted {
			f.found.active = f.found.active || attribute(t, "type") != "checkbox"
			break
		}
		if attribute(t, "type") != "checkbox" {
			return
		}
		setAttribute(&t, "disabled", "")
		if f.page && strings.TrimSpace(attribute(t, "aria-label")) == "" {
			setAttribute(&t, "aria-label", "☐")
		}
	case "a":
		f.end("a") // links hold no links
		nameToID(&t)
	case "table":
		if f.page && !f.inside("table") {
			f.out.WriteString(`<div class="table-scroll" tabindex="0">`)
		}
	}
	f.found.active = f.found.active || f.trusted && isActive(t)
	alignToStyle(&t)
	id := attribute(t, "id")
	if f.ids[id] {
		id = ""
		t.Attr = without(t.Attr, "id")
	}
	if id != "" {
		f.ids[id] = true
	}
	e := element{t.Data, t.Data, id}
	if t.Data == "span" && !f.page {
		e.shown = "" // its text is what counts in a fragment
		f.open = append(f.open, e)
		return
	}
	if level := headingLevel(t.Data); level > 0 && f.page {
		e.shown = "h" + strconv.Itoa(f.levels.shown(level))
		t.Data = e.shown
	}
	if f.cards && len(f.open) == 0 && slices.Contains(carded, e.name) {
		f.out.WriteString(cardBegin + "\n")
	}
	writeTag(&f.out, t)
	if !slices.Contains(void, t.Data) {
		f.open = append(f.open, e)
	}
}

// frame notes where a frame leads.
func (f *finisher) frame(t *nethtml.Token) {
	src := attribute(*t, "src")
	if !frames.MatchString(src) {
		f.found.otherFrames = true
		return
	}
	src = strings.Replace(src, "http:", "https:", 1)
	src = strings.Replace(src, "//youtube", "//www.youtube", 1) // where it would be led, out of the policy
	setAttribute(t, "src", src)
	if host := frameHost(src); !slices.Contains(f.found.frames, host) {
		f.found.frames = append(f.found.frames, host)
	}
	if f.page {
		setAttribute(t, "loading", "lazy")
		if attribute(*t, "title") == "" {
			setAttribute(t, "title", strings.TrimPrefix(frameHost(src), "https://"))
		}
	}
}

// isActive reports whether trusted HTML does more than be shown.
func isActive(t nethtml.Token) bool {
	return slices.Contains(active, t.Data) || slices.ContainsFunc(t.Attr, func(a nethtml.Attribute) bool {
		return strings.HasPrefix(a.Key, "on") || strings.HasPrefix(squeeze(strings.ToLower(a.Val)), "javascript:")
	})
}

// nameToID writes an anchor as HTML has it today.
func nameToID(t *nethtml.Token) {
	name := attribute(*t, "name")
	t.Attr = without(t.Attr, "name")
	if name != "" && !strings.ContainsAny(name, " \t\r\n\f") && attribute(*t, "id") == "" {
		setAttribute(t, "id", name)
	}
}

// alignToStyle writes where text stands as HTML has it today.
func alignToStyle(t *nethtml.Token) {
	align := strings.ToLower(attribute(*t, "align"))
	switch align {
	case "left", "right", "center", "justify":
	default:
		return
	}
	switch t.Data {
	case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "thead", "tbody", "tfoot", "caption":
		t.Attr = without(t.Attr, "align")
		if attribute(*t, "style") == "" {
			setAttribute(t, "style", "text-align: "+align)
		}
	}
}

func (f *finisher) end(name string) {
	for i := len(f.open) - 1; i >= 0; i-- {
		if f.open[i].name == name {
			f.closeTo(i)
			return
		}
	}
}

// closeTo ends all elements from the innermost out to the one at index.
func (f *finisher) closeTo(index int) {
	for len(f.open) > index {
		e := f.open[len(f.open)-1]
		f.open = f.open[:len(f.open)-1]
		if len(f.open) > index && slices.Contains(implied, e.name) {
			continue
		}
		if f.page && e.id != "" && headingLevel(e.name) > 0 {
			fmt.Fprintf(&f.out, `<a class="anchor" href="#%s" aria-label="#"></a>`, escapeAttribute(e.id))
		}
		if e.shown != "" {
			f.out.WriteString("</" + e.shown + ">")
		}
		if e.name == "table" && f.page && !f.inside("table") {
			f.out.WriteString("</div>")
		}
		if f.cards && len(f.open) == 0 && slices.Contains(carded, e.name) {
			f.out.WriteString("\n" + cardEnd)
		}
	}
}

// inCode reports whether text is that of a script or a style, which holds no elements.
func (f *finisher) inCode() bool {
	if len(f.open) == 0 {
		return false
	}
	name := f.open[len(f.open)-1].name
	return name == "script" || name == "style"
}

func (f *finisher) inside(name string) bool {
	return slices.ContainsFunc(f.open, func(e element) bool { return e.name == name })
}

// placed gives a film or a sound that lies beside the page its place on the site, and reports
// whether it has one.
func (f *finisher) placed(element string, a *nethtml.Attribute) bool {
	if f.link == nil || a.Key != "src" || element != "video" && element != "audio" && element != "source" || !isRelative(a.Val) {
		return false
	}
	to := linkTo(f.link(a.Val))
	if to == "" {
		return false
	}
	a.Val = to
	return true
}

// addresses looks again at what the cleaning let through: data that is no
// picture, files beside the page, other articles.
func (f *finisher) addresses(t *nethtml.Token) {
	kept := t.Attr[:0]
	for _, a := range t.Attr {
		switch {
		case a.Key == offsetAttribute && f.album == nil, a.Key == "id" && f.anonymous:
			continue
		case a.Key != "href" && a.Key != "src" && a.Key != "cite":
		case strings.HasPrefix(a.Val, "//"):
			a.Val = "https:" + a.Val // a page read from a disk has no scheme to inherit
		case strings.HasPrefix(a.Val, "data:") && t.Data != "img" && !f.trusted:
			continue
		case t.Data == "a" && f.link != nil && isRelative(a.Val):
			to := f.link(a.Val)
			if to == NoLink {
				continue
			}
			if to = linkTo(to); to != "" {
				a.Val = to
			}
		case f.placed(t.Data, &a):
			f.found.linkedMedia = true
		case f.page && !f.trusted && t.Data != "a" && t.Data != "img" && a.Key == "src" && !isRemote(a.Val):
			f.warn(-1, "‘%s’ is not part of the page: only pictures are taken in", a.Val)
			continue
		}
		kept = append(kept, a)
	}
	t.Attr = kept
}

// picture writes an <img> with the picture in it, or its alternative text.
func (f *finisher) picture(t nethtml.Token) {
	if f.album == nil {
		if attribute(t, "src") != "" {
			writeTag(&f.out, t)
		} else {
			f.out.WriteString(escapeText(attribute(t, "alt")))
		}
		return
	}
	offset := -1
	if n, err := strconv.Atoi(attribute(t, offsetAttribute)); err == nil {
		offset = n
	}
	t.Attr = without(t.Attr, offsetAttribute)
	src := attribute(t, "src")
	switch {
	case strings.HasPrefix(src, "data:"):
	case isRemote(src):
		f.found.remotePictures = true
	default:
		if !f.localPicture(&t, src, offset) {
			f.placeholder(t)
			return
		}
	}
	setAttribute(&t, "alt", attribute(t, "alt"))
	writeTag(&f.out, t)
}

func (f *finisher) localPicture(t *nethtml.Token, src string, offset int) bool {
	if src == "" { // removed by the cleaning: the warning should say what it was
		src = f.written[offset]
	}
	p, err := f.album.get(src)
	if err != nil {
		f.warn(offset, "picture ‘%s’ %v", shorten(unescapePath(src)), err)
		return false
	}
	setAttribute(t, "src", p.src)
	f.found.linkedPictures = f.found.linkedPictures || p.linked
	if attribute(*t, "width") == "" && attribute(*t, "height") == "" && p.width > 0 && p.height > 0 {
		setAttribute(t, "width", strconv.Itoa(p.width))
		setAttribute(t, "height", strconv.Itoa(p.height))
	}
	return true
}

func (f *finisher) placeholder(t nethtml.Token) {
	text := strings.TrimSpace(attribute(t, "alt"))
	if !f.page {
		f.out.WriteString(escapeText(text))
		return
	}
	if text == "" {
		text = f.album.noPicture
	}
	f.out.WriteString(`<span class="missing">` + escapeText(text) + "</span>")
}

func (f *finisher) warn(offset int, format string, args ...any) {
	f.warnings = append(f.warnings, Warning{Offset: offset, Message: fmt.Sprintf(format, args...)})
}

// shorten keeps warnings about monstrous addresses readable.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > 120 {
		return string(runes[:119]) + "…"
	}
	return s
}

func attribute(t nethtml.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func without(attrs []nethtml.Attribute, key string) []nethtml.Attribute {
	return slices.DeleteFunc(attrs, func(a nethtml.Attribute) bool { return a.Key == key })
}

func setAttribute(t *nethtml.Token, key, value string) {
	for i := range t.Attr {
		if t.Attr[i].Key == key {
			t.Attr[i].Val = value
			return
		}
	}
	t.Attr = append(t.Attr, nethtml.Attribute{Key: key, Val: value})
}

func writeTag(b *strings.Builder, t nethtml.Token) {
	writeStart(b, t)
	b.WriteString(">")
}

// writeStart writes a tag without its end.
func writeStart(b *strings.Builder, t nethtml.Token) {
	b.WriteString("<" + t.Data)
	for _, a := range t.Attr {
		b.WriteString(" " + a.Key)
		if a.Val != "" || a.Key == "alt" || a.Key == "href" {
			b.WriteString(`="` + escapeAttribute(a.Val) + `"`)
		}
	}
}
