package column

import (
	"math/rand/v2"
	"testing"

	"longhand/editor/preview/content"
	"longhand/editor/text"
)

// FuzzView writes into any text, scrolls, selects and follows, and checks that all can be drawn.
func FuzzView(f *testing.F) {
	shared := fonts(f)
	f.Add(sample, uint64(1))
	f.Add("<table><tr><td>a<td><table><tr><td>b</table></table>\n\n> - [ ] x\n\n```\ncode\n```\n\n![](p.png) x <img src=q width=50%>\n", uint64(2))
	f.Fuzz(func(t *testing.T, source string, seed uint64) {
		if len(source) > 8<<10 {
			return
		}
		r := rand.New(rand.NewPCG(seed, 1))
		v := New(shared, testType, testLook, nil)
		v.Resize(100+float32(r.IntN(600)), 100+r.IntN(900), 40, 300)
		d := text.New(source)
		x := indexOf(t, source)
		v.Show(x, content.Frame{Title: "T", Authors: []content.Author{{Heading: "A", Bio: "b *c*"}}}, Files{})
		for range 12 {
			switch r.IntN(9) {
			case 0:
				at := r.IntN(d.Len() + 1)
				cs := text.Changes{{Start: at, End: min(at+r.IntN(5), d.Len()), Insert: "x\n\n"[:r.IntN(4)]}}
				next, _, err := d.ApplyAll(cs)
				if err != nil {
					continue
				}
				d, x = next, x.Edit(next, cs)
				v.SetIndex(x, min(at, d.Len()))
				v.Reveal(min(at, d.Len()), 200)
			case 1:
				v.ScrollBy(r.IntN(2000) - 1000)
			case 2:
				v.ScrollTo(r.IntN(4000) - 100)
			case 3:
				v.Press(r.Float32()*500, r.IntN(800), 1+r.IntN(3), r.IntN(2) == 0)
				v.Drag(r.Float32()*500, r.IntN(800), 1)
				v.Selected(r.IntN(2) == 0)
			case 4:
				v.Source(r.Float32()*500, r.IntN(800))
			case 5:
				place := r.Float64() * float64(d.Len()+2)
				v.Align(place, r.IntN(600))
				if got := v.PlaceAt(r.IntN(600)); got < 0 || got > float64(d.Len()) {
					t.Fatalf("place %f of %d", got, d.Len())
				}
			case 6:
				v.Resize(60+float32(r.IntN(600)), 100+r.IntN(900), 40, 300)
			case 7:
				for _, h := range v.Frame().Hot {
					if h.Fold != nil {
						v.Toggle(h.Fold)
						break
					}
				}
			case 8:
				v.SelectAll()
				v.Selected(true)
			}
			frame := v.Frame()
			if v.failures > 0 {
				t.Fatal("something could not be drawn")
			}
			for _, b := range frame.Bands {
				if b.Image == nil || b.Y+b.Image.Rect.Dy() < -2*tallest || b.Y > v.height {
					t.Fatalf("a band at %d", b.Y)
				}
			}
		}
	})
}
