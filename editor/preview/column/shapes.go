package column

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// fill lays a colour over a rectangle.
func fill(img *image.RGBA, r image.Rectangle, c color.NRGBA) {
	op := draw.Over
	if c.A == 255 {
		op = draw.Src
	}
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, op)
}

// corners of a rectangle.
type corners uint8

const (
	topLeft corners = 1 << iota
	topRight
	bottomLeft
	bottomRight
	topCorners    = topLeft | topRight
	bottomCorners = bottomLeft | bottomRight
	allCorners    = topCorners | bottomCorners
)

// fillRound is fill for a rectangle with round corners.
func fillRound(img *image.RGBA, r image.Rectangle, radius int, c color.NRGBA, which corners) {
	radius = min(radius, r.Dx()/2, r.Dy()/2)
	if radius <= 0 || which == 0 {
		fill(img, r, c)
		return
	}
	middle := image.Rect(r.Min.X, r.Min.Y+radius, r.Max.X, r.Max.Y-radius)
	fill(img, middle, c)
	for y := max(r.Min.Y, img.Rect.Min.Y); y < min(r.Max.Y, img.Rect.Max.Y); y++ {
		if y >= middle.Min.Y && y < middle.Max.Y {
			if y = min(middle.Max.Y, img.Rect.Max.Y); y >= r.Max.Y {
				break
			}
		}
		top, bottom := y-r.Min.Y < radius, r.Max.Y-1-y < radius
		left, right := 0, 0
		if top && which&topLeft != 0 || bottom && which&bottomLeft != 0 {
			left = radius
		}
		if top && which&topRight != 0 || bottom && which&bottomRight != 0 {
			right = radius
		}
		fill(img, image.Rect(r.Min.X+left, y, r.Max.X-right, y+1), c)
		if left+right == 0 || !(image.Point{max(r.Min.X, img.Rect.Min.X), y}).In(img.Rect) && !(image.Point{min(r.Max.X-1, img.Rect.Max.X-1), y}).In(img.Rect) {
			continue
		}
		dy := float64(radius) - (float64(y-r.Min.Y) + 0.5)
		if bottom {
			dy = float64(radius) - (float64(r.Max.Y-1-y) + 0.5)
		}
		for i := range radius {
			dx := float64(radius) - (float64(i) + 0.5)
			cover := min(max(float64(radius)-math.Hypot(dx, dy)+0.5, 0), 1)
			if cover == 0 {
				continue
			}
			d := c
			d.A = uint8(float64(c.A) * cover)
			if left > 0 {
				fill(img, image.Rect(r.Min.X+i, y, r.Min.X+i+1, y+1), d)
			}
			if right > 0 {
				fill(img, image.Rect(r.Max.X-1-i, y, r.Max.X-i, y+1), d)
			}
		}
	}
}

// frame draws the edge of a rectangle with round corners on a ground.
func frame(img *image.RGBA, r image.Rectangle, radius, thick int, edge, ground color.NRGBA) {
	fillRound(img, r, radius, edge, allCorners)
	fillRound(img, r.Inset(thick), max(radius-thick, 0), ground, allCorners)
}

// dashed draws the edge of a rectangle in dashes.
func dashed(img *image.RGBA, r image.Rectangle, thick, dash int, c color.NRGBA) {
	for x := r.Min.X; x < r.Max.X; x += 2 * dash {
		fill(img, image.Rect(x, r.Min.Y, min(x+dash, r.Max.X), r.Min.Y+thick), c)
		fill(img, image.Rect(x, r.Max.Y-thick, min(x+dash, r.Max.X), r.Max.Y), c)
	}
	for y := r.Min.Y; y < r.Max.Y; y += 2 * dash {
		fill(img, image.Rect(r.Min.X, y, r.Min.X+thick, min(y+dash, r.Max.Y)), c)
		fill(img, image.Rect(r.Max.X-thick, y, r.Max.X, min(y+dash, r.Max.Y)), c)
	}
}

// polygon fills a shape of straight lines.
func polygon(img *image.RGBA, c color.NRGBA, points ...float32) {
	if len(points) < 6 {
		return
	}
	minX, minY, maxX, maxY := points[0], points[1], points[0], points[1]
	for i := 0; i < len(points); i += 2 {
		minX, maxX = min(minX, points[i]), max(maxX, points[i])
		minY, maxY = min(minY, points[i+1]), max(maxY, points[i+1])
	}
	x0, y0 := int(math.Floor(float64(minX))), int(math.Floor(float64(minY)))
	w, h := int(math.Ceil(float64(maxX)))-x0+1, int(math.Ceil(float64(maxY)))-y0+1
	r := vector.NewRasterizer(w, h)
	for i := 0; i < len(points); i += 2 {
		x, y := points[i]-float32(x0), points[i+1]-float32(y0)
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.ClosePath()
	r.DrawOp = draw.Src
	mask := image.NewAlpha(image.Rect(0, 0, w, h))
	r.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	draw.DrawMask(img, image.Rect(x0, y0, x0+w, y0+h), image.NewUniform(c), image.Point{}, mask, image.Point{}, draw.Over) // which clips
}

// disc fills a circle.
func disc(img *image.RGBA, x, y, radius float32, c color.NRGBA) {
	points := make([]float32, 0, 64)
	for i := range 32 {
		a := float64(i) * math.Pi / 16
		points = append(points, x+radius*float32(math.Cos(a)), y+radius*float32(math.Sin(a)))
	}
	polygon(img, c, points...)
}

// mix is a colour between two.
func mix(a, b color.NRGBA, share float32) color.NRGBA {
	m := func(x, y uint8) uint8 { return uint8(float32(x)*(1-share) + float32(y)*share + 0.5) }
	return color.NRGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), 255}
}
