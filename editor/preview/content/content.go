// Package content tells what the preview of a text shows: its blocks as a flat
// sequence of parts (paragraphs, lines of code, rows of tables, pictures), each with
// the source that it was made from.
//
// The tree is goldmark's, see package markdown; raw HTML between and within
// Markdown is read as what it means. A [Page] follows a text that is edited: it makes a
// block's parts when they are asked for, and again only when something changed that
// they depend on.
//
// Offsets into a text shown are bytes of [Text.S]. Offsets into the source are bytes
// from the start of the unit that a block was made from (see markdown.Unit), so that
// a block stays valid when text before it changes. Lengths are em of the running text.
package content

import "longhand/editor/markdown"

// Block is what one unit of the source shows.
type Block struct {
	Parts []*Part
	// Notes are the footnotes defined in it, which are shown at the end of the page.
	Notes []Note
	notes map[string]int // the first of each label
	// Plain tells that code in it still waits for its colours.
	Plain bool
	ids   []string // of raw HTML that nothing follows
}

func (b *Block) none() bool { return len(b.Parts)+len(b.Notes)+len(b.ids) == 0 }

// Note is a footnote's definition.
type Note struct {
	Label string
	Parts []*Part
}

// Kind is what a part is.
type Kind uint8

// The kinds of parts.
const (
	Paragraph Kind = iota
	Heading
	Code    // some lines of a block of code
	Row     // of a table
	Figure  // a picture by itself
	Rule    // a thematic break
	Summary // of details that open and close
	Caption // of a figure or a table
	Source  // HTML that is shown as it is, under a label
	Term    // of a definition list
	// What stands around the article.
	Kicker
	Title
	Subtitle
	Byline
	Divider      // a hairline
	NotesDivider // a short one, above the footnotes
	AuthorName
	AuthorBio
	AuthorLinks
)

// Align is where rows stand in the width.
type Align uint8

// The alignments.
const (
	Start Align = iota
	Centre
	End
)

// Part is a piece of the page that is set by itself, below the part before it.
type Part struct {
	Kind  Kind
	Level int // of a heading, 1 to 6
	Align Align
	RTL   bool // its text runs from right to left
	// First and Last tell the ends of what several parts make up: code, a table.
	First, Last bool
	// Made tells that the text is not the author's: a label, say.
	Made  bool
	Text  Text
	Label string // of source
	// Top is the room above it.
	Top float32
	Box *Box // the innermost it is in; nil for none
	// Shared is how many of its boxes, from the outermost, the part before is in too.
	Shared int
	// Marked are the boxes whose markers stand beside the part: list items.
	Marked []*Box
	// Fold is what a click on a summary opens and closes.
	Fold    *Box
	Table   *Table
	Cells   []Cell  // of a row
	Picture Picture // of a figure
	Group   int     // number of the block of code or table within the unit: what scrolls sideways together
	IDs     []string
	// Start and End are the source of the part, in whole lines but for rows and
	// pictures that share a line.
	Start, End int
}

// BoxKind is what a box is.
type BoxKind uint8

// The kinds of boxes.
const (
	Quote BoxKind = iota
	Item
	Details
	Definition
	NoteBox
	AuthorBox
)

// Box is what parts are set in: a quote, a list item. It is not changed once built.
type Box struct {
	Parent *Box
	Kind   BoxKind
	RTL    bool
	Indent float32 // of what is inside
	Marker string  // of an item, such as "•" or "12."
	Task   *Task
	// Key names details in the whole text, and Open tells how they are at first.
	Key  string
	Open bool
	// Avatar is of an author, Initials stand where there is none.
	Avatar   Picture
	Initials string
}

// Depth returns how many boxes a box is in, itself included.
func (b *Box) Depth() int {
	n := 0
	for ; b != nil; b = b.Parent {
		n++
	}
	return n
}

// Task is a box to be ticked.
type Task struct {
	Done   bool
	Offset int // of its "[" in the source
}

// Picture is one to be shown.
type Picture struct {
	Address string // as written
	Alt     string
	Title   string
	// Width and Height are as the author wishes, in pixels, 0 for none; Share is a
	// width in parts of the column's.
	Width, Height int
	Share         float32
	Link          *Link // where a click leads
	Start, End    int   // its source
	Author        bool  // lies with the authors, not with the article
}

// Table is what the rows of a table have in common.
type Table struct {
	Columns int
	Aligns  []Align
	Rows    []*Part
}

// Cell is a cell of a table.
type Cell struct {
	Parts  []*Part
	Head   bool
	Align  Align
	Column int // the first one it takes
	Span   int // how many columns it takes
}

// Style is how a stretch of text looks: flags and, of code, a class.
type Style uint32

// The flags.
const (
	Strong Style = 1 << iota
	Emphasis
	Strike
	Underline
	CodeSpan
	Key
	Highlight
	Super
	Sub
	Small
	Big
	Abbreviation
	Reference // to a footnote
	Pad       // room beside code, not text

	tokenShift = 24
)

// Token returns the class of code.
func (s Style) Token() markdown.Token { return markdown.Token(s >> tokenShift) }

func token(t markdown.Token) Style { return Style(t) << tokenShift }

// Link is where a stretch of text leads.
type Link struct {
	// Address is as written. Addresses that begin with "longhand:" are ours, see
	// below.
	Address string
	Title   string
}

// Our own addresses.
const (
	NoteAddress   = "longhand:note:"   // + label: to the footnote
	BackAddress   = "longhand:back:"   // + label: back to where it is referred to
	AuthorAddress = "longhand:author:" // + ID: to all posts
)

// Marked reports whether text in a style is made with delimiters or tags in the source.
func (s Style) Marked() bool { return s&(1<<tokenShift-1) != 0 }
