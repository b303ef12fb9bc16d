package typeset

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"sort"
)

// Draw draws a row of a layout made with the painter's fonts: x is where the paragraph's left edge is, y the
// baseline. The colour of each character is asked for by its tag, pictures keep theirs. It is fast for an *image.RGBA.
func (p *Painter) Draw(dst draw.Image, l *Layout, row int, x, y float32, colour func(tag uint32) color.NRGBA) {
	if row < 0 || row >= len(l.Rows) {
		return
	}
	target, ok := dst.(*image.RGBA)
	if !ok {
		p.drawVia(dst, l, row, x, y, colour)
		return
	}
	r := &l.Rows[row]
	in := ink{p: p, dst: target}
	var tag uint32
	var until int32 // tag and the ink's colour hold from since until
	since := int32(math.MaxInt32)
	items := l.items[r.first:r.end]
	// Ink may reach a little out of its item.
	from, to := float32(target.Rect.Min.X)-x, float32(target.Rect.Max.X)-x
	first := sort.Search(len(items), func(i int) bool { return items[i].x+items[i].advance+overhang*items[i].size > from })
	for i := first; i < len(items); i++ {
		it := &items[i]
		if it.x-overhang*it.size > to {
			break
		}
		w := it.word
		if w == nil || w.face == nil {
			continue
		}
		base := y - it.rise
		k := pictureKey{face: w.face.id, size: it.size, bold: w.bold, slant: w.slant}
		for g := range w.glyphs {
			gl := &w.glyphs[g]
			if at := it.start + int32(gl.at); at < since || at >= until {
				next, end := l.tag(at)
				if since == math.MaxInt32 || next != tag {
					in.set(colour(next))
				}
				tag, since, until = next, at, end
			}
			gx := x + it.x + gl.x*it.size
			gy := round(base + gl.y*it.size)
			left := floor(gx + 0.5/quarters)
			k.quarter = uint8((gx + 0.5/quarters - float32(left)) * quarters)
			if w.face.colour {
				left, k.quarter = round(gx), 0
			}
			k.glyph = gl.id
			in.blit(p.picture(w.face, k), left, gy)
		}
	}
}

// overhang is how far ink is expected to reach out of a word, in em.
const overhang = 2

func round(x float32) int32 { return int32(math.Floor(float64(x) + 0.5)) }

// drawVia draws to any image by way of one of the fast kind.
func (p *Painter) drawVia(dst draw.Image, l *Layout, row int, x, y float32, colour func(tag uint32) color.NRGBA) {
	b := dst.Bounds()
	h := int(math.Ceil(float64(l.RowHeight))) + 1
	up, down := float32(0), float32(0)
	for _, it := range l.items[l.Rows[row].first:l.Rows[row].end] {
		up, down = max(up, it.rise), max(down, -it.rise)
	}
	b = b.Intersect(image.Rect(b.Min.X, int(y-up)-2*h, b.Max.X, int(y+down)+2*h))
	via := image.NewRGBA(b)
	draw.Draw(via, b, dst, b.Min, draw.Src)
	p.Draw(via, l, row, x, y, colour)
	draw.Draw(dst, b, via, b.Min, draw.Src)
}

// ink draws in one colour.
type ink struct {
	p          *Painter
	dst        *image.RGBA
	r, g, b, a uint32 // premultiplied
	tone       *[256]uint8
}

func (in *ink) set(c color.NRGBA) {
	in.a = uint32(c.A)
	in.r, in.g, in.b = uint32(c.R)*in.a/255, uint32(c.G)*in.a/255, uint32(c.B)*in.a/255
	in.tone = in.p.toning.tone(c)
}

// blit draws a picture with its origin at a pixel.
func (in *ink) blit(pic *picture, x, y int32) {
	dst := in.dst
	x, y = x+pic.left, y+pic.top
	x0, x1 := max(int(x), dst.Rect.Min.X), min(int(x+pic.width), dst.Rect.Max.X)
	y0, y1 := max(int(y), dst.Rect.Min.Y), min(int(y+pic.height), dst.Rect.Max.Y)
	if x0 >= x1 || y0 >= y1 {
		return
	}
	for row := y0; row < y1; row++ {
		from := (row-int(y))*int(pic.width) + x0 - int(x)
		at := dst.PixOffset(x0, row)
		pix := dst.Pix[at : at+4*(x1-x0)]
		if pic.colours != nil {
			in.blend(pix, pic.colours[4*from:])
		} else {
			in.cover(pix, pic.coverage[from:from+x1-x0])
		}
	}
}

// cover lays the ink's colour over pixels (source over, premultiplied).
func (in *ink) cover(pix, coverage []uint8) {
	r, g, b, a := in.r, in.g, in.b, in.a
	tone := in.tone
	for i, c := range coverage {
		if c == 0 {
			continue
		}
		m := uint32(tone[c])
		d := pix[4*i : 4*i+4 : 4*i+4]
		rest := 255*255 - a*m
		d[0] = uint8((uint32(d[0])*rest + r*m*255 + 32512) / (255 * 255))
		d[1] = uint8((uint32(d[1])*rest + g*m*255 + 32512) / (255 * 255))
		d[2] = uint8((uint32(d[2])*rest + b*m*255 + 32512) / (255 * 255))
		d[3] = uint8((uint32(d[3])*rest + a*m*255 + 32512) / (255 * 255))
	}
}

// blend lays a picture's own colours over pixels, as strong as the ink.
func (in *ink) blend(pix, colours []uint8) {
	for i := 0; i+4 <= len(pix); i += 4 {
		s, d := colours[i:i+4:i+4], pix[i:i+4:i+4]
		rest := 255*255 - uint32(s[3])*in.a
		for j := range d {
			d[j] = uint8((uint32(d[j])*rest + uint32(s[j])*in.a*255 + 32512) / (255 * 255))
		}
	}
}
