package column

import (
	"image"

	"longhand/editor/preview/content"
	"longhand/editor/typeset"
)

// set is a part laid out. Lengths are device pixels, y from the top of the part with the
// room above it, x from the left edge of the column. Its layout does not change; its
// pictures come and go.
type set struct {
	part    *content.Part
	setting setting
	top     int // room above
	height  int // with the room
	left    float32
	width   float32 // of what is inside the boxes
	pad     float32 // between that and the text, at both sides
	lay     *typeset.Layout
	rows    []row
	wide    float32 // how wide the text is, where it scrolls sideways; else 0
	objects []object
	cells   []setCell
	bars    []bar
	labels  []label
	picture figure

	bands  []band
	avatar *image.RGBA // of an author, as of version faced of all that is drawn
	faced  int
	found  []Range // what a search matched, as of version
	since  int
}

// row is a row of text in its place.
type row struct {
	top, height int
	base        float32 // of the baseline, from the row's top
}

// bar is the rule beside a quote.
type bar struct {
	x0, x1 float32
	fresh  bool // the part is the first in the quote: the room above it is not quoted
}

// label is the marker of an item.
type label struct {
	box   *content.Box
	lay   *typeset.Layout
	right float32 // where it ends; of one from right to left, where it begins
	rtl   bool
}

// object is a picture within text.
type object struct {
	picture content.Picture
	at      int // byte of the text
	width   int
	height  int
	lay     *typeset.Layout // of what is said in its place
}

// figure is a picture that stands by itself.
type figure struct {
	x, y, width, height int
	lay                 *typeset.Layout // of what is said in its place
	known               bool
}

// setCell is a cell of a table in its place.
type setCell struct {
	cell  *content.Cell
	x     float32
	width float32
	parts []*set
	tops  []int
}

// band is a picture of some rows.
type band struct {
	y0, y1 int
	key    bandKey
	image  *image.RGBA
}

// Range is the bytes [Start, End) of a text.
type Range struct{ Start, End int }

// The least width that text gets, however deep it is nested, in em.
const leastWidth = 6

// geometry finds the room that a part has within its boxes, and their bars.
func (v *View) geometry(p *content.Part, width float32) (left, inner float32, bars []bar) {
	em := v.typ.Size
	var chain []*content.Box
	total := float32(0)
	for b := p.Box; b != nil; b = b.Parent {
		chain = append(chain, b)
		total += b.Indent * em
	}
	scale := float32(1)
	if most := max(width-leastWidth*em, 0); total > most && total > 0 {
		scale = most / total
	}
	right := width
	for i := len(chain) - 1; i >= 0; i-- {
		b := chain[i]
		by := b.Indent * em * scale
		if b.Kind == content.Quote {
			thick := max(1, float32(round(2*v.typ.Scale)))
			if b.RTL {
				bars = append(bars, bar{right - thick, right, len(chain)-1-i >= p.Shared})
			} else {
				bars = append(bars, bar{left, left + thick, len(chain)-1-i >= p.Shared})
			}
		}
		if b.RTL {
			right -= by
		} else {
			left += by
		}
	}
	return left, right - left, bars
}

// inside reports whether a part is in a box of a kind.
func inside(p *content.Part, k content.BoxKind) bool {
	for b := p.Box; b != nil; b = b.Parent {
		if b.Kind == k {
			return true
		}
	}
	return false
}

// layPart lays a part out in a width. room is what is above it.
func (v *View) layPart(p *content.Part, width float32, room int, cell bool, tables *tables) *set {
	s := &set{part: p, top: room}
	s.left, s.width, s.bars = v.geometry(p, width)
	s.setting = v.typ.of(p, inside(p, content.Quote), inside(p, content.NoteBox))
	if cell && p.Kind == content.Paragraph {
		s.setting = v.typ.cell()
	}
	switch p.Kind {
	case content.Rule:
		s.height = s.top + round(v.typ.Size*1.1)
	case content.Divider, content.NotesDivider:
		s.height = s.top + max(1, round(v.typ.Scale))
	case content.Figure:
		v.layFigure(s)
	case content.Row:
		v.layRow(s, tables)
	default:
		v.layText(s)
	}
	v.layLabels(s)
	return s
}

