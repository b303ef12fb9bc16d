package editor

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"longhand/editor/layout"
	"longhand/editor/markdown"
	"longhand/editor/pane"
)

// Room around the text, in Fyne's pixels.
const (
	marginTop  = pane.Top
	marginSide = 43
	bleed      = 8 // what a row's picture is wider than the column, at each side
)

// renderer shows the rows that are to be seen, a picture each. A picture is
// drawn once and then only moved, until something about its row is different.
type renderer struct {
	e      *Editor
	rows   map[rowKey]*pane.Picture
	spare  pane.Pictures
	carets []*canvas.Rectangle
	scroll *canvas.Rectangle
	// again, refreshed, has the window painted. To refresh the widget itself would
	// also send all pictures to the screen anew.
	again   *canvas.Rectangle
	marks   *canvas.Raster
	marked  marksKey
	objects []fyne.CanvasObject
	left    float32 // of the column, in device pixels
	look    int     // changes with everything that all rows depend on
}

// rowKey is all that the picture of a row depends on.
type rowKey struct {
	line       *layout.Line
	row        int
	selected   uint64 // which bytes of the row are
	beyond     bool   // and the line break too
	found, now uint64 // which matches are marked
	dim, look  int
}

func newRenderer(e *Editor) *renderer {
	r := &renderer{e: e, rows: map[rowKey]*pane.Picture{}, again: canvas.NewRectangle(color.Transparent)}
	r.beginMarks()
	r.scroll = canvas.NewRectangle(nil)
	return r
}

func (r *renderer) beginMarks() {
	r.marks = canvas.NewRaster(r.drawMarks)
	r.marks.ScaleMode = canvas.ImageScalePixels
}

func (r *renderer) Destroy()                     {}
func (r *renderer) MinSize() fyne.Size           { return fyne.NewSize(120, marginTop+80) }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) Layout(fyne.Size)             { r.e.arrange(); r.e.draw() }
func (r *renderer) Refresh()                     { r.e.arrange(); r.e.drawAnew() }

// arrange tells the view the room there is.
func (e *Editor) arrange() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil && c.Scale() > 0 {
		e.scale = c.Scale()
	}
	size := e.Size()
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	width, height := size.Width*e.scale, int(math.Round(float64(size.Height*e.scale)))
	column := min(width-2*min(marginSide*e.scale, width/12), e.measure())
	column = max(float32(math.Floor(float64(column))), 1)
	if e.render != nil {
		e.render.left = float32(math.Floor(float64((width - column) / 2)))
	}
	top, bottom := int(marginTop*e.scale), height/2
	if e.setting.Typewriter {
		top = max(top, height/2-e.typ().Row)
	}
	e.view.SetType(e.typ())
	e.view.Resize(column, height, top, bottom)
	if !e.placed { // a caret cannot be shown before there is room
		e.placed = true
		e.view.Reveal(e.caret(), 3)
	}
}

// drawAnew draws all rows again.
func (e *Editor) drawAnew() {
	if e.render != nil {
		e.render.look++
		e.draw()
	}
}

