package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// rawHTML is goldmark's parser of inline HTML, but each block by itself: goldmark
// remembers up to where in the document it looked for the end of a comment in
// vain, and since footnotes are parsed where the first one stands, an open comment
// in a later footnote would hide those in the text before it.
type rawHTML struct{ parser.InlineParser }

var searchesKey = parser.NewContextKey()

// Parse implements parser.InlineParser.
func (p rawHTML) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	searches, _ := pc.Get(searchesKey).(*blockSearches)
	if searches == nil || searches.block != parent {
		searches = &blockSearches{Context: pc, block: parent}
		pc.Set(searchesKey, searches)
	}
	return p.InlineParser.Parse(parent, block, searches)
}

// blockSearches is a context that keeps the vain searches of one block.
type blockSearches struct {
	parser.Context
	block ast.Node
	found map[parser.ContextKey]any
}

// ComputeIfAbsent implements parser.Context.
func (s *blockSearches) ComputeIfAbsent(key parser.ContextKey, make func() any) any {
	v, ok := s.found[key]
	if !ok {
		v = make()
		if s.found == nil {
			s.found = map[parser.ContextKey]any{}
		}
		s.found[key] = v
	}
	return v
}