// Room inside blocks of code, in em.
const (
	codeSide = 0.89
	codeTop  = 0.67
)

// layText lays out a part of text.
func (v *View) layText(s *set) {
	p := s.part
	em := v.typ.Size
	width := s.width
	para := typeset.Paragraph{
		Text: p.Text.S, Base: s.setting.base, RowHeight: s.setting.row, Direction: typeset.LeftToRight,
		Align: align(p.Align), TabWidth: 4 * 0.6 * s.setting.base.Size,
	}
	if p.RTL {
		para.Direction = typeset.RightToLeft
	}
	above, below := 0, 0
	code := p.Kind == content.Code || p.Kind == content.Source
	switch {
	case code:
		s.pad = em * codeSide
		width = max(width-2*s.pad, 1)
		para.Width = 0
		if p.First {
			above = round(em * codeTop)
		}
		if p.Last {
			below = round(em * codeTop)
		}
		if p.Label != "" {
			above += round(em * 0.9)
		}
	case p.Kind == content.Summary:
		s.left, width = v.aside(s, em*1.1)
		para.Width = width
	default:
		para.Width = width
	}
	s.width = max(width, 1)
	if code {
		s.left += s.pad
	}
	para.Spans = v.spans(s)
	s.lay = v.shaper.Layout(para)
	if code {
		for i := range s.lay.Rows {
			s.wide = max(s.wide, s.lay.Rows[i].X+s.lay.Rows[i].Width)
		}
	}
	y := s.top + above
	s.rows = make([]row, len(s.lay.Rows))
	for i := range s.lay.Rows {
		r := &s.lay.Rows[i]
		h, base := s.setting.row, r.Baseline
		for _, o := range s.objects {
			if o.at >= r.Start && o.at < r.End {
				if extra := float32(o.height) + 0.2*em - base; extra > 0 && float32(o.height) > s.setting.row*0.7 {
					h, base = h+extra, base+extra
				}
			}
		}
		s.rows[i] = row{top: y, height: round(h), base: base}
		y += round(h)
	}
	s.height = y + below
}

// aside takes room at the side where the text begins.
func (v *View) aside(s *set, by float32) (left, width float32) {
	if s.part.RTL {
		return s.left, s.width - by
	}
	return s.left + by, s.width - by
}

func align(a content.Align) typeset.Align {
	switch a {
	case content.Centre:
		return typeset.Centre
	case content.End:
		return typeset.End
	}
	return typeset.Start
}

// spans are the styles of a part's text. Pictures in it are measured.
func (v *View) spans(s *set) []typeset.Span {
	t := &s.part.Text
	out := make([]typeset.Span, 0, len(t.Runs))
	start := 0
	for _, r := range t.Runs {
		style, role := v.typ.run(s.setting, r, r.Style)
		if r.Style&content.Pad != 0 {
			style.Object = 0.16 * v.typ.Size
		}
		if r.Object > 0 && r.Object <= len(t.Objects) {
			o := v.object(t.Objects[r.Object-1], s.width, s.setting)
			o.at = start
			s.objects = append(s.objects, o)
			style.Object = max(float32(o.width), 1)
		}
		out = append(out, typeset.Span{End: r.End, Style: style, Tag: role})
		start = r.End
	}
	return out
}

// object measures a picture within text.
func (v *View) object(p content.Picture, width float32, st setting) object {
	o := object{picture: p}
	w, h, ready, err := v.size(p)
	if err == nil && !ready {
		o.width, o.height = round(v.typ.Size), round(v.typ.Size)
		if p.Width > 0 && p.Height > 0 {
			o.width, o.height = v.fit(p, p.Width, p.Height, width)
		}
		return o
	}
	if err != nil {
		said := p.Alt
		if said == "" {
			said = p.Address + " (" + err.Error() + ")"
		}
		base := typeset.Style{Family: v.typ.Interface, Size: v.typ.Size * 0.78}
		o.lay = v.shaper.Layout(typeset.Paragraph{Text: said, Base: base, Spans: []typeset.Span{{End: len(said), Style: base, Tag: roleMuted}}, Direction: typeset.Auto})
		o.width = min(round(o.lay.Rows[0].Width+v.typ.Size), round(width))
		o.height = round(v.typ.Size * 1.2)
		return o
	}
	o.width, o.height = v.fit(p, w, h, width)
	return o
}

