package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
)

// fence paints a fenced code block with its fences.
func (p *painter) fence(n *ast.FencedCodeBlock, s Style) {
	first := p.line(p.trace.opened[n])
	last := first
	if n.Lines().Len() > 0 {
		_, last = p.extent(n.Lines())
	}
	last = max(last, first)
	if p.fences[last+1] {
		last++
	}
	p.leaf(n, first, last, s|CodeBlock)
	if n.Info != nil {
		p.add(n.Info.Segment.Start, n.Info.Segment.Stop, token(Name))
	}
	p.codeLines(n, s)
	p.tokens(n)
}

// indented paints indented code.
func (p *painter) indented(n *ast.CodeBlock, s Style) {
	first, last := p.extent(n.Lines())
	p.leaf(n, first, last, s|CodeBlock)
	p.codeLines(n, s)
}

func (p *painter) codeLines(n ast.Node, s Style) {
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		text := bytes.TrimRight(p.source[segment.Start:segment.Stop], "\n")
		p.content(segment.Start, segment.Start+len(text), s|CodeBlock)
	}
}

// tokens gives the content of a fence the token classes of its language.
func (p *painter) tokens(n *ast.FencedCodeBlock) {
	if n.Info == nil || n.Lines().Len() == 0 || p.colour == nil {
		return
	}
	var code []byte
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		code = append(code, p.source[segment.Start:segment.Stop]...)
	}
	if len(code) > maxColoured {
		return
	}
	colours, done := p.colour(Language(string(n.Info.Segment.Value(p.source))), string(code))
	p.plain = p.plain || !done
	line, at := 0, n.Lines().At(0).Start
	for _, c := range colours {
		for rest := c.length; rest > 0 && line < n.Lines().Len(); {
			segment := n.Lines().At(line)
			end := min(at+rest, segment.Stop)
			p.add(at, end, token(c.class))
			rest -= end - at
			if at = end; at < segment.Stop {
				continue
			}
			if line++; line < n.Lines().Len() {
				at = n.Lines().At(line).Start
			}
		}
	}
}
