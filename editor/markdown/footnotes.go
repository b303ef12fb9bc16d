package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes is goldmark's footnote extension which also remembers where
// definitions stand: goldmark moves the used ones to the end of the tree and
// forgets the others.
type footnotes struct{}

var definitionsKey = parser.NewContextKey()

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
	if node != nil && parent.Kind() == ast.KindDocument {
		known, _ := pc.Get(definitionsKey).([]ast.Node)
		pc.Set(definitionsKey, append(known, node))
	}
	return node, state
}
