package editor

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"longhand/editor/find"
)

// two marks each "two".
func two() *find.Finder {
	return find.Func(func(s string) []find.Match {
		var out []find.Match
		for at := 0; ; {
			i := strings.Index(s[at:], "two")
			if i < 0 {
				return out
			}
			out = append(out, find.Match{Start: at + i, End: at + i + 3})
			at += i + 3
		}
	}, true)
}

func TestMark(t *testing.T) {
	d := newDesk(t, "|one two\none two three")
	expect := func(what string, n int) {
		t.Helper()
		d.wait(what, func() bool { got, _ := d.Found(); return got == n && d.search.cancel == nil })
	}
	d.Mark(two())
	expect("the marks", 2)
	if d.marked() != "|one two\none two three" || !d.Marks() {
		t.Errorf("marking moves the caret: %q", d.marked())
	}
	test.Type(d, "two ") // follows edits
	expect("one more", 3)
	if d.FindNext(true); !strings.Contains(d.marked(), "one ‹two›\n") {
		t.Errorf("the next is %q", d.marked())
	}

	// What is looked for comes first, and goes again.
	if err := d.Find(find.Query{Text: "one"}, -1); err != nil {
		t.Fatal(err)
	}
	expect("what is looked for", 2)
	if d.Marks() {
		t.Error("what is looked for is taken for marks")
	}
	d.Mark(two())
	expect("still what is looked for", 2)
	d.EndFind()
	expect("the marks again", 3)

	// Nothing replaces what is only marked.
	before := d.Doc().String()
	d.ReplaceOne("x")
	if n := d.ReplaceAll("x"); n != 0 || d.Doc().String() != before {
		t.Errorf("%d marks are replaced: %q", n, d.Doc().String())
	}

	doc := d.Doc()
	d.SetDoc(doc, 0)
	expect("the marks of another text", 3)
	d.Mark(nil)
	expect("no marks", 0)
	if d.Marks() {
		t.Error("marks are left")
	}
}

// Front matter stays folded, though a word of the title is marked.
func TestMarksDoNotUnfold(t *testing.T) {
	d := newDesk(t, "---\ntitle: two\n---\n\n|one two")
	folded := d.view.Folded()
	d.Mark(two())
	d.wait("the marks", func() bool { n, _ := d.Found(); return n == 2 })
	if folded.End == 0 || d.view.Folded() != folded {
		t.Errorf("the fold was %v and is %v", folded, d.view.Folded())
	}
}
