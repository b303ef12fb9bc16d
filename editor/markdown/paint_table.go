package markdown

import (
	extast "github.com/yuin/goldmark/extension/ast"
)

func (p *painter) table(n *extast.Table, s Style) {
	header := n.FirstChild()
	first := p.line(max(header.Pos(), 0))
	// The delimiter row follows the header; it is no node.
	p.leaf(n, first, first+n.ChildCount(), s)
	p.add(p.starts[first]+int(p.lines[first].hang), p.end(first), Strong)
	for row := header; row != nil; row = row.NextSibling() {
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			p.inline(cell)
		}
	}
}
