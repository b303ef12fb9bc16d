package preview

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"longhand/editor/pane"
	"longhand/editor/preview/column"
)

// The room around the column, in Fyne's pixels.
const (
	marginSide = 44
	marginTop  = pane.Top
	widest     = 620
)

// room is all that the size of the page depends on.
type room struct {
	size        fyne.Size
	scale, zoom float32
}

// arrange tells the view the room there is.
func (p *Preview) arrange() {
	scale := p.scale
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil && c.Scale() > 0 {
		scale = c.Scale()
	}
	size := p.Size()
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	if scale != p.scale {
		p.scale = scale
		p.retype()
	}
	width, height := size.Width*scale, round(size.Height*scale)
	wide := float32(math.Floor(float64(min(width-2*min(marginSide*scale, width/12), widest*p.zoom*scale))))
	if p.render != nil {
		p.render.left = round((width - wide) / 2)
	}
	top := round(marginTop * scale)
	resize := func(v *column.View) { v.Resize(wide, height, top, height/2) }
	if p.asleep {
		p.worker.post(resize)
	} else {
		p.ask(resize)
	}
	if now := (room{size, scale, p.zoom}); now != p.room {
		p.room = now
		p.tellResized()
	}
}

func (p *Preview) tellResized() {
	if p.onResized == nil || p.resizing {
		return
	}
	p.resizing = true
	p.opt.Do(func() {
		p.resizing = false
		p.onResized()
	})
}

// Resize implements fyne.CanvasObject.
func (p *Preview) Resize(size fyne.Size) {
	changed := size != p.Size()
	p.BaseWidget.Resize(size)
	if changed {
		p.arrange()
	}
}

// renderer shows the pictures of a frame.
type renderer struct {
	p     *Preview
	bands map[*image.RGBA]*pane.Picture
	spare pane.Pictures
	bar   *canvas.Rectangle
	rings []*canvas.Rectangle // around the rows of the link chosen by the keyboard
	// The address of the link under the mouse, at the lower edge.
	ground *canvas.Rectangle
	label  *canvas.Text
	// again, refreshed, has the window painted.
	again   *canvas.Rectangle
	objects []fyne.CanvasObject
	left    int // of the column, in device pixels
}

func newRenderer(p *Preview) *renderer {
	r := &renderer{p: p, bands: map[*image.RGBA]*pane.Picture{}, again: canvas.NewRectangle(color.Transparent)}
	r.bar, r.ground = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r.label = canvas.NewText("", nil)
	r.label.TextSize = 12
	r.ground.CornerRadius, r.ground.StrokeWidth = 4, 1
	return r
}

func (r *renderer) Destroy()                     {}
func (r *renderer) MinSize() fyne.Size           { return r.p.MinSize() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) Layout(fyne.Size)             { r.p.arrange(); r.p.draw() }
func (r *renderer) Refresh()                     { r.p.arrange(); r.p.draw() }

// draw shows the frame of now.
func (p *Preview) draw() {
	r := p.render
	if r == nil || p.Size().Width <= 0 {
		return
	}
	old := r.bands
	r.bands = make(map[*image.RGBA]*pane.Picture, len(old))
	r.objects = append(r.objects[:0], r.again)
	for _, b := range p.frame.Bands {
		pic := old[b.Image]
		if pic == nil {
			pic = r.spare.Lend(b.Image, p.scale)
		} else {
			delete(old, b.Image)
		}
		r.bands[b.Image] = pic
		pic.Move(fyne.NewPos(float32(r.left+b.X)/p.scale, float32(b.Y)/p.scale))
		r.objects = append(r.objects, pic.Raster)
	}
	for _, pic := range old {
		r.spare.Back(pic)
	}
	chosen, ok := p.chosenStop()
	ok = ok && p.focused
	if ok {
		r.placeRings(chosen.areas)
	}
	m := &p.mouse
	if p.scrolled().PlaceBar(r.bar, p.Size(), m.scrollbar || m.overBar && !m.pressed, p.look.Muted) {
		r.objects = append(r.objects, r.bar)
	}
	said := m.said
	if said == "" && ok {
		said = saying(chosen.hot)
	}
	r.placeLabel(said)
	canvas.Refresh(r.again)
}

// scrolled is how far the page is scrolled.
func (p *Preview) scrolled() pane.Scrolled {
	return pane.Scrolled{Position: p.frame.Position, Least: p.frame.Least, Most: p.frame.Most, Seen: p.frame.Height}
}

// placeRings shows which link the keyboard has chosen.
func (r *renderer) placeRings(areas []image.Rectangle) {
	p := r.p
	for i, a := range areas {
		if i == len(r.rings) {
			ring := canvas.NewRectangle(color.Transparent)
			ring.StrokeWidth, ring.CornerRadius = 2, 3
			r.rings = append(r.rings, ring)
		}
		ring := r.rings[i]
		a = a.Inset(-2)
		ring.StrokeColor = p.look.Accent
		ring.Move(fyne.NewPos(float32(r.left+a.Min.X)/p.scale, float32(a.Min.Y)/p.scale))
		ring.Resize(fyne.NewSize(float32(a.Dx())/p.scale, float32(a.Dy())/p.scale))
		r.objects = append(r.objects, ring)
	}
}

// placeLabel tells where the link under the mouse, or that chosen, leads.
func (r *renderer) placeLabel(said string) {
	p := r.p
	if said == "" {
		return
	}
	r.label.Text = said
	r.label.Color, r.ground.FillColor, r.ground.StrokeColor = p.look.Muted, mixed(p.look.Paper, p.look.Code), p.look.Hairline
	size := r.label.MinSize()
	for most := p.Size().Width - 40; size.Width > most && len(r.label.Text) > 8; size = r.label.MinSize() {
		runes := []rune(r.label.Text)
		r.label.Text = string(runes[:max(4, len(runes)*9/10-1)]) + "…"
	}
	y := p.Size().Height - size.Height - 12
	r.ground.Move(fyne.NewPos(8, y-2))
	r.ground.Resize(fyne.NewSize(size.Width+16, size.Height+6))
	r.label.Move(fyne.NewPos(16, y+1))
	r.label.Resize(size)
	r.objects = append(r.objects, r.ground, r.label)
}

// mixed is one colour laid over another.
func mixed(a, b color.NRGBA) color.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	draw.Draw(img, img.Rect, image.NewUniform(a), image.Point{}, draw.Src)
	b.A = 0xc0
	draw.Draw(img, img.Rect, image.NewUniform(b), image.Point{}, draw.Over)
	return img.NRGBAAt(0, 0)
}
