package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// typographer is goldmark's, but forgets open quotation marks at the end of a block. Goldmark
// means to, but its CloseBlock lacks a parameter and is never called, so that an
// open mark would change the marks in blocks far behind it.
type typographer struct{}

// Extend implements goldmark.Extender.
func (typographer) Extend(m goldmark.Markdown) {
	p := extension.NewTypographerParser(extension.WithTypographicSubstitutions(punctuation))
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(quotationMarks{p}, 9999)))
}

type quotationMarks struct{ parser.InlineParser }

// CloseBlock implements parser.CloseBlocker.
func (p quotationMarks) CloseBlock(parent ast.Node, _ text.Reader, pc parser.Context) {
	if p, ok := p.InlineParser.(interface {
		CloseBlock(ast.Node, parser.Context)
	}); ok {
		p.CloseBlock(parent, pc)
	}
}
