package markdown

import (
	"fmt"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// FootnoteReference is "[^label]" in the tree of a unit, where footnotes stay where they
// stand. It has no children.
type FootnoteReference struct {
	ast.BaseInline
	Label      []byte // as that of the extast.Footnote
	Start, End int    // bytes of the source
}

// KindFootnoteReference is the kind of FootnoteReference.
var KindFootnoteReference = ast.NewNodeKind("FootnoteReference")

// Kind implements ast.Node.
func (n *FootnoteReference) Kind() ast.NodeKind { return KindFootnoteReference }

// Pos implements ast.Node.
func (n *FootnoteReference) Pos() int { return n.Start }

// Dump implements ast.Node.
func (n *FootnoteReference) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"Label": fmt.Sprintf("%q", n.Label)}, nil)
}

// footnotesInPlace is the syntax of goldmark's footnotes without what makes a list of them.
type footnotesInPlace struct{}

// Extend implements goldmark.Extender.
func (footnotesInPlace) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(stayingDefinition{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(footnoteReference{}, 101)),
	)
}

type stayingDefinition struct{ parser.BlockParser }

// Close implements parser.BlockParser. A blank line before a definition does not make the list
// around it loose, since goldmark would have taken it away by then.
func (stayingDefinition) Close(n ast.Node, _ text.Reader, _ parser.Context) {
	n.SetBlankPreviousLines(false)
}

// footnoteReference is goldmark's parser of references to footnotes, which asks
// our context whether a label is defined.
type footnoteReference struct{}

// Trigger implements parser.InlineParser.
func (footnoteReference) Trigger() []byte { return []byte{'!', '['} }

// Parse implements parser.InlineParser.
func (footnoteReference) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	open := 1
	if line[0] == '!' {
		open = 2
	}
	length := footnoteLabel(line, open)
	if length < 0 {
		return nil
	}
	from := segment.Start + open + 1
	label := block.Value(text.NewSegment(from, from+length))
	block.Advance(open + 1 + length + 1)
	if !pc.(*parsing).footnote(string(label)) {
		return nil
	}
	if open == 2 { // not a picture
		parent.AppendChild(parent, ast.NewTextSegment(segment.WithStop(segment.Start+1)))
	}
	return &FootnoteReference{Label: label, Start: from - len("[^"), End: from + length + len("]")}
}

// footnoteLabel returns the length of the label after the "^" at the given
// place, or -1.
func footnoteLabel(line []byte, caret int) int {
	const limit = 999 // as for the labels of links
	if caret >= len(line) || line[caret] != '^' || caret+1 >= len(line) {
		return -1
	}
	label := line[caret+1 : min(len(line), caret+1+limit)]
	for i := 0; i < len(label); i++ {
		switch c := label[i]; {
		case c == '\\' && i < len(label)-1 && util.IsPunct(label[i+1]):
			i++
		case c == ']':
			return i
		case c == '[':
			return -1
		}
	}
	return -1
}
