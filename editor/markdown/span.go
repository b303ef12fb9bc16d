package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// Span returns the bytes of the source that a node of the tree was made from.
//
// Of an inline node these are its delimiters, destination and all; spans of siblings
// ascend and do not overlap, and lie within that of their parent, if it is inline.
// A text ends before the spaces and the break at a line's end. A typographic mark
// is what stands for it.
//
// Of a block they reach from its marker, or the first byte that it says, to the end of its
// last line, without the break: a fence with its closing one, a heading with its
// underline. What stands before the lines in between, such as the marks of a quote
// around it, lies within. A cell of a table is its content.
func (t *UnitTree) Span(n ast.Node) (start, end int) {
	t.resolve.Do(t.resolveSpans)
	s := span{}
	if n.Type() == ast.TypeInline {
		s = t.inlineSpan(n)
	} else {
		s = t.blockSpan(n)
	}
	start = t.clamp(s.start)
	return start, max(t.clamp(s.end), start)
}

// resolveSpans finds the places of what goldmark makes late: inline nodes between matched
// delimiters, from what is within them, and blocks that hold blocks.
func (t *UnitTree) resolveSpans() {
	_ = ast.Walk(t.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		first := n.FirstChild()
		switch {
		case first == nil:
		case first.Type() == ast.TypeInline:
			if entering {
				t.resolveInline(n)
			}
			return ast.WalkSkipChildren, nil
		case !entering && n != t.Root:
			t.places.blocks[n] = t.blockSpan(n)
		}
		return ast.WalkContinue, nil
	})
}

// blockSpan finds where a block stands, when those in it are resolved.
func (t *UnitTree) blockSpan(n ast.Node) span {
	if s, ok := t.places.blocks[n]; ok {
		return s
	}
	source := t.Source
	if n.Type() == ast.TypeDocument {
		return span{0, len(source)}
	}
	own := span{-1, -1}
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		last := lines.At(lines.Len() - 1)
		own = span{lines.At(0).Start, lineEnd(source, max(last.Start, last.Stop-1))}
	}
	opened, known := t.places.opened[n]
	switch n := n.(type) {
	case *extast.TableCell:
		return t.cellSpan(n)
	case *extast.TableRow, *extast.TableHeader:
		return span{skipBlanks(source, n.Pos()), lineEnd(source, n.Pos())}
	case *extast.Table:
		first, last := t.blockSpan(n.FirstChild()), t.blockSpan(n.LastChild())
		// The delimiter row follows the header; it is no node.
		return span{first.start, max(last.end, lineEnd(source, first.end+1))}
	case *ast.HTMLBlock:
		if n.HasClosure() {
			own.end = lineEnd(source, max(n.ClosureLine.Start, n.ClosureLine.Stop-1))
			own.start = smaller(own.start, n.ClosureLine.Start)
		}
		own.start = skipBlanks(source, own.start)
	case *extast.DefinitionList: // opens again at each description
		known = false
	}
	if known {
		own.start = smaller(own.start, skipBlanks(source, opened))
		own.end = max(own.end, lineEnd(source, opened))
	}
	if last, ok := t.places.last[n]; ok {
		own.end = max(own.end, lineEnd(source, last))
	}
	if first, last := n.FirstChild(), n.LastChild(); first != nil && first.Type() == ast.TypeBlock {
		own.start = smaller(own.start, t.blockSpan(first).start)
		own.end = max(own.end, t.blockSpan(last).end)
	}
	return own
}

// cellSpan is the content of a cell; of one that is not written, the end of its row.
func (t *UnitTree) cellSpan(n *extast.TableCell) span {
	if n.Lines().Len() > 0 {
		segment := n.Lines().At(0)
		return span{segment.Start, segment.Stop}
	}
	end := t.blockSpan(n.Parent()).end
	return span{end, end}
}

// inlineSpan finds where an inline node stands, when all are resolved.
func (t *UnitTree) inlineSpan(n ast.Node) span {
	if s, ok := t.places.inline[n]; ok {
		return s
	}
	if n, ok := n.(*ast.Text); ok {
		return span{n.Segment.Start, n.Segment.Stop}
	}
	return span{}
}
