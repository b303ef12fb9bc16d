package typeset

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"
)

var (
	white = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
	black = color.NRGBA{0, 0, 0, 0xFF}
)

func sheet(w, h int, ground color.Color) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	return out
}

func inBlack(uint32) color.NRGBA { return black }

// inkSpan returns the first and last column with ink.
func inkSpan(img *image.RGBA) (x0, x1 int, ok bool) {
	x0, x1 = img.Rect.Max.X, -1
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.RGBAAt(x, y) != (color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}) {
				x0, x1 = min(x0, x), max(x1, x)
			}
		}
	}
	return x0, x1, x1 >= 0
}

// The ink of each letter lies where the boxes say.
func TestInkInBoxes(t *testing.T) {
	f := testFonts(t)
	s, p := NewShaper(f), NewPainter(f)
	for _, text := range []string{"Hamburg (42) pins", "wovon man"} {
		for at := range len(text) {
			pa := para(text, 0)
			pa.Spans = []Span{{End: at, Style: body, Tag: 1}, {End: at + 1, Style: body}, {End: len(text), Style: body, Tag: 1}}
			l := s.Layout(pa)
			img := sheet(300, 28, white)
			p.Draw(img, l, 0, 10, l.Rows[0].Baseline, func(tag uint32) color.NRGBA {
				if tag == 1 {
					return white
				}
				return black
			})
			boxes := l.Boxes(0, at, at+1)
			if len(boxes) != 1 {
				t.Fatalf("boxes %v", boxes)
			}
			x0, x1, ok := inkSpan(img)
			if ok != (text[at] != ' ') {
				t.Fatalf("%q: ink %v", text[at], ok)
			}
			if ok && (float32(x0) < 10+boxes[0].X0-2 || float32(x1) > 10+boxes[0].X1+2) {
				t.Errorf("%q of %q: ink at %d to %d, box %v", text[at], text, x0, x1, boxes[0])
			}
		}
	}
}

// Drawing to another kind of image, on a part of one, or over the edge does the same.
func TestDrawKinds(t *testing.T) {
	f := testFonts(t)
	l := NewShaper(f).Layout(para("Any image will do.", 0))
	p := NewPainter(f)
	want := sheet(200, 40, white)
	p.Draw(want, l, 0, 3.3, 25, inBlack)
	other := image.NewNRGBA(want.Rect)
	draw.Draw(other, other.Rect, image.White, image.Point{}, draw.Src)
	p.Draw(other, l, 0, 3.3, 25, inBlack)
	part := sheet(200, 40, white)
	p.Draw(part.SubImage(image.Rect(0, 0, 71, 20)).(*image.RGBA), l, 0, 3.3, 25, inBlack)
	for y := range 40 {
		for x := range 200 {
			if other.At(x, y) != color.NRGBAModel.Convert(want.At(x, y)) {
				t.Fatalf("%d, %d: %v, want %v", x, y, other.At(x, y), want.At(x, y))
			}
			inside := x < 71 && y < 20
			if inside && part.At(x, y) != want.At(x, y) || !inside && part.RGBAAt(x, y) != (color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}) {
				t.Fatalf("part at %d, %d: %v", x, y, part.At(x, y))
			}
		}
	}
	p.Draw(want, l, -1, 0, 0, inBlack)
	p.Draw(want, l, 1, 0, 0, inBlack)
}

// On a clear ground the ink's own colour comes out, premultiplied.
func TestDrawOnNothing(t *testing.T) {
	f := testFonts(t)
	l := NewShaper(f).Layout(Paragraph{Text: "█", Base: Style{Family: mono, Size: 40}})
	img := image.NewRGBA(image.Rect(0, 0, 40, 60))
	NewPainter(f).Draw(img, l, 0, 0, 40, func(uint32) color.NRGBA { return color.NRGBA{200, 100, 50, 128} })
	if got := img.RGBAAt(12, 30); got != (color.RGBA{100, 50, 25, 128}) {
		t.Errorf("got %v", got)
	}
}

// A made-up bold has more ink, a made-up italic leans, and both take the room of the upright.
func TestSynthetic(t *testing.T) {
	f := testFonts(t)
	s, p := NewShaper(f), NewPainter(f)
	ink := func(style Style) (sum, top, bottom int, width float32) {
		l := s.Layout(Paragraph{Text: "l", Base: style})
		img := sheet(60, 60, white)
		p.Draw(img, l, 0, 10, 50, inBlack)
		for y := range 60 {
			for x := range 60 {
				c := 255 - int(img.RGBAAt(x, y).R)
				sum += c
				if c > 128 && top == 0 {
					top = x
				}
				if c > 128 {
					bottom = x
				}
			}
		}
		return sum, top, bottom, l.Rows[0].Width
	}
	plain, _, _, width := ink(Style{Family: mono, Size: 40})
	bold, _, _, boldWidth := ink(Style{Family: mono, Size: 40, Bold: true})
	if bold < plain*11/10 || boldWidth != width {
		t.Errorf("bold: %d of ink, plain %d; %v wide, %v", bold, plain, boldWidth, width)
	}
	slanted, top, bottom, slantWidth := ink(Style{Family: mono, Size: 40, Italic: true})
	if top <= bottom-25 || slanted < plain*8/10 || slantWidth != width {
		t.Errorf("slanted: top at %d, bottom at %d, ink %d of %d", top, bottom, slanted, plain)
	}
}

func TestDrawRandom(t *testing.T) {
	f := testFonts(t)
	s, p := NewShaper(f), NewPainter(f)
	img := sheet(150, 40, white)
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 2))
		l := s.Layout(randomParagraph(r))
		for i := range l.Rows {
			p.Draw(img, l, i, r.Float32()*200-50, r.Float32()*80-20, func(tag uint32) color.NRGBA { return color.NRGBA{uint8(tag), 0, 0, uint8(r.IntN(256))} })
		}
	}
}

func TestTone(t *testing.T) {
	var tones toning
	last := 0
	for _, c := range []color.NRGBA{black, {0x6F, 0x6A, 0x61, 0xFF}, {0xD9, 0xD4, 0xCB, 0xFF}, white} {
		table := tones.tone(c)
		if table[0] != 0 || table[255] != 255 || table[128] <= 128 || int(table[128]) < last {
			t.Errorf("%v: %v", c, table)
		}
		last = int(table[128])
	}
}

// What the painter has forgotten it draws again alike.
func TestAtlasForgets(t *testing.T) {
	f := testFonts(t)
	l := NewShaper(f).Layout(para("forgotten", 0))
	p := NewPainter(f)
	first, again := sheet(100, 28, white), sheet(100, 28, white)
	p.Draw(first, l, 0, 0, 20, inBlack)
	for range 2 {
		p.pixels = mostPixels
		p.Draw(sheet(100, 28, white), NewShaper(f).Layout(para("x", 0)), 0, 0, 20, inBlack)
	}
	p.Draw(again, l, 0, 0, 20, inBlack)
	if string(first.Pix) != string(again.Pix) {
		t.Error("drawn otherwise")
	}
}
