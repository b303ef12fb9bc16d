package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// resolveInline finds the places of the inline nodes of a block.
func (t *UnitTree) resolveInline(block ast.Node) {
	r := resolver{UnitTree: t, lines: block.Lines()}
	if r.lines != nil && r.lines.Len() > 0 {
		r.at = r.lines.At(0).Start
	}
	r.children(block)
}

// resolver goes through the inline nodes of a block.
type resolver struct {
	*UnitTree
	lines *text.Segments
	line  int // of lines, not behind at
	at    int // where the next node may begin
}

// children resolves what is in a node, and returns where the first begins and the last ends.
func (r *resolver) children(parent ast.Node) span {
	all := span{r.at, r.at}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		s := r.node(n)
		if n == parent.FirstChild() {
			all.start = s.start
		}
		all.end = s.end
	}
	return all
}

func (r *resolver) node(n ast.Node) span {
	least := r.at
	found := r.inlineSpan(n)
	s := found
	switch n := n.(type) {
	case *ast.Text:
		// What is left of a run of delimiters that closed something has the place where
		// the run began, though it was the front of it that closed.
		if s.start < least {
			s = span{least, least + max(s.end-s.start, 0)}
		}
	case *ast.Emphasis:
		s = r.delimited(n, n.Level)
	case *extast.Strikethrough:
		s = r.delimited(n, 1)
		// Two tildes on both sides are always taken together.
		if s.start > least && r.hasAt("~~", s.start-1) && r.hasAt("~~", s.end-1) {
			s = span{s.start - 1, s.end + 1}
		}
	default:
		if n.HasChildren() {
			r.at = max(s.start, least)
			s.end = max(s.end, r.children(n).end)
		}
	}
	s.start = max(s.start, least)
	s.end = max(s.end, s.start)
	r.at = s.end
	leaf, ok := n.(*ast.Text)
	if !ok || s != found { // else the node itself tells
		r.places.inline[n] = s
	}
	if ok && (leaf.SoftLineBreak() || leaf.HardLineBreak()) {
		r.nextLine()
	}
	return s
}

// delimited resolves a node between delimiters of the given length.
func (r *resolver) delimited(n ast.Node, length int) span {
	r.at += length
	in := r.children(n)
	// In a quote without spaces, a delimiter at the start of a line can close what is
	// in the lines before: r.at is behind the break.
	return span{in.start - length, r.at + length}
}

// nextLine moves to the content of the line behind a break.
func (r *resolver) nextLine() {
	for ; r.lines != nil && r.line < r.lines.Len(); r.line++ {
		if start := r.lines.At(r.line).Start; start > r.at {
			r.at = start
			return
		}
	}
}

// hasAt reports whether a string stands at a place of the source.
func (t *UnitTree) hasAt(s string, at int) bool {
	return at >= 0 && at+len(s) <= len(t.Source) && string(t.Source[at:at+len(s)]) == s
}
