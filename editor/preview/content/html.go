package content

import (
	stdhtml "html"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	nethtml "golang.org/x/net/html"
)

// origin is raw HTML with the way back into the source.
type origin struct {
	text          string
	starts, bytes []int // where a line begins in text, and in the source
}

func newOrigin(source []byte, lines []text.Segment) origin {
	var s strings.Builder
	var o origin
	for _, l := range lines {
		pad := l.Padding
		o.starts = append(o.starts, s.Len()+pad)
		o.bytes = append(o.bytes, l.Start)
		s.Write(l.Value(source))
	}
	o.text = s.String()
	return o
}

func (o *origin) source(at int) int {
	i := sort.SearchInts(o.starts, at+1) - 1
	if i < 0 {
		if len(o.bytes) == 0 {
			return 0
		}
		return o.bytes[0]
	}
	return o.bytes[i] + at - o.starts[i]
}

// htmlBlock reads a block of HTML as what it means. What has no effect at all is
// shown as it is.
func (b *builder) htmlBlock(n *ast.HTMLBlock) {
	lines := slices.Clone(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines = append(lines, n.ClosureLine)
	}
	o := newOrigin(b.source, lines)
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
		b.raw("HTML", strings.TrimSpace(o.text), start, end)
	}
	b.seen = seen || b.seen
	b.room(b.space)
}

// raw shows HTML as it is, under a label.
func (b *builder) raw(label, s string, start, end int) {
	st := b.state
	b.end()
	b.group++
	p := b.begin(Source, start, end)
	p.Made, p.RTL, p.Label, p.Group, p.First, p.Last = true, false, label, b.group, true, true
	b.state = state{}
	b.w.put(s, start, end, 0)
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
				label := t.Data
				b.raw("HTML · "+label, strings.TrimSpace(rest[:n]), o.source(from), o.source(from+n-1)+1)
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
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		lower = s
	}
	if i := strings.Index(lower[tag:], "</"+name); i >= 0 {
		if j := strings.IndexByte(s[tag+i:], '>'); j >= 0 {
			return tag + i + j + 1
		}
	}
	return len(s)
}

// htmlText writes text of a block of HTML.
func (b *builder) htmlText(raw string, o *origin, from, start, end int) {
	if b.w == nil && strings.TrimSpace(raw) == "" {
		return
	}
	if b.w == nil {
		b.openText(start, end)
	}
	put := func(s string, from int) { // of which no line break lies within
		for s != "" {
			line := s
			if i := strings.IndexByte(s, '\n'); i >= 0 {
				line = s[:i+1]
			}
			if b.pre {
				b.verbatim(line, o.source(from))
			} else {
				b.w.words(line, o.source(from))
			}
			s, from = s[len(line):], from+len(line)
		}
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
		put(raw[plain:i], from+plain)
		b.w.put(shown, o.source(from+i), o.source(from+j-1)+1, 0)
		plain, i = j, j-1
	}
	put(raw[plain:], from+plain)
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

func (b *builder) verbatim(s string, from int) {
	if b.w.empty() && s == "\n" {
		return // one after <pre> does not count
	}
	b.w.put(s, from, from+len(s), 0)
}