// draw shows what is to be seen now.
func (e *Editor) draw() {
	r := e.render
	if r == nil || e.Size().Width <= 0 {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(e); c != nil && c.Scale() > 0 && c.Scale() != e.scale {
		r.look++ // the window has come to another screen
		e.arrange()
	}
	old := r.rows
	r.rows = make(map[rowKey]*pane.Picture, len(old))
	r.objects = append(r.objects[:0], r.again)
	frame := e.view.Frame()
	focus := e.focusRange()
	width := e.view.Width() + 2*bleed*e.scale
	for _, l := range frame {
		for i := range l.Rows {
			top := l.Top + i*l.RowHeight
			if top+l.RowHeight <= 0 || top >= e.view.Height() {
				continue
			}
			key := r.key(l, i, focus)
			if key.empty() {
				continue
			}
			p := old[key]
			if p == nil || r.rows[key] != nil {
				p = r.spare.Lend(r.picture(key, l.Start, int(width)), e.scale)
			} else {
				delete(old, key)
			}
			r.rows[key] = p
			p.Move(fyne.NewPos((r.left-bleed*e.scale)/e.scale, float32(top)/e.scale))
			r.objects = append(r.objects, p.Raster)
		}
	}
	for _, p := range old {
		r.spare.Back(p)
	}
	r.placeCarets()
	r.placeScroll()
	canvas.Refresh(r.again)
	e.indexing.ask(e) // what was seen first may still want its colours
}

// key says how a row of a line looks.
func (r *renderer) key(l layout.Placed, row int, focus [2]int) rowKey {
	e := r.e
	k := rowKey{line: l.Line, row: row, look: r.look}
	start, end := l.Start+l.Rows[row].Start, l.Start+l.Rows[row].End
	last := row == len(l.Rows)-1
	for _, s := range e.Selection().Ranges() {
		if l.Label && s.Start() < e.view.Folded().End && !s.Empty() {
			k.selected = 1
		}
		from, to := max(s.Start(), start), min(s.End(), end)
		if l.Label || from > to {
			continue
		}
		if from < to {
			k.selected = addRange(k.selected, from-start, to-start)
		}
		k.beyond = k.beyond || last && s.End() > end && e.Doc().Slice(end, end+1) == "\n"
	}
	if !l.Label {
		k.found, k.now = e.search.mark(start, end, e.Selection().Main())
	}
	if e.setting.Focus && (end < focus[0] || start >= focus[1]) {
		k.dim = 1
	}
	return k
}

// empty reports whether a row shows nothing at all.
func (k rowKey) empty() bool {
	row := k.line.Rows[k.row]
	return row.Start == row.End && !k.beyond && !layout.Code(k.line.Style) && !k.line.Label
}

// picture draws a row of a line that begins at the offset start.
func (r *renderer) picture(k rowKey, start, width int) *image.RGBA {
	e, l := r.e, k.line
	img := image.NewRGBA(image.Rect(0, 0, width, l.RowHeight))
	left := bleed * e.scale
	fill(img, img.Rect, e.look.Paper)
	if layout.Code(l.Style) {
		fill(img, img.Rect, e.look.Code)
	}
	row := l.Rows[k.row]
	box := func(start, end int, c color.NRGBA, inset int) {
		for _, b := range l.Boxes(k.row, max(start, row.Start), min(end, row.End)) {
			fill(img, image.Rect(round(left+b.X0), inset, round(left+b.X1), l.RowHeight-inset), c)
		}
	}
	for _, s := range l.Style.Spans {
		if s.Style&markdown.Code != 0 && s.Style&markdown.Markup == 0 && s.Start < row.End && s.End > row.Start {
			box(s.Start, s.End, e.look.Code, int(3*e.scale))
		}
	}
	if k.found != 0 {
		from, to := e.search.within(start+row.Start, start+row.End)
		for i := from; i < to; i++ {
			m, c := e.search.matches.At(i), e.look.Found
			if k.now == uint64(i)+1 {
				c = e.look.FoundNow
			}
			box(m.Start-start, m.End-start, c, int(2*e.scale))
		}
	}
	if l.Label && k.selected != 0 {
		box(0, row.End, e.look.Selected, 0)
	} else if k.selected != 0 && k.now == 0 { // a match one is at has its own colour
		for _, s := range e.Selection().Ranges() {
			if from, to := max(s.Start(), start+row.Start), min(s.End(), start+row.End); from < to {
				box(from-start, to-start, e.look.Selected, 0)
			}
		}
	}
	if k.beyond { // the line break is selected
		_, x := l.Caret(l.Length, false)
		from, to := left+x, left+x+6*e.scale
		if l.RTL {
			from, to = from-6*e.scale, from
		}
		fill(img, image.Rect(round(from), 0, round(to), l.RowHeight), e.look.Selected)
	}
	colour := func(tag uint32) color.NRGBA { return e.look.colour(markdown.Style(tag)) }
	if k.dim != 0 {
		colour = func(tag uint32) color.NRGBA { return e.look.dimmed(e.look.colour(markdown.Style(tag))) }
	}
	e.drawer.Draw(img, l.Layout, k.row, left, row.Baseline, colour)
	thin := max(1, round(e.scale))
	for _, s := range l.Style.Spans {
		if s.Style&markdown.Strike != 0 && s.Style&markdown.Markup == 0 {
			for _, b := range l.Boxes(k.row, max(s.Start, row.Start), min(s.End, row.End)) {
				y := round(row.Baseline - 0.27*e.typ().Size)
				fill(img, image.Rect(round(left+b.X0), y, round(left+b.X1), y+thin), colour(uint32(s.Style)))
			}
		}
	}
	return img
}

func fill(img *image.RGBA, r image.Rectangle, c color.NRGBA) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Over)
}

func round(f float32) int { return int(math.Round(float64(f))) }

// placeCarets puts the carets where they stand, or takes them off.
func (r *renderer) placeCarets() {
	e := r.e
	n := 0
	show := func(c layout.Caret) {
		x, top, height := e.view.Point(c)
		if top+height <= 0 || top >= e.view.Height() {
			return
		}
		if n == len(r.carets) {
			r.carets = append(r.carets, canvas.NewRectangle(nil))
		}
		rect := r.carets[n]
		n++
		tall := max(float32(height), float32(e.typ().Row)) * 0.86
		wide := max(1, float32(round(2*e.scale)))
		rect.FillColor = e.look.Accent
		x = r.left + x - wide/2
		y := float32(top) + (float32(height)-tall)/2
		rect.Move(fyne.NewPos(float32(round(x))/e.scale, float32(round(y))/e.scale))
		rect.Resize(fyne.NewSize(wide/e.scale, float32(round(tall))/e.scale))
		r.objects = append(r.objects, rect)
	}
	if e.mouse.dropping {
		show(layout.Caret{Offset: e.mouse.drop})
		return
	}
	if !e.focused || e.blink.off {
		return
	}
	main := e.Selection().MainIndex()
	for i, s := range e.Selection().Ranges() {
		if i == main {
			show(e.caret())
		} else {
			show(layout.Caret{Offset: s.Head})
		}
	}
}
