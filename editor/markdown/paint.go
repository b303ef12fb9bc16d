package markdown

import (
	"bytes"
	"sort"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// painter gives every byte of a source its style. Every byte of a line that says
// something is markup until content is found there.
type painter struct {
	source []byte
	style  []Style
	starts []int // of lines
	lines  []lineInfo
	trace  *trace
	fences map[int]bool // lines that close one
	leaves int32        // blocks without blocks in them, counted
	colour colourer
	plain  bool // some code is to be coloured later
}

// lineInfo is what a LineStyle says but for its spans.
type lineInfo struct {
	span    int32 // first of the line
	hang    int32
	leaf    int32 // block the line belongs to, 0 for none
	block   BlockKind
	heading uint8
}

// sheet is the styles of a source: the spans of line i begin at lines[i].span, and
// are relative to the line.
type sheet struct {
	spans []StyledSpan
	lines []lineInfo
	asked bool // other definitions could change it
	plain bool // some code is to be coloured later
}

// paint styles a parsed source.
func paint(source []byte, root ast.Node, t *trace, colour colourer) *sheet {
	p := &painter{source: source, style: make([]Style, len(source)), trace: t, fences: map[int]bool{}, colour: colour}
	p.splitLines()
	for _, part := range t.parts {
		p.part(part)
	}
	p.blocks(root, 0)
	return p.sheet()
}

func (p *painter) splitLines() {
	count := bytes.Count(p.source, []byte("\n")) + 1
	p.starts = make([]int, 0, count)
	p.lines = make([]lineInfo, count)
	for at := 0; ; {
		i := len(p.starts)
		p.starts = append(p.starts, at)
		line := lineFrom(p.source, at)
		if len(bytes.TrimSpace(line)) > 0 {
			p.lines[i].block = Container
			p.add(at, at+len(line), Markup)
		}
		at += len(line) + 1
		if at > len(p.source) {
			return
		}
	}
}

func (p *painter) line(offset int) int {
	return max(sort.Search(len(p.starts), func(i int) bool { return p.starts[i] > offset })-1, 0)
}

// end is the end of a line before its line break.
func (p *painter) end(line int) int {
	if line+1 < len(p.starts) {
		return p.starts[line+1] - 1
	}
	return len(p.source)
}

func (p *painter) add(start, end int, s Style) {
	for i := max(start, 0); i < min(end, len(p.style)); i++ {
		p.style[i] |= s
	}
}

// content takes Markup from the bytes and adds s.
func (p *painter) content(start, end int, s Style) {
	for i := max(start, 0); i < min(end, len(p.style)); i++ {
		p.style[i] = p.style[i]&^Markup | s
	}
}

// part paints what a container took of a line.
func (p *painter) part(part part) {
	line := p.line(part.start)
	if part.kind == partFence {
		p.fences[line] = true
		return
	}
	p.lines[line].hang = int32(min(part.end, p.end(line)) - p.starts[line])
	marker := func(s Style) {
		text := p.source[part.start:part.end]
		from := part.start + len(text) - len(bytes.TrimLeft(text, " \t"))
		p.add(from, part.start+len(bytes.TrimRight(text, " \t\n")), s)
	}
	switch part.kind {
	case partQuote:
		p.add(part.start, p.end(line), Quote)
	case partItem, partTerm:
		marker(ListMarker)
	case partFootnote:
		marker(Footnote)
	}
}

// blocks paints the children of a container. inherited is what all in it are.
func (p *painter) blocks(parent ast.Node, inherited Style) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Blockquote:
			p.blocks(n, inherited|Quote)
		case *ast.List, *ast.ListItem, *extast.Footnote, *extast.DefinitionList, *extast.DefinitionDescription:
			p.blocks(n, inherited)
		case *ast.Heading:
			p.heading(n, inherited)
		case *ast.FencedCodeBlock:
			p.fence(n, inherited)
		case *ast.CodeBlock:
			p.indented(n, inherited)
		case *ast.HTMLBlock:
			p.htmlBlock(n, inherited)
		case *extast.Table:
			p.table(n, inherited|Table)
		case *ast.ThematicBreak:
			line := p.line(p.trace.opened[n])
			p.leaf(n, line, line, inherited)
		case *ast.LinkReferenceDefinition:
			p.definition(n, inherited)
		case *extast.DefinitionTerm:
			p.prose(n, inherited|Term)
		default:
			p.prose(n, inherited)
		}
	}
}

