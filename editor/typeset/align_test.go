package typeset

import "testing"

// checkAlign fails if rows do not stand where they are to.
func checkAlign(p Paragraph, l *Layout, fail func(string, ...any)) {
	if p.Width <= 0 || p.Hang > 0 {
		return
	}
	for i, r := range l.Rows {
		before, after := r.X, p.Width-r.X-r.Width
		if l.RTL {
			before, after = after, before
		}
		switch room := max(before+after, 0); {
		case p.Align == Start && abs(before) > slack,
			p.Align == Centre && abs(before-room/2) > slack,
			p.Align == End && abs(before-room) > slack:
			fail("row %d has %v before and %v after it", i, before, after)
		}
	}
}

func TestAlign(t *testing.T) {
	s := NewShaper(testFonts(t))
	m := Style{Family: mono, Size: 10} // 6 pixels a character
	for name, c := range map[string]struct {
		text  string
		align Align
		dir   Direction
		hang  int
		x     []float32 // of the rows, 60 wide
	}{
		"start":              {"one two three", Start, Auto, 0, []float32{0, 0}},
		"centre":             {"one two three", Centre, Auto, 0, []float32{9, 15}},
		"end":                {"one two three", End, Auto, 0, []float32{18, 30}},
		"leading spaces":     {"  two", End, Auto, 0, []float32{30}},
		"start, from right":  {"one two three", Start, RightToLeft, 0, []float32{18, 30}},
		"centre, from right": {"one two three", Centre, RightToLeft, 0, []float32{9, 15}},
		"end, from right":    {"one two three", End, RightToLeft, 0, []float32{0, 0}},
		"empty":              {"", Centre, Auto, 0, []float32{30}},
		"empty, end":         {"", End, Auto, 0, []float32{60}},
		"empty rows":         {"a\n\n", End, Auto, 0, []float32{54, 60, 60}},
		"too wide":           {"\uFFFC", End, Auto, 0, []float32{0}},
		"too wide, RTL":      {"\uFFFC", Centre, RightToLeft, 0, []float32{-40}},
		"hang":               {"one two three", Centre, Auto, 2, []float32{9, 21}},
		"hang, end":          {"one two three", End, Auto, 2, []float32{18, 30}},
		"hang, end, RTL":     {"one two three", End, RightToLeft, 2, []float32{0, 0}},
	} {
		p := Paragraph{Text: c.text, Base: m, Width: 60, Align: c.align, Direction: c.dir, Hang: c.hang}
		withObjects(&p, 100)
		l := s.Layout(p)
		if len(l.Rows) != len(c.x) {
			t.Errorf("%s: %d rows", name, len(l.Rows))
			continue
		}
		for i, r := range l.Rows {
			if abs(r.X-c.x[i]) > 0.01 {
				t.Errorf("%s: row %d at %v, want %v", name, i, r.X, c.x[i])
			}
			solid := r.End
			for solid > r.Start && (c.text[solid-1] == ' ' || c.text[solid-1] == '\n') {
				solid--
			}
			if b := l.Boxes(i, r.Start, solid); solid > r.Start && (len(b) != 1 || abs(b[0].X0-r.X) > 0.01 || abs(b[0].X1-r.X-r.Width) > 0.01) {
				t.Errorf("%s: boxes %v in row %d from %v, %v wide", name, b, i, r.X, r.Width)
			}
		}
	}
	if l := s.Layout(Paragraph{Text: "a", Base: m, Align: End}); l.Rows[0].X != 0 {
		t.Errorf("without a width: at %v", l.Rows[0].X)
	}
}

// What is drawn moves with the alignment.
func TestAlignedInk(t *testing.T) {
	f := testFonts(t)
	s, p := NewShaper(f), NewPainter(f)
	pa := Paragraph{Text: "HH  ", Base: Style{Family: mono, Size: 20}, Width: 200}
	var left [3]int
	for a := range left {
		pa.Align = Align(a)
		img := sheet(200, 40, white)
		p.Draw(img, s.Layout(pa), 0, 0, 30, inBlack)
		left[a], _, _ = inkSpan(img)
	}
	if left[Centre]-left[Start] != 88 || left[End]-left[Start] != 176 {
		t.Errorf("ink begins at %v", left)
	}
}
