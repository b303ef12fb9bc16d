package typeset

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// check fails if a layout breaks what holds for all.
func check(t *testing.T, p Paragraph, l *Layout) {
	t.Helper()
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%+q width %v hang %d direction %d align %d spans %v: %s", p.Text, p.Width, p.Hang, p.Direction, p.Align, p.Spans, fmt.Sprintf(format, args...))
	}
	marks := make([]uint8, len(p.Text)+1)
	markClusters(p.Text, marks)
	markObjects(&p, marks)
	start := 0
	for i, r := range l.Rows {
		if r.Start != start || r.End < r.Start || i > 0 && r.End == r.Start && !strings.HasSuffix(p.Text[:r.Start], "\n") {
			fail("row %d is %d to %d, begins not at %d", i, r.Start, r.End, start)
		}
		if marks[r.Start]&clusterStart == 0 {
			fail("row %d begins within a grapheme cluster", i)
		}
		start = r.End
		covered := 0
		for j := r.first; j < r.end; j++ {
			it := l.items[j]
			covered += it.bytes()
			if it.word == nil {
				continue
			}
			if int(it.start) < r.Start || int(it.start)+it.bytes() > r.End {
				fail("row %d holds bytes from elsewhere", i)
			}
			if len(it.word.stops) == 0 || it.word.stops[0].at != 0 {
				fail("a word's first stop is not its beginning: %v", it.word.stops)
			}
			for k := 1; k < len(it.word.stops); k++ {
				a, b := it.word.stops[k-1], it.word.stops[k]
				if a.at >= b.at || !it.word.rtl && a.x > b.x+1e-4 || it.word.rtl && a.x < b.x-1e-4 {
					fail("stops go back: %v", it.word.stops)
				}
			}
		}
		if covered != r.End-r.Start {
			fail("row %d has %d bytes of %d", i, covered, r.End-r.Start)
		}
		// No wider than the paragraph, but for hanging white space and single clusters.
		if room := max(p.Width-min(max(r.X, 0), p.Width/2)*b2f(!l.RTL), 1); p.Width > 0 && r.Width > room+slack {
			clusters := 0
			for o := r.Start; o < r.End; o++ {
				if marks[o]&clusterStart != 0 && p.Text[o] != '\t' && p.Text[o] != '\n' {
					if s, _ := isSpace(p.Text[o:]); !s {
						clusters++
					}
				}
			}
			if clusters > 1 {
				fail("row %d is %v wide: %+q", i, r.Width, p.Text[r.Start:r.End])
			}
		}
	}
	if start != len(p.Text) {
		fail("rows end at %d", start)
	}
	checkBreaks(p, l, fail)
	checkAlign(p, l, fail)
	checkObjects(p, l, fail)
	for o := range len(p.Text) + 1 {
		if marks[o]&clusterStart == 0 {
			continue
		}
		for _, upstream := range []bool{false, true} {
			row, x := l.Caret(o, upstream)
			r := l.Rows[row]
			if o < r.Start || o > r.End || !upstream && o == r.End && row+1 < len(l.Rows) {
				fail("Caret(%d, %v) in row %d, which is %d to %d", o, upstream, row, r.Start, r.End)
			}
			if p.Width > 0 && (x < 0 || x > p.Width) {
				fail("Caret(%d, %v) at %v", o, upstream, x)
			}
			back, up := l.At(row, x)
			row2, x2 := l.Caret(back, up)
			if row2 != row || abs(x2-x) > touching {
				fail("Caret(%d, %v) = %d, %v but At = %d, %v with Caret %d, %v", o, upstream, row, x, back, up, row2, x2)
			}
			if back != o && !coincide(l, o, back, row, x) {
				fail("Caret(%d, %v) = %d, %v but At = %d, %v", o, upstream, row, x, back, up)
			}
			if marks[back]&clusterStart == 0 {
				fail("At(%d, %v) = %d within a cluster", row, x, back)
			}
		}
	}
	for i, r := range l.Rows {
		last := float32(-1e9)
		for _, b := range l.Boxes(i, 0, len(p.Text)) {
			if b.X0 < last || b.X1 <= b.X0 {
				fail("Boxes of row %d: %v", i, l.Boxes(i, 0, len(p.Text)))
			}
			last = b.X1
		}
		for x := r.X - 30; x < r.X+r.Width+30; x += 7 {
			o, up := l.At(i, x)
			if o < r.Start || o > r.End || marks[o]&clusterStart == 0 {
				fail("At(%d, %v) = %d", i, x, o)
			}
			if row, _ := l.Caret(o, up); row != i {
				fail("At(%d, %v) = %d, %v which is in row %d", i, x, o, up, row)
			}
		}
	}
}

