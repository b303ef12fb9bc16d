package markdown

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"

	"longhand/editor/text"
)

// unitHistory is what is known of the units of all versions of a text.
type unitHistory struct {
	testing.TB
	bytes map[uint64]string // by ID
}

// testUnitEdits changes a text at random and checks what its indexes say of each other.
func testUnitEdits(t testing.TB, source string, seed uint64, edits, work int) {
	r := rand.New(rand.NewPCG(seed, 8))
	d := text.New(source)
	c := newCache()
	c.work = work
	h := unitHistory{t, map[uint64]string{}}
	all := []*Index{newIndex(d, c)}
	for range edits {
		x := all[len(all)-1]
		cs := randomChanges(r, d)
		next, _, err := d.ApplyAll(cs)
		if err != nil {
			continue // within a character
		}
		d = next
		all = append(all, x.Edit(d, cs))
		if r.IntN(2) == 0 {
			x, err := all[len(all)-1].Finish(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, x)
			checkUnits(t, x)
			fresh, _ := finished(t, d.String())
			if x.References() != fresh.References() || x.FootnoteLabels() != fresh.FootnoteLabels() {
				t.Fatalf("%q: the numbers of the definitions are not those of a fresh index", d.String())
			}
		}
		now := all[len(all)-1]
		h.check(now, all[max(len(all)-2, 0)])
		h.check(now, all[r.IntN(len(all))])
		h.check(all[r.IntN(len(all))], now)
	}
}

// check compares two indexes.
func (h *unitHistory) check(x, since *Index) {
	h.Helper()
	now, old := x.Units(0, x.UnitCount()), since.Units(0, since.UnitCount())
	from, to, was := x.Changed(since)
	if from < 0 || from > to || to > len(now) || from > was || was > len(old) || len(now)-to != len(old)-was {
		h.Fatalf("%q from %q: changed [%d,%d) of %d, was %d of %d", x.doc.String(), since.doc.String(), from, to, len(now), was, len(old))
	}
	known := map[uint64]Unit{}
	for _, u := range old {
		known[u.ID] = u
		h.same(since, u)
	}
	for i, u := range now {
		h.same(x, u)
		before, ok := known[u.ID]
		switch {
		case i < from && u.ID != old[i].ID, i >= to && u.ID != old[was+i-to].ID:
			h.Fatalf("%q from %q: unit %d is another, changed are [%d,%d)", x.doc.String(), since.doc.String(), i, from, to)
		case ok && (before.Kind != u.Kind || before.Pending != u.Pending || before.Footnotes != u.Footnotes || before.Brackets != u.Brackets):
			h.Fatalf("%q from %q: %+v was %+v", x.doc.String(), since.doc.String(), u, before)
		case ok && (len(now) < 500 || i%97 == 0):
			h.sameTree(x, since, u, before)
		}
	}
	h.definitions(x, since)
}

// same fails if an ID had other bytes in another version.
func (h *unitHistory) same(x *Index, u Unit) {
	h.Helper()
	is := x.doc.Slice(u.Start, u.End)
	if was, ok := h.bytes[u.ID]; ok && was != is {
		h.Fatalf("unit %d is %q and was %q", u.ID, is, was)
	}
	h.bytes[u.ID] = is
}

// sameTree fails if a unit parses otherwise in another version though what it asks for is the same.
func (h *unitHistory) sameTree(x, since *Index, u, before Unit) {
	h.Helper()
	a, b := x.Parse(u), since.Parse(before)
	if a.AsksReferences && x.References() != since.References() || a.AsksFootnotes && x.FootnoteLabels() != since.FootnoteLabels() {
		return
	}
	if is, was := spelled(a), spelled(b); is != was {
		h.Fatalf("%q from %q: unit %+v\nis  %s\nwas %s", x.doc.String(), since.doc.String(), u, is, was)
	}
	if a.AsksReferences && !u.Brackets || a.AsksFootnotes && !u.Footnotes {
		h.Fatalf("%q: %+v asks for definitions", x.doc.String(), u)
	}
}

// spelled is all that a tree says, and where.
func spelled(t *UnitTree) string {
	var b strings.Builder
	b.WriteString(outlineOf(t.Tree))
	t.each(func(n ast.Node) {
		start, end := t.Span(n)
		fmt.Fprintf(&b, " %d-%d", start, end)
	})
	return b.String()
}

// definitions fails if a label means something else though the numbers are the same.
func (h *unitHistory) definitions(x, since *Index) {
	h.Helper()
	labels, notes := map[string]bool{}, [2]map[string]bool{{}, {}}
	for i, x := range []*Index{x, since} {
		for p := (place{}); x.units.valid(p); p = x.units.next(p) {
			if l := x.units.at(p).labels; l != nil {
				for _, r := range l.references {
					labels[r.name()] = true
				}
				for _, name := range l.footnotes {
					notes[i][name] = true
				}
			}
		}
	}
	if x.References() == since.References() {
		for label := range labels {
			a, _ := x.reference(label)
			b, _ := since.reference(label)
			if !reflect.DeepEqual(a, b) {
				h.Fatalf("%q from %q: %q is %v and was %v", x.doc.String(), since.doc.String(), label, a, b)
			}
		}
	}
	if (x.FootnoteLabels() == since.FootnoteLabels()) != reflect.DeepEqual(notes[0], notes[1]) {
		h.Fatalf("%q from %q: footnotes %v were %v", x.doc.String(), since.doc.String(), notes[0], notes[1])
	}
}

