package typeset

import (
	"strings"
	"testing"
)

// checkBreaks fails if line breaks do not end rows.
func checkBreaks(p Paragraph, l *Layout, fail func(string, ...any)) {
	for i, r := range l.Rows {
		text := p.Text[r.Start:r.End]
		if at := strings.IndexByte(text, '\n'); at >= 0 && at != len(text)-1 || r.hard != (at >= 0) {
			fail("row %d goes over a line break: %+q", i, text)
		}
		if !r.hard {
			continue
		}
		if i+1 == len(l.Rows) {
			fail("no row after the line break at %d", r.End-1)
		}
		before, x := l.Caret(r.End-1, false)
		if offset, _ := l.At(i, x); before != i || offset == r.End {
			fail("the caret before the line break of row %d is in row %d", i, before)
		}
		if offset, _ := l.At(i, 1e6); offset == r.End {
			fail("right of row %d the caret is behind its line break", i)
		}
		if after, _ := l.Caret(r.End, true); after != i+1 {
			fail("the caret behind the line break of row %d is in row %d", i, after)
		}
	}
}

func TestLineBreaks(t *testing.T) {
	s := NewShaper(testFonts(t))
	m := Style{Family: mono, Size: 10} // 6 pixels a character
	for name, c := range map[string]struct {
		text string
		wide float32 // in characters
		want string  // rows, separated by |
	}{
		"one":             {"a\nb", 10, "a\n|b"},
		"not wrapped":     {"a\nb", 0, "a\n|b"},
		"alone":           {"\n", 10, "\n|"},
		"at the end":      {"ab\n", 10, "ab\n|"},
		"at the end, 0":   {"ab\n", 0, "ab\n|"},
		"at the start":    {"\nab", 10, "\n|ab"},
		"many":            {"a\n\n\nb", 10, "a\n|\n|\n|b"},
		"wrapped too":     {"one two\nthree four", 5, "one |two\n|three |four"},
		"just fits":       {"abc\nde", 3, "abc\n|de"},
		"spaces hang":     {"ab    \n  cd", 4, "ab    \n|  cd"},
		"after a long":    {"abcdef\ng", 4, "abcd|ef\n|g"},
		"too narrow":      {"ab\nc", 0.5, "a|b\n|c"},
		"carriage return": {"a\r\nb", 5, "a\r\n|b"},
		"mark behind":     {"a\n\u0301b", 5, "a\n|\u0301b"},
		"no-break space":  {"a\u00a0\n\u00a0b", 5, "a\u00a0\n|\u00a0b"},
		"others do not":   {"a\u2028b\u2029c\vd", 0, "a\u2028b\u2029c\vd"},
	} {
		l := s.Layout(Paragraph{Text: c.text, Base: m, Width: c.wide * 6})
		if got := strings.Join(rowsOf(c.text, l), "|"); got != c.want {
			t.Errorf("%s: got %+q, want %+q", name, got, c.want)
		}
	}
}

func TestLineBreakCaret(t *testing.T) {
	l := NewShaper(testFonts(t)).Layout(Paragraph{Text: "ab \n\nc\n", Base: Style{Family: mono, Size: 10}, Width: 60, Hang: 1})
	for _, c := range []struct {
		offset   int
		upstream bool
		row      int
		x        float32
	}{
		{2, false, 0, 12}, {3, false, 0, 18}, {3, true, 0, 18},
		{4, false, 1, 6}, {4, true, 1, 6}, // the empty row
		{5, false, 2, 6}, {5, true, 2, 6}, {6, true, 2, 12}, {7, false, 3, 6}, {7, true, 3, 6},
	} {
		if row, x := l.Caret(c.offset, c.upstream); row != c.row || abs(x-c.x) > 0.01 {
			t.Errorf("Caret(%d, %v) = %d, %v, want %d, %v", c.offset, c.upstream, row, x, c.row, c.x)
		}
	}
	for row, want := range []int{3, 4, 6, 7} {
		if offset, up := l.At(row, 50); offset != want || up {
			t.Errorf("right of row %d: %d, %v", row, offset, up)
		}
	}
	if l.Rows[0].Width != 12 || l.Rows[1].Width != 0 {
		t.Errorf("widths %v, %v", l.Rows[0].Width, l.Rows[1].Width)
	}
	if b := l.Boxes(0, 3, 4); b != nil {
		t.Errorf("the line break covers %v", b)
	}
}

// A line break does not begin a new paragraph: the first strong character of all rows decides, and each row is ordered
// by itself.
func TestLineBreakBidi(t *testing.T) {
	s := NewShaper(testFonts(t)) // boxes do for this
	for _, width := range []float32{0, 300} {
		l := s.Layout(para("אב abc!\nabc אב\n...\nabc", width))
		if !l.RTL || len(l.Rows) != 4 {
			t.Fatalf("%+v", l.Rows)
		}
		right := l.Rows[0].X + l.Rows[0].Width
		if width > 0 && right != width {
			t.Errorf("the right edge is at %v", right)
		}
		for i, r := range l.Rows {
			if _, x := l.Caret(r.Start, false); abs(r.X+r.Width-right) > slack {
				t.Errorf("row %d ends at %v, the first at %v; caret at %v", i, r.X+r.Width, right, x)
			}
		}
		// In the second row "abc" stands right of the Hebrew, whatever the first ends with.
		abc, hebrew := l.Boxes(1, l.Rows[1].Start, l.Rows[1].Start+3), l.Boxes(1, l.Rows[1].Start+4, l.Rows[1].End-1)
		if abc[0].X0 < hebrew[0].X1 {
			t.Errorf("abc at %v, Hebrew at %v", abc, hebrew)
		}
		// The exclamation mark at the end of the first is left of all.
		if mark := l.Boxes(0, len("אב abc"), len("אב abc!")); abs(mark[0].X0-l.Rows[0].X) > slack {
			t.Errorf("exclamation mark at %v in a row from %v", mark, l.Rows[0].X)
		}
	}
}
