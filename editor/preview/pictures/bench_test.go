package pictures

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"testing"
)

// photo is a JPEG with about as much detail as one of a camera.
func photo(w, h int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			n := float64(seed>>24)/16 - 8
			v := func(f float64) uint8 {
				return uint8(128 + 60*math.Sin(float64(x)/f) + 50*math.Cos(float64(y)/f/1.3) + n)
			}
			img.SetRGBA(x, y, color.RGBA{v(37), v(91), v(203), 255})
		}
	}
	return jpegOf(img)
}

// BenchmarkPhoto decodes 12 megapixels for a column of 620 pixels, by itself
// and, for dense screens, of 1240.
func BenchmarkPhoto(b *testing.B) {
	data := photo(4000, 3000)
	h, err := readHeadOf(data)
	if err != nil {
		b.Fatal(err)
	}
	for name, width := range map[string]int{"620": 620, "1240": 1240} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := decode(b.Context(), data, h, width, width*3/4); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkHit asks for what is there, as each drawing of the preview does.
func BenchmarkHit(b *testing.B) {
	s := newShelf(b)
	small := pngOf(image.NewRGBA(image.Rect(0, 0, 16, 8)))
	big := dataURL("image/png", append(bytes.Clone(small), make([]byte, 1<<20)...))
	files := album(map[string][]byte{"pictures/harbour.png": small})
	for name, address := range map[string]string{"file": "pictures/harbour.png", "data of 1.4 MB": big} {
		if _, err := s.picture(b, files, address, 16, 8); err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if s.Picture(files, address, 16, 8) == nil {
					b.Fatal("not there")
				}
			}
		})
	}
	b.Run("size", func(b *testing.B) {
		for b.Loop() {
			s.Size(files, "pictures/harbour.png")
		}
	})
}

func BenchmarkHead(b *testing.B) {
	data := photo(1000, 750)
	for b.Loop() {
		if _, err := readHeadOf(data); err != nil {
			b.Fatal(err)
		}
	}
}
