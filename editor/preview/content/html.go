package content

import (
	stdhtml "html"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	nethtml "golang.org/x/net/html"

	"longhand/editor/html"
)

// origin is raw HTML with the way back into the source.
type origin struct {
	text          string
	starts, bytes []int // where a line begins in text, and in the source
	pads          []int // how much of a tab, as spaces, stands before it in text
}

func newOrigin(source []byte, lines []text.Segment) origin {
	var s strings.Builder
	var o origin
	for _, l := range lines {
		o.starts = append(o.starts, s.Len()+l.Padding)
		o.bytes = append(o.bytes, l.Start)
		o.pads = append(o.pads, l.Padding)
		s.Write(l.Value(source))
	}
	o.text = s.String()
	return o
}

func (o *origin) source(at int) int {
	i := sort.SearchInts(o.starts, at+1)
	switch {
	case i < len(o.starts) && (i == 0 || at >= o.starts[i]-o.pads[i]):
		return o.bytes[i]
	case i == 0:
		return 0
	}
	return o.bytes[i-1] + at - o.starts[i-1]
}

// stretches cuts bytes of the text into those that lie one by one in the source, and
// those of a tab, for which start and end are the same.
func (o *origin) stretches(from, to int, put func(s string, start, end int)) {
	for from < to {
		n, at := to-from, o.source(from)
		if i := sort.SearchInts(o.starts, from+1); i < len(o.starts) {
			n = min(n, o.starts[i]-o.pads[i]-from)
			if n <= 0 {
				n = min(to, o.starts[i]) - from
				put(o.text[from:from+n], at, at)
				from += n
				continue
			}
		}
		put(o.text[from:from+n], at, at+n)
		from += n
	}
}

// htmlBlock reads a block of HTML as what it means. What has no effect at all is
// shown as it is.
func (b *builder) htmlBlock(n *ast.HTMLBlock) {
	lines := slices.Clone(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines = append(lines, n.ClosureLine)
	}
	o := newOrigin(b.source, lines)
	if n.Parent().Kind() != ast.KindDocument { // at the end of the file it hides the end tag of what is around
		o.text = strings.TrimSuffix(o.text, "</")
	}
	b.end()
	start, end := b.tree.Span(n)
	seen, ids := b.seen, len(b.ids)
	b.seen, b.html = false, true
	said := b.readHTML(&o, start, end)
	if b.part != nil && (b.part.Kind != Summary || !b.w.empty()) {
		b.end()
	}
	b.html = false
	for _, e := range b.open[b.base:] {
		b.seen = b.seen || reaching[e.name] // what it means is seen further down
	}
	if said && !b.seen && len(b.ids) == ids {
		b.raw("HTML", &o, 0, len(o.text), start, end)
	}
	b.seen = seen || b.seen
	b.room(b.space)
}

// raw shows bytes [from, to) of HTML as they are, under a label.
func (b *builder) raw(label string, o *origin, from, to, start, end int) {
	st := b.state
	b.end()
	b.group++
	p := b.begin(Source, start, end)
	p.Made, p.Label, p.Group, p.First, p.Last = true, label, b.group, true, true
	b.state = state{}
	s := strings.TrimSpace(o.text[from:to])
	from += strings.Index(o.text[from:to], s)
	o.stretches(from, from+len(s), func(s string, start, end int) {
		b.w.put(s, start, end, 0)
	})
	b.end()
	b.state = st
	b.room(b.space)
}

// readHTML reads HTML, and reports whether it says anything but comments and space.
func (b *builder) readHTML(o *origin, start, end int) (said bool) {
	z := nethtml.NewTokenizer(strings.NewReader(o.text))
	for at := 0; ; {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return said
		}
		raw := string(z.Raw())
		from := at
		at += len(raw)
		switch kind {
		case nethtml.TextToken:
			if strings.TrimSpace(raw) != "" {
				said = true
			}
			b.htmlText(raw, o, from, start, end)
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			said = true
			t := z.Token()
			if unshown[t.Data] {
				rest := o.text[from:]
				n := elementLength(rest, len(raw), t.Data)
				label := "HTML · " + t.Data
				if !b.trusted && html.LeavesOut(t.Data, attr(t, "src")) {
					label += ", left out of the page"
				}
				b.raw(label, o, from, from+n, o.source(from), o.source(from+n-1)+1)
				b.seen = true
				if n > len(raw) {
					at = from + n
					z = nethtml.NewTokenizer(strings.NewReader(o.text[at:]))
				}
				continue
			}
			b.startTag(t, o.source(from), o.source(at-1)+1, start, end)
		case nethtml.EndTagToken:
			said = true
			b.endTag(z.Token().Data, true, end)
		}
	}
}

// elementLength is how long an element is that begins with a start tag of the given
// length: to its end tag, or all there is.
func elementLength(s string, tag int, name string) int {
	if void[name] || strings.HasSuffix(s[:tag], "/>") {
		return tag
	}
	for i := tag; ; i++ {
		j := strings.Index(s[i:], "</")
		if j < 0 {
			return len(s)
		}
		i += j
		rest := s[i+len("</"):]
		if len(rest) < len(name) || !strings.EqualFold(rest[:len(name)], name) {
			continue
		}
		if j := strings.IndexByte(rest, '>'); j >= 0 {
			return i + len("</") + j + 1
		}
		return len(s)
	}
}

// htmlText writes text of a block of HTML.
func (b *builder) htmlText(raw string, o *origin, from, start, end int) {
	if b.w == nil && strings.TrimSpace(raw) == "" {
		return
	}
	if b.w == nil {
		b.openText(start, end)
	}
	put := func(from, to int) {
		o.stretches(from, to, func(s string, start, end int) {
			switch {
			case b.pre:
				b.verbatim(s, start, end)
			case start == end:
				b.w.blank(start, end)
			default:
				b.w.words(s, start)
			}
		})
	}
	plain := 0
	for i := 0; i < len(raw); i++ {
		if raw[i] != '&' && raw[i] != 0 {
			continue
		}
		j := i + 1
		for j < len(raw) && j < i+40 && raw[j] != ';' && raw[j] != '&' && !isSpace(raw[j]) && raw[j] != 0 {
			j++
		}
		if j < len(raw) && raw[j] == ';' {
			j++
		}
		shown := stdhtml.UnescapeString(raw[i:j])
		if raw[i] == 0 {
			shown, j = "\ufffd", i+1
		}
		if shown == raw[i:j] {
			continue
		}
		put(from+plain, from+i)
		b.w.put(shown, o.source(from+i), o.source(from+j-1)+1, 0)
		plain, i = j, j-1
	}
	put(from+plain, from+len(raw))
}

// openText begins the part for text that stands in HTML.
func (b *builder) openText(start, end int) {
	kind := b.kind
	if b.pre {
		kind = Code
		b.group++
	}
	b.begin(kind, start, end)
	b.part.Group = b.group
	b.part.First, b.part.Last = true, true
	switch kind {
	case Heading:
		b.room(gapHeading)
	case Summary:
		b.part.Fold, b.part.Box = b.fold.box, b.fold.box.Parent
		b.fold.summary = true
	}
	b.w.state = b.state
}

func (b *builder) verbatim(s string, start, end int) {
	if b.w.empty() && s == "\n" {
		return // one after <pre> does not count
	}
	b.w.put(s, start, end, 0)
}
