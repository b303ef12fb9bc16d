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
// following), a tab as the way to the next tab stop.
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

// Style is what selects a face. It is comparable.
type Style struct {
	Family       uint8 // index in Config.Families; one too large means the last
	Bold, Italic bool
	Size         float32 // of the em, in device pixels
}

// Span is a stretch of a paragraph's text up to End, from the end of the span before.
type Span struct {
	End   int // a byte offset
	Style Style
	Tag   uint32 // the caller's, for instance a colour; it never influences shaping
}

// Paragraph is one line of a text with all that its layout depends on.
type Paragraph struct {
	Text      string  // without a line break at its end; any bytes
	Spans     []Span  // ascending; what they do not reach has the Base style and the tag 0
	Base      Style   // also gives the baseline and the height of an empty paragraph
	Width     float32 // to wrap at, in pixels; 0 or less: no wrapping
	RowHeight float32 // in pixels; 0 or less: what the base face asks for
	Hang      int     // rows after the first begin where this byte stands in the first row, but at most in the middle of the width
	TabWidth  float32 // distance of the tab stops in pixels; 0 or less: four spaces of the base style
	Direction Direction
}
