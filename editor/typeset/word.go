package typeset

// word is a shaped piece of text: a run in one face, one script and one direction. Its measures are in em, so that it
// serves all sizes. It is immutable and shared by layouts.
type word struct {
	face    *face // nil: an object or a line break
	bytes   int32
	advance float32
	rtl     bool
	bold    bool    // to be emboldened by the painter
	slant   bool    // to be slanted by the painter
	glyphs  []glyph // from left to right
	stops   []stop  // where its grapheme clusters begin, in the order of the text
	next    *word   // the next run of the same piece, in the order of the text
	lacking bool    // a face of the system is being looked for
}

// lineBreak is the word of a "\n".
var lineBreak = word{bytes: 1, stops: []stop{{}}}

// object is the word of U+FFFC as an object. The object's width is its em.
var object = word{bytes: 3, advance: 1, stops: []stop{{}}}

// objectOf returns the word of an object that stands for some bytes.
func objectOf(bytes int) *word {
	if bytes == int(object.bytes) {
		return &object
	}
	return &word{bytes: int32(bytes), advance: 1, stops: object.stops}
}

// glyph is a glyph of a word with its origin.
type glyph struct {
	x, y float32 // from the word's left edge and the baseline, y downwards
	id   uint16
	at   uint16 // the byte of the word where its cluster begins
}

// stop is a place of the caret: the edge of a grapheme cluster where reading begins.
type stop struct {
	x  float32
	at uint16 // the byte of the word
}

// edge returns the place of the caret before the word's byte at: the stop there or the one before it, and the word's
// far end when at is beyond the text.
func (w *word) edge(at int) float32 {
	if at >= int(w.bytes) {
		if w.rtl {
			return 0
		}
		return w.advance
	}
	return w.stops[w.stopAt(at)].x
}

// stopAt returns the index of the last stop at or before a byte.
func (w *word) stopAt(at int) int {
	lo, hi := 0, len(w.stops)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; int(w.stops[mid].at) <= at {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// end returns the byte where the grapheme cluster of a stop ends.
func (w *word) end(stop int) int {
	if stop+1 < len(w.stops) {
		return int(w.stops[stop+1].at)
	}
	return int(w.bytes)
}
