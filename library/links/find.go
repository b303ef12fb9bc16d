// Package links knows what the addresses in articles lead to, and where they are
// written: in Markdown, in HTML, and in the short forms of Hugo, Jekyll and Zola.
// It reads no files.
package links

import (
	"bytes"
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"

	"longhand/editor/markdown"
)

// Notation is how an address is written.
type Notation uint8

// The notations.
const (
	Inline     Notation = iota // [text](address), ![text](<address>), [label]: address
	HTML                       // href, src or poster of a tag
	HugoRef                    // {{< ref "address" >}} and relref
	Figure                     // src of Hugo's figure
	JekyllLink                 // {% link address %}
	JekyllPost                 // {% post_url address %}
)

// Link is an address in a text. Offsets are bytes of the text.
type Link struct {
	Start, End int // of the address as written, without brackets and quotes
	Notation   Notation
	Angle      bool   // between < and >, where spaces may stand
	Address    string // what it means, with entities and backslashes resolved
}

// Find returns the addresses in a text with "\n" line breaks, in their order. Code
// and comments are passed over, and bare addresses, which never lead to an article.
func Find(s string) []Link {
	body := markdown.FrontMatterEnd(s)
	source := []byte(s[body:])
	f := finder{source: source, marks: markdown.Marks(source)}
	f.targets()
	f.html()
	f.shortcodes()
	for i := range f.found {
		f.found[i].Start += body
		f.found[i].End += body
	}
	slices.SortStableFunc(f.found, func(a, b Link) int { return cmp.Compare(a.Start, b.Start) })
	// A short form within an attribute is the attribute's address too, and counts.
	out := f.found[:0]
	for _, l := range f.found {
		if n := len(out); n > 0 && l.Start < out[n-1].End {
			if l.Notation > HTML {
				out[n-1] = l
			}
			continue
		}
		out = append(out, l)
	}
	return out
}

type finder struct {
	source []byte
	marks  []markdown.StyledSpan
	found  []Link
}

// targets looks behind the text of links, pictures and definitions.
func (f *finder) targets() {
	open := false // the address comes in the next line
	for i := 0; i < len(f.marks); {
		m := f.marks[i]
		if !m.Style.Has(markdown.Target) {
			open = open || m.Style.Has(markdown.Definition) && bytes.HasSuffix(f.source[:m.End], []byte("]:"))
			i++
			continue
		}
		from, to := m.Start, m.End
		for i++; i < len(f.marks) && f.marks[i].Style.Has(markdown.Target) && f.marks[i].Start == to; i++ {
			to = f.marks[i].End
		}
		switch {
		case m.Style.Has(markdown.Definition) && bytes.HasSuffix(f.source[:from], []byte("]:")):
			open = !f.destination(from, to)
		case !m.Style.Has(markdown.Definition) && f.source[from] == '(' && from > 0 && f.source[from-1] == ']':
			open = !f.destination(from+1, to)
		case open:
			open = !f.destination(from, to)
		}
	}
}

// destination takes the address that stands first; false if there is none.
func (f *finder) destination(from, to int) bool {
	for from < to && (f.source[from] == ' ' || f.source[from] == '\t') {
		from++
	}
	if from == to {
		return false
	}
	if f.source[from] == '<' {
		for i := from + 1; i < to; i++ {
			if f.source[i] == '\\' {
				i++
			} else if f.source[i] == '>' {
				f.add(Link{Start: from + 1, End: i, Angle: true})
				return true
			}
		}
		return true
	}
	depth := 0
	i := from
scan:
	for ; i < to; i++ {
		switch c := f.source[i]; {
		case c == '\\' && i+1 < to:
			i++
		case c == '(':
			depth++
		case c == ')' && depth == 0, c <= ' ':
			break scan
		case c == ')':
			depth--
		}
	}
	f.add(Link{Start: from, End: min(i, to)})
	return true
}

func (f *finder) add(l Link) {
	written := f.source[l.Start:l.End]
	switch l.Notation {
	case Inline:
		l.Address = markdown.Unescape(written)
	case HTML, Figure:
		l.Address = html.UnescapeString(string(written))
	default:
		l.Address = string(written)
	}
	f.found = append(f.found, l)
}

