package pictures

import (
	"context"
	"image"

	"golang.org/x/image/draw"
)

// scaling is how many bytes the filter may take between its two passes.
const scaling = 128 << 20

// scale makes src width x height pixels. It shows of src what lies on canvas;
// where src does not cover it, it is transparent.
//
// Much larger pictures are first averaged down by a whole number, a strip at a
// time, which is fast and takes little memory, and then scaled by the best
// filter: the average leaves so much that the difference does not show.
func scale(ctx context.Context, src image.Image, canvas image.Rectangle, width, height int) (*image.RGBA, error) {
	const large = 16e6 // pixels from which on time counts more
	ratio := min(float64(canvas.Dx())/float64(width), float64(canvas.Dy())/float64(height))
	k := int(ratio / 1.5)
	if float64(canvas.Dx())*float64(canvas.Dy()) > large {
		k = int(ratio)
	}
	k = min(k, 64) // more makes wide strips, and nothing faster
	if k > 1 || src.Bounds() != canvas {
		var err error
		if src, err = shrink(ctx, src, canvas, max(1, k)); err != nil {
			return nil, err
		}
	}
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	b := src.Bounds()
	var filter draw.Interpolator = draw.CatmullRom
	if float64(width)*float64(b.Dy())*32 > scaling {
		filter = draw.ApproxBiLinear
	}
	filter.Scale(dst, dst.Rect, src, b, draw.Src, nil)
	return dst, ctx.Err()
}

// shrink averages squares of about k x k pixels, some a pixel larger, so that
// they cover the canvas evenly.
func shrink(ctx context.Context, src image.Image, canvas image.Rectangle, k int) (*image.RGBA, error) {
	w, h := max(1, canvas.Dx()/k), max(1, canvas.Dy()/k)
	ends := make([]int, w) // of the columns, in the bytes of a row
	for x := range ends {
		ends[x] = 4 * ((x + 1) * canvas.Dx() / w)
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	strip := image.NewRGBA(image.Rect(0, 0, canvas.Dx(), (canvas.Dy()+h-1)/h))
	sums := make([]uint32, 4*w)
	top := 0
	for y := range h {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rows := (y+1)*canvas.Dy()/h - top
		at := canvas.Min.Add(image.Pt(0, top))
		top += rows
		part := image.Rect(0, 0, canvas.Dx(), rows)
		if !part.Add(at).In(src.Bounds()) {
			clear(strip.Pix)
		}
		draw.Draw(strip, part, src, at, draw.Src)
		clear(sums)
		for r := range rows {
			add(sums, strip.Pix[r*strip.Stride:], ends)
		}
		row, from := dst.Pix[y*dst.Stride:][:4*w], 0
		for x, end := range ends {
			n := uint32(rows * (end - from) / 4)
			for i := 4 * x; i < 4*x+4; i++ {
				row[i] = uint8((sums[i] + n/2) / n)
			}
			from = end
		}
	}
	return dst, nil
}

// add adds the pixels of a row up to each end.
func add(sums []uint32, row []uint8, ends []int) {
	from := 0
	for x, end := range ends {
		var r, g, b, a uint32
		for p := row[from:end]; len(p) >= 4; p = p[4:] {
			r, g, b, a = r+uint32(p[0]), g+uint32(p[1]), b+uint32(p[2]), a+uint32(p[3])
		}
		s := sums[4*x : 4*x+4 : 4*x+4]
		s[0], s[1], s[2], s[3] = s[0]+r, s[1]+g, s[2]+b, s[3]+a
		from = end
	}
}