// coincide reports whether the caret at another offset is, in one of its places, where it is at this one.
func coincide(l *Layout, a, b, row int, x float32) bool {
	for _, upstream := range []bool{false, true} {
		if r, at := l.Caret(b, upstream); r == row && abs(at-x) <= touching {
			return true
		}
	}
	return false
}

func b2f(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func TestRandomLayouts(t *testing.T) {
	f := testFonts(t)
	kept := NewShaper(f)
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := randomParagraph(r)
		l := kept.Layout(p)
		check(t, p, l)
		if fresh := NewShaper(f).Layout(p); !same(l, fresh) {
			t.Fatalf("seed %d, %+q: cached %+v, fresh %+v", seed, p.Text, l.Rows, fresh.Rows)
		}
	}
}

// same reports whether two layouts have the same rows and places.
func same(a, b *Layout) bool {
	if !reflect.DeepEqual(a.Rows, b.Rows) || a.RTL != b.RTL || len(a.items) != len(b.items) || !reflect.DeepEqual(a.tags, b.tags) {
		return false
	}
	for i, it := range a.items {
		other := b.items[i]
		if it.word != nil && other.word != nil {
			if !reflect.DeepEqual(it.word.glyphs, other.word.glyphs) || !reflect.DeepEqual(it.word.stops, other.word.stops) {
				return false
			}
			it.word, other.word = nil, nil
		}
		if it != other {
			return false
		}
	}
	return true
}

// rowsOf returns the texts of a layout's rows.
func rowsOf(text string, l *Layout) []string {
	var out []string
	for _, r := range l.Rows {
		out = append(out, text[r.Start:r.End])
	}
	return out
}

func TestWrap(t *testing.T) {
	s := NewShaper(testFonts(t))
	m := Style{Family: mono, Size: 10} // 6 pixels a character
	for name, c := range map[string]struct {
		text string
		wide float32 // in characters
		want string  // rows, separated by |
	}{
		"empty":           {"", 10, ""},
		"no wrapping":     {"one two three", 0, "one two three"},
		"at spaces":       {"one two three", 7, "one two |three"},
		"exactly":         {"one two", 7, "one two"},
		"one less":        {"one two", 6.9, "one |two"},
		"spaces hang":     {"one        two", 5, "one        |two"},
		"only spaces":     {"          ", 3, "          "},
		"leading spaces":  {"   one two", 6, "   one |two"},
		"hyphen":          {"one-two", 5, "one-|two"},
		"long word":       {"abcdefghij", 4, "abcd|efgh|ij"},
		"long word after": {"ab cdefghij", 4, "ab |cdef|ghij"},
		"word after long": {"abcdef gh", 4, "abcd|ef |gh"},
		"too narrow":      {"abc", 0.5, "a|b|c"},
		"no-break space":  {"a b\u00a0c", 4, "a |b\u00a0c"},
		"marks stay":      {"ae\u0301e\u0301e\u0301", 2, "ae\u0301|e\u0301e\u0301"},
		"tab":             {"a\tb c", 6, "a\tb |c"},
		"tab hangs":       {"abcdef\tgh", 6, "abcdef\t|gh"},
		"link":            {"see [it](a/b/c/d) there", 9, "see [it]|(a/b/c/d) |there"},
		"control":         {"a\rb\u0085c\u2028d", 2, "a\r|b\u0085|c\u2028|d"},
		"invalid":         {"\xff\xfe\xfd", 2, "\xff\xfe|\xfd"},
	} {
		l := s.Layout(Paragraph{Text: c.text, Base: m, Width: c.wide * 6})
		if got := strings.Join(rowsOf(c.text, l), "|"); got != c.want {
			t.Errorf("%s: got %+q, want %+q", name, got, c.want)
		}
	}
}

func TestCaret(t *testing.T) {
	s := NewShaper(testFonts(t))
	m := Style{Family: mono, Size: 10}
	l := s.Layout(Paragraph{Text: "one two", Base: m, Width: 24, Hang: 2, RowHeight: 20})
	for _, c := range []struct {
		offset   int
		upstream bool
		row      int
		x        float32
	}{
		{0, false, 0, 0}, {-5, false, 0, 0}, {1, false, 0, 6}, {3, false, 0, 18}, {3, true, 0, 18},
		{4, true, 0, 24}, {4, false, 1, 12}, // the soft wrap; the second row hangs by two characters, half of the width
		{5, false, 1, 18}, {6, true, 1, 24}, {6, false, 2, 12}, {7, false, 2, 18}, {99, false, 2, 18},
	} {
		if row, x := l.Caret(c.offset, c.upstream); row != c.row || abs(x-c.x) > 0.01 {
			t.Errorf("Caret(%d, %v) = %d, %v, want %d, %v", c.offset, c.upstream, row, x, c.row, c.x)
		}
	}
	if offset, up := l.At(0, 100); offset != 4 || !up {
		t.Errorf("right of a row that wraps: %d, %v", offset, up)
	}
	if offset, up := l.At(1, -100); offset != 4 || up {
		t.Errorf("left of the second row: %d, %v", offset, up)
	}
	if offset, _ := l.At(99, 14); offset != 6 {
		t.Errorf("below the last row: %d", offset)
	}
}

