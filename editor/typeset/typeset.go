// Package typeset turns styled text into rows of glyphs, caret positions and pixels.
//
// A [Shaper] lays a [Paragraph] out: it cuts the text at the line breaking opportunities of UAX 14, shapes each piece
// with HarfBuzz (go-text/typesetting) unless it has met that piece before, orders the pieces by the bidirectional
// algorithm (UAX 9) and fills rows greedily. The [Layout] that comes out is a value: it never changes, can be asked
// for carets and boxes, and is drawn by a [Painter] as often as wanted, in any colours. What is measured is what is
// drawn: both come from the same glyphs.
//
// Offsets are bytes of the paragraph's text. Distances are device pixels, x to the right from the paragraph's left
// edge, y downwards. Every byte is shown: an invalid one as U+FFFD, a control character as its picture (U+2400 and
// following), a tab as the way to the next tab stop. Only "\n" is not: it ends its row.
//
// [Fonts] holds the bundled faces and finds faces of the system for what those lack. It is shared; shapers and
// painters belong to one goroutine each.
package typeset

// Direction is the base direction of a paragraph.
type Direction uint8

const (
	Auto        Direction = iota // by the first strong character (UAX 9, rules P2 and P3); left to right without one
	LeftToRight                  // whatever the text
	RightToLeft                  // whatever the text
)

// Align is where the rows of a paragraph stand in its width.
type Align uint8

const (
	Start  Align = iota // at the edge where reading begins: the right one from right to left
	Centre              // in the middle
	End                 // at the edge where reading ends
)

// Style is how a character is set. It is comparable.
type Style struct {
	Family       uint8 // index in Config.Families, then in Config.Later; one too large means the last
	Bold, Italic bool
	Size         float32 // of the em, in device pixels
	Rise         float32 // how far above the baseline the text stands, in device pixels; negative: below it

	// Object, when more than 0, makes each grapheme cluster an empty box of this width in pixels, for the caller to draw
	// in. The character should be U+FFFC, which allows a line break on both sides and has no direction.
	Object float32
}

// Span is a stretch of a paragraph's text up to End, from the end of the span before.
type Span struct {
	End   int // a byte offset
	Style Style
	Tag   uint32 // the caller's, for instance a colour; it never influences shaping
}

// Paragraph is one line of a text with all that its layout depends on.
type Paragraph struct {
	Text      string  // any bytes; "\n" ends a row, so that one at the end makes an empty last row
	Spans     []Span  // ascending; what they do not reach has the Base style and the tag 0
	Base      Style   // also gives the baseline and the height of an empty paragraph
	Width     float32 // to wrap at, in pixels; 0 or less: no wrapping
	RowHeight float32 // in pixels; 0 or less: what the base face asks for
	Hang      int     // rows after the first begin where this byte stands in the first row, but at most in the middle of the width
	TabWidth  float32 // distance of the tab stops in pixels; 0 or less: four spaces of the base style
	Direction Direction
	Align     Align // with a Width; what is wider than that stands at the Start
}
