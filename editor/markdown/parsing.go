package markdown

import (
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// parsing is the state of one parse of a piece of a text, with the trace of
// what was done and the definitions that stand elsewhere in the text.
type parsing struct {
	parser.Context
	trace *trace
	known *definitions
	// asked tells whether the result depends on definitions.
	asked bool
	// references counts the definitions of link references.
	references int
	own        map[string]bool // footnotes defined in the piece, when first asked for
}

func newParsing(known *definitions, spans bool) *parsing {
	return &parsing{Context: parser.NewContext(), trace: &trace{spans: spans, refused: -1}, known: known}
}

// Reference implements parser.Context.
func (c *parsing) Reference(label string) (parser.Reference, bool) {
	c.asked = true
	if ref, ok := c.Context.Reference(label); ok {
		return ref, true
	}
	if c.known.hasReference(label) {
		return parser.NewReference([]byte(label), nil, nil), true
	}
	return nil, false
}

// AddReference implements parser.Context.
func (c *parsing) AddReference(ref parser.Reference) {
	c.references++
	c.Context.AddReference(ref)
}

func (c *parsing) footnote(label string) bool {
	c.asked = true
	if c.own == nil { // by now all blocks are known
		c.own = map[string]bool{}
		for _, l := range c.trace.footnotes {
			c.own[l.name] = true
		}
	}
	return c.own[label] || c.known.hasFootnote(label)
}

// stylingParser parses as Parse does, but leaves footnotes where they stand, asks
// the context for definitions and keeps a trace.
var stylingParser = sync.OnceValue(func() parser.Parser { return traced(true, nil) })

// blockParser only finds blocks and definitions; the tree has no inline nodes.
var blockParser = sync.OnceValue(func() parser.Parser { return traced(false, nil) })

// traced builds a parser with the parts of Longhand's one configuration. only,
// if not nil, replaces the block parsers.
func traced(inline bool, only []util.PrioritizedValue) parser.Parser {
	c := &collector{Parser: newParser(), config: parser.NewConfig()}
	c.AddOptions(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(paragraphTransformers()...),
	)
	configure(c, footnotesInPlace{})
	blocks := c.config.BlockParsers
	if only != nil {
		blocks = only
		c.config.ParagraphTransformers = nil
	}
	for i, v := range blocks {
		blocks[i].Value = tracedParser{v.Value.(parser.BlockParser)}
	}
	options := []parser.Option{
		parser.WithBlockParsers(blocks...),
		parser.WithParagraphTransformers(c.config.ParagraphTransformers...),
	}
	if inline {
		options = append(options,
			parser.WithInlineParsers(c.config.InlineParsers...),
			parser.WithASTTransformers(c.config.ASTTransformers...))
	}
	for name, value := range c.config.Options {
		options = append(options, parser.WithOption(name, value))
	}
	return parser.NewParser(options...)
}

// collector takes down the options that extensions give to a parser.
type collector struct {
	parser.Parser
	config *parser.Config
}

// AddOptions implements parser.Parser.
func (c *collector) AddOptions(options ...parser.Option) {
	for _, o := range options {
		o.SetParserOption(c.config)
	}
}

// footnotesInPlace is the syntax of goldmark's footnotes without what makes a list of them.
type footnotesInPlace struct{}

// Extend implements goldmark.Extender.
func (footnotesInPlace) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(stayingDefinition{extension.NewFootnoteBlockParser()}, 999)),
		parser.WithInlineParsers(util.Prioritized(footnoteReference{}, 101)),
	)
}

type stayingDefinition struct{ parser.BlockParser }

// Close implements parser.BlockParser.
func (stayingDefinition) Close(ast.Node, text.Reader, parser.Context) {}

// footnoteReference is goldmark's parser of references to footnotes, which asks
// our context whether a label is defined.
type footnoteReference struct{}

// Trigger implements parser.InlineParser.
func (footnoteReference) Trigger() []byte { return []byte{'!', '['} }

// Parse implements parser.InlineParser.
func (footnoteReference) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	open := 1
	if line[0] == '!' {
		open = 2
	}
	length := footnoteLabel(line, open)
	if length < 0 {
		return nil
	}
	from := segment.Start + open + 1
	label := block.Value(text.NewSegment(from, from+length))
	block.Advance(open + 1 + length + 1)
	if !pc.(*parsing).footnote(string(label)) {
		return nil
	}
	if open == 2 { // not a picture
		parent.AppendChild(parent, ast.NewTextSegment(segment.WithStop(segment.Start+1)))
	}
	return extast.NewFootnoteLink(1)
}

// footnoteLabel returns the length of the label after the "^" at the given
// place, or -1.
func footnoteLabel(line []byte, caret int) int {
	const limit = 999 // as for the labels of links
	if caret >= len(line) || line[caret] != '^' || caret+1 >= len(line) {
		return -1
	}
	label := line[caret+1 : min(len(line), caret+1+limit)]
	for i := 0; i < len(label); i++ {
		switch c := label[i]; {
		case c == '\\' && i < len(label)-1 && util.IsPunct(label[i+1]):
			i++
		case c == ']':
			return i
		case c == '[':
			return -1
		}
	}
	return -1
}
