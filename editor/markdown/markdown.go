// Package markdown is the Markdown that every part of Longhand agrees on.
//
// There is one configuration of goldmark: CommonMark with tables,
// strikethrough, task lists, bare links, footnotes, definition lists,
// typographic punctuation and heading ids. The preview, the page and the
// search index all read the tree made here, so that they never disagree.
//
// All positions are byte offsets into the source. The source of a [Tree] is the body of
// an article without its front matter, with "\n" as line end; any bytes at all
// are accepted.
//
// The editor shows the source itself. [Styles] tells how each of its bytes looks, and
// [Index] the same for a text that changes, line by line; both take a text with its
// front matter. They use the same parser with the same configuration. What is drawn from a
// text that changes is made of the trees of its units, see [Index.Units], [Index.Parse]
// and [Index.Changed].
package markdown

import (
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Tree is a parsed article. It is not changed after Parse, so any number of
// goroutines may read it.
type Tree struct {
	// Source is what was parsed. Nodes point into it; it must not be changed.
	Source []byte
	// Root is the goldmark document.
	Root ast.Node

	// definitions are the footnotes that stand at the top level of the source,
	// also those that nothing refers to and goldmark drops from the tree.
	definitions []ast.Node
	notes       []*extast.Footnote // all of them
}

// Parse parses source. It never fails: every text is Markdown.
func Parse(source []byte) *Tree {
	context := parser.NewContext()
	root := sharedParser().Parse(text.NewReader(source), parser.WithContext(context))
	tree := &Tree{Source: source, Root: root}
	tree.definitions, _ = context.Get(definitionsKey).([]ast.Node)
	tree.notes, _ = context.Get(notesKey).([]*extast.Footnote)
	return tree
}

// Renderer returns goldmark with Longhand's configuration and the given
// options for rendering, such as renderers of single nodes. What it renders
// should come from Parse: goldmark.Markdown.Renderer().Render(w, tree.Source,
// tree.Root). Goldmark's own joining of Chinese and Japanese lines is not
// switched on, since it panics on invalid UTF-8: see LineBreak.
func Renderer(options ...renderer.Option) goldmark.Markdown {
	return configure(newParser(), footnotes{}, append([]goldmark.Option{
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(headingIDs{}, 1000))),
	}, goldmark.WithRendererOptions(options...))...)
}

// configure adds everything that is Markdown to Longhand to a parser that has
// what is in CommonMark.
func configure(p parser.Parser, footnotes goldmark.Extender, options ...goldmark.Option) goldmark.Markdown {
	return goldmark.New(append([]goldmark.Option{
		goldmark.WithParser(p),
		goldmark.WithParserOptions(parser.WithAttribute()),
		goldmark.WithExtensions(
			// With the other ways to align, goldmark changes the tree while rendering.
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
			extension.Strikethrough,
			extension.Linkify,
			extension.TaskList,
			extension.DefinitionList,
			typographer{},
			footnotes,
		),
	}, options...)...)
}

// newParser returns goldmark's parser of CommonMark, of which no block depends
// on the inline text of another.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(paragraphTransformers()...),
	)
}

func inlineParsers() []util.PrioritizedValue {
	all := parser.DefaultInlineParsers()
	for i, p := range all {
		if ip, ok := p.Value.(parser.InlineParser); ok && ip == parser.NewRawHTMLParser() {
			all[i].Value = rawHTML{ip}
		}
	}
	return all
}

// punctuation replaces goldmark's HTML entities by the characters themselves,
// since not every reader of the tree writes HTML.
var punctuation = map[extension.TypographicPunctuation]string{
	extension.LeftSingleQuote:  "‘",
	extension.RightSingleQuote: "’",
	extension.LeftDoubleQuote:  "“",
	extension.RightDoubleQuote: "”",
	extension.EnDash:           "–",
	extension.EmDash:           "—",
	extension.Ellipsis:         "…",
	extension.LeftAngleQuote:   "«",
	extension.RightAngleQuote:  "»",
	extension.Apostrophe:       "’",
}

// sharedParser is built once: it is the costly part and safe to share.
var sharedParser = sync.OnceValue(func() parser.Parser { return Renderer().Parser() })
