package markdown

import (
	"sync"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// parsing is the state of one parse of a piece of a text, with the trace of
// what was done and the definitions that stand elsewhere in the text.
type parsing struct {
	parser.Context
	trace *trace
	known *definitions
	// resolve, if not nil, finds the definition of a link reference in the whole text.
	resolve func(label string) (parser.Reference, bool)
	// What the result depends on: definitions of link references, and of footnotes.
	asksReferences, asksFootnotes bool
	// references counts the definitions of link references.
	references int
	own        map[string]bool // footnotes defined in the piece, when first asked for
}

func newParsing(known *definitions, spans bool) *parsing {
	return &parsing{Context: parser.NewContext(), trace: &trace{spans: spans, refused: -1}, known: known}
}

// Reference implements parser.Context.
func (c *parsing) Reference(label string) (parser.Reference, bool) {
	c.asksReferences = true
	if c.resolve != nil { // the text's first definition counts
		if ref, ok := c.resolve(label); ok {
			return ref, true
		}
	}
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
	c.asksFootnotes = true
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
var stylingParser = sync.OnceValue(func() parser.Parser { return traced(withInline, nil) })

// blockParser only finds blocks and definitions; the tree has no inline nodes.
var blockParser = sync.OnceValue(func() parser.Parser { return traced(blocksOnly, nil) })

// unitParser parses as stylingParser does, and tells the trace where nodes stand.
var unitParser = sync.OnceValue(func() parser.Parser { return traced(withPlaces, nil) })

// tracing is how much a traced parser does.
type tracing uint8

const (
	blocksOnly tracing = iota
	withInline
	withPlaces
)

// traced builds a parser with the parts of Longhand's one configuration. only,
// if not nil, replaces the block parsers.
func traced(much tracing, only []util.PrioritizedValue) parser.Parser {
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
	if much > blocksOnly {
		inline := c.config.InlineParsers
		if much == withPlaces {
			for i, v := range inline {
				inline[i].Value = placedInline{v.Value.(parser.InlineParser)}
			}
		}
		options = append(options,
			parser.WithInlineParsers(inline...),
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
