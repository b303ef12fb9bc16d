package app

import (
	"image"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor/typeset"
)

// differences shows the passages in which two texts differ, one below the other: what
// was removed struck through, what was added underlined, each on its ground. One
// passage is chosen. Only what is to be seen is drawn.
type differences struct {
	widget.BaseWidget
	letters *letters
	colours func() look.Palette
	key     func(fyne.KeyName) bool // of the panel
	chose   func()
	restore func()
	resized func() // it wants its blocks laid out for its width

	scroll  *container.Scroll
	blocks  []*block
	laid    float32 // the width for which they are laid out, in Fyne's pixels
	faces   int     // the version of the letters with which they are
	chosen  int     // passage; -1 for none
	focused bool
	bar     *canvas.Rectangle
}

var (
	_ fyne.Focusable = (*differences)(nil)
	_ fyne.Tappable  = (*differences)(nil)
)

const (
	diffSize   = 15 // of the letters, in Fyne's pixels
	diffRow    = 24 // height of a row
	diffInset  = 24 // beside the text
	diffTop    = 16 // above all
	diffGap    = 20 // between passages
	diffAside  = 12 // size of what is shown for orientation
	diffScroll = 16 // room for the scroll bar
)

func newDifferences(p *panel, l *letters) *differences {
	d := &differences{letters: l, colours: p.colours, key: p.key, chosen: -1, bar: canvas.NewRectangle(nil)}
	d.scroll = container.NewVScroll(d)
	d.scroll.OnScrolled = func(fyne.Position) { d.Refresh() }
	d.ExtendBaseWidget(d)
	return d
}

// block is a paragraph among the differences. It is laid out off the main thread and
// not changed after that, but for its picture.
type block struct {
	passage int // whose it is; -1 for none
	text    string
	spans   []blockSpan
	layout  *typeset.Layout
	scale   float32
	y, gap  float32 // in Fyne's pixels: the top, and the room above

	picture *canvas.Raster // nil while it is not to be seen
	image   *image.RGBA
	painted look.Palette
}

// blockSpan is a stretch of a block up to end.
type blockSpan struct {
	end int
	in  compared
}

func (b *block) height() float32 { return float32(len(b.layout.Rows)) * b.layout.RowHeight / b.scale }

// blocksOf makes what is shown of a comparison.
func blocksOf(c *comparison) []*block {
	var out []*block
	add := func(passage int, gap float32, stretches ...stretch) {
		b := &block{passage: passage, gap: gap}
		for i, p := range stretches {
			if b.text == "" {
				p.text = strings.TrimLeft(p.text, "\n")
			}
			if i == len(stretches)-1 {
				p.text = strings.TrimRight(p.text, "\n")
			}
			b.text += p.text
			b.spans = append(b.spans, blockSpan{len(b.text), p.in})
		}
		out = append(out, b)
	}
	for i, p := range c.passages[:min(len(c.passages), mostPassages)] {
		gap := float32(diffGap)
		if before := c.before(i); before != "" {
			add(-1, gap, stretch{shorten(before, 240), nearby})
			gap = 4
		}
		add(i, gap, c.stretches(p)...)
	}
	if more := len(c.passages) - mostPassages; more > 0 {
		add(-1, diffGap, stretch{"And " + count(more, "more passage") + ", which are not shown.", nearby})
	}
	return out
}

