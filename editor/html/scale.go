package html

import (
	"image"
	"image/color"
)

// scaled is a picture made smaller: each pixel is the mean of those it stands for. It needs little
// memory besides the two pictures. Neither side may be larger than that of the source.
func scaled(src image.Image, width, height int) *image.NRGBA {
	bounds := src.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	row := make([]uint32, 4*bounds.Dx())
	narrow, sum := make([]float32, 4*width), make([]float32, 4*width)
	read := rowReader(src)
	shrinkY := float64(bounds.Dy()) / float64(height)
	y, end := 0, shrinkY
	for sy := range bounds.Dy() {
		read(bounds.Min.Y+sy, row)
		narrowRow(row, narrow, width)
		part := min(1, end-float64(sy)) // of the source row that belongs to the row y
		add(sum, narrow, float32(part))
		for y < height-1 && end <= float64(sy+1) {
			put(out, y, sum, shrinkY)
			clear(sum)
			y, end = y+1, float64(y+2)*shrinkY
			add(sum, narrow, float32(min(1-part, end-float64(sy))))
			part = 1
		}
	}
	put(out, y, sum, shrinkY)
	return out
}

func add(sum, row []float32, weight float32) {
	if weight <= 0 {
		return
	}
	for i, v := range row {
		sum[i] += v * weight
	}
}

// narrowRow makes the means of a row.
func narrowRow(row []uint32, out []float32, width int) {
	shrink := float64(len(row)/4) / float64(width)
	for x := range width {
		from, to := float64(x)*shrink, float64(x+1)*shrink
		var r, g, b, a float32
		for sx := int(from); sx < len(row)/4 && float64(sx) < to; sx++ {
			w := float32(min(to, float64(sx+1)) - max(from, float64(sx)))
			p := row[4*sx : 4*sx+4 : 4*sx+4]
			r, g, b, a = r+w*float32(p[0]), g+w*float32(p[1]), b+w*float32(p[2]), a+w*float32(p[3])
		}
		f := float32(1 / shrink)
		out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = r*f, g*f, b*f, a*f
	}
}

// put writes a row of colours that are multiplied with their opacity, of 16 bits.
func put(out *image.NRGBA, y int, sum []float32, rows float64) {
	f := float32(1 / rows)
	for x := range out.Rect.Dx() {
		a := sum[4*x+3] * f
		p := out.Pix[out.PixOffset(x, y):]
		if a < 1 {
			p[0], p[1], p[2], p[3] = 0, 0, 0, 0
			continue
		}
		for c := range 3 {
			p[c] = byte(min(255, sum[4*x+c]*f/a*255+0.5))
		}
		p[3] = byte(min(255, a/257+0.5))
	}
}

// rowReader reads rows as colours multiplied with their opacity, of 16 bits.
func rowReader(src image.Image) func(y int, row []uint32) {
	bounds := src.Bounds()
	if img, ok := src.(*image.YCbCr); ok { // a photograph
		return func(y int, row []uint32) {
			for x := range bounds.Dx() {
				c := img.COffset(bounds.Min.X+x, y)
				r, g, b := color.YCbCrToRGB(img.Y[img.YOffset(bounds.Min.X+x, y)], img.Cb[c], img.Cr[c])
				row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = uint32(r)*257, uint32(g)*257, uint32(b)*257, 0xffff
			}
		}
	}
	if img, ok := src.(image.RGBA64Image); ok { // all kinds of the package; At would allocate each pixel's colour
		return func(y int, row []uint32) {
			for x := range bounds.Dx() {
				c := img.RGBA64At(bounds.Min.X+x, y)
				row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = uint32(c.R), uint32(c.G), uint32(c.B), uint32(c.A)
			}
		}
	}
	return func(y int, row []uint32) {
		for x := range bounds.Dx() {
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = src.At(bounds.Min.X+x, y).RGBA()
		}
	}
}

// upright turns a picture as its EXIF orientation says.
func upright(img *image.NRGBA, orientation uint16) *image.NRGBA {
	if orientation < 2 || orientation > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewNRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(tx, ty):][:4], img.Pix[img.PixOffset(x, y):][:4])
		}
	}
	return out
}
