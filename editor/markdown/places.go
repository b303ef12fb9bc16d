package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// places is where the nodes of a unit stand, as far as goldmark's tree does not tell.
type places struct {
	// opened is where the line goes on at which a block opened: before its marker, but for
	// spaces. Setext headings open at their underline.
	opened map[ast.Node]int
	// last is within the last line that is known to belong to a block.
	last map[ast.Node]int
	// inline are the spans of inline nodes, blocks those of blocks that hold blocks. Not all
	// are known before they are resolved.
	inline, blocks map[ast.Node]span
}

type span struct{ start, end int }

func newPlaces() *places {
	return &places{
		opened: map[ast.Node]int{}, last: map[ast.Node]int{},
		inline: map[ast.Node]span{}, blocks: map[ast.Node]span{},
	}
}

// open notes where a block opened.
func (p *places) open(n ast.Node, at int) {
	switch n.(type) {
	case *ast.Paragraph, *ast.CodeBlock, *ast.HTMLBlock: // their lines tell
	default:
		p.opened[n] = at
	}
}

// goOn notes that a block took something of a line.
func (p *places) goOn(n ast.Node, state parser.State, at int) {
	switch n.(type) {
	case *ast.Blockquote:
		p.last[n] = at
	case *ast.FencedCodeBlock:
		if state&parser.Continue == 0 {
			p.last[n] = at
		}
	}
}

// placedInline is an inline parser of goldmark that notes where the nodes that it makes stand.
// Those between delimiters are made only when these are matched: see [UnitTree.Span].
type placedInline struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (p placedInline) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, before := block.Position()
	n := p.InlineParser.Parse(parent, block, pc)
	if n == nil {
		return nil
	}
	_, after := block.Position()
	s := span{before.Start, after.Start}
	switch n := n.(type) {
	case *ast.CodeSpan, *ast.String:
	case *ast.Link, *ast.Image:
		s.start = n.Pos()
	case *ast.RawHTML:
		last := n.Segments.At(n.Segments.Len() - 1)
		s.end = last.Stop
	case *ast.AutoLink:
		if block.Source()[before.Start] != '<' { // a space may stand before a bare address
			s.start = s.end - len(n.Label(block.Source()))
		}
	case *extast.TaskCheckBox: // the spaces behind it do not belong to it
		s.end = s.start + len("[ ]")
	case *FootnoteReference:
		s = span{n.Start, n.End}
	default:
		return n
	}
	pc.(*parsing).trace.places.inline[n] = s
	return n
}

// CloseBlock implements parser.CloseBlocker.
func (p placedInline) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := p.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// SetOption implements parser.SetOptioner.
func (p placedInline) SetOption(name parser.OptionName, value any) {
	if o, ok := p.InlineParser.(parser.SetOptioner); ok {
		o.SetOption(name, value)
	}
}

// lineEnd is the end of the line that holds a byte, before its break.
func lineEnd(source []byte, at int) int {
	at = min(max(at, 0), len(source))
	if i := bytes.IndexByte(source[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(source)
}

// skipBlanks returns the place of the first byte of a line that is no space.
func skipBlanks(source []byte, at int) int {
	for at < len(source) && (source[at] == ' ' || source[at] == '\t') {
		at++
	}
	return at
}