func TestLigature(t *testing.T) {
	f, err := NewFonts(Config{Families: []Cuts{{Regular: fontFile(t, "Literata-Regular.ttf")}}})
	if err != nil {
		t.Fatal(err)
	}
	l := NewShaper(f).Layout(Paragraph{Text: "office", Base: Style{Size: 100}})
	if n := len(l.items[0].word.glyphs); n != 4 {
		t.Fatalf("%d glyphs: no ligature", n)
	}
	var x [7]float32
	for i := range x {
		_, x[i] = l.Caret(i, false)
	}
	for i := 2; i < 4; i++ {
		if abs((x[i]-x[i-1])-(x[i+1]-x[i])) > 0.01 {
			t.Errorf("the ligature is not divided evenly: %v", x)
		}
	}
}

// The kerning and the ligature differ from the sum of the letters only if go-text's filters let them through.
func TestKerning(t *testing.T) {
	f, err := NewFonts(Config{Families: []Cuts{{Regular: fontFile(t, "Literata-Regular.ttf")}}})
	if err != nil {
		t.Fatal(err)
	}
	s := NewShaper(f)
	for text, want := range map[string]float32{ // as Chromium sets them
		"To": 1252, "AVATAR": 3961, "Wa.": 1945, "The flood": 4384,
	} {
		l := s.Layout(Paragraph{Text: text, Base: Style{Size: 1000}})
		if abs(l.Rows[0].Width-want) > 0.5 {
			t.Errorf("%q is %v wide, want %v", text, l.Rows[0].Width, want)
		}
	}
}

func TestBidi(t *testing.T) {
	s := NewShaper(testFonts(t)) // boxes do for this
	width := func(text string) float32 {
		_, x := s.Layout(Paragraph{Text: text, Base: body, Direction: LeftToRight}).Caret(len(text), true)
		return x
	}
	// The Latin run first, then two Hebrew letters from right to left.
	l := s.Layout(para("abאב", 0))
	ab, alef, bet := width("ab"), l.items[1].advance/2, l.items[1].advance/2
	for _, c := range []struct {
		offset   int
		upstream bool
		x        float32
	}{
		{0, false, 0}, {2, true, ab}, {2, false, ab + alef + bet}, {4, false, ab + bet}, {6, false, ab},
	} {
		if _, x := l.Caret(c.offset, c.upstream); abs(x-c.x) > touching {
			t.Errorf("Caret(%d, %v) = %v, want %v", c.offset, c.upstream, x, c.x)
		}
	}
	if l.RTL {
		t.Error("the first strong character is Latin")
	}

	// A paragraph from right to left stands at the right edge, and its spaces hang over the left.
	l = s.Layout(para("אב   ", 200))
	if r := l.Rows[0]; !l.RTL || abs(r.X+r.Width-200) > slack {
		t.Errorf("row at %v, %v wide, RTL %v", r.X, r.Width, l.RTL)
	}
	if _, x := l.Caret(0, false); x != 200 {
		t.Errorf("caret at the beginning at %v", x)
	}
	if l := s.Layout(Paragraph{Text: "ab", Base: body, Direction: RightToLeft, Width: 100}); !l.RTL || l.Rows[0].X < 50 {
		t.Errorf("%+v", l.Rows)
	}
	// A selection over the boundary has two parts.
	l = s.Layout(para("abאבcd", 0))
	if got := l.Boxes(0, 1, 4); len(got) != 2 {
		t.Errorf("boxes %v", got)
	}
	if got := l.Boxes(0, 0, 8); len(got) != 1 {
		t.Errorf("boxes %v", got)
	}
}

func TestTabs(t *testing.T) {
	s := NewShaper(testFonts(t))
	m := Style{Family: mono, Size: 10}
	l := s.Layout(Paragraph{Text: "a\tb\t\tc", Base: m})
	for offset, want := range []float32{0, 6, 24, 30, 48, 72, 78} {
		if _, x := l.Caret(offset, false); abs(x-want) > 0.01 {
			t.Errorf("Caret(%d) = %v, want %v", offset, x, want)
		}
	}
	l = s.Layout(Paragraph{Text: "\tא", Base: m, Width: 100, TabWidth: 10})
	if _, x := l.Caret(1, false); abs(x-90) > 0.01 {
		t.Errorf("after the tab of a paragraph from right to left: %v", x)
	}
}

