package content

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// The ways back at the end of a footnote lead to its references, those in other
// footnotes too, in the order in which goldmark counts them.
func TestReferencesWithinNotes(t *testing.T) {
	for _, source := range []string{
		"Text[^a] more\n\n[^a]: see also[^b]\n\n[^b]: note b\n",
		"[^b]: b[^a]\n\none[^a] two[^a] three[^b]\n\n[^a]: note\n",
		"one[^a]\n\n[^b]: b[^a] c[^a]\n\ntwo[^a] three[^b]\n\n[^a]: note[^a]\n",
		"# one[^a]\n\n- [^b]: x[^c]\n\n> two[^b][^c]\n\n[^c]: y[^a]\n[^a]: z\n",
	} {
		p := fresh(text.New(source))
		for i, n := range p.Notes() {
			if got := p.notes.numbers[n.Label]; got != i+1 {
				t.Errorf("%q: note %d has number %d", source, i, got)
			}
			var back, want []int
			last := n.Parts[len(n.Parts)-1].Text
			for _, l := range last.Links {
				rest, ok := strings.CutPrefix(l.Address, BackAddress)
				if !ok {
					continue
				}
				number, label, _ := strings.Cut(rest, ":")
				k, _ := strconv.Atoi(number)
				at, ok := p.Reference(label, k)
				if !ok || !strings.HasPrefix(source[at:], "[^"+n.Label+"]") {
					t.Errorf("%q: way %d back from %s leads to %d, %v", source, k, n.Label, at, ok)
				}
				back = append(back, at)
			}
			for at := 0; at < len(source); at++ {
				if strings.HasPrefix(source[at:], "[^"+n.Label+"]") && !strings.HasPrefix(source[at+len(n.Label)+3:], ":") {
					want = append(want, at)
				}
			}
			slices.Sort(back)
			if !slices.Equal(back, want) {
				t.Errorf("%q: the ways back from %s lead to %d, not %d", source, n.Label, back, want)
			}
		}
	}
	p := fresh(text.New("[^b]: b[^a]\n\none[^a] two[^a] three[^b]\n\n[^a]: note\n"))
	for i, want := range []int{7, 16, 24} {
		if at, _ := p.Reference("a", i); at != want {
			t.Errorf("way %d back leads to %d, not %d", i, at, want)
		}
	}
	// What is looked for is where the text has it now.
	d := p.Index().Doc()
	cs := text.Changes{{Start: 6, End: 6, Insert: "bb"}}
	next, _, _ := d.ApplyAll(cs)
	p.SetIndex(p.Index().Edit(next, cs))
	for i, want := range []int{9, 18, 26} {
		if at, _ := p.Reference("a", i); at != want {
			t.Errorf("after an edit way %d back leads to %d, not %d", i, at, want)
		}
	}
}

// quick fails if something takes much longer than it should.
func quick(t *testing.T, what string, most time.Duration, do func()) {
	t.Helper()
	start := time.Now()
	do()
	if took := time.Since(start); took > most {
		t.Errorf("%s takes %v", what, took)
	}
}

// hostile returns the page of a hostile text, and has its time taken from here on.
func hostile(t *testing.T, source string) *Page {
	t.Helper()
	x, err := markdown.NewIndex(text.New(source)).Finish(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := NewPage()
	p.SetIndex(x)
	p.CatchUp()
	return p
}

func TestManyReferencesToOneNote(t *testing.T) {
	const n = 20000
	p := hostile(t, strings.Repeat("a[^n]\n\n", n)+"[^n]: note\n")
	var parts []*Part
	quick(t, "a note with many references", patience, func() { parts = p.Notes()[0].Parts })
	links := 0
	for _, q := range parts {
		if len(q.Text.S) > longText {
			t.Errorf("a part of %d bytes", len(q.Text.S))
		}
		for i, r := range q.Text.Runs {
			if r.Link > 0 && (i > 0 || q == parts[0] || q.Text.S[0] != ' ') {
				links++
			}
		}
	}
	if links < n || !strings.HasPrefix(parts[0].Text.S, "note\u00a0↩") {
		t.Errorf("%d ways back, from %.20q", links, parts[0].Text.S)
	}
	checkParts(t, parts, 1<<30)
}

func TestManyNotesInOneUnit(t *testing.T) {
	var b strings.Builder
	b.WriteString("- list\n")
	for i := range 4000 {
		n := strconv.Itoa(i)
		b.WriteString("  x[^" + n + "]\n\n  [^" + n + "]: note " + n + "\n\n")
	}
	p := hostile(t, b.String())
	p.Notes()
	quick(t, "a unit of many notes", patience, func() {
		if n := len(p.Notes()); n != 4000 {
			t.Errorf("%d notes", n)
		}
	})
}
