package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Leaf returns the text of an inline node without children, or of a code span,
// just as a reader sees it: escapes and entities resolved, spaces kept. ok is false
// for any other node.
func (t *Tree) Leaf(n ast.Node) (s string, ok bool) {
	switch n := n.(type) {
	case *ast.Text:
		value := n.Segment.Value(t.Source)
		if n.IsRaw() {
			s = string(value)
		} else {
			s = unescape(value)
		}
	case *ast.String:
		s = string(n.Value)
	case *ast.AutoLink:
		s = string(n.Label(t.Source))
	case *ast.CodeSpan:
		s = strings.ReplaceAll(rawText(n, t.Source), "\n", " ")
	default:
		return "", false
	}
	return strings.ToValidUTF8(s, "\ufffd"), true
}

// LineBreak tells what stands between a text node and its next sibling: "\n"
// for a hard break, " " for the end of a source line, "" for neither. Chinese and
// Japanese put no space where a source line ends.
func (t *Tree) LineBreak(n *ast.Text) string {
	switch {
	case n.HardLineBreak():
		return "\n"
	case n.SoftLineBreak() && !joins(n.Segment.Value(t.Source), n.NextSibling(), t.Source):
		return " "
	}
	return ""
}
