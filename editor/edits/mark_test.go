package edits

import (
	"slices"
	"strings"
	"testing"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// state reads a text with its selection: | is a caret, ‹…› a selection with the
// head at the end, »…« one with the head at the start. Where the text holds a ¦,
// or a table's --|, that is the caret and | itself.
func state(t testing.TB, marked string) text.State {
	t.Helper()
	bar := "|"
	if strings.Contains(marked, "¦") || strings.Contains(marked, "--|") {
		bar = "¦"
	}
	var b strings.Builder
	var ranges []text.Range
	anchor := -1
	for _, r := range marked {
		switch string(r) {
		case bar:
			ranges = append(ranges, caret(b.Len()))
		case "‹", "»":
			anchor = b.Len()
		case "›":
			ranges = append(ranges, text.Range{Anchor: anchor, Head: b.Len()})
		case "«":
			ranges = append(ranges, text.Range{Anchor: b.Len(), Head: anchor})
		default:
			b.WriteRune(r)
		}
	}
	if len(ranges) == 0 {
		t.Fatalf("no caret in %q", marked)
	}
	return text.NewState(text.New(b.String()), text.NewSelection(0, ranges...))
}

// show writes a text with its selection as state reads it.
func show(s text.State) string {
	d := s.Doc().String()
	bar := "|"
	if strings.Contains(d, "|") {
		bar = "¦"
	}
	type mark struct {
		at int
		s  string
	}
	var marks []mark
	for _, r := range s.Selection().Ranges() {
		switch {
		case r.Empty():
			marks = append(marks, mark{r.Head, bar})
		case r.Anchor < r.Head:
			marks = append(marks, mark{r.Anchor, "‹"}, mark{r.Head, "›"})
		default:
			marks = append(marks, mark{r.Head, "»"}, mark{r.Anchor, "«"})
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return a.at - b.at })
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(d[at:m.at])
		b.WriteString(m.s)
		at = m.at
	}
	return b.String() + d[at:]
}

type command func(text.State, Context) text.Transaction

// do applies a command, and checks that its inverse gives the text back.
func do(t testing.TB, s text.State, c Context, f command) text.State {
	t.Helper()
	tr := f(s, c)
	after, err := s.Apply(tr)
	if err != nil {
		t.Fatalf("%s: %v: %+v", show(s), err, tr)
	}
	if len(tr.Changes) > 0 {
		back, _, ok := after.Undo()
		if !ok || back.Doc().String() != s.Doc().String() || !back.Selection().Equal(s.Selection()) {
			t.Fatalf("undo of %q gives %q, want %q", show(after), show(back), show(s))
		}
	}
	return after
}

type edit struct{ before, after string }

// run checks what a command makes of texts, with a context and without.
func run(t *testing.T, f command, edits []edit) {
	t.Helper()
	for _, e := range edits {
		s := state(t, e.before)
		if got := show(do(t, s, nil, f)); got != e.after {
			t.Errorf("lexical\nbefore %q\ngot    %q\nwant   %q", e.before, got, e.after)
		}
		if got := show(do(t, s, markdown.NewIndex(s.Doc()), f)); got != e.after {
			t.Errorf("with context\nbefore %q\ngot    %q\nwant   %q", e.before, got, e.after)
		}
	}
}
