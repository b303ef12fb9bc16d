package content

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"longhand/editor/markdown"
)

// codeLines is how many lines of code make one part: a long listing is laid out as
// it comes into view.
const codeLines = 16

// code makes parts of a block of code.
func (b *builder) code(n ast.Node) {
	b.end()
	start, end := b.tree.Span(n)
	b.group++
	lines := n.Lines()
	var spans []markdown.CodeSpan
	if f, ok := n.(*ast.FencedCodeBlock); ok && f.Info != nil {
		language := markdown.Language(string(f.Info.Segment.Value(b.source)))
		var done bool
		spans, done = b.ask.colours(language, string(lines.Value(b.source)))
		b.block.Plain = b.block.Plain || !done
	}
	colour := painter{spans: spans}
	all := lines.Len()
	if _, indented := n.(*ast.CodeBlock); indented { // blank lines after it are not shown
		for all > 0 && strings.TrimSpace(string(b.value(n, all-1))) == "" {
			all--
		}
	}
	for from := 0; from == 0 || from < all; from += codeLines {
		to := min(from+codeLines, all)
		p := b.begin(Code, start, end)
		p.Group, p.First, p.Last = b.group, from == 0, to == all
		if from > 0 {
			p.Start = lines.At(from).Start
		}
		if to < all {
			p.End = lines.At(to).Start
		}
		for i := from; i < to; i++ {
			segment := lines.At(i)
			pad := segment.Padding // a newline that the file ends without is in the value, too
			s := strings.TrimSuffix(string(segment.Value(b.source)), "\n")
			at := segment.Start
			if pad > 0 && pad <= len(s) {
				b.w.put(s[:pad], at, at, 0)
				s = s[pad:]
				colour.take(pad, func(int, Style) {})
			}
			colour.take(len(s), func(n int, style Style) {
				b.w.state.style = style
				b.w.put(s[:n], at, at+n, 0)
				s, at = s[n:], at+n
			})
			b.w.state.style = 0
			if i+1 < to {
				b.w.put("\n", at, segment.Stop, 0)
			}
			colour.take(1, func(int, Style) {})
		}
		b.endCode()
	}
	b.room(b.space)
}

// endCode closes a part of code, which may be empty.
func (b *builder) endCode() {
	p := b.part
	p.Text = b.w.done()
	b.part, b.w = nil, nil
	b.add(p)
}

func (b *builder) value(n ast.Node, line int) []byte {
	segment := n.Lines().At(line)
	return segment.Value(b.source)
}

// painter deals out the colours of code.
type painter struct {
	spans []markdown.CodeSpan
	used  int // of the first
}

// take passes over a number of bytes, and calls put for each stretch of one colour.
func (p *painter) take(n int, put func(n int, style Style)) {
	for n > 0 {
		if len(p.spans) == 0 {
			put(n, 0)
			return
		}
		m := min(n, p.spans[0].Len-p.used)
		if m > 0 {
			put(m, token(p.spans[0].Token))
		}
		n -= m
		if p.used += m; p.used >= p.spans[0].Len {
			p.spans, p.used = p.spans[1:], 0
		}
	}
}
