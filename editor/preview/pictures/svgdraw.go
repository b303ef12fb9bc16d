package pictures

import (
	"context"
	"image"
	"image/color"
	"strings"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

// drawSVG draws a drawing in the given size.
func drawSVG(ctx context.Context, data []byte, width, height int) (*image.RGBA, error) {
	return drawWithin(ctx, data, width, height, mostWork)
}

// drawWithin does no more than so much work, about a nanosecond each.
func drawWithin(ctx context.Context, data []byte, width, height int, most int64) (img *image.RGBA, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case enough:
			img, err = nil, r.err
		default:
			img, err = nil, errBroken
		}
	}()
	root, err := parseSVG(data)
	if err != nil {
		return nil, err
	}
	tamed, err := tame(root, width, height)
	if err != nil {
		return nil, err
	}
	icon, err := oksvg.ReadIconStream(strings.NewReader(tamed))
	if err != nil {
		return nil, errBroken
	}
	left, looked := most, most
	work := func(n int) {
		if left -= int64(n); left < 0 {
			panic(enough{errTooLarge})
		}
		if looked-left > 10_000_000 {
			if looked = left; ctx.Err() != nil {
				panic(enough{ctx.Err()})
			}
		}
	}
	s := &scanner{canvas: newCanvas(width, height, work)}
	pen := rasterx.NewDasher(width, height, s)
	for i := range icon.SVGPaths {
		p := &icon.SVGPaths[i]
		p.UseNonZeroWinding = p.LineGap == nil // see evenOdd
		p.LineGap = nil
		if p.LineWidth > 0 {
			p.Path = split(p.Path, work)
		}
		drawPath(p, pen)
	}
	return s.canvas.image, nil
}

// drawPath draws a path. One that oksvg cannot draw is left out.
func drawPath(p *oksvg.SvgPath, pen *rasterx.Dasher) {
	defer func() {
		if r, ok := recover().(enough); ok {
			panic(r)
		}
	}()
	p.Draw(pen, 1)
}

// scanner fills for rasterx. The one of rasterx goes over the whole picture for
// each path, knows only one rule for filling, and takes for ever for lines that
// lead far out of the picture.
type scanner struct {
	canvas  *canvas
	at      fixed.Point26_6
	extent  fixed.Rectangle26_6
	any     bool
	evenOdd bool
	ink     ink
}

func (s *scanner) Start(p fixed.Point26_6) { s.reach(p) }

func (s *scanner) Line(p fixed.Point26_6) {
	from := s.at
	s.reach(p)
	s.canvas.line(pixel(from), pixel(p))
}

func pixel(p fixed.Point26_6) point { return point{float64(p.X) / 64, float64(p.Y) / 64} }

func (s *scanner) reach(p fixed.Point26_6) {
	s.at = p
	if !s.any {
		s.any, s.extent = true, fixed.Rectangle26_6{Min: p, Max: p}
	}
	e := &s.extent
	e.Min.X, e.Max.X = min(e.Min.X, p.X), max(e.Max.X, p.X)
	e.Min.Y, e.Max.Y = min(e.Min.Y, p.Y), max(e.Max.Y, p.Y)
}

func (s *scanner) Draw()                              { s.canvas.fill(s.ink, s.evenOdd) }
func (s *scanner) GetPathExtent() fixed.Rectangle26_6 { return s.extent }
func (s *scanner) SetBounds(int, int)                 {}
func (s *scanner) SetWinding(nonZero bool)            { s.evenOdd = !nonZero }
func (s *scanner) SetClip(image.Rectangle)            {}

func (s *scanner) Clear() {
	s.any, s.extent = false, fixed.Rectangle26_6{}
	s.canvas.forget()
}

func (s *scanner) SetColor(c any) {
	switch c := c.(type) {
	case rasterx.ColorFunc:
		s.ink = ink{at: func(x, y int) colour { return premultiplied(c(x, y)) }}
	case color.Color:
		s.ink = ink{colour: premultiplied(c)}
	}
}

func premultiplied(c color.Color) colour {
	r, g, b, a := c.RGBA()
	return colour{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}
}