// html looks into the tags of each stretch of HTML.
func (f *finder) html() {
	for i := 0; i < len(f.marks); {
		if !f.isHTML(i) {
			i++
			continue
		}
		from, to := f.marks[i].Start, f.marks[i].End
		for i++; i < len(f.marks) && f.isHTML(i) && len(bytes.TrimLeft(f.source[to:f.marks[i].Start], " \t>\n")) == 0; i++ {
			to = f.marks[i].End
		}
		f.tags(from, to)
	}
}

func (f *finder) isHTML(i int) bool {
	s := f.marks[i].Style
	return s.Has(markdown.HTML) && !s.Has(markdown.Comment)
}

var attribute = regexp.MustCompile(`(?i)[\s"'](?:href|src|poster)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)

func (f *finder) tags(from, to int) {
	z := nethtml.NewTokenizer(bytes.NewReader(f.source[from:to]))
	for at := from; ; {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return
		}
		raw := z.Raw()
		if kind == nethtml.StartTagToken || kind == nethtml.SelfClosingTagToken {
			for _, m := range attribute.FindAllSubmatchIndex(raw, -1) {
				f.group(m, at, HTML)
			}
		}
		at += len(raw)
	}
}

// group adds the first group that matched.
func (f *finder) group(m []int, at int, n Notation) {
	for g := 2; g+1 < len(m); g += 2 {
		if m[g] >= 0 {
			f.add(Link{Start: at + m[g], End: at + m[g+1], Notation: n})
			return
		}
	}
}

var shortcodes = []struct {
	notation Notation
	form     *regexp.Regexp
}{
	{HugoRef, regexp.MustCompile("\\{\\{[<%]\\s*(?:rel)?ref\\s+(?:\"([^\"\\n]*)\"|`([^`\\n]*)`|([^\\s\"`>%{}]+))")},
	{Figure, regexp.MustCompile(`\{\{[<%]\s*(?:figure|image|img)\s[^{}]*?\bsrc\s*=\s*(?:"([^"\n]*)"|([^\s">%{}]+))`)},
	{JekyllLink, regexp.MustCompile(`\{%-?\s*link\s+([^\s{}%]+)\s*-?%\}`)},
	{JekyllPost, regexp.MustCompile(`\{%-?\s*post_url\s+([^\s{}%]+)\s*-?%\}`)},
}

func (f *finder) shortcodes() {
	if !bytes.Contains(f.source, []byte("{{")) && !bytes.Contains(f.source, []byte("{%")) {
		return
	}
	for _, s := range shortcodes {
		for _, m := range s.form.FindAllSubmatchIndex(f.source, -1) {
			if !f.within(m[0], markdown.Code|markdown.CodeBlock|markdown.Comment) {
				f.group(m, 0, s.notation)
			}
		}
	}
}

// within reports whether a byte is of one of the styles.
func (f *finder) within(at int, any markdown.Style) bool {
	i, found := slices.BinarySearchFunc(f.marks, at, func(m markdown.StyledSpan, at int) int { return cmp.Compare(m.Start, at) })
	if !found {
		i--
	}
	return i >= 0 && at < f.marks[i].End && f.marks[i].Style&any != 0
}

// parts splits an address as written into its path and what follows: the query
// and the place in the article. The "#" of an entity is none.
func (l Link) parts(written string) (p, rest string) {
	for i := 0; i < len(written); i++ {
		if written[i] == '?' && l.Notation <= Figure || written[i] == '#' && (i == 0 || written[i-1] != '&') {
			return written[:i], written[i:]
		}
	}
	return written, ""
}

// hidden is what follows the path where the sign before it is written as an entity.
func (l Link) hidden(p string) string {
	if l.Notation > Figure {
		return ""
	}
	read := html.UnescapeString(p)
	if l.Notation == Inline {
		read = markdown.Unescape([]byte(p))
	}
	if i := strings.IndexAny(read, "?#"); i >= 0 {
		return read[i:]
	}
	return ""
}

// Path is the path that the address names, without query and place, with percent
// signs resolved where the notation has them.
func (l Link) Path() string {
	p, _, _ := strings.Cut(l.Address, "#")
	if l.Notation <= Figure {
		p, _, _ = strings.Cut(p, "?")
	}
	if l.Notation == Inline || l.Notation == HTML || l.Notation == Figure {
		p = Unescaped(Squeezed(p))
	}
	return p
}
