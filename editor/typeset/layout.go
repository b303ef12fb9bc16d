package typeset

import "math"

// Layout is a paragraph in rows. It is immutable.
type Layout struct {
	Rows      []Row   // at least one; they cover the text without gaps
	RTL       bool    // the paragraph runs from right to left
	RowHeight float32 // of each row, in pixels

	items []item   // of all rows, each row's from left to right
	tags  []tagged // of the text
	bytes int      // of the text
	width float32  // carets stay within; 0: no bound
	mixed bool     // items may be in another order than the text
}

// Row is a line of text as wrapped on screen.
type Row struct {
	Start, End int     // bytes of the text; the next row begins at End; a line break is the last byte of its row
	X          float32 // the left edge of its text
	Width      float32 // of its text, without white space that hangs at its end
	Baseline   float32 // from the row's top; a whole number of pixels

	first, end int32 // items
	hard       bool  // ends with a line break
}

// item is a word in its place, or a tab. An object and a line break are words without a face.
type item struct {
	word    *word // nil: a tab
	start   int32 // byte of the text
	x       float32
	advance float32
	size    float32 // of the em; an object's width
	rise    float32
	rtl     bool // the characters follow each other from right to left
}

// tagged is a stretch of text with a tag.
type tagged struct {
	end int32
	tag uint32
}

func (it *item) bytes() int {
	if it.word == nil {
		return 1
	}
	return int(it.word.bytes)
}

// edge returns the x of the caret before the item's byte at, or behind its last one.
func (it *item) edge(at int) float32 {
	var x float32 // as in text from left to right
	switch {
	case it.word == nil:
		if at > 0 {
			x = it.advance
		}
		if it.rtl {
			x = it.advance - x
		}
	default:
		x = it.word.edge(at) * it.size
		if it.rtl != it.word.rtl { // white space at the end of a row of the other direction
			x = it.advance - x
		}
	}
	return it.x + x
}

// Layout lays a paragraph out. Its time is linear in the text; words met before cost little.
func (s *Shaper) Layout(p Paragraph) *Layout {
	if p.Base.Size <= 0 {
		p.Base.Size = 1
	}
	if math.IsNaN(float64(p.Width)) {
		p.Width = 0
	}
	base := s.fonts.cut(p.Base)
	l := &Layout{bytes: len(p.Text), RowHeight: p.RowHeight, width: max(p.Width, 0)}
	if l.RowHeight <= 0 {
		l.RowHeight = float32(math.Ceil(float64((base.ascent + base.descent + base.gap) * p.Base.Size)))
	}
	l.tags = tagsOf(p)

	ln := &s.line
	ln.reset(s, l, &p)
	ln.baseline = float32(math.Round(float64((l.RowHeight + (base.ascent-base.descent)*p.Base.Size) / 2)))
	ln.cut()
	l.items = make([]item, 0, len(ln.atoms))
	ln.wrap()
	ln.release()
	if l.RTL && l.width == 0 && len(l.Rows) > 1 {
		l.flushRight()
	}
	return l
}

// flushRight lets rows that know no width end at the right edge of the longest.
func (l *Layout) flushRight() {
	right := float32(0)
	for _, r := range l.Rows {
		right = max(right, r.X+r.Width)
	}
	for i := range l.Rows {
		r := &l.Rows[i]
		shift := right - (r.X + r.Width)
		r.X += shift
		for j := r.first; j < r.end; j++ {
			l.items[j].x += shift
		}
	}
}

func tagsOf(p Paragraph) []tagged {
	n := 0
	last := -1
	for i, span := range p.Spans {
		if last < 0 || span.Tag != p.Spans[last].Tag {
			n++
		}
		last = i
	}
	if n == 0 || n == 1 && p.Spans[0].Tag == 0 {
		return nil
	}
	out := make([]tagged, 0, n)
	for _, span := range p.Spans {
		if i := len(out) - 1; i >= 0 && out[i].tag == span.Tag {
			out[i].end = int32(span.End)
		} else {
			out = append(out, tagged{int32(span.End), span.Tag})
		}
	}
	return out
}

// tag returns the tag at a byte and where its stretch ends.
func (l *Layout) tag(at int32) (tag uint32, end int32) {
	lo, hi := 0, len(l.tags)
	for lo < hi {
		if mid := (lo + hi) / 2; l.tags[mid].end <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == len(l.tags) {
		return 0, math.MaxInt32
	}
	return l.tags[lo].tag, l.tags[lo].end
}
