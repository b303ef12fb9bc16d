package typeset

import (
	"strings"
	"testing"
)

// checkObjects fails if an object is not one box of its width.
func checkObjects(p Paragraph, l *Layout, fail func(string, ...any)) {
	for _, r := range l.Rows {
		for _, it := range l.items[r.first:r.end] {
			if it.word == nil || it.word.face != nil || it.word == &lineBreak {
				continue
			}
			style := p.Base
			for _, s := range p.Spans {
				if int(it.start) < s.End {
					style = s.Style
					break
				}
			}
			if style.Object <= 0 || it.advance != style.Object {
				fail("object at %d is %v wide", it.start, it.advance)
			}
		}
	}
	for o := range len(p.Text) {
		i := 0
		for i < len(p.Spans) && p.Spans[i].End <= o {
			i++
		}
		if i == len(p.Spans) || p.Spans[i].Style.Object <= 0 || !strings.HasPrefix(p.Text[o:], "\uFFFC") {
			continue
		}
		row, _ := l.Caret(o, false)
		if b := l.Boxes(row, o, o+1); len(b) != 1 || abs(b[0].X1-b[0].X0-p.Spans[i].Style.Object) > 1e-3*p.Spans[i].Style.Object {
			fail("the box of the object at %d in row %d is %v", o, row, b)
		}
	}
}

// Rows may begin and end at objects as UAX 14 says.
func TestObjectBreaks(t *testing.T) {
	s := NewShaper(testFonts(t))
	m := Style{Family: mono, Size: 10} // 6 pixels a character, objects 12
	for text, c := range map[string]struct {
		wide float32 // in characters
		want string
	}{
		"ab@cd":       {4, "ab@|cd"},
		"ab@ cd":      {3, "ab|@ |cd"},
		"@@@":         {4, "@@|@"},
		"@@":          {2, "@|@"},
		"a@.":         {3, "a|@."},       // never before a full stop
		"(@":          {3, "(@"},         // nor after a bracket
		"ab\u00a0@":   {4, "ab\u00a0|@"}, // unless there is no room
		"a\u2060@":    {3, "a\u2060@"},
		"ab @":        {3, "ab |@"},
		"abcdef@gh":   {4, "abcd|ef@|gh"},
		"@":           {1, "@"}, // wider than the row
		"a@b":         {1, "a|@|b"},
		"@.":          {1, "@|."},
		"@@\n@":       {1, "@|@\n|@"},
		"@\u0301a":    {3, "@\u0301a"}, // a mark belongs to the object
		"@\u0301a b":  {2, "@\u0301|a |b"},
		"aa \t@ @  @": {4, "aa \t|@ |@  |@"},
	} {
		text := strings.ReplaceAll(text, "@", "\uFFFC")
		p := Paragraph{Text: text, Base: m, Width: c.wide * 6}
		withObjects(&p, 12)
		l := s.Layout(p)
		if got := strings.ReplaceAll(strings.Join(rowsOf(text, l), "|"), "\uFFFC", "@"); got != c.want {
			t.Errorf("%+q: got %+q, want %+q", text, got, c.want)
		}
	}
}

func TestObjectPlaces(t *testing.T) {
	s := NewShaper(testFonts(t))
	p := Paragraph{Text: "a\uFFFC\uFFFCb", Base: Style{Family: mono, Size: 10}}
	withObjects(&p, 50)
	p.Spans[1].Style.Object = 30
	l := s.Layout(p)
	for _, c := range []struct {
		offset int
		x      float32
	}{{0, 0}, {1, 6}, {2, 6}, {4, 36}, {7, 86}, {8, 92}} {
		if _, x := l.Caret(c.offset, false); abs(x-c.x) > 0.01 {
			t.Errorf("Caret(%d) at %v, want %v", c.offset, x, c.x)
		}
	}
	for x, want := range map[float32]int{20: 1, 22: 4, 60: 4, 62: 7} {
		if offset, _ := l.At(0, x); offset != want {
			t.Errorf("At(%v) = %d, want %d", x, offset, want)
		}
	}
	if b := l.Boxes(0, 4, 7); len(b) != 1 || b[0] != (Box{36, 86}) {
		t.Errorf("boxes %v", b)
	}
	// One wider than the paragraph hangs over, at the right or the left.
	for _, c := range []struct {
		dir  Direction
		want Box
	}{{LeftToRight, Box{0, 50}}, {RightToLeft, Box{-10, 40}}} {
		p := Paragraph{Text: "\uFFFC", Base: body, Width: 40, Direction: c.dir}
		withObjects(&p, 50)
		if b := s.Layout(p).Boxes(0, 0, 3); len(b) != 1 || b[0] != c.want {
			t.Errorf("direction %d: %v, want %v", c.dir, b, c.want)
		}
	}
}

// An object has no direction of its own.
func TestObjectBidi(t *testing.T) {
	s := NewShaper(testFonts(t))
	for text, order := range map[string]string{ // of the objects, by their places in the text
		"a1b2c":   "12",
		"א1ב2ג":   "21",
		"אa1b2cג": "12",
		"1 א 2":   "21",
		"1 a 2":   "12",
	} {
		p := para(strings.NewReplacer("1", "\uFFFC", "2", "\uFFFC").Replace(text), 0)
		withObjects(&p, 20)
		l := s.Layout(p)
		first := strings.Index(p.Text, "\uFFFC")
		second := strings.LastIndex(p.Text, "\uFFFC")
		a, b := l.Boxes(0, first, first+3)[0], l.Boxes(0, second, second+3)[0]
		if (a.X0 < b.X0) != (order == "12") {
			t.Errorf("%s: at %v and %v", text, a, b)
		}
	}
}

// Nothing is drawn for an object, and what stands around it is.
func TestObjectInk(t *testing.T) {
	f := testFonts(t)
	s, p := NewShaper(f), NewPainter(f)
	for text, ink := range map[string]bool{"\uFFFC": false, "\uFFFCl": true} {
		pa := Paragraph{Text: text, Base: Style{Family: mono, Size: 20}}
		withObjects(&pa, 60)
		img := sheet(100, 40, white)
		p.Draw(img, s.Layout(pa), 0, 0, 30, inBlack)
		if x0, _, ok := inkSpan(img); ok != ink || x0 < 60 {
			t.Errorf("%+q: ink %v from %d", text, ok, x0)
		}
	}
}
