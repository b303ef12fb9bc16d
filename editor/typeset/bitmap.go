package typeset

import (
	"bytes"
	"image"
	_ "image/jpeg" // bitmap glyphs may be
	_ "image/png"  // bitmap glyphs are
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// bitmap returns the picture of a glyph that is an image, scaled to the size, or nil if it is none.
func bitmap(f *font.Face, ft *face, k pictureKey) *picture {
	data, ok := f.GlyphDataBitmap(tables.GlyphID(k.glyph))
	if !ok || data.Format != font.PNG && data.Format != font.JPG {
		return nil
	}
	e, ok := f.GlyphExtents(font.GID(k.glyph))
	if !ok || e.Width <= 0 || e.Height >= 0 {
		return nil
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data.Data))
	const mostSide = 2048
	if err != nil || config.Width > mostSide || config.Height > mostSide {
		return nil
	}
	img, _, err := image.Decode(bytes.NewReader(data.Data))
	if err != nil {
		return nil
	}
	scale := ft.em * k.size
	left := int(math.Round(float64(e.XBearing * scale)))
	top := int(math.Round(float64(-e.YBearing * scale)))
	w := max(int(math.Round(float64(e.Width*scale))), 1)
	h := max(int(math.Round(float64(-e.Height*scale))), 1)
	if w > mostSide || h > mostSide {
		return nil
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(out, out.Bounds(), img, img.Bounds(), draw.Src, nil)
	return &picture{left: int32(left), top: int32(top), width: int32(w), height: int32(h), colours: out.Pix}
}

// coverageOf returns the pixels that a rasterizer has filled.
func coverageOf(r *vector.Rasterizer) []uint8 {
	out := image.NewAlpha(r.Bounds())
	r.DrawOp = draw.Src
	r.Draw(out, out.Bounds(), image.Opaque, image.Point{})
	return out.Pix
}
