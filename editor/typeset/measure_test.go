package typeset

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// checkMeasure fails if the widths of a paragraph are not such that rows of these widths come out right.
func checkMeasure(t *testing.T, s *Shaper, p Paragraph) {
	t.Helper()
	p.Hang = 0
	word, whole := s.Measure(p)
	lines := strings.Count(p.Text, "\n") + 1
	if word < 0 || word > whole+slack {
		t.Fatalf("%+q: longest word %v, whole %v", p.Text, word, whole)
	}
	p.Width = 0
	free := s.Layout(p)
	longest := float32(0)
	for _, r := range free.Rows {
		longest = max(longest, r.Width)
	}
	if len(free.Rows) != lines || abs(longest-whole) > slack {
		t.Fatalf("%+q: %v wide in %d rows of %d, but measured %v", p.Text, longest, len(free.Rows), lines, whole)
	}
	if p.Width = whole; whole >= 1 {
		if l := s.Layout(p); len(l.Rows) != lines {
			t.Fatalf("%+q: %d rows of %d at %v", p.Text, len(l.Rows), lines, whole)
		}
	}
	if p.Width = word; word < 1 {
		return
	}
	l := s.Layout(p)
	marks := s.breaker.breaks(p.Text)
	for i, r := range l.Rows[1:] {
		if r.Start < len(p.Text) && marks[r.Start]&mayBreak == 0 {
			t.Fatalf("%+q: at %v row %d begins at %d, within a word", p.Text, word, i+1, r.Start)
		}
	}
	// And a little narrower something would not fit, though a ligature or a tab may then be another.
	if p.Width = word * 0.9; p.Width >= 1 && !strings.Contains(p.Text, "\t") {
		for _, r := range s.Layout(p).Rows[1:] {
			if r.Start < len(p.Text) && marks[r.Start]&mayBreak == 0 {
				return
			}
		}
		for _, r := range s.Layout(p).Rows {
			if r.Width > p.Width {
				return
			}
		}
		t.Fatalf("%+q: no word is broken at %v, less than %v", p.Text, p.Width, word)
	}
}

func TestMeasureRandom(t *testing.T) {
	s := NewShaper(testFonts(t))
	for seed := range uint64(2000) {
		checkMeasure(t, s, randomParagraph(rand.New(rand.NewPCG(seed, 3))))
	}
}

func TestMeasure(t *testing.T) {
	s := NewShaper(testFonts(t))
	m := Style{Family: mono, Size: 10}             // 6 pixels a character, objects 30
	for text, want := range map[string][2]float32{ // in characters
		"":                    {0, 0},
		"   ":                 {0, 0},
		"\n\n":                {0, 0},
		"one three":           {5, 9},
		"one three   ":        {5, 9},
		"  one":               {3, 5},
		"one-two":             {4, 7},
		"a\u00a0b c":          {3, 5},
		"long line\nx":        {4, 9},
		"x\nlong line  \n":    {4, 9},
		"a\tb":                {1, 5},
		"a \uFFFC b":          {5, 9},
		"a \uFFFC. b":         {6, 10},
		"a\u00a0\uFFFC":       {7, 7},
		"long li\nlonger\n l": {6, 7},
	} {
		p := Paragraph{Text: text, Base: m, Width: 17, Hang: 3, Align: End}
		withObjects(&p, 30)
		word, whole := s.Measure(p)
		if abs(word-want[0]*6) > slack || abs(whole-want[1]*6) > slack {
			t.Errorf("%+q: %v and %v, want %v", text, word/6, whole/6, want)
		}
	}
}

// BenchmarkMeasure is a row of about 100 characters of known words.
func BenchmarkMeasure(b *testing.B) {
	s := NewShaper(testFonts(b))
	p := para(samples["Latin"], 0)
	s.Measure(p)
	b.ReportAllocs()
	for b.Loop() {
		s.Measure(p)
	}
}
