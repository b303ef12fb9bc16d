package app

import (
	"longhand/app/look"
)

const (
	paletteRowHeight = 38 // pixels
	paletteInset     = 18 // of the text, from the panel's edge
	paletteStep      = 14 // of an indent
	paletteGap       = 10 // between text and what stands beside it
)

// paletteRow shows an item of a palette with the letters that matched.
type paletteRow struct {
	pictured
	item item
	hit  hit
}

func newPaletteRow(l *letters, colours func() look.Palette) *paletteRow {
	r := &paletteRow{pictured: pictured{letters: l, colours: colours, height: paletteRowHeight}}
	r.begin()
	r.paint = r.draw
	r.ExtendBaseWidget(r)
	return r
}

func (r *paletteRow) set(it item, h hit, chosen bool) {
	r.item, r.hit, r.chosen, r.stale = it, h, chosen, true
	r.Refresh()
}

func (r *paletteRow) draw(s *sheet, width float32, p look.Palette) {
	if r.item.text == "" || width < 4*paletteInset {
		return
	}
	put := func(l line, x, width float32) float32 {
		t := s.set(l, width, 1, s.scale)
		s.drawAlone(t, x*s.scale, paletteRowHeight/2*s.scale, p)
		return t.width() / s.scale
	}
	x := float32(paletteInset + min(r.item.indent, 5)*paletteStep)
	right := width - paletteInset
	if end := (line{text: r.item.end, size: wordsSize, ink: p.Muted, plain: true}); end.text != "" {
		w := s.width(end, s.scale) / s.scale
		put(end, right-w, w+1)
		right -= w + 2*paletteGap
	}
	side := line{text: r.item.side, marks: marksOf(r.item.side, r.hit.side), size: wordsSize, ink: p.Muted, lift: true}
	text := line{text: r.item.text, marks: marksOf(r.item.text, r.hit.text), size: titleSize, ink: p.Ink, lift: true}
	room := right - x
	if len(side.marks) > 0 { // what was matched is to be seen
		room = max(room-s.width(side, s.scale)/s.scale-paletteGap, room*0.6)
	}
	x += put(text, x, room)
	if r.item.on {
		x += paletteGap
		x += put(line{text: "✓", size: titleSize, ink: p.Muted}, x, 2*titleSize)
	}
	if room := right - x - paletteGap; side.text != "" && room > 40 {
		put(side, x+paletteGap, room)
	}
}