// leaf takes the lines from first to last for a block without blocks in it.
func (p *painter) leaf(n ast.Node, first, last int, s Style) {
	p.leaves++
	for i := first; i <= last && i < len(p.lines); i++ {
		l := &p.lines[i]
		l.block, l.leaf = kindOf(n), p.leaves
		if h, ok := n.(*ast.Heading); ok {
			l.heading = uint8(h.Level)
		}
		p.add(p.starts[i]+int(l.hang), p.end(i), s)
	}
}

// extent is the first and last line of the segments of a block.
func (p *painter) extent(lines *text.Segments) (first, last int) {
	if lines.Len() == 0 {
		return 0, -1
	}
	end := lines.At(lines.Len() - 1)
	return p.line(lines.At(0).Start), p.line(max(end.Start, end.Stop-1))
}

// prose paints a paragraph or a term.
func (p *painter) prose(n ast.Node, s Style) {
	first, last := p.extent(n.Lines())
	p.leaf(n, first, last, s)
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		line := p.line(segment.Start)
		p.lines[line].hang = int32(segment.Start - p.starts[line])
	}
	p.inline(n)
}

func (p *painter) heading(n *ast.Heading, s Style) {
	s |= level(n.Level)
	opened := p.line(p.trace.opened[n])
	first, last := opened, opened
	if n.Lines().Len() > 0 {
		first, last = p.extent(n.Lines())
	}
	p.leaf(n, first, last, s)
	if opened > last {
		// The underline is the next line, or else follows a table that was cut
		// from the paragraph.
		p.leaf(n, opened, opened, s)
		if opened == last+1 {
			p.lines[opened].leaf = p.lines[last].leaf
		}
	}
	p.inline(n)
}

func (p *painter) htmlBlock(n *ast.HTMLBlock, s Style) {
	segments := n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		segments = append(segments[:len(segments):len(segments)], n.ClosureLine)
	}
	if len(segments) == 0 {
		return
	}
	end := segments[len(segments)-1]
	p.leaf(n, p.line(segments[0].Start), p.line(max(end.Start, end.Stop-1)), s)
	comment := false
	for _, segment := range segments {
		text := bytes.TrimRight(p.source[segment.Start:segment.Stop], "\n")
		p.content(segment.Start, segment.Start+len(text), HTML)
		comment = p.comments(segment.Start, text, comment)
	}
}

// comments marks the comments in a line of HTML. inside tells whether the line
// begins in one; whether it ends in one is returned.
func (p *painter) comments(at int, line []byte, inside bool) bool {
	for {
		if !inside {
			i := bytes.Index(line, []byte("<!--"))
			if i < 0 {
				return false
			}
			at, line, inside = at+i, line[i:], true
		}
		i := bytes.Index(line, []byte("-->"))
		if i < 0 {
			p.add(at, at+len(line), Comment)
			return true
		}
		i += len("-->")
		p.add(at, at+i, Comment)
		at, line, inside = at+i, line[i:], false
	}
}

func (p *painter) definition(n *ast.LinkReferenceDefinition, s Style) {
	first, last := p.extent(n.Lines())
	p.leaf(n, first, last, s|Definition)
	if first > last {
		return
	}
	// The label ends at the first "]:" that is not escaped; all behind it is the target.
	from := n.Lines().At(0).Start
	if i := bytes.IndexByte(p.source[from:], '['); i >= 0 {
		from += i + 1 + len(n.Label)
		if i := bytes.Index(p.source[from:], []byte("]:")); i >= 0 {
			from += i + 2
		}
	}
	for i := first; i <= last && i < len(p.lines); i++ {
		p.add(max(p.starts[i]+int(p.lines[i].hang), from), p.end(i), Target)
	}
}

// sheet joins bytes of one style to spans.
func (p *painter) sheet() *sheet {
	s := &sheet{lines: p.lines, plain: p.plain}
	for i, start := range p.starts {
		p.lines[i].span = int32(len(s.spans))
		end := p.end(i)
		for at := start; at < end; {
			from := at
			for at < end && p.style[at] == p.style[from] {
				at++
			}
			if p.style[from] != 0 {
				s.spans = append(s.spans, StyledSpan{from - start, at - start, p.style[from]})
			}
		}
	}
	return s
}
