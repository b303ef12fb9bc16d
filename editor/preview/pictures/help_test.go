package pictures

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// shelf is a cache that can be waited for.
type shelf struct {
	*Cache
	came chan struct{}
}

func newShelf(t testing.TB) *shelf {
	s := &shelf{came: make(chan struct{}, 1)}
	s.Cache = New(func() {
		select {
		case s.came <- struct{}{}:
		default:
		}
	})
	t.Cleanup(s.Stop)
	return s
}

func (s *shelf) wait(t testing.TB) {
	t.Helper()
	select {
	case <-s.came:
	case <-time.After(time.Minute):
		t.Fatal("loaded was not called")
	}
}

// size waits for the size of a picture.
func (s *shelf) size(t testing.TB, files fs.FS, address string) (int, int, error) {
	t.Helper()
	for {
		if w, h, ready, err := s.Size(files, address); ready {
			return w, h, err
		}
		s.wait(t)
	}
}

// picture waits for a picture, or for the news that there is none.
func (s *shelf) picture(t testing.TB, files fs.FS, address string, w, h int) (*image.RGBA, error) {
	t.Helper()
	for {
		if img := s.Picture(files, address, w, h); img != nil {
			return img, nil
		}
		if _, _, ready, err := s.Size(files, address); ready && err != nil {
			return nil, err
		}
		s.wait(t)
	}
}

// album is a folder in memory. Its address can be compared.
func album(files map[string][]byte) *fstest.MapFS {
	m := fstest.MapFS{}
	for name, data := range files {
		m[name] = &fstest.MapFile{Data: data}
	}
	return &m
}

var (
	red     = color.NRGBA{255, 0, 0, 255}
	blue    = color.NRGBA{0, 0, 255, 255}
	green   = color.NRGBA{0, 200, 0, 255}
	nothing = color.NRGBA{}
)

// halves paints the left half red and the right half blue.
func halves(img interface {
	image.Image
	Set(x, y int, c color.Color)
}) image.Image {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := red
			if x >= (b.Min.X+b.Max.X)/2 {
				c = blue
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func pngOf(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func jpegOf(img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func gifOf(g *gif.GIF) []byte {
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func literal(s string) []byte {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

// alike tells whether a pixel has about a colour.
func alike(img *image.RGBA, x, y int, want color.Color) bool {
	got := img.RGBAAt(x, y)
	w := color.RGBAModel.Convert(want).(color.RGBA)
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) <= 24 }
	return near(got.R, w.R) && near(got.G, w.G) && near(got.B, w.B) && near(got.A, w.A)
}

// check compares single pixels, given as "x,y", and that nothing is more than
// its alpha.
func check(t *testing.T, img *image.RGBA, want map[string]color.Color) {
	t.Helper()
	for place, c := range want {
		var x, y int
		if _, err := fmt.Sscanf(place, "%d,%d", &x, &y); err != nil {
			t.Fatal(err)
		}
		if !alike(img, x, y, c) {
			t.Errorf("at %s: %v, want %v", place, img.RGBAAt(x, y), c)
		}
	}
	for i := 0; i < len(img.Pix); i += 4 {
		p := img.Pix[i:][:4]
		if p[0] > p[3] || p[1] > p[3] || p[2] > p[3] {
			t.Fatalf("pixel %d is not premultiplied: %v", i/4, p)
		}
	}
}

func drawing(inside string) []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">` + inside + `</svg>`)
}

func dataURL(kind string, data []byte) string {
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data)
}

var percent = strings.NewReplacer("%", "%25", "#", "%23", "<", "%3C", ">", "%3E", `"`, "%22", " ", "%20")
