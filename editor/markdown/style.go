package markdown

// Style tells how one byte of the source is to look in the editor: flags, the
// level of the heading it belongs to, and the token class of code. Flags
// combine, for constructs nest: a byte may be Quote, Strong and Link.
type Style uint32

// The flags of a Style.
const (
	// Markup is every byte of a construct that is not content: delimiters,
	// markers, fences, underlines, destinations. What is left when these
	// bytes are taken out is what a reader reads, but for entities, line breaks
	// and typographic punctuation, which have another form in the source.
	Markup Style = 1 << iota
	Emphasis
	Strong // also the header row of a table
	Strike
	Code       // an inline code span with its backticks
	CodeBlock  // fenced or indented code with fences and info string
	Link       // a link with its delimiters; of bare addresses all
	Image      // a picture, its alternative text and its delimiters
	Target     // destination and title of a link, a picture or a definition, and its reference label
	Quote      // anything inside a block quote, with the quote marks
	HTML       // HTML blocks and inline HTML
	Comment    // within HTML: a comment
	ListMarker // of bullet, ordered and definition lists
	TaskBox
	Table      // anything in a table
	Term       // the term of a definition list
	Footnote   // a reference to a footnote, or the label that begins its definition
	Definition // a link reference definition
	Escape     // a backslash that escapes (also Markup), or an entity (content)
	FrontMatter

	levelShift = 20
	tokenShift = 23
)

// Token is the class of a piece of program code.
type Token uint8

// The token classes. NoToken is plain code, and all that is not code.
const (
	NoToken Token = iota
	Keyword
	Name // of a type, a built-in, a tag, an attribute
	Function
	String
	Number
	CommentToken
	Operator
	Inserted // in a diff
	Deleted
)

// Has reports whether all the given flags are set.
func (s Style) Has(flags Style) bool { return s&flags == flags }

// Heading returns the level, 1 to 6, of the heading that the byte lies in, or 0.
func (s Style) Heading() int { return int(s >> levelShift & 7) }

// Token returns the class of the code that the byte lies in.
func (s Style) Token() Token { return Token(s >> tokenShift & 15) }

func level(n int) Style   { return Style(n) << levelShift }
func token(t Token) Style { return Style(t) << tokenShift }

// StyledSpan is the bytes [Start,End) of a text or a line, all of one style.
type StyledSpan struct {
	Start, End int
	Style      Style
}

// BlockKind is what a line belongs to: the innermost block.
type BlockKind uint8

// The kinds of blocks. Containers (lists, quotes, footnotes) only appear on lines
// that hold nothing but their markers.
const (
	Blank          BlockKind = iota // an empty line between blocks
	Paragraph                       // also the text of a list item
	HeadingBlock                    // ATX or setext, with its underline
	FencedCode                      // with its fences
	IndentedCode                    //
	HTMLBlock                       //
	TableBlock                      //
	ThematicBreak                   //
	ReferenceBlock                  // link reference definitions
	TermBlock                       // the term of a definition list
	Container                       // the markers of an empty list item, quote or footnote
	FrontMatterBlock
)

// LineStyle is how one line of a text looks.
type LineStyle struct {
	// Spans are relative to the line, ascend, do not overlap and cover every
	// byte whose style is not 0. They must not be changed.
	Spans []StyledSpan
	// Block is what the line belongs to.
	Block BlockKind
	// Heading is the level of the heading that the line belongs to, or 0. The
	// underline of a setext heading belongs to it.
	Heading int
	// Hang is the byte where the line's own text begins, after list markers,
	// quote marks, task box and their indentation. 0 is the start of the line.
	Hang int
}

// Shades are the few things, such as colours, by which the classes of code are told apart.
type Shades[C any] struct{ Plain, Keyword, Text, Number, Name, Comment C }

// Of returns the one for a class.
func (s Shades[C]) Of(t Token) C {
	switch t {
	case Keyword, Deleted:
		return s.Keyword
	case String, Inserted:
		return s.Text
	case Number:
		return s.Number
	case Name, Function:
		return s.Name
	case CommentToken:
		return s.Comment
	}
	return s.Plain
}