func TestUnitsAfterEdits(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 9))
		testUnitEdits(t, randomMarkdown(r, r.IntN(80)), seed, 12, []int{40, 300, maxWork}[seed%3])
	}
}

func TestUnitsOfTheSpecAfterEdits(t *testing.T) {
	all := moduleSpec(t)
	for i := 0; i+20 <= len(all); i += 20 {
		testUnitEdits(t, strings.Join(all[i:i+20], "\n"), uint64(i), 12, []int{100, 700, maxWork}[i/20%3])
	}
}

// TestUnitsOfALongText has many chunks of units.
func TestUnitsOfALongText(t *testing.T) {
	for seed := range uint64(3) {
		testUnitEdits(t, articleOf(200<<10), seed, 6, maxWork)
	}
	x, d := finished(t, articleOf(400<<10))
	for _, at := range []int{0, d.Len() / 2, d.Len()} {
		cs := text.Changes{{Start: at, End: at, Insert: "x"}}
		next, _, _ := d.ApplyAll(cs)
		y := x.Edit(next, cs)
		from, to, was := y.Changed(x)
		if n, _ := y.UnitAt(at); from > n || to <= n || to-from > 2 || was-from > 2 {
			t.Errorf("a key in unit %d changes [%d,%d), which was [%d,%d)", n, from, to, from, was)
		}
	}
	if from, to, was := x.Changed(x); from != to || from != was {
		t.Errorf("nothing changed but [%d,%d)", from, to)
	}
	y, _ := finished(t, "a\n\nb\n")
	if from, to, was := y.Changed(x); from != 0 || to != 2 || was != x.UnitCount() {
		t.Errorf("another text: [%d,%d), was %d", from, to, was)
	}
	if us := x.Units(-3, 2); len(us) != 2 || us[1].Start != us[0].End {
		t.Errorf("%+v", us)
	}
	if us := x.Units(x.UnitCount()-1, 1<<40); len(us) != 1 || us[0].End != d.Len() {
		t.Errorf("%+v", us)
	}
	if us := x.Units(5, 5); us != nil {
		t.Errorf("%+v", us)
	}
}

func FuzzUnits(f *testing.F) {
	f.Add("a [b]\n\n- c\n\n[b]: /d 'e'\n\n[b]: f\n", uint64(1))
	f.Add("> ```\n> x\n\n[a]: b\n\n[a] [^1]\n\n[^1]: c\n\n[^1]: d\n", uint64(2))
	f.Add("---\na: b\n---\n[c]: d\n", uint64(3))
	f.Fuzz(func(t *testing.T, source string, seed uint64) {
		if len(source) < 4096 {
			testUnitEdits(t, source, seed, 6, []int{40, 300, maxWork}[seed%3])
		}
	})
}

// Numbers that tell what is to be drawn again must stay the same when it is not.
func TestNumbersOfDefinitions(t *testing.T) {
	const source = "one [a] [^1]\n\ntwo\n\n[a]: /x 't'\n[b]: /y\n\nthree\n\n[a]: /z\n\n[^1]: note\n\n[^1]: again\n\nfour\n"
	at := func(s string) int { return strings.Index(source, s) }
	for _, c := range []struct {
		name                  string
		start, end            int
		insert                string
		references, footnotes bool // change
	}{
		{"a paragraph", at("one"), at("one"), "x", false, false},
		{"the paragraph before definitions", at("two"), at("two") + 3, "2", false, false},
		{"its end", at("two") + 3, at("two") + 3, "x", false, false},
		{"the paragraph between definitions", at("three"), at("three"), "x\n\n", false, false},
		{"a destination", at("/x"), at("/x"), "x", true, false},
		{"a title", at("'t'") + 1, at("'t'") + 2, "", true, false},
		{"a label", at("[b]") + 1, at("[b]") + 2, "c", true, false},
		{"the first of two goes", at("[a]: /x"), at("[b]"), "", true, false},
		{"two of one label change places", at("[a]: /x"), at("\n\n[^1]: n"), "[a]: /z\n[b]: /y\n\nthree\n\n[a]: /x 't'", true, false},
		{"one goes into a fence", at("[a]: /x"), at("[a]: /x"), "~~~\n", true, true},
		{"the second footnote of a label goes", at("[^1]: again"), at("four"), "", false, false},
		{"a footnote's text", at("note"), at("note"), "x", false, false},
		{"both footnotes go", at("[^1]: n"), at("four"), "", false, true},
		{"another footnote", at("four"), at("four"), "[^2]: x\n\n", false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			x, d := finished(t, source)
			next, back, err := d.ApplyAll(text.Changes{{Start: c.start, End: c.end, Insert: c.insert}})
			if err != nil {
				t.Fatal(err)
			}
			y := x.Edit(next, text.Changes{{Start: c.start, End: c.end, Insert: c.insert}})
			if y.Pending() {
				t.Fatal("pending")
			}
			if got := y.References() != x.References(); got != c.references {
				t.Errorf("references changed: %v", got)
			}
			if got := y.FootnoteLabels() != x.FootnoteLabels(); got != c.footnotes {
				t.Errorf("footnotes changed: %v", got)
			}
			if z := y.Edit(d, back); z.References() != x.References() || z.FootnoteLabels() != x.FootnoteLabels() {
				t.Error("taken back, the numbers are not what they were")
			}
		})
	}
}
