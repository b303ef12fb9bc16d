package layout

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"longhand/editor/markdown"
	"longhand/editor/text"
	"longhand/editor/typeset"
)

func fonts(t testing.TB) *typeset.Fonts {
	t.Helper()
	font := func(name string) []byte {
		data, err := os.ReadFile("../../resources/fonts/" + name + ".ttf")
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	f, err := typeset.NewFonts(typeset.Config{Families: []typeset.Cuts{
		{Regular: font("Literata-Regular"), Bold: font("Literata-SemiBold"), Italic: font("Literata-Italic"), BoldItalic: font("Literata-SemiBoldItalic")},
		{Regular: font("IBMPlexMono-Regular")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var testType = Type{Text: 0, Mono: 1, Size: 17, Row: 28, Gap: 14}

func newView(t testing.TB, s string) *View {
	t.Helper()
	v := New(typeset.NewShaper(fonts(t)), testType)
	v.Resize(300, 400, 40, 200)
	doc := text.New(s)
	v.SetDoc(doc, index(t, doc))
	return v
}

func index(t testing.TB, doc text.Doc) *markdown.Index {
	t.Helper()
	x, err := markdown.NewIndex(doc).Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// edit changes the view's text and returns what of it must be told.
func (v *View) edit(t testing.TB, cs ...text.Change) {
	t.Helper()
	doc, _, err := v.doc.ApplyAll(cs)
	if err != nil {
		t.Fatal(err)
	}
	v.Edit(doc, cs, v.index.Edit(doc, cs))
}

// check holds the list of pieces against the text.
func (v *View) check() error {
	at, height, lines := 0, 0, 0
	joined := false
	for r, run := range v.list.runs {
		if len(run.list) == 0 {
			return fmt.Errorf("run %d is empty", r)
		}
		sum := *run
		sum.sum()
		if sum.bytes != run.bytes || sum.height != run.height || sum.lines != run.lines {
			return fmt.Errorf("sums of run %d are %d, %d, %d, not %d, %d, %d", r, run.bytes, run.height, run.lines, sum.bytes, sum.height, sum.lines)
		}
		for i, p := range run.list {
			last := r == len(v.list.runs)-1 && i == len(run.list)-1
			s := v.doc.Slice(at, at+int(p.bytes))
			if p.joined != joined {
				return fmt.Errorf("piece at %d, %q: joined is %v", at, s, p.joined)
			}
			if n := strings.Count(s, "\n"); n > 1 || n == 1 && !strings.HasSuffix(s, "\n") {
				return fmt.Errorf("piece at %d is %q", at, s)
			}
			if !p.joined {
				lines++
			}
			if s == "" && !last {
				return fmt.Errorf("an empty piece at %d", at)
			}
			if len(s) > longLine+1 {
				return fmt.Errorf("the piece at %d has %d bytes", at, len(s))
			}
			joined = !strings.HasSuffix(s, "\n")
			if last && strings.HasSuffix(s, "\n") {
				return fmt.Errorf("the last piece is %q", s)
			}
			at += int(p.bytes)
			height += int(p.height)
		}
	}
	if at != v.doc.Len() || lines != v.doc.Lines() {
		return fmt.Errorf("%d bytes and %d lines, want %d and %d", at, lines, v.doc.Len(), v.doc.Lines())
	}
	return nil
}

var fragments = []string{
	"a", "word ", "\n", "\n\n", "# ", "- ", "> ", "```\n", "*", "**", "漢字", "שלום ", "é", "👩‍🌾", "\t", "a long line of many words that wraps ",
	strings.Repeat("x", 5000), strings.Repeat("ab ", 4000),
}

func randomChange(r *rand.Rand, d text.Doc) text.Change {
	pick := func() int {
		i := r.IntN(d.Len() + 1)
		return d.NextGrapheme(d.PrevGrapheme(i))
	}
	a := pick()
	b := a
	if r.IntN(2) == 0 {
		for range r.IntN(6) {
			b = d.NextGrapheme(b)
		}
		if r.IntN(8) == 0 {
			b = max(a, pick())
		}
	}
	c := text.Change{Start: a, End: b}
	if r.IntN(3) > 0 {
		c.Insert = fragments[r.IntN(len(fragments))]
	}
	return c
}

// TestEditAgreesWithFresh holds a view after random edits against a new one of
// the same text: the same rows at the same places.
func TestEditAgreesWithFresh(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 7))
		v := newView(t, strings.Repeat("# Head\n\nSome words *here* and there, and more of them to wrap.\n\n- one\n- two\n\n", 4))
		for step := range 60 {
			cs := text.Changes{randomChange(r, v.doc)}
			if r.IntN(4) == 0 { // several at once
				if c := randomChange(r, v.doc); c.Start > cs[0].End {
					cs = append(cs, c)
				} else if c.End < cs[0].Start {
					cs = append(text.Changes{c}, cs...)
				}
			}
			v.edit(t, cs...)
			if err := v.check(); err != nil {
				t.Fatalf("seed %d, step %d, after %v: %v", seed, step, cs, err)
			}
			switch r.IntN(4) {
			case 0:
				v.ScrollBy(r.IntN(600) - 300)
			case 1:
				v.Reveal(Caret{Offset: r.IntN(v.doc.Len() + 1)}, 1)
			}
			v.Frame()
		}
		fresh := newView(t, v.doc.String())
		long := false
		for line := range v.doc.Lines() {
			long = long || v.doc.LineEnd(line)-v.doc.LineStart(line) > partSize/2
		}
		if long {
			continue // parts may be cut elsewhere
		}
		for offset := 0; offset <= v.doc.Len(); offset = max(offset+1, v.doc.LineEnd(v.doc.Line(offset))+1) {
			a, b := v.Line(offset), fresh.Line(offset)
			if a.Start != b.Start || a.Height() != b.Height() || fmt.Sprint(a.Style) != fmt.Sprint(b.Style) {
				t.Fatalf("seed %d: line at %d %.80q: start %d, height %d, style %v; fresh %d, %d, %v", seed, offset,
					v.doc.LineText(v.doc.Line(offset)), a.Start, a.Height(), a.Style, b.Start, b.Height(), b.Style)
			}
			for i := range a.Rows {
				if a.Rows[i].End != b.Rows[i].End || a.Rows[i].Width != b.Rows[i].Width {
					t.Fatalf("seed %d: row %d of the line at %d differs", seed, i, offset)
				}
			}
		}
	}
}

// TestPointIsWhereCaretIs looks for the caret under each caret's own place.
func TestPointIsWhereCaretIs(t *testing.T) {
	s := "# A heading that wraps in a narrow view\n\nplain *words* `code` and more\n\n- item of a list that wraps as well, hanging\n\n> quoted\n\n" +
		"שלום עולם abc 123\n\n漢字かな交じり文の折り返しをここで見る\n\n👩‍🌾 é ẹ́\n\n```go\nfunc main() {}\n```\n\n" + strings.Repeat("long ", 3000) + "\n\nend"
	v := newView(t, s)
	v.ScrollTo(0)
	for offset := 0; offset <= v.doc.Len(); offset = v.doc.NextGrapheme(offset) {
		c := Caret{Offset: offset}
		v.Reveal(c, 1)
		x, top, height := v.Point(c)
		if top < 0 || top+height > v.Height() {
			t.Fatalf("caret %d at %d is not to be seen", offset, top)
		}
		got := v.At(x, top+height/2)
		gx, gtop, _ := v.Point(got)
		if got.Offset != offset && (gx != x || gtop != top) {
			t.Fatalf("caret %d stands at (%.1f,%d), where %+v is found, which stands at (%.1f,%d)", offset, x, top, got, gx, gtop)
		}
		if offset == v.doc.Len() {
			break
		}
	}
}

func TestViewStandsStill(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "%d %s\n\n", i, strings.Repeat("some words ", i%40))
	}
	v := newView(t, b.String())
	v.ScrollTo(v.list.height() / 2)
	first := v.Frame()[0]
	// Measuring what is above and below moves nothing.
	v.Frame()
	v.ScrollBy(5 * v.Height())
	v.ScrollBy(-5 * v.Height())
	if got := v.Frame()[0]; got.Start != first.Start || got.Top != first.Top {
		t.Errorf("after scrolling there and back line %d at %d is on top, not %d at %d", got.Start, got.Top, first.Start, first.Top)
	}
	// Nor does a change above.
	v.edit(t, text.Change{Insert: "new\nlines\n"})
	if got := v.Frame()[0]; got.Start != first.Start+10 || got.Top != first.Top {
		t.Errorf("after a change above line %d at %d is on top, want %d at %d", got.Start, got.Top, first.Start+10, first.Top)
	}
}

func TestScrollBounds(t *testing.T) {
	for name, s := range map[string]string{"empty": "", "short": "one\n\ntwo", "long": strings.Repeat("line\n\n", 500)} {
		v := newView(t, s)
		v.ScrollBy(-10000)
		if least, _ := v.Extent(); v.Position() != least {
			t.Errorf("%s: the top is %d, want %d", name, v.Position(), least)
		}
		v.ScrollBy(1 << 20)
		v.ScrollBy(1 << 20)
		frame := v.Frame()
		last := frame[len(frame)-1]
		if bottom := last.Top + last.Height(); bottom < v.Height()-v.marginBottom && v.list.height()+40 > v.Height() {
			t.Errorf("%s: the text ends at %d of %d", name, bottom, v.Height())
		}
		if last.Start+last.Length != v.doc.Len() {
			t.Errorf("%s: the end is not to be seen", name)
		}
	}
}

func TestUpAndDown(t *testing.T) {
	v := newView(t, "one two three four five six seven eight nine ten eleven twelve\nshort\n\nlast line of the text")
	c, x := Caret{}, float32(120)
	seen := []int{}
	for {
		next, ok := v.Up(c, -1, x)
		if !ok {
			break
		}
		c = next
		seen = append(seen, c.Offset)
	}
	back := c
	for range seen {
		back, _ = v.Up(back, 1, x)
	}
	if len(seen) < 4 || back.Offset > 30 {
		t.Errorf("down by %v and back to %d", seen, back.Offset)
	}
	// The end is before the space at which the row is wrapped.
	if end := v.RowEnd(Caret{}); v.doc.Slice(end.Offset, end.Offset+1) != " " || v.RowStart(end).Offset != 0 {
		t.Errorf("the row ends at %+v, from where it begins at %+v", end, v.RowStart(end))
	}
}

func TestFold(t *testing.T) {
	v := newView(t, "---\ntitle: A\ndate: 2026-01-01\n---\n\nText")
	end := strings.Index(v.doc.String(), "---\n\n") + 4
	open := v.list.height()
	v.SetFold(Fold{End: end, Label: "details"})
	frame := v.Frame()
	if !frame[0].Label || frame[1].Start < end {
		t.Fatalf("the first lines are %+v, %+v", frame[0], frame[1])
	}
	if v.list.height() >= open {
		t.Error("folding makes nothing shorter")
	}
	if c, ok := v.Up(Caret{Offset: end}, 1, 0); !ok || c.Offset != 0 {
		t.Errorf("above the fold is %+v, %v", c, ok)
	}
	v.edit(t, text.Change{Start: end, End: end, Insert: "x"})
	if v.Folded().End == 0 {
		t.Error("typing below unfolds")
	}
	v.edit(t, text.Change{Start: 5, End: 5, Insert: "x"})
	if v.Folded().End != 0 {
		t.Error("a change inside stays hidden")
	}
	if err := v.check(); err != nil {
		t.Error(err)
	}
}
