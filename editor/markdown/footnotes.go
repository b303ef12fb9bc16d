package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes is goldmark's footnote extension which also remembers where
// definitions stand: goldmark moves the used ones to the end of the tree and
// forgets the others.
type footnotes struct{}

var definitionsKey, notesKey = parser.NewContextKey(), parser.NewContextKey()

// Extend adds the extension's parsers and renderer.
func (footnotes) Extend(m goldmark.Markdown) {
	block := definitionParser{extension.NewFootnoteBlockParser()}
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(block, 999)),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
	))
}

type definitionParser struct{ parser.BlockParser }

// Open notes the definition when it stands at the top level.
func (p definitionParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, state := p.BlockParser.Open(parent, reader, pc)
	if note, ok := node.(*extast.Footnote); ok {
		known, _ := pc.Get(notesKey).([]*extast.Footnote)
		pc.Set(notesKey, append(known, note))
	}
	if node != nil && parent.Kind() == ast.KindDocument {
		known, _ := pc.Get(definitionsKey).([]ast.Node)
		pc.Set(definitionsKey, append(known, node))
	}
	return node, state
}

// Close lets goldmark move the definition away. Where what stood around it
// would then meet and become one, an empty reference definition, which shows
// nothing, keeps its place: a definition list must not continue across it, and
// it must not matter which footnote is the first of the document.
func (p definitionParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	parent, before := node.Parent(), node.PreviousSibling()
	p.BlockParser.Close(node, reader, pc)
	if before == nil && parent.Kind() != ast.KindListItem || before != nil && before.Kind() != extast.KindDefinitionList {
		return
	}
	place := ast.NewLinkReferenceDefinition(nil, nil, nil)
	place.SetPos(node.Pos())
	if before != nil {
		parent.InsertAfter(parent, before, place)
	} else {
		parent.InsertBefore(parent, parent.FirstChild(), place)
	}
}

// Note is the definition of a footnote, at any depth.
type Note struct {
	Label  string // as written
	Offset int    // of "[^"
	Used   bool   // something refers to it; of two with one label the first counts
}

// Notes returns the definitions of footnotes in source order.
func (t *Tree) Notes() []Note {
	notes := make([]Note, 0, len(t.notes))
	for _, n := range t.notes {
		notes = append(notes, Note{Label: string(n.Ref), Offset: t.clamp(n.Pos()), Used: n.Index > 0})
	}
	return notes
}
