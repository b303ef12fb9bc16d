package html

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	nethtml "golang.org/x/net/html"
)

// swallowing elements make a browser, and the cleaning, read all that follows as
// their content. Where such a tag is not closed in the same piece of raw
// HTML, it is taken out, lest the rest of the article vanish.
var swallowing = []string{
	"frame", "frameset", "iframe", "noembed", "noframes", "noscript", "object", "plaintext",
	"script", "style", "textarea", "title", "xmp", "nostyle", "template", "select", "svg", "math",
}

func (d *drawing) htmlBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		lines := n.Lines().Sliced(0, n.Lines().Len())
		if b := n.(*ast.HTMLBlock); b.HasClosure() {
			lines = append(slices.Clone(lines), b.ClosureLine)
		}
		d.raw(w, source, lines, nil)
	}
	return ast.WalkContinue, nil
}

func (d *drawing) rawHTML(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		segments := n.(*ast.RawHTML).Segments
		d.raw(w, source, segments.Sliced(0, segments.Len()), func(name string) bool { return d.closedLater(n, name) })
	}
	return ast.WalkSkipChildren, nil
}

// closer is what is asked about a paragraph: where the last end tag of a name
// stands in it.
type closer struct {
	parent ast.Node
	name   string
}

// closedLater reports whether the end tag follows in the same paragraph.
func (d *drawing) closedLater(n ast.Node, name string) bool {
	key := closer{n.Parent(), name}
	last, known := d.closers[key]
	if !known {
		last = d.lastEndTag(key)
		d.closers[key] = last
	}
	return last > n.(*ast.RawHTML).Segments.At(0).Start
}

func (d *drawing) lastEndTag(key closer) int {
	for s := key.parent.LastChild(); s != nil; s = s.PreviousSibling() {
		if r, ok := s.(*ast.RawHTML); ok && hasEndTag(lowerASCII(r.Segments.Value(d.tree.Source)), key.name) {
			return r.Segments.At(0).Start
		}
	}
	return -1
}

func hasEndTag(lower, name string) bool { return strings.Contains(lower, "</"+name) }

// lowerASCII keeps the length, which strings.ToLower does not for invalid UTF-8.
func lowerASCII[T string | []byte](s T) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// piece is raw HTML with the way back into the source.
type piece struct {
	text          string
	starts, bytes []int // where a line begins in text, and in the source
}

func newPiece(source []byte, lines []text.Segment) *piece {
	var b strings.Builder
	p := &piece{}
	for _, l := range lines {
		p.starts = append(p.starts, b.Len())
		p.bytes = append(p.bytes, l.Start)
		b.Write(l.Value(source))
	}
	p.text = strings.ReplaceAll(b.String(), "\x00", "\ufffd")
	return p
}

func (p *piece) offset(at int) int {
	i := sort.SearchInts(p.starts, at+1) - 1
	if i < 0 {
		return 0
	}
	return p.bytes[i] + at - p.starts[i]
}

// raw passes HTML on to the cleaning, with addresses made fit for it.
func (d *drawing) raw(w util.BufWriter, source []byte, lines []text.Segment, closed func(string) bool) {
	p := newPiece(source, lines)
	if d.verbatim || !strings.Contains(p.text, "<") {
		_, _ = w.WriteString(p.text)
		return
	}
	if name, end, ok := bareTag(p.text); ok { // as most are; a tokenizer costs more than all else here
		if end {
			_, _ = w.WriteString(p.text)
		} else {
			_, _ = w.WriteString(d.startTag(nethtml.Token{Type: nethtml.StartTagToken, Data: name}, p.offset(0), "", closed))
		}
		return
	}
	lower := lowerASCII(p.text)
	z := nethtml.NewTokenizer(strings.NewReader(p.text))
	for at := 0; z.Next() != nethtml.ErrorToken; {
		original := string(z.Raw())
		offset := p.offset(at)
		at += len(original)
		token := z.Token()
		switch token.Type {
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			_, _ = w.WriteString(d.startTag(token, offset, lower[at:], closed))
		case nethtml.CommentToken, nethtml.DoctypeToken:
			// An unclosed comment must not reach into what follows.
		default:
			_, _ = w.WriteString(original)
		}
	}
}

// bareTag reports whether text is one tag without attributes, and its name.
func bareTag(text string) (name string, end, ok bool) {
	if len(text) < 3 || text[0] != '<' || text[len(text)-1] != '>' {
		return "", false, false
	}
	name = text[1 : len(text)-1]
	if name, end = strings.CutPrefix(name, "/"); name == "" {
		return "", false, false
	}
	for i := range len(name) {
		if c := name[i]; c < 'a' || c > 'z' {
			return "", false, false
		}
	}
	return name, end, true
}

func (d *drawing) startTag(token nethtml.Token, offset int, rest string, closed func(string) bool) string {
	name := token.Data
	if !d.trusted && !slices.Contains(elements, name) && slices.Contains(swallowing, name) {
		d.warn(offset, "<%s> is left out of the page", name)
	}
	end := ""
	if slices.Contains(swallowing, name) && !hasEndTag(rest, name) && (closed == nil || !closed(name)) {
		if name != "iframe" {
			return ""
		}
		end = "</iframe>"
	}
	for i, a := range token.Attr {
		switch a.Key {
		case "src", "href", "poster", "cite":
			if !strings.HasPrefix(a.Val, "data:") {
				token.Attr[i].Val = string(util.URLEscape([]byte(squeeze(a.Val)), false))
			}
			switch {
			case a.Key != "src":
			case name == "img":
				d.written[offset] = a.Val
			case name == "iframe" && !d.trusted && !frames.MatchString(token.Attr[i].Val):
				d.warn(offset, "the frame ‘%s’ is left out of the page: only those of well-known sites for films, sound, maps and code may stand there", shorten(a.Val))
			}
		}
	}
	if name == "img" {
		mark := nethtml.Attribute{Key: offsetAttribute, Val: strconv.Itoa(offset)}
		token.Attr = append([]nethtml.Attribute{mark}, token.Attr...)
	}
	return token.String() + end
}
