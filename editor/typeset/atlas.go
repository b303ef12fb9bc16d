package typeset

import (
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
	"golang.org/x/image/vector"
)

// quarters is how many places within a pixel a glyph is drawn at.
const quarters = 4

// picture is a glyph as pixels.
type picture struct {
	left, top     int32 // of its first pixel from the origin, y downwards
	width, height int32
	coverage      []uint8 // a byte a pixel, or
	colours       []uint8 // four bytes a pixel, premultiplied RGBA
}

// pictureKey is all that a picture depends on.
type pictureKey struct {
	face    uint32
	size    float32
	glyph   uint16
	quarter uint8
	bold    bool
	slant   bool
}

// Memory of pictures, in two generations as with words.
const mostPixels = 4 << 20

// Painter draws rows. It remembers the pictures of the glyphs it has drawn. It belongs to one goroutine at a time.
type Painter struct {
	fonts      *Fonts
	young, old map[pictureKey]*picture
	pixels     int // in young
	raster     vector.Rasterizer
	toning     toning
}

// NewPainter returns a painter for layouts made with fonts.
func NewPainter(f *Fonts) *Painter {
	return &Painter{fonts: f}
}

func (p *Painter) picture(ft *face, k pictureKey) *picture {
	if pic := p.young[k]; pic != nil {
		return pic
	}
	pic := p.old[k]
	if pic == nil {
		pic = p.render(ft, k)
	}
	if p.pixels += len(pic.coverage) + len(pic.colours) + 64; p.pixels > mostPixels {
		p.old, p.young, p.pixels = p.young, nil, 0
	}
	if p.young == nil {
		p.young = map[pictureKey]*picture{}
	}
	p.young[k] = pic
	return pic
}

func (p *Painter) render(ft *face, k pictureKey) *picture {
	ft.mu.Lock()
	defer ft.mu.Unlock()
	f := ft.shaper.Face()
	if ft.colour {
		if pic := bitmap(f, ft, k); pic != nil {
			return pic
		}
	}
	outline, ok := f.GlyphDataOutline(tables.GlyphID(k.glyph))
	if !ok {
		outline, _ = f.GlyphDataOutline(0)
	}
	return p.fill(outline, ft.em, k)
}

// slope is how much a slanted letter leans, as the tangent of the angle.
const slope = 0.21

// fill draws an outline as coverage.
func (p *Painter) fill(outline font.GlyphOutline, em float32, k pictureKey) *picture {
	scale := em * k.size
	shift := float32(k.quarter) / quarters
	place := func(pt opentype.SegmentPoint) (x, y float32) {
		x, y = pt.X*scale, -pt.Y*scale
		if k.slant {
			x -= y * slope
		}
		return x + shift, y
	}
	left, top := float32(math.MaxFloat32), float32(math.MaxFloat32)
	right, bottom := -left, -top
	for i := range outline.Segments {
		for _, pt := range outline.Segments[i].ArgsSlice() {
			x, y := place(pt)
			left, right = min(left, x), max(right, x)
			top, bottom = min(top, y), max(bottom, y)
		}
	}
	if left > right {
		return &picture{}
	}
	var weight float32
	if k.bold {
		weight = k.size / 24
		right += weight
	}
	x0, y0 := floor(left), floor(top)
	w, h := floor(right)+1-x0, floor(bottom)+1-y0
	const mostSide = 4096 // of a broken font's glyph
	if w > mostSide || h > mostSide {
		return &picture{}
	}
	pic := &picture{left: x0, top: y0, width: w, height: h}
	pic.coverage = p.rasterise(outline, place, pic, 0)
	if k.bold { // the letter's strokes, drawn again beside themselves
		steps := int(math.Ceil(float64(weight)))
		for i := 1; i <= steps; i++ {
			for at, c := range p.rasterise(outline, place, pic, weight*float32(i)/float32(steps)) {
				pic.coverage[at] = max(pic.coverage[at], c)
			}
		}
	}
	return pic
}

func (p *Painter) rasterise(outline font.GlyphOutline, place func(opentype.SegmentPoint) (x, y float32), pic *picture, shift float32) []uint8 {
	dx, dy := shift-float32(pic.left), -float32(pic.top)
	r := &p.raster
	r.Reset(int(pic.width), int(pic.height))
	for i := range outline.Segments {
		s := &outline.Segments[i]
		ax, ay := place(s.Args[0])
		bx, by := place(s.Args[1])
		cx, cy := place(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(ax+dx, ay+dy)
		case opentype.SegmentOpLineTo:
			r.LineTo(ax+dx, ay+dy)
		case opentype.SegmentOpQuadTo:
			r.QuadTo(ax+dx, ay+dy, bx+dx, by+dy)
		case opentype.SegmentOpCubeTo:
			r.CubeTo(ax+dx, ay+dy, bx+dx, by+dy, cx+dx, cy+dy)
		}
	}
	r.ClosePath()
	return coverageOf(r)
}

func floor(x float32) int32 { return int32(math.Floor(float64(x))) }
