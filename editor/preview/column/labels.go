package column

import (
	"image"
	"image/draw"
	"math"

	"longhand/editor/preview/content"
	"longhand/editor/typeset"
)

// labels draws the markers of items, and the triangle of a summary.
func (d *drawing) labels(s *set, b *band) {
	v := d.v
	em := v.typ.Size
	if len(s.part.Marked) == 0 && s.part.Fold == nil || b.y0 > s.top {
		return
	}
	base := float32(d.y+s.top) + s.setting.row*0.68
	if len(s.rows) > 0 {
		base = float32(round(float32(d.y+s.rows[0].top) + s.rows[0].base))
	}
	middle := base - s.setting.base.Size*0.24
	for _, l := range s.labels {
		x := d.x + l.right
		side := float32(1) // of the marker, from the text's edge
		if l.rtl {
			side = -1
		}
		switch {
		case l.box.Kind == content.AuthorBox:
		case l.box.Task != nil:
			d.tick(x-side*0.35*em, middle, l.box.Task.Done, l.rtl)
		case l.lay != nil:
			at := x - l.lay.Rows[0].Width
			if l.rtl {
				at = x
			}
			v.painter.Draw(d.img, l.lay, 0, at, base, v.look.colour)
		default:
			d.bullet(l.box, x-side*0.22*em, middle)
		}
	}
	if s.part.Fold != nil {
		d.triangle(s, middle)
	}
}

// bullet draws the mark of an item; those of nested lists are hollow.
func (d *drawing) bullet(b *content.Box, x, y float32) {
	v := d.v
	r := v.typ.Size * 0.165
	disc(d.img, x, y, r, v.look.Ink)
	depth := 0
	for p := b.Parent; p != nil; p = p.Parent {
		if p.Kind == content.Item {
			depth++
		}
	}
	if depth%2 == 1 {
		disc(d.img, x, y, r-max(1, v.typ.Scale), v.look.Paper)
	}
}

// tickSize is the side of the box of a task, in em.
const tickSize = 0.78

// tick draws the box of a task around a point.
func (d *drawing) tick(x, y float32, done bool, rtl bool) {
	v := d.v
	side := v.typ.Size * tickSize
	if rtl {
		x += side * 0.2
	} else {
		x -= side * 0.2
	}
	x0, y0 := round(x-side/2), round(y-side/2)
	r := image.Rect(x0, y0, x0+round(side), y0+round(side))
	frame(d.img, r, round(3*v.typ.Scale), max(1, round(v.typ.Scale)), v.look.Muted, v.look.Paper)
	if !done {
		return
	}
	frame(d.img, r, round(3*v.typ.Scale), max(1, round(v.typ.Scale)), v.look.Accent, v.look.Paper)
	p := func(fx, fy float32) (float32, float32) {
		return float32(r.Min.X) + fx*side, float32(r.Min.Y) + fy*side
	}
	ax, ay := p(0.24, 0.52)
	bx, by := p(0.43, 0.71)
	cx, cy := p(0.77, 0.29)
	t := side * 0.06
	polygon(d.img, v.look.Accent, ax-t, ay+t, bx, by+1.6*t, cx+t, cy+t, cx-t, cy-t, bx, by-1.2*t, ax+t, ay-t)
}

// triangle shows whether details are open.
func (d *drawing) triangle(s *set, y float32) {
	v := d.v
	r := v.typ.Size * 0.26
	x := d.x + s.left - v.typ.Size*0.72
	side := float32(1)
	if s.part.RTL {
		x = d.x + s.left + s.width + v.typ.Size*0.72
		side = -1
	}
	if d.key.open {
		polygon(d.img, v.look.Muted, x-r, y-r*0.6, x+r, y-r*0.6, x, y+r*0.9)
	} else {
		polygon(d.img, v.look.Muted, x-side*r*0.6, y-r, x+side*r*0.9, y, x-side*r*0.6, y+r)
	}
}

// avatar draws an author's picture, or the initials.
func (v *View) avatar(s *set, l label, y int) Band {
	size := round(v.typ.Size * 52 / 18)
	if s.avatar != nil && s.faced == v.drawn && s.avatar.Rect.Dx() == size {
		x := 0
		if l.box.RTL {
			x = round(v.width) - size
		}
		return Band{s.avatar, x, y + s.top}
	}
	b := l.box
	x := 0
	if l.box.RTL {
		x = round(v.width) - size
	}
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	fill(img, img.Rect, v.look.Paper)
	out := Band{img, x, y + s.top}
	s.avatar, s.faced = img, v.drawn
	if b.Avatar.Address != "" && v.pictures != nil {
		if w, h, ready, err := v.size(b.Avatar); err == nil && ready && w > 0 && h > 0 {
			pw, ph := size, size
			if w > h {
				pw = size * w / h
			} else {
				ph = size * h / w
			}
			if pic := v.pixels(b.Avatar, pw, ph); pic != nil {
				draw.DrawMask(img, img.Rect, pic, image.Pt((pw-size)/2, (ph-size)/2), circle(size), image.Point{}, draw.Over)
				return out
			}
		}
	}
	disc(img, float32(size)/2, float32(size)/2, float32(size)/2, v.look.Code)
	style := typeset.Style{Family: v.typ.Interface, Bold: true, Size: v.typ.Size * 1.05}
	lay := v.shaper.Layout(typeset.Paragraph{Text: b.Initials, Base: style, RowHeight: float32(size), Width: float32(size), Align: typeset.Centre,
		Spans: []typeset.Span{{End: len(b.Initials), Style: style, Tag: roleMuted}}})
	v.painter.Draw(img, lay, 0, 0, lay.Rows[0].Baseline, v.look.colour)
	return out
}

// circle is a mask.
func circle(size int) *image.Alpha {
	m := image.NewAlpha(image.Rect(0, 0, size, size))
	r := float64(size) / 2
	for y := range size {
		for x := range size {
			cover := min(max(r-math.Hypot(float64(x)+0.5-r, float64(y)+0.5-r)+0.5, 0), 1)
			m.Pix[m.PixOffset(x, y)] = uint8(cover * 255)
		}
	}
	return m
}
