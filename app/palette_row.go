package app

import (
	"image/color"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

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
	widget.BaseWidget
	colours func() look.Palette
	item    item
	hit     hit
	chosen  bool
	objects []fyne.CanvasObject
}

func newPaletteRow(colours func() look.Palette) *paletteRow {
	r := &paletteRow{colours: colours}
	r.ExtendBaseWidget(r)
	return r
}

func (r *paletteRow) set(it item, h hit, chosen bool) {
	r.item, r.hit, r.chosen = it, h, chosen
	r.Refresh()
}

// MinSize implements fyne.CanvasObject.
func (r *paletteRow) MinSize() fyne.Size { return fyne.NewSize(80, paletteRowHeight) }

// CreateRenderer implements fyne.Widget.
func (r *paletteRow) CreateRenderer() fyne.WidgetRenderer { return &paletteRowRenderer{r} }

type paletteRowRenderer struct{ r *paletteRow }

func (rr *paletteRowRenderer) Objects() []fyne.CanvasObject { return rr.r.objects }
func (rr *paletteRowRenderer) MinSize() fyne.Size           { return rr.r.MinSize() }
func (rr *paletteRowRenderer) Layout(fyne.Size)             { rr.r.build() }
func (rr *paletteRowRenderer) Destroy()                     {}
func (rr *paletteRowRenderer) Refresh() {
	rr.r.build()
	canvas.Refresh(rr.r)
}

func (r *paletteRow) build() {
	r.objects = r.objects[:0]
	width := r.Size().Width
	if r.item.text == "" || width < 4*paletteInset {
		return
	}
	p := r.colours()
	if r.chosen {
		for _, bar := range []struct {
			c color.Color
			w float32
		}{{p.Chosen, width}, {p.Accent, 3}} {
			o := canvas.NewRectangle(bar.c)
			place(o, 0, 0, bar.w, paletteRowHeight)
			r.objects = append(r.objects, o)
		}
	}
	x := float32(paletteInset + min(r.item.indent, 5)*paletteStep)
	right := width - paletteInset
	if end := (line{text: r.item.end, size: wordsSize, ink: p.Muted}); end.text != "" {
		w := end.measure(end.text)
		r.put(end, right-w, p)
		right -= w + 2*paletteGap
	}
	side := line{r.item.side, marksOf(r.item.side, r.hit.side), wordsSize, false, p.Muted}
	text := line{r.item.text, marksOf(r.item.text, r.hit.text), titleSize, false, p.Ink}
	room := right - x
	if len(side.marks) > 0 { // what was matched is to be seen
		room = max(room-runsWidth(side)-paletteGap, room*0.6)
	}
	x += r.put(elideRuns(text, room), x, p)
	if r.item.on {
		x += paletteGap
		x += r.put(line{text: "✓", size: titleSize, ink: p.Muted}, x, p)
	}
	if room := right - x - paletteGap; side.text != "" && room > 40 {
		r.put(elideRuns(side, room), x+paletteGap, p)
	}
}

// put draws a line with what matched in it, and returns its width.
func (r *paletteRow) put(l line, x float32, p look.Palette) float32 {
	from := x
	for _, run := range runs(l, p.Accent) {
		t := canvas.NewText(run.text, run.ink)
		t.TextSize, t.TextStyle.Bold = run.size, run.bold
		size := t.MinSize()
		place(t, x, (paletteRowHeight-size.Height)/2, size.Width, size.Height)
		r.objects = append(r.objects, t)
		x += size.Width
	}
	return x - from
}

// runs parts a line into what matched and what did not. Scripts whose letters
// join stay in one piece.
func runs(l line, ink color.Color) []line {
	if l.text == "" {
		return nil
	}
	plain := l
	plain.marks = nil
	if len(l.marks) == 0 || joins(l.text) {
		return []line{plain}
	}
	var out []line
	add := func(from, to int, marked bool) {
		if from < to {
			run := plain
			run.text = l.text[from:to]
			if marked {
				run.bold, run.ink = true, ink
			}
			out = append(out, run)
		}
	}
	end := 0
	for _, m := range l.marks {
		add(end, m.Start, false)
		add(m.Start, m.End, true)
		end = m.End
	}
	add(end, len(l.text), false)
	return out
}

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

func runsWidth(l line) float32 {
	width := float32(0)
	for _, run := range runs(l, nil) {
		width += run.measure(run.text)
	}
	return width
}

// elideRuns is [elide] for a line whose marks are bold, and so wider.
func elideRuns(l line, width float32) line {
	if runsWidth(l) <= width {
		return l
	}
	width -= l.measure("…")
	end := 0
	for _, run := range runs(l, nil) {
		w := run.measure(run.text)
		if w > width {
			end += run.fits(max(width, 0))
			break
		}
		width -= w
		end += len(run.text)
	}
	if end == 0 {
		return line{}
	}
	out := l.cut(0, end)
	out.text += "…"
	return out
}
