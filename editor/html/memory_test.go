package html

import (
	"bytes"
	"image"
	"image/png"
	"testing"
)

func TestRowsCostNoMemory(t *testing.T) {
	size := image.Rect(0, 0, 64, 2)
	row := make([]uint32, 4*64)
	for _, img := range []image.Image{image.NewRGBA(size), image.NewNRGBA(size), image.NewGray(size), image.NewYCbCr(size, image.YCbCrSubsampleRatio420), image.NewRGBA64(size)} {
		read := rowReader(img)
		if n := testing.AllocsPerRun(10, func() { read(1, row) }); n != 0 {
			t.Errorf("%T: a row allocates %v times", img, n)
		}
	}
}

func TestBytesPerPixel(t *testing.T) {
	size := image.Rect(0, 0, 2, 2)
	for _, c := range []struct {
		img  image.Image
		want int
	}{{image.NewRGBA(size), 4}, {image.NewRGBA64(size), 8}} {
		var b bytes.Buffer
		if err := png.Encode(&b, c.img); err != nil {
			t.Fatal(err)
		}
		if got := bytesPerPixel("image/png", b.Bytes()); got != c.want {
			t.Errorf("%T: %d bytes, want %d", c.img, got, c.want)
		}
	}
}