// layBlocks lays blocks out for a width in Fyne's pixels. It may run on any goroutine.
func layBlocks(blocks []*block, fonts *typeset.Fonts, width, scale float32) []*block {
	shaper := typeset.NewShaper(fonts)
	out := make([]*block, len(blocks))
	y := float32(diffTop) - diffGap
	for i, b := range blocks {
		n := &block{passage: b.passage, text: b.text, spans: b.spans, gap: b.gap, scale: scale}
		p := typeset.Paragraph{Text: n.text, Width: max((width-2*diffInset-diffScroll)*scale, 40*scale), RowHeight: round(diffRow * scale)}
		p.Base = typeset.Style{Family: look.FamilyText, Size: diffSize * scale}
		if b.passage < 0 {
			p.Base = typeset.Style{Family: look.FamilyInterface, Size: diffAside * scale}
			p.RowHeight = round(20 * scale)
		}
		for _, s := range n.spans {
			p.Spans = append(p.Spans, typeset.Span{End: s.end, Style: p.Base, Tag: uint32(s.in)})
		}
		n.layout = shaper.Layout(p)
		if b.passage < 0 && len(n.layout.Rows) > 2 { // it is only for orientation
			n.text = n.text[:n.layout.Rows[1].End] + ellipsis
			p.Text, p.Spans = n.text, nil
			n.spans = []blockSpan{{len(n.text), nearby}}
			n.layout = shaper.Layout(p)
		}
		n.y = y + n.gap
		y = n.y + n.height()
		out[i] = n
	}
	return out
}

// show shows blocks that are laid out for a width.
func (d *differences) show(blocks []*block, width float32) {
	d.blocks, d.laid, d.faces = blocks, width, d.letters.version
	d.scroll.Refresh()
	d.Refresh()
}

// choose chooses a passage and brings it into view.
func (d *differences) choose(i int) {
	d.chosen = i
	if first, last := d.extent(i); last > first {
		top, seen := d.scroll.Offset.Y, d.scroll.Size().Height
		switch {
		case first-diffGap < top || last-first > seen-diffGap:
			top = first - diffGap
		case last+diffGap > top+seen:
			top = last + diffGap - seen
		}
		d.scrollTo(top)
	}
	d.Refresh()
	d.chose()
}

// extent is where a passage stands.
func (d *differences) extent(i int) (top, bottom float32) {
	for _, b := range d.blocks {
		if b.passage == i && i >= 0 {
			return b.y, b.y + b.height()
		}
	}
	return 0, 0
}

func (d *differences) scrollTo(y float32) {
	most := max(d.MinSize().Height-d.scroll.Size().Height, 0)
	d.scroll.ScrollToOffset(fyne.NewPos(0, min(max(y, 0), most)))
}

// passages is how many are shown.
func (d *differences) passages() int {
	n := 0
	for _, b := range d.blocks {
		n = max(n, b.passage+1)
	}
	return n
}

// FocusGained implements fyne.Focusable.
func (d *differences) FocusGained() {
	d.focused = true
	d.Refresh()
}

// FocusLost implements fyne.Focusable.
func (d *differences) FocusLost() {
	d.focused = false
	d.Refresh()
}

