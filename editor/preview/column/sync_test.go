package column

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/editor/layout"
	"longhand/editor/preview/content"
	"longhand/editor/text"
	"longhand/editor/typeset"
)

// sample has everything that makes heights differ between text and page.
var sample = "---\ntitle: A title\ndate: 2026-11-12\n---\n\n" + `# A title

A first paragraph with *emphasis* that is long enough to be wrapped in both columns, however wide they are.

![A picture](wide.png "With a caption")

- one
- two
  - nested

  with a paragraph
- [ ] a task

[ref]: https://example.org/ "A reference, which shows nothing"

| Left | Right |
|------|------:|
| a    | 1     |
| some longer text in a cell, that is wrapped | 2 |

` + "```go\n" + strings.Repeat("func f() int { return 1 }\n\n", 40) + "```\n" + `
> A quote
>
> > in a quote[^1]

<details>
<summary>More</summary>

Hidden **text**.

- a list in it

</details>

Term
: Definition

[^1]: A note in the middle of the text.

***

<p align="center">
Centred<br>
in HTML
</p>

Heading below
-------------

` + strings.Repeat("The last paragraphs are here so that there is something to scroll to, and to be held in its place.\n\n", 12)

// writing is the editor's rows of the same text.
func writing(t testing.TB, source string) *layout.View {
	l := layout.New(typeset.NewShaper(fonts(t)), layout.Type{Text: 0, Mono: 1, Size: 17, Row: 28, Gap: 14})
	d := text.New(source)
	x := indexOf(t, source)
	l.SetDoc(d, x)
	l.Resize(450, 800, 40, 400)
	return l
}

// thereAndBack checks that each block of a text, held to a height of the editor's window, is
// where the page is at that height, and the other way round.
func thereAndBack(t *testing.T, name, source string) (blocks int) {
	t.Helper()
	l := writing(t, source)
	v := newView(t, source)
	const y = 240
	for n := range v.page.Index().UnitCount() {
		u := v.page.Unit(n)
		e := v.load(n + 1)
		if len(e.parts) == 0 {
			continue // it shows nothing
		}
		for i, p := range e.parts {
			if p.Box != nil && v.folded(p) || p.Start == p.End { // the latter stands for nothing of the text
				continue
			}
			start := u.Start + p.Start
			if start > 0 && source[start-1] != '\n' {
				continue // it shares a line with others
			}
			blocks++
			l.Align(float64(start)+0.01, y) // the editor's window is scrolled to it
			if _, most := l.Extent(); l.Position() >= most {
				continue // the editor does not go so far
			}
			place := l.Place(y)
			v.Align(place, y)
			if v.Position() <= -v.marginTop { // the page cannot go so far down
				continue
			}
			back := v.PlaceAt(y)
			c, _, _ := v.locate(back, false)
			if c != (cursor{n + 1, i}) && !sameStart(v, c, cursor{n + 1, i}) {
				t.Errorf("%s: part %d of unit %d at %d: the editor is at %.2f, the page at %.2f, in part %+v\n%q", name, i, n, start, place, back, c, clipped(source, start))
				return blocks
			}
			l.Align(back, y)
			if _, most := l.Extent(); l.Position() >= most {
				continue
			}
			if again := l.Place(y); again < float64(start)-1 || again > float64(u.End) {
				t.Errorf("%s: from %d the editor comes back to %.2f, beyond its unit's %d", name, start, again, u.End)
				return blocks
			}
		}
	}
	return blocks
}

// sameStart reports whether two parts begin at the same byte: a figure and its caption, an item
// and what is in it.
func sameStart(v *View, a, b cursor) bool {
	x, _ := v.source(a)
	y, _ := v.source(b)
	return x == y
}

func clipped(s string, at int) string { return s[at:min(at+60, len(s))] }

func TestThereAndBack(t *testing.T) {
	if n := thereAndBack(t, "sample", sample); n < 30 {
		t.Errorf("only %d blocks", n)
	}
}

func TestRealDataThereAndBack(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("skipped: LONGHAND_DATA is not set")
	}
	n, articles, blocks := 0, 0, 0
	_ = filepath.WalkDir(filepath.Join(data, "library"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		if n++; n%4 != 0 {
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		articles++
		blocks += thereAndBack(t, filepath.Base(name), strings.ReplaceAll(string(source), "\r\n", "\n"))
		return nil
	})
	t.Logf("%d blocks of %d articles", blocks, articles)
}

