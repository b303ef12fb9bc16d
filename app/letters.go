package app

import (
	"image"
	"image/color"
	"math"
	"strings"
	"unicode"

	"longhand/app/look"
	"longhand/editor/typeset"
	"longhand/library/search"
)

// letters sets the short texts of lists with the text engine and paints them into
// pictures: a row that is one picture comes to the screen sooner than one made of
// many text objects, and other scripts look as they do in the text. It belongs to
// the main thread.
type letters struct {
	shaper  *typeset.Shaper
	painter *typeset.Painter
	version int // counts up when faces were found that were lacking
}

func newLetters(fonts *typeset.Fonts) *letters {
	return &letters{shaper: typeset.NewShaper(fonts), painter: typeset.NewPainter(fonts)}
}

// line is a text of one look, with what is marked in it.
type line struct {
	text  string
	marks []search.Span
	size  float32 // in Fyne's pixels
	bold  bool
	ink   color.NRGBA
	// lift sets what is marked in bold and in the accent, instead of on a ground of
	// its own.
	lift bool
	// plain is for texts that the program made: they run from left to right whatever
	// they quote.
	plain bool
}

// setLine is a line laid out. Distances are device pixels.
type setLine struct {
	line
	layout *typeset.Layout // nil where there is no room at all
	scale  float32
}

const ellipsis = "…"

// set lays a line out in at most that many rows of a width in Fyne's pixels; the end
// of what does not fit is left out behind an ellipsis. Scale is device pixels of one
// of Fyne's.
func (l *letters) set(t line, width float32, rows int, scale float32) setLine {
	t.text = strings.ReplaceAll(t.text, "\n", " ")
	lay := func(t line) setLine {
		p := t.paragraph(scale)
		p.Width = max(width*scale, 1)
		return setLine{t, l.shaper.Layout(p), scale}
	}
	dots := l.width(line{text: ellipsis, size: t.size, bold: t.bold}, scale)
	if t.text == "" || width*scale <= dots {
		return setLine{line: line{}, scale: scale}
	}
	out := lay(t)
	for len(out.layout.Rows) > rows {
		last := out.layout.Rows[rows-1]
		edge := last.X + width*scale - dots
		if out.layout.RTL {
			edge = dots
		}
		end, _ := out.layout.At(rows-1, edge)
		end = max(min(end, len(strings.TrimSuffix(out.text, ellipsis))), last.Start)
		cut := strings.TrimRightFunc(t.text[:end], unicode.IsSpace)
		if i := strings.LastIndexByte(cut, ' '); end < len(t.text) && t.text[end] != ' ' && i > last.Start+(end-last.Start)/2 {
			cut = strings.TrimRightFunc(cut[:i], unicode.IsSpace)
		}
		if len(cut) >= len(strings.TrimSuffix(out.text, ellipsis)) && cut != "" {
			_, n := lastCluster(cut)
			cut = cut[:len(cut)-n]
		}
		shorter := t.cut(len(strings.TrimRight(cut, " ,;:.…–—-")))
		shorter.text += ellipsis
		if out = lay(shorter); cut == "" {
			break
		}
	}
	return out
}

// lastCluster returns the last character of a text and its length with the marks on it.
func lastCluster(s string) (string, int) {
	runes := []rune(s)
	i := len(runes) - 1
	for i > 0 && (unicode.Is(unicode.M, runes[i]) || runes[i] == '\u200d' || runes[i-1] == '\u200d') {
		i--
	}
	last := string(runes[i:])
	return last, min(len(last), len(s))
}

// width is how wide a line is in one row, in device pixels.
func (l *letters) width(t line, scale float32) float32 {
	if t.text == "" {
		return 0
	}
	return l.shaper.Layout(t.paragraph(scale)).Rows[0].Width
}