// TypedRune implements fyne.Focusable.
func (d *differences) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: arrows go from passage to passage, Enter brings
// one back.
func (d *differences) TypedKey(e *fyne.KeyEvent) {
	page := d.scroll.Size().Height - diffRow
	switch e.Name {
	case fyne.KeyDown:
		d.choose(min(d.chosen+1, d.passages()-1))
	case fyne.KeyUp:
		d.choose(min(max(d.chosen-1, 0), d.passages()-1))
	case fyne.KeyPageDown:
		d.scrollTo(d.scroll.Offset.Y + page)
	case fyne.KeyPageUp:
		d.scrollTo(d.scroll.Offset.Y - page)
	case fyne.KeyHome:
		d.choose(min(0, d.passages()-1))
	case fyne.KeyEnd:
		d.choose(d.passages() - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		d.restore()
	default:
		d.key(e.Name)
	}
}

// Tapped implements fyne.Tappable.
func (d *differences) Tapped(e *fyne.PointEvent) {
	for _, b := range d.blocks {
		if b.passage >= 0 && e.Position.Y >= b.y-4 && e.Position.Y < b.y+b.height()+4 {
			d.choose(b.passage)
			return
		}
	}
}

// MinSize implements fyne.CanvasObject: as high as all passages are.
func (d *differences) MinSize() fyne.Size {
	height := float32(diffTop)
	if n := len(d.blocks); n > 0 {
		height = d.blocks[n-1].y + d.blocks[n-1].height() + diffTop
	}
	return fyne.NewSize(120, height)
}

// CreateRenderer implements fyne.Widget.
func (d *differences) CreateRenderer() fyne.WidgetRenderer { return &differencesRenderer{d: d} }

type differencesRenderer struct {
	d       *differences
	objects []fyne.CanvasObject
}

func (r *differencesRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *differencesRenderer) MinSize() fyne.Size           { return r.d.MinSize() }
func (r *differencesRenderer) Destroy()                     {}

func (r *differencesRenderer) Layout(size fyne.Size) {
	r.Refresh()
}

// Refresh shows the blocks that are to be seen.
func (r *differencesRenderer) Refresh() {
	d := r.d
	if width := d.scroll.Size().Width; d.blocks != nil && (width != d.laid || d.letters.version != d.faces) {
		d.laid, d.faces = width, d.letters.version
		d.resized()
	}
	p := d.colours()
	d.bar.FillColor = p.Faint
	if d.focused {
		d.bar.FillColor = p.Accent
	}
	r.objects = r.objects[:0]
	if top, bottom := d.extent(d.chosen); bottom > top {
		place(d.bar, diffInset-12, top, 2, bottom-top)
		r.objects = append(r.objects, d.bar)
	}
	top := d.scroll.Offset.Y
	bottom := top + d.scroll.Size().Height
	for _, b := range d.blocks {
		if b.y+b.height() < top || b.y > bottom {
			b.picture, b.image = nil, nil
			continue
		}
		if b.picture == nil || b.painted != p {
			b.draw(d.letters.painter, p)
		}
		b.picture.Move(fyne.NewPos(diffInset, b.y))
		r.objects = append(r.objects, b.picture)
	}
	canvas.Refresh(d)
}

// draw draws a block's picture.
func (b *block) draw(painter *typeset.Painter, p look.Palette) {
	l := b.layout
	width := float32(0)
	for _, r := range l.Rows {
		width = max(width, r.X+r.Width)
	}
	s := &sheet{image: image.NewRGBA(image.Rect(0, 0, int(width+4*b.scale), int(l.RowHeight)*len(l.Rows))), scale: b.scale}
	ink := func(tag uint32) color.NRGBA {
		if compared(tag) == nearby {
			return p.Muted
		}
		return p.Ink
	}
	thin := max(round(b.scale), 1)
	for i, r := range l.Rows {
		top := float32(i) * l.RowHeight
		base := top + r.Baseline
		b.each(i, func(x0, x1 float32, in compared) {
			ground := p.Added
			if in == onlyThen {
				ground = p.Removed
			}
			s.fill(ground, x0, top+2*b.scale, x1, top+l.RowHeight-2*b.scale)
		})
		painter.Draw(s.image, l, i, 0, base, ink)
		b.each(i, func(x0, x1 float32, in compared) {
			y := base + round(3*b.scale)
			if in == onlyThen {
				y = round(base - 0.27*diffSize*b.scale)
			}
			s.fill(p.Ink, x0, y, x1, y+thin)
		})
	}
	b.painted, b.image = p, s.image
	b.picture = canvas.NewRaster(func(int, int) image.Image { return s.image })
	b.picture.ScaleMode = canvas.ImageScalePixels
	b.picture.Resize(fyne.NewSize(float32(s.image.Rect.Dx())/b.scale, float32(s.image.Rect.Dy())/b.scale))
}

// each calls visit with the parts of a row that are in one of the texts only.
func (b *block) each(row int, visit func(x0, x1 float32, in compared)) {
	r, from := b.layout.Rows[row], 0
	for _, s := range b.spans {
		if s.in == onlyThen || s.in == onlyNow {
			for _, box := range b.layout.Boxes(row, max(from, r.Start), min(s.end, r.End)) {
				visit(box.X0, box.X1, s.in)
			}
		}
		from = s.end
	}
}