// fit returns how large a picture of w by h pixels is shown in a column.
func (v *View) fit(p content.Picture, w, h int, width float32) (int, int) {
	unit := v.typ.Size / 18 // a pixel of the page
	fw, fh := float32(w)*unit, float32(h)*unit
	switch {
	case p.Share > 0:
		fw, fh = width*p.Share, width*p.Share*float32(h)/float32(max(w, 1))
	case p.Width > 0 && p.Height > 0:
		fw, fh = float32(p.Width)*unit, float32(p.Height)*unit
	case p.Width > 0:
		fw, fh = float32(p.Width)*unit, float32(p.Width)*unit*float32(h)/float32(max(w, 1))
	case p.Height > 0:
		fw, fh = float32(p.Height)*unit*float32(w)/float32(max(h, 1)), float32(p.Height)*unit
	}
	if fw > width {
		fw, fh = width, fh*width/fw
	}
	const tallest = 16 << 10
	if fh > tallest {
		fw, fh = fw*tallest/fh, tallest
	}
	return max(1, round(fw)), max(1, round(fh))
}

// layFigure places a picture that stands by itself, or what is said in its place.
func (v *View) layFigure(s *set) {
	p := s.part.Picture
	w, h, ready, err := v.size(p)
	f := &s.picture
	if err != nil {
		said := p.Alt
		if said != "" {
			said += " — "
		}
		said += p.Address + ": " + err.Error()
		base := typeset.Style{Family: v.typ.Interface, Size: v.typ.Size * 0.8}
		pad := v.typ.Size * 0.8
		f.lay = v.shaper.Layout(typeset.Paragraph{Text: said, Base: base, Width: max(s.width-2*pad, 1), RowHeight: v.typ.Size * 1.22,
			Spans: []typeset.Span{{End: len(said), Style: base, Tag: roleMuted}}, Align: typeset.Centre, Direction: typeset.Auto})
		f.width, f.height = round(s.width), round(float32(len(f.lay.Rows))*f.lay.RowHeight+1.4*pad)
	} else {
		f.known = ready
		switch {
		case ready:
			f.width, f.height = v.fit(p, w, h, s.width)
		case p.Width > 0 && p.Height > 0:
			f.width, f.height = v.fit(p, p.Width, p.Height, s.width)
		default: // most pictures in articles are about as wide as the column
			f.width, f.height = round(s.width), round(s.width*0.55)
		}
	}
	f.x = round(s.left + (s.width-float32(f.width))/2)
	f.y = s.top
	s.height = s.top + f.height
}

// layLabels sets the markers beside a part.
func (v *View) layLabels(s *set) {
	em := v.typ.Size
	for _, b := range s.part.Marked {
		if b.Kind == content.AuthorBox {
			s.labels = append(s.labels, label{box: b})
			continue
		}
		// The left edge of what is in the box: a part that only stands in it.
		left, width, _ := v.geometry(&content.Part{Box: b}, v.width)
		l := label{box: b, rtl: b.RTL, right: left - 0.42*em}
		if b.RTL {
			l.right = left + width + 0.42*em
		}
		if b.Marker != "" && b.Marker != "•" {
			base := typeset.Style{Family: v.typ.Reading, Size: s.setting.base.Size}
			if s.part.Kind != content.Paragraph {
				base.Size = em
			}
			role := roleMuted
			l.lay = v.shaper.Layout(typeset.Paragraph{Text: b.Marker, Base: base, RowHeight: s.setting.row, Spans: []typeset.Span{{End: len(b.Marker), Style: base, Tag: role}}})
		}
		s.labels = append(s.labels, l)
	}
	if len(s.rows) == 0 && len(s.part.Marked) > 0 && s.height <= s.top { // an item with nothing in it
		s.height = s.top + round(s.setting.row)
	}
}