func (t line) paragraph(scale float32) typeset.Paragraph {
	base := typeset.Style{Family: look.FamilyInterface, Bold: t.bold, Size: t.size * scale}
	p := typeset.Paragraph{Text: t.text, Base: base}
	if t.plain {
		p.Direction = typeset.LeftToRight
	}
	if t.lift {
		bold := base
		bold.Bold = bold.Bold || !joins(t.text)
		for _, m := range t.marks {
			p.Spans = append(p.Spans, typeset.Span{End: m.Start, Style: base}, typeset.Span{End: m.End, Style: bold, Tag: lifted})
		}
	}
	return p
}

const lifted = 1 // the tag of what is set in the accent

// cut returns the beginning of a line with its marks.
func (t line) cut(end int) line {
	out := t
	out.text, out.marks = t.text[:end], nil
	for _, m := range t.marks {
		if m.Start < end {
			out.marks = append(out.marks, search.Span{Start: m.Start, End: min(m.End, end)})
		}
	}
	return out
}

// width is how wide the first row is.
func (s setLine) width() float32 {
	if s.layout == nil {
		return 0
	}
	return s.layout.Rows[0].Width
}

// sheet is a picture in the making. Distances are device pixels.
type sheet struct {
	*letters
	image *image.RGBA
	scale float32
	drawn []drawnRow
}

// drawnRow is a row of a line as it stands on a sheet, from x to end.
type drawnRow struct {
	setLine
	row    int
	x, end float32
}

// newSheet makes a picture of a size in Fyne's pixels, in the room of an old one if that fits.
func (l *letters) newSheet(width, height, scale float32, old *image.RGBA) *sheet {
	px := func(v float32) int { return max(int(math.Round(float64(v*scale))), 1) }
	r := image.Rect(0, 0, px(width), px(height))
	if old == nil || old.Rect != r {
		old = image.NewRGBA(r)
	}
	clear(old.Pix)
	return &sheet{letters: l, image: old, scale: scale}
}

// drawAlone draws the first row of a line that begins at x, in whatever direction it
// runs.
func (s *sheet) drawAlone(t setLine, x, middle float32, p look.Palette) {
	if t.layout != nil {
		s.draw(t, 0, x-t.layout.Rows[0].X, middle, p)
	}
}

// draw draws a row of a line with its middle at a height; x is where the line's place
// begins.
func (s *sheet) draw(t setLine, row int, x, middle float32, p look.Palette) {
	if t.layout == nil || row >= len(t.layout.Rows) {
		return
	}
	r := t.layout.Rows[row]
	top := round(middle - t.layout.RowHeight/2)
	s.drawn = append(s.drawn, drawnRow{t, row, x + r.X, x + r.X + r.Width})
	if !t.lift {
		for _, m := range t.marks {
			for _, b := range t.layout.Boxes(row, max(m.Start, r.Start), min(m.End, r.End)) {
				s.fill(p.Found, x+b.X0-s.scale, top, x+b.X1+s.scale, top+t.layout.RowHeight)
			}
		}
	}
	s.painter.Draw(s.image, t.layout, row, x, top+r.Baseline, func(tag uint32) color.NRGBA {
		if tag == lifted {
			return p.Accent
		}
		return t.ink
	})
}

// fill paints a ground with its corners taken off a little.
func (s *sheet) fill(c color.NRGBA, x0, y0, x1, y1 float32) {
	r := image.Rect(int(round(x0)), int(round(y0)), int(round(x1)), int(round(y1)))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if (y == r.Min.Y || y == r.Max.Y-1) && (x == r.Min.X || x == r.Max.X-1) || !(image.Point{X: x, Y: y}).In(s.image.Rect) {
				continue
			}
			i := s.image.PixOffset(x, y)
			s.image.Pix[i], s.image.Pix[i+1], s.image.Pix[i+2], s.image.Pix[i+3] = c.R, c.G, c.B, c.A
		}
	}
}

func round(v float32) float32 { return float32(math.Round(float64(v))) }

// joins reports whether a text has letters that take their form from those beside
// them, or that run from right to left.
func joins(s string) bool {
	for _, r := range s {
		if r >= 0x590 && unicode.In(r, joined...) {
			return true
		}
	}
	return false
}

var joined = []*unicode.RangeTable{
	unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Mongolian,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam,
	unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
}
