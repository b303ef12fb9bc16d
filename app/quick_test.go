package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"longhand/library"
)

func TestQuickOpen(t *testing.T) {
	files := three()
	files["zebra.md"] = "---\ntitle: Zebras\ntags: [Čaj, water]\ndate: 2020-01-01\n---\n# One\n\n### Three é\n\n## Two\n"
	f := start(t, files)
	f.command("Quick open…")
	if got := strings.Join(f.lines(), " | "); got != f.titles() {
		t.Errorf("at first %q, want the list's order %q", got, f.titles())
	}
	f.pressIn(fyne.KeyEscape)
	for _, rel := range []string{"bread/index.md", "zebra.md", "river.md"} {
		f.choose(rel)
	}
	f.openAt(f.file("rain.md"), lastCaret, false) // looked at only
	f.until("rain", func() bool { return f.doc.rel == "rain.md" })
	f.openAt(f.file("river.md"), lastCaret, true)
	f.drain()
	f.command("Quick open…")
	want := []string{"Zebras", "A bread that waits", "What the river took", "Rain, considered"}
	if got := f.lines(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q: the open one behind the others opened last", got, want)
	}
	for query, want := range map[string]string{"caj": "Zebras", "wtrt": "What the river took", "ERIC": "", "bread": "A bread that waits", "water zeb": "Zebras"} {
		f.say(query)
		if got := append(f.lines(), "")[0]; got != want {
			t.Errorf("%q finds %q first, want %q", query, got, want)
		}
	}
	f.pressIn(fyne.KeyEscape)
	f.focusSearch()
	f.command("Quick open…")
	f.pressIn(fyne.KeyReturn)
	f.until("the article before", func() bool { return f.doc.rel == "zebra.md" })
	f.drain()
	f.expect("after quick open", "LT|P", "text")

	f.command("Quick open…")
	f.say("#")
	if got := strings.Join(f.lines(), ","); got != "One,Three é,Two" {
		t.Errorf("headings %q", got)
	}
	if it, _ := f.palette.get(1); it.indent != 2 {
		t.Errorf("an indent of %d", it.indent)
	}
	f.say("# thr e")
	f.pressIn(fyne.KeyReturn)
	if got := f.editor.Doc().String()[f.editor.Caret():]; !strings.HasPrefix(got, "Three") {
		t.Errorf("the caret is before %q", got)
	}
	f.choose("river.md")
	f.command("Go to heading…")
	f.say("#")
	if got := f.palette.note.Text; got != "This article has no headings" {
		t.Errorf("without headings it says %q", got)
	}
	f.say("zebras") // the # taken away: articles again
	if got := f.lines()[0]; got != "Zebras" {
		t.Errorf("articles after headings: %q", got)
	}
}

func TestQuickOpenWithoutArticles(t *testing.T) {
	f := start(t, map[string]string{"authors/a.md": "---\nname: A\n---\n"})
	f.command("Quick open…")
	if f.palette.note.Text != "No articles yet" {
		t.Errorf("it says %q", f.palette.note.Text)
	}
	f.say("#")
	if f.palette.note.Text != "No article is open" {
		t.Errorf("it says %q", f.palette.note.Text)
	}
	f.pressIn(fyne.KeyReturn, fyne.KeyEscape)
}

func TestQuickOpenWhileTheLibraryIsRead(t *testing.T) {
	f := start(t, three())
	whole := f.shelf
	f.shelf = shelf{}
	f.command("Quick open…")
	f.palette.box.SetText("bread")
	if f.palette.note.Text != "Reading the library…" {
		t.Errorf("it says %q", f.palette.note.Text)
	}
	looked := 0
	f.until("another look, in vain", func() bool { looked++; return looked > 3 })
	f.shelf = whole
	f.until("the articles", func() bool { return f.palette.count() > 0 })
	if got := f.lines(); !slices.Equal(got, []string{"A bread that waits"}) {
		t.Errorf("it finds %q", got)
	}
}

// fill puts many articles on the shelf.
func (f *fixture) fill(n int) {
	articles := make([]*library.Article, 0, n)
	for i, it := range manyTitles(n) {
		articles = append(articles, &library.Article{Path: fmt.Sprintf("%d.md", i), Meta: library.Meta{Title: it.text, Tags: strings.Split(it.side, ", ")}})
	}
	f.shelf.articles = articles
}

func TestManyArticles(t *testing.T) {
	f := start(t, three())
	f.fill(3_000)
	f.command("Quick open…")
	if f.palette.busy || f.palette.count() != 3_000 {
		t.Fatalf("%d lines at first", f.palette.count())
	}
	p := f.palette
	p.box.SetText("a")
	if !p.busy {
		t.Fatal("many articles are matched on the main thread")
	}
	for _, q := range []string{"ab", "w", "wt", "river took"} { // faster than the answers
		p.box.SetText(q)
	}
	shown := 0
	f.until("the answer", func() bool { shown++; return !p.busy })
	if it, _ := p.get(0); it.text != "what the river took" || p.count() > 500 {
		t.Errorf("the newest query does not win: %q of %d", it.text, p.count())
	}

	p.box.SetText("the river")
	f.pressIn(fyne.KeyReturn)
	if f.palette == nil {
		t.Fatal("Enter takes an answer to an older query")
	}
	f.until("the choice", func() bool { return f.palette == nil })
	f.drain()

	f.command("Quick open…")
	f.palette.box.SetText("xyz")
	f.pressIn(fyne.KeyReturn, fyne.KeyEscape)
	f.drain() // the answer comes to a palette that is gone
}
