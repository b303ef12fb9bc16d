package app

import (
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"longhand/app/look"
	"longhand/library"
	"longhand/library/search"
)

func testLetters(tb testing.TB) *letters {
	fonts, err := look.Fonts("", "en")
	if err != nil {
		tb.Fatal(err)
	}
	return newLetters(fonts)
}

func TestSetShortensWhatDoesNotFit(t *testing.T) {
	l := testLetters(t)
	for _, s := range []string{"", "word", "A title that is rather long for its place", "漢字漢字漢字漢字漢字漢字漢字漢字漢字", "Donaudampfschifffahrtsgesellschaftskapitän", "👩‍🌾 and more of it, and more", "ما أخذه النهر من القرية القديمة في الشتاء", "two\nlines", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", "\xff\xfe broken"} {
		mid := len(s) / 2
		for mid > 0 && mid < len(s) && s[mid]&0xc0 == 0x80 {
			mid++
		}
		for _, width := range []float32{0, 5, 20, 60, 120, 1000} {
			for _, rows := range []int{1, 2} {
				out := l.set(line{text: s, size: 13, marks: []search.Span{{Start: 0, End: mid}}}, width, rows, 2)
				if out.layout == nil {
					if s != "" && width >= 20 {
						t.Errorf("%q is not shown in %v pixels", s, width)
					}
					continue
				}
				if n := len(out.layout.Rows); n > rows {
					t.Errorf("%q takes %d rows of %v pixels, want %d", s, n, width, rows)
				}
				for _, r := range out.layout.Rows {
					if r.X < -0.5 || r.X+r.Width > width*2+0.5 {
						t.Errorf("%q in %v pixels goes from %v to %v", s, width, r.X, r.X+r.Width)
					}
				}
				kept, short := strings.CutSuffix(out.text, ellipsis)
				if !strings.HasPrefix(strings.ReplaceAll(s, "\n", " "), kept) || !short && len(kept) != len(s) {
					t.Errorf("%q in %v pixels became %q", s, width, out.text)
				}
				for _, m := range out.marks {
					if m.Start < 0 || m.End > len(out.text) || m.Start > m.End {
						t.Errorf("mark %v outside %q", m, out.text)
					}
				}
			}
		}
	}
	// Nothing is left out that would have had room.
	if out := l.set(line{text: "A title that is rather long for its place", size: 13}, 150, 1, 1); len(out.text) < 15 {
		t.Errorf("only %q is left in 150 pixels", out.text)
	}
}

// A row is painted again when it would look otherwise, and only then.
func TestRowIsPaintedOnlyAnew(t *testing.T) {
	a := test.NewTempApp(t)
	l, palette := testLetters(t), look.Day.Colours()
	r := newRow(l, func() look.Palette { return palette })
	w := a.NewWindow("")
	w.SetContent(r)
	w.Resize(r.MinSize().AddWidthHeight(200, 0))
	painted := 0
	draw := r.paint
	r.paint = func(s *sheet, width float32, p look.Palette) { painted++; draw(s, width, p) }
	paints := func(what string, want bool, do func()) {
		t.Helper()
		before, was := painted, slices.Clone(r.image.Pix)
		do()
		if (painted > before) != want {
			t.Errorf("%s: painted %d times", what, painted-before)
		}
		if want && slices.Equal(was, r.image.Pix) {
			t.Errorf("%s: the picture is the same", what)
		}
	}
	one := &library.Article{Meta: library.Meta{Title: "What the river took"}, Excerpt: "It was the first thing.", Words: 12}
	paints("another article", true, func() { r.set(entry{Article: one}, false) })
	paints("the same", false, func() { r.set(entry{Article: one}, false) })
	paints("chosen", false, func() { r.set(entry{Article: one}, true) })
	if !r.ground.Visible() {
		t.Error("the chosen row has no ground")
	}
	paints("a mark", true, func() { r.set(entry{Article: one, titleMarks: []search.Span{{Start: 0, End: 4}}}, true) })
	paints("at night", true, func() { palette = look.Night.Colours(); r.Refresh() })
	paints("wider", true, func() { w.Resize(r.Size().AddWidthHeight(100, 0)) })
	if r.image.Rect.Dx() < 300 {
		t.Errorf("the picture is %v", r.image.Rect)
	}
	ink := func(part image.Rectangle) bool {
		for y := part.Min.Y; y < part.Max.Y; y++ {
			for x := part.Min.X; x < part.Max.X; x++ {
				if r.image.RGBAAt(x, y).A > 0 {
					return true
				}
			}
		}
		return false
	}
	if ink(image.Rect(0, 0, rowMargin-2, rowHeight)) || !ink(image.Rect(rowMargin, 0, 100, 30)) {
		t.Error("the title does not begin at the margin")
	}
}