// TestHeightsAgree walks down the editor's window: at each of its heights the page shows the
// same place, and going down never goes back up.
func TestHeightsAgree(t *testing.T) {
	l := writing(t, sample)
	v := newView(t, sample)
	last := -1.0
	for top := 0; ; top += 7 {
		l.ScrollTo(top)
		if l.Position() != top {
			break
		}
		place := l.Place(240)
		if place < last {
			t.Fatalf("at %d the editor's place is %.2f, before that it was %.2f", top, place, last)
		}
		last = place
		v.Align(place, 240)
		if v.Position() <= -v.marginTop {
			continue
		}
		if y, near := v.HeightOf(place); !near || y < 239 || y > 241 {
			t.Fatalf("place %.2f is at %d on the page, want 240", place, y)
		}
	}
}

// TestTheBlockWrittenInStays holds its place while text above and in it changes.
func TestTheBlockWrittenInStays(t *testing.T) {
	source := sample
	v := newView(t, source)
	d := text.New(source)
	x := v.page.Index()
	at := strings.Index(source, "Heading below")
	v.SetIndex(x, at)
	v.Reveal(at, 300)
	top := func() int {
		c, _, _ := v.locate(float64(at), true)
		y, near := v.topOf(c)
		if !near {
			t.Fatal("the block is out of reach")
		}
		return y
	}
	was := top()
	for i, cs := range []text.Changes{
		{{Start: at + 3, End: at + 3, Insert: "x"}},
		{{Start: strings.Index(source, "A first"), End: strings.Index(source, "A first"), Insert: strings.Repeat("More text above. ", 40)}},
		{{Start: 5, End: 20, Insert: "title: Another"}},
		{{Start: strings.Index(source, "> A quote"), End: strings.Index(source, "Term"), Insert: ""}},
	} {
		next, _, err := text.New(source).ApplyAll(cs)
		if err != nil {
			t.Fatal(err)
		}
		y, err := x.Edit(next, cs).Finish(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		moved := cs.Map(at, true)
		v.SetIndex(y, moved)
		at = moved
		if now := top(); now != was {
			t.Errorf("change %d: the block is at %d, was at %d", i, now, was)
		}
		v.SetIndex(x, strings.Index(source, "Heading below")) // and back
		at = strings.Index(source, "Heading below")
		if now := top(); now != was {
			t.Errorf("change %d taken back: the block is at %d, was at %d", i, now, was)
		}
	}
	_ = d
}

// TestWritingInDetailsOpensThem shows what is written.
func TestWritingInDetailsOpensThem(t *testing.T) {
	v := newView(t, sample)
	at := strings.Index(sample, "Hidden")
	if _, y, _ := v.locate(float64(at), true); y != 0 {
		t.Fatal("closed details show what is in them")
	}
	v.SetIndex(v.page.Index(), at)
	v.Reveal(at, 300)
	c, _, ok := v.locate(float64(at), true)
	if !ok || !strings.Contains(v.lay(c).part.Text.S, "Hidden") {
		t.Error("what is written in details is not shown")
	}
}

// TestFootnoteIsFoundWhereItIsShown goes to it from its definition, and back.
func TestFootnoteIsFoundWhereItIsShown(t *testing.T) {
	v := newView(t, sample)
	at := strings.Index(sample, "A note in the middle")
	v.Reveal(at, 300)
	c, _, ok := v.locate(float64(at), true)
	if !ok || c.entry != v.heights.count-1 || v.lay(c).part.Text.S[:6] != "A note" {
		t.Fatalf("the footnote is not at the end of the page: %+v", c)
	}
	place, ok := v.Follow(content.NoteAddress+"1", 100)
	if !ok || int(place) < strings.Index(sample, "[^1]: A") {
		t.Errorf("the reference leads to %.0f", place)
	}
	place, ok = v.Follow(content.BackAddress+"0:1", 100)
	if want := strings.Index(sample, "[^1]"); !ok || int(place) != want {
		t.Errorf("the way back leads to %.0f, want %d", place, want)
	}
	if place, ok = v.Follow("#heading-below", 100); !ok || int(place) != strings.Index(sample, "Heading below") {
		t.Errorf("the heading is at %.0f", place)
	}
	if _, ok = v.Follow("#nowhere", 100); ok {
		t.Error("there is no such place")
	}
}