// Only the style cuts a word: colours do not.
func TestTagsShareWords(t *testing.T) {
	s := NewShaper(testFonts(t))
	p := para("office", 0)
	plain := s.Layout(p)
	p.Spans = []Span{{End: 3, Style: body, Tag: 1}, {End: 6, Style: body, Tag: 2}}
	tagged := s.Layout(p)
	if len(tagged.items) != 1 || tagged.items[0].word != plain.items[0].word {
		t.Error("the word was shaped anew")
	}
	for at, want := range []uint32{1, 1, 1, 2, 2, 2, 0} {
		if tag, _ := tagged.tag(int32(at)); tag != want {
			t.Errorf("tag at %d: %d, want %d", at, tag, want)
		}
	}
	p.Spans[1].Style.Bold = true
	if bold := s.Layout(p); len(bold.items) != 2 {
		t.Errorf("%d items", len(bold.items))
	}
}

func TestEveryByteIsShown(t *testing.T) {
	f := testFonts(t)
	for c := range 256 {
		if c == '\n' { // ends the row
			continue
		}
		text := "a" + string([]byte{byte(c)}) + "b"
		l := NewShaper(f).Layout(para(text, 0))
		_, before := l.Caret(1, false)
		_, after := l.Caret(2, false)
		if after <= before {
			t.Errorf("byte %#x has no width", c)
		}
	}
	if r, n := shown("\x1b"); r != '␛' || n != 1 {
		t.Error(r, n)
	}
	if r, n := shown("\x7f"); r != '␡' || n != 1 {
		t.Error(r, n)
	}
	if r, n := shown("\xe2\x82"); r != utf8.RuneError || n != 1 {
		t.Error(r, n)
	}
}

func TestHang(t *testing.T) {
	s := NewShaper(testFonts(t))
	text := "- one two three four five six seven"
	p := para(text, 120)
	p.Hang = 2
	l := s.Layout(p)
	_, want := l.Caret(2, false)
	for i, r := range l.Rows[1:] {
		if _, x := l.Caret(r.Start, false); abs(x-want) > 0.01 || r.X != x {
			t.Errorf("row %d begins at %v, %v, want %v", i+1, r.X, x, want)
		}
	}
	p.Hang = 30
	if l := s.Layout(p); l.Rows[1].X != 60 {
		t.Errorf("hangs by %v", l.Rows[1].X)
	}
}

// Long paragraphs take time in proportion to their length.
func TestLongParagraph(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	s := NewShaper(testFonts(t))
	for name, text := range map[string]string{
		"words":  strings.Repeat("some words ", 1<<18/11),
		"base64": strings.Repeat("iVBORw0KGgo", 1<<18/11),
		"hebrew": strings.Repeat("שלום abc ", 1<<18/15),
		"marks":  "a" + strings.Repeat("\u0301", 1<<17),
		"spaces": strings.Repeat(" ", 1<<18),
		"tabs":   strings.Repeat("\t", 1<<16),
	} {
		l := s.Layout(para(text, 500))
		if l.Rows[len(l.Rows)-1].End != len(text) {
			t.Errorf("%s: rows end at %d", name, l.Rows[len(l.Rows)-1].End)
		}
		l.Caret(len(text)/2, false)
		s.Layout(para(text, 0)).Caret(len(text)/2, true)
	}
}

func FuzzLayout(f *testing.F) {
	for _, text := range []string{"", "a b", "אב ab\t(12) ", "e\u0301\u0301 \u0301", "\xff\x00\u2028", "👨‍👩‍👧🇩🇪🇫🇷", strings.Join(alphabet, ""), "a\uFFFC.\n\nb\n", "א\uFFFC\nab"} {
		f.Add(text, float32(90), 3, uint8(0), uint8(2))
		f.Add(text, float32(20), 0, uint8(25), uint8(0))
	}
	fonts := testFonts(f)
	s := NewShaper(fonts)
	f.Fuzz(func(t *testing.T, text string, width float32, hang int, direction, split uint8) {
		if len(text) > 1000 || width != width || width > 1e6 {
			return
		}
		p := para(text, width)
		p.Hang, p.Direction, p.Align = hang, Direction(direction%3), Align(direction/3%3)
		rise := float32(direction/9%3) * 4
		p.Spans = []Span{{End: int(split), Style: Style{Size: 20, Bold: true, Rise: rise}, Tag: 1}}
		withObjects(&p, float32(direction/27)*25) // 0: they are text
		check(t, p, s.Layout(p))
		checkMeasure(t, s, p)
	})
}
