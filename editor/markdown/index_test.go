package markdown

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"longhand/editor/text"
)

// describe tells where the units of an index begin and what they are.
func describe(x *Index) string {
	var b strings.Builder
	for p := (place{}); x.units.valid(p); p = x.units.next(p) {
		u := x.units.at(p)
		fmt.Fprintf(&b, "%d:%d kind %d flags %d", p.offset, p.line, u.kind, u.flags&^brackets)
		if u.labels != nil {
			fmt.Fprintf(&b, " %v %q", u.labels.references, u.labels.footnotes)
			if u.labels.order != orderOf(u.labels.references) {
				b.WriteString(" out of order")
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// checkIndex fails unless a finished index says of a text what a parse of the whole says.
func checkIndex(t testing.TB, x *Index, d text.Doc) {
	t.Helper()
	source := []byte(d.String())
	fresh, err := NewIndex(d).Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := describe(x), describe(fresh); got != want {
		t.Fatalf("%q\nunits after edits\n%sfrom the start\n%s", source, got, want)
	}
	body := FrontMatterEnd(string(source))
	if x.body != body {
		t.Fatalf("%q: the body begins at %d, not %d", source, x.body, body)
	}
	pc := newParsing(nil, false)
	blockParser().Parse(gtext.NewReader(source[body:]), parser.WithContext(pc))
	p := place{}
	if body > 0 {
		p = x.units.next(p)
	}
	for i, s := range pc.trace.starts {
		if !x.units.valid(p) || i > 0 && p.offset != body+s.offset {
			t.Fatalf("%q: unit %d begins at %d, in the whole text at %d", source, i, p.offset, body+s.offset)
		}
		p = x.units.next(p)
	}
	want := make([][]StyledSpan, d.Lines())
	for _, s := range Styles(source) {
		line := d.Line(s.Start)
		at := d.LineStart(line)
		want[line] = append(want[line], StyledSpan{s.Start - at, s.End - at, s.Style &^ token(15)})
	}
	for i := range want {
		if x.units.at(x.units.findLine(i)).size > maxUnit {
			continue // of these, only what is near is known
		}
		got := plainStyle(x.Line(i))
		if fmt.Sprint(got) != fmt.Sprint(join(want[i])) {
			t.Fatalf("%q\nline %d %q:\n  %v, in the whole text\n  %v", source, i, d.LineText(i), got, want[i])
		}
	}
}

// plainStyle is the spans of a line without the colours of code, which come later.
func plainStyle(l LineStyle) []StyledSpan {
	var spans []StyledSpan
	for _, s := range l.Spans {
		spans = append(spans, StyledSpan{s.Start, s.End, s.Style &^ token(15)})
	}
	return join(spans)
}

func join(spans []StyledSpan) []StyledSpan {
	var out []StyledSpan
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].End == s.Start && out[n-1].Style == s.Style {
			out[n-1].End = s.End
		} else {
			out = append(out, s)
		}
	}
	return out
}

// randomChanges makes one to three changes.
func randomChanges(r *rand.Rand, d text.Doc) text.Changes {
	var cs text.Changes
	at := 0
	for range 1 + r.IntN(3) {
		start := at + r.IntN(d.Len()-at+1)
		if r.IntN(3) == 0 && d.Len() > 0 { // at a line's start or end
			if start = d.LineStart(d.Line(start)); r.IntN(2) == 0 {
				start = d.LineEnd(d.Line(start))
			}
			start = max(start, at)
		}
		end := start
		if r.IntN(2) == 0 {
			end = min(start+r.IntN(12), d.Len())
		}
		insert := ""
		if r.IntN(3) > 0 {
			insert = randomMarkdown(r, 1+r.IntN(2))
		}
		cs = append(cs, text.Change{Start: start, End: end, Insert: insert})
		if at = end; at >= d.Len() {
			break
		}
		at++
	}
	return cs
}

func testEdits(t testing.TB, source string, seed uint64, edits, work int) {
	r := rand.New(rand.NewPCG(seed, 3))
	d := text.New(source)
	c := newCache()
	c.work = work
	x := newIndex(d, c)
	for range edits {
		cs := randomChanges(r, d)
		next, _, err := d.ApplyAll(cs)
		if err != nil {
			continue // within a character
		}
		y := x.Edit(next, cs)
		if got := y.units.findOffset(1 << 40); got.offset+int(y.units.at(got).size) != next.Len() || got.line+int(y.units.at(got).breaks) != next.Lines()-1 {
			t.Fatalf("%q after %+v: the units do not tile the text", d.String(), cs)
		}
		checkDirty(t, x, y, d, next, cs)
		d, x = next, y
		if r.IntN(3) == 0 || !x.Pending() {
			f, err := x.Finish(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			x = f
			checkIndex(t, x, d)
		}
	}
}

// checkDirty fails if a line outside of those reported looks otherwise than before.
func checkDirty(t testing.TB, old, now *Index, before, after text.Doc, cs text.Changes) {
	t.Helper()
	if old.Pending() || now.Pending() {
		return
	}
	start, end := now.Dirty(old)
	for line := range after.Lines() {
		if line >= start && line < end {
			continue
		}
		was := line
		if line >= end {
			was = before.Lines() - (after.Lines() - line)
		}
		if after.LineText(line) != before.LineText(was) {
			t.Fatalf("%q after %+v: line %d was changed, dirty are [%d,%d)", before.String(), cs, line, start, end)
		}
		if got, want := fmt.Sprint(plainStyle(now.Line(line))), fmt.Sprint(plainStyle(old.Line(was))); got != want {
			t.Fatalf("%q after %+v: line %d looks like %s and not %s, dirty are [%d,%d)", before.String(), cs, line, got, want, start, end)
		}
	}
}

func TestIndexAfterEdits(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		testEdits(t, randomMarkdown(r, r.IntN(80)), seed, 12, []int{40, 300, maxWork}[seed%3])
	}
}
