package markdown

import (
	"context"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Headings returns the headings in the order of the text, with their offsets in
// it. It parses every block that holds one and is made to run beside the main thread. What
// is pending is not looked into.
func (x *Index) Headings(ctx context.Context) ([]Heading, error) {
	var all []Heading
	var nodes []*ast.Heading
	for p := (place{}); x.units.valid(p); p = x.units.next(p) {
		u := x.units.at(p)
		if u.flags&headings == 0 || u.flags&pending != 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		source := []byte(x.doc.Slice(p.offset, p.offset+int(u.size)))
		pc := newParsing(x.defs, true)
		tree := &Tree{Source: source}
		tree.Root = stylingParser().Parse(text.NewReader(source), parser.WithContext(pc))
		tree.each(func(n ast.Node) {
			if h, ok := n.(*ast.Heading); ok {
				at := pc.trace.opened[h]
				if h.Lines().Len() > 0 {
					at = h.Lines().At(0).Start
				}
				nodes = append(nodes, h)
				all = append(all, Heading{Level: h.Level, Text: tree.NodeText(h), Offset: p.offset + at})
			}
		})
	}
	used := newIDs(nodes)
	for i, h := range nodes {
		if id, own := h.AttributeString("id"); own {
			all[i].ID = attributeText(id)
		} else {
			all[i].ID = used.unique(slug(all[i].Text))
		}
	}
	return all, nil
}
