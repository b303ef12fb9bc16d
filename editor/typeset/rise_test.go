package typeset

import (
	"image"
	"image/draw"
	"testing"
)

// What rises is drawn higher and nothing else about it changes.
func TestRise(t *testing.T) {
	f := testFonts(t)
	s, p := NewShaper(f), NewPainter(f)
	plain := Paragraph{Text: "xfi2", Base: body, Spans: []Span{{End: 1, Style: body}, {End: 4, Style: Style{Size: 11}}}}
	flat := s.Layout(plain)
	words := len(s.words.young)
	for _, rise := range []float32{6, -4, 0.5, 200} {
		raised := plain
		raised.Spans = []Span{plain.Spans[0], plain.Spans[1]}
		raised.Spans[1].Style.Rise = rise
		l := s.Layout(raised)
		if len(s.words.young) != words || l.items[1].word != flat.items[1].word {
			t.Error("the word was shaped anew")
		}
		for o := range 5 {
			_, x := l.Caret(o, false)
			if _, want := flat.Caret(o, false); x != want {
				t.Errorf("Caret(%d) at %v, flat at %v", o, x, want)
			}
		}
		const y = 230
		want := sheet(60, 280, white)
		one := sheet(60, 280, white)
		first, rest := flat.Boxes(0, 0, 1)[0], flat.Boxes(0, 1, 4)[0]
		p.Draw(want, flat, 0, 0, y, inBlack)
		wipe(want, int(rest.X0)+1)
		p.Draw(one, flat, 0, 0, y-rise, inBlack)
		draw.Draw(want, image.Rect(int(first.X1)+1, 0, 60, 280), one, image.Pt(int(first.X1)+1, 0), draw.Src)

		got := sheet(60, 280, white)
		p.Draw(got, l, 0, 0, y, inBlack)
		if string(got.Pix) != string(want.Pix) {
			t.Errorf("rise %v: drawn otherwise", rise)
		}
		other := image.NewNRGBA(got.Rect) // by way of another image
		draw.Draw(other, other.Rect, image.White, image.Point{}, draw.Src)
		p.Draw(other, l, 0, 0, y, inBlack)
		if string(other.Pix) != string(got.Pix) {
			t.Errorf("rise %v: drawn otherwise on another kind of image", rise)
		}
	}
}

// wipe makes an image white from a column on.
func wipe(img *image.RGBA, from int) {
	draw.Draw(img, image.Rect(from, 0, img.Rect.Max.X, img.Rect.Max.Y), image.White, image.Point{}, draw.Src)
}
