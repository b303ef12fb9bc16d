package markdown

import (
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// UnitTree is a parsed unit. Its nodes point into its Source, the bytes of the unit. It is
// not changed after Parse.
//
// Footnotes stay where they stand: definitions as extast.Footnote, references as
// FootnoteReference. Headings have only the ids that the author wrote.
type UnitTree struct {
	*Tree
	// Whether the tree would be another with other link reference definitions, and
	// with other footnotes defined.
	AsksReferences, AsksFootnotes bool

	places  *places
	resolve sync.Once
}

// Parse parses a unit of x, whatever its size, with what the whole text defines. Of a
// pending unit it parses the bytes as they stand; front matter gives an empty tree.
func (x *Index) Parse(u Unit) *UnitTree {
	source := []byte(x.doc.Slice(u.Start, u.End))
	t := &UnitTree{Tree: &Tree{Source: source}, places: newPlaces()}
	if u.Kind == FrontMatterBlock {
		t.Root = ast.NewDocument()
		return t
	}
	pc := newParsing(x.defs, false)
	pc.trace.places = t.places
	pc.resolve = x.reference
	t.Root = unitParser().Parse(text.NewReader(source), parser.WithContext(pc))
	t.AsksReferences, t.AsksFootnotes = pc.asksReferences, pc.asksFootnotes
	for n := range t.places.opened {
		if n, ok := n.(*ast.FencedCodeBlock); ok {
			n.Language(source) // goldmark keeps it when first asked: not while others read
		}
	}
	return t
}
