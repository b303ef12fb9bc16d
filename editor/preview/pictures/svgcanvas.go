package pictures

import (
	"image"
	"math"
)

type point struct{ x, y float64 }

// colour is red, green, blue and alpha, premultiplied.
type colour [4]uint8

// ink is what a shape is filled with: one colour, or one for each pixel.
type ink struct {
	colour colour
	at     func(x, y int) colour
}

// canvas fills shapes. It gathers their edges as the change of the covered area
// from pixel to pixel; the sum from the left is how often a pixel is covered,
// with its sign the direction.
type canvas struct {
	image         *image.RGBA
	width, height int
	work          func(int)

	edges                    []float32 // two more than width a row
	left, top, right, bottom int       // what edges have touched
}

func newCanvas(width, height int, work func(int)) *canvas {
	c := &canvas{image: image.NewRGBA(image.Rect(0, 0, width, height)), width: width, height: height, work: work}
	c.edges = make([]float32, (width+2)*height)
	c.reset()
	return c
}

func (c *canvas) reset() { c.left, c.top, c.right, c.bottom = c.width, c.height, -1, -1 }

// line adds an edge.
func (c *canvas) line(a, b point) {
	c.work(10)
	down := float32(1)
	if a.y > b.y {
		a, b, down = b, a, -1
	}
	h, w := float64(c.height), float64(c.width)
	// Only what is finite and crosses a row; comparisons with NaN are false.
	if !(b.y > a.y && b.y > 0 && a.y < h && math.Abs(a.x) < 1e12 && math.Abs(b.x) < 1e12 && b.y-a.y < 1e12) {
		return
	}
	slope := (b.x - a.x) / (b.y - a.y)
	if a.y < 0 {
		a = point{a.x - a.y*slope, 0}
	}
	if b.y > h {
		b = point{b.x + (h-b.y)*slope, h}
	}
	// What lies left of the canvas covers whole rows; what lies right, nothing.
	cut := func(x float64) {
		if (a.x < x) == (b.x < x) || a.x == x || b.x == x {
			return
		}
		m := point{x, max(a.y, min(a.y+(x-a.x)/slope, b.y))}
		c.piece(a, m, w, down)
		a = m
	}
	if a.x < b.x {
		cut(0)
		cut(w)
	} else {
		cut(w)
		cut(0)
	}
	c.piece(a, b, w, down)
}

// piece adds an edge that lies beside the canvas or on it, not both.
func (c *canvas) piece(a, b point, w float64, down float32) {
	if a.x >= w && b.x >= w {
		c.right = c.width // what begins within goes on to the end
		return
	}
	a.x, b.x = max(0, min(a.x, w)), max(0, min(b.x, w))
	if !(b.y > a.y) {
		return
	}
	slope := (b.x - a.x) / (b.y - a.y)
	x := a.x
	first, end := int(a.y), min(c.height, int(math.Ceil(b.y)))
	left, right := int(min(a.x, b.x)), int(max(a.x, b.x))+1
	c.work(8*(end-first) + 2*(right-left))
	c.left, c.right = min(c.left, left), max(c.right, right)
	c.top, c.bottom = min(c.top, first), max(c.bottom, end-1)
	for y := first; y < end; y++ {
		row := c.edges[y*(c.width+2):][:c.width+2]
		height := min(float64(y+1), b.y) - max(float64(y), a.y)
		next := max(0, min(x+slope*height, w))
		edge(row, min(x, next), max(x, next), down*float32(height))
		x = next
	}
}

// edge adds an edge within one row, from x0 to x1, that covers what is right of
// it by d.
func edge(row []float32, x0, x1 float64, d float32) {
	i0, i1 := int(x0), int(math.Ceil(x1))
	if i1 <= i0+1 { // within one pixel
		m := float32((x0+x1)/2 - float64(i0))
		row[i0] += d - d*m
		row[i0+1] += d * m
		return
	}
	s := float32(1 / (x1 - x0))
	f0, f1 := float32(x0-float64(i0)), float32(x1-float64(i1)+1)
	first, last := s*(1-f0)*(1-f0)/2, s*f1*f1/2
	row[i0] += d * first
	if i1 == i0+2 {
		row[i0+1] += d * (1 - first - last)
	} else {
		second := s * (1.5 - f0)
		row[i0+1] += d * (second - first)
		for i := i0 + 2; i < i1-1; i++ {
			row[i] += d * s
		}
		row[i1-1] += d * (1 - (second + float32(i1-i0-3)*s) - last)
	}
	row[i1] += d * last
}

// rows calls f with the coverage of each row from c.left on, 0 to 255, and
// forgets the edges.
func (c *canvas) rows(evenOdd bool, f func(y int, cover []uint8)) {
	if c.bottom < c.top {
		return
	}
	right := min(c.right+1, c.width)
	cover := make([]uint8, max(0, right-c.left))
	c.work(4 * len(cover) * (c.bottom - c.top + 1))
	for y := c.top; y <= c.bottom; y++ {
		row := c.edges[y*(c.width+2):][c.left : right+2]
		sum := float32(0)
		for i := range cover {
			sum += row[i]
			a := sum
			if a < 0 {
				a = -a
			}
			if evenOdd {
				if a -= 2 * float32(int(a/2)); a > 1 {
					a = 2 - a
				}
			} else if a > 1 {
				a = 1
			}
			cover[i] = uint8(a*255 + 0.5)
		}
		clear(row)
		f(y, cover)
	}
	c.reset()
}

// forget drops the edges.
func (c *canvas) forget() {
	for y := c.top; y <= c.bottom; y++ {
		clear(c.edges[y*(c.width+2):][:c.width+2])
	}
	c.reset()
}

// fill draws the shape.
func (c *canvas) fill(ink ink, evenOdd bool) {
	left := c.left
	c.rows(evenOdd, func(y int, cover []uint8) {
		for i := range cover {
			a := uint32(cover[i])
			if a == 0 {
				continue
			}
			x, s := left+i, ink.colour
			if ink.at != nil {
				c.work(150)
				s = ink.at(x, y)
			}
			p := c.image.Pix[y*c.image.Stride+4*x:][:4:4]
			if a == 255 && s[3] == 255 {
				p[0], p[1], p[2], p[3] = s[0], s[1], s[2], 255
				continue
			}
			rest := 255*255 - a*uint32(s[3]) // of what was there
			for k := range p {
				p[k] = uint8((255*a*uint32(s[k]) + rest*uint32(p[k]) + 255*255/2) / (255 * 255))
			}
		}
	})
}
