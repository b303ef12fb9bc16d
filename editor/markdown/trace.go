package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// trace is what block parsers did that goldmark's tree does not tell.
type trace struct {
	// starts are where a top-level block opened in the parser's empty state: from
	// there on the source parses just as if it began there.
	starts []start
	// parts are the bytes that containers and the ends of blocks took, by line.
	parts []part
	// refused is the line that was taken for a part of the paragraph before it: an
	// underline, say. Goldmark then ends the paragraph in another way than it would
	// otherwise, even when it turns out to be something else.
	refused int
	// opened are where the line goes on at which headings, fences and thematic
	// breaks opened: their own positions are wrong behind half a tab. Setext
	// headings open at their underline.
	opened map[ast.Node]int
	// footnotes are the labels of the definitions, in order.
	footnotes []label
	// spans tells whether parts are wanted.
	spans bool
	// places is where nodes stand, if that is wanted.
	places *places
}

type start struct {
	offset  int
	kind    BlockKind
	heading bool // holds a heading, at any depth
}

type label struct {
	name   string
	offset int
}

// part is a piece of one line that belongs to a block without being content.
type part struct {
	start, end int
	kind       partKind
}

type partKind uint8

const (
	partIndent   partKind = iota // of a continued item, footnote or description
	partQuote                    // the mark with the space after it
	partItem                     // a list marker with the spaces around it
	partTerm                     // the ":" of a description
	partFootnote                 // the label of a definition
	partFence                    // a closing fence
)

// tracedParser is a block parser of goldmark that tells the trace what it does.
type tracedParser struct{ parser.BlockParser }

// SetOption implements parser.SetOptioner.
func (p tracedParser) SetOption(name parser.OptionName, value any) {
	if o, ok := p.BlockParser.(parser.SetOptioner); ok {
		o.SetOption(name, value)
	}
}

// Open implements parser.BlockParser.
func (p tracedParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	t := pc.(*parsing).trace
	_, at := reader.Position()
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, state
	}
	heading := node.Kind() == ast.KindHeading
	if state&parser.RequireParagraph != 0 {
		t.refused = at.Start
	}
	if parent.Kind() == ast.KindDocument && at.Start != t.refused && opensAnew(parent, node) {
		t.starts = append(t.starts, start{offset: at.Start, kind: kindOf(node), heading: heading})
	} else if heading && len(t.starts) > 0 {
		t.starts[len(t.starts)-1].heading = true
	}
	if n, ok := node.(*extast.Footnote); ok {
		t.footnotes = append(t.footnotes, label{string(n.Ref), at.Start})
	}
	if t.spans {
		t.open(node, state, at.Start, reader)
	}
	if t.places != nil {
		t.places.open(node, at.Start)
	}
	return node, state
}

// opensAnew reports whether the parser had nothing open in its mind when node
// was opened. What follows a definition list may yet become a term of it.
func opensAnew(parent, node ast.Node) bool {
	if node.Kind() == extast.KindDefinitionList {
		return false
	}
	last := parent.LastChild()
	return last == nil || last.Kind() != extast.KindDefinitionList || node.Kind() != ast.KindParagraph
}

func (t *trace) open(node ast.Node, state parser.State, from int, reader text.Reader) {
	_, now := reader.Position()
	switch node.Kind() {
	case ast.KindBlockquote:
		t.add(from, now.Start, partQuote)
	case ast.KindListItem:
		end := now.Start
		if state&parser.HasChildren == 0 { // an empty item leaves its marker where it is
			end = from + len(bytes.TrimRight(lineFrom(reader.Source(), from), " \t\n\v\f\r"))
		}
		t.add(from, end, partItem)
	case ast.KindHeading, ast.KindFencedCodeBlock, ast.KindThematicBreak:
		if t.opened == nil {
			t.opened = map[ast.Node]int{}
		}
		t.opened[node] = from
	case extast.KindFootnote:
		t.add(from, now.Start, partFootnote)
	case extast.KindDefinitionDescription:
		t.add(from, now.Start, partTerm)
	}
}

// Continue implements parser.BlockParser.
func (p tracedParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	t := pc.(*parsing).trace
	if !t.spans && t.places == nil {
		return p.BlockParser.Continue(node, reader, pc)
	}
	_, at := reader.Position()
	state := p.BlockParser.Continue(node, reader, pc)
	_, now := reader.Position()
	if now.Start == at.Start {
		return state
	}
	if t.spans {
		t.goOn(node, state, at, now.Start, reader.Source())
	}
	if t.places != nil {
		t.places.goOn(node, state, at.Start)
	}
	return state
}

// goOn notes what a block took of a line at which it goes on, or ends.
func (t *trace) goOn(node ast.Node, state parser.State, at text.Segment, now int, source []byte) {
	switch node.Kind() {
	case ast.KindBlockquote:
		t.add(at.Start, now, partQuote)
	case ast.KindListItem, extast.KindFootnote, extast.KindDefinitionList:
		if len(bytes.TrimSpace(lineFrom(source, at.Start))) > 0 {
			t.add(at.Start, now, partIndent)
		}
	case ast.KindFencedCodeBlock:
		if state&parser.Continue == 0 {
			t.add(at.Start, at.Stop, partFence)
		}
	}
}

func (t *trace) add(start, end int, kind partKind) {
	t.parts = append(t.parts, part{start, end, kind})
}

func lineFrom(source []byte, from int) []byte {
	if i := bytes.IndexByte(source[from:], '\n'); i >= 0 {
		return source[from : from+i]
	}
	return source[from:]
}

func kindOf(n ast.Node) BlockKind {
	switch n.Kind() {
	case ast.KindParagraph, ast.KindTextBlock:
		return Paragraph
	case ast.KindHeading:
		return HeadingBlock
	case ast.KindFencedCodeBlock:
		return FencedCode
	case ast.KindCodeBlock:
		return IndentedCode
	case ast.KindHTMLBlock:
		return HTMLBlock
	case extast.KindTable:
		return TableBlock
	case ast.KindThematicBreak:
		return ThematicBreak
	case ast.KindLinkReferenceDefinition:
		return ReferenceBlock
	case extast.KindDefinitionTerm:
		return TermBlock
	}
	return Container
}
