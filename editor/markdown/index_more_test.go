package markdown

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"

	"longhand/editor/text"
)

func TestIndexOfFrontMatterAfterEdits(t *testing.T) {
	heads := []string{"---\n", "---\ntitle: x\n---\n", "+++\n", "+++\na = 1\n+++\n", "{\"a\": 1}\n", "{", "---\n- a\n---\n", "---\ntext\n\n---\n", "...\n", "{\"a\":\n}\n"}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		source := heads[r.IntN(len(heads))]
		for range r.IntN(6) {
			source += randomMarkdown(r, 2) + heads[r.IntN(len(heads))]
		}
		testEdits(t, source, seed, 8, []int{40, maxWork}[seed%2])
	}
}

func FuzzIndex(f *testing.F) {
	f.Add("a\n\n- b\n", uint64(1))
	f.Add("> ```\n> x\n\n[a]: b\n\n[a] [^1]\n\n[^1]: c\n", uint64(2))
	f.Add("term\n: def\n\nterm\n: def\n", uint64(3))
	f.Add("b\n    --\nbc\n---\n", uint64(4))
	f.Add("---\na: b\n---\n# c\n", uint64(5))
	f.Fuzz(func(t *testing.T, source string, seed uint64) {
		if len(source) < 4096 {
			testEdits(t, source, seed, 6, []int{40, 300, maxWork}[seed%3])
		}
	})
}

func TestDirty(t *testing.T) {
	source := "one\n\ntwo [a]\n\nthree\n\n[b]: x\n\nfour [^1]\n\nfive\n"
	for _, c := range []struct {
		at         int
		insert     string
		start, end int
	}{
		{0, "x", 0, 2},
		{strings.Index(source, "three"), "*", 4, 6},
		{strings.Index(source, "b]: x"), "a", 2, 10}, // whatever has brackets may be a link now
		{strings.Index(source, "five"), "[^1]: x\n\n", 2, 14},
		{strings.Index(source, "three"), "```\n", 2, 13},
		{strings.Index(source, "three"), "~~~\nx\n~~~\n", 4, 9},
	} {
		x, d := finished(t, source)
		cs := text.Changes{{Start: c.at, End: c.at, Insert: c.insert}}
		next, _, err := d.ApplyAll(cs)
		if err != nil {
			t.Fatal(err)
		}
		y := x.Edit(next, cs)
		if start, end := y.Dirty(x); start != c.start || end != c.end {
			t.Errorf("%q at %d: dirty [%d,%d), want [%d,%d)", c.insert, c.at, start, end, c.start, c.end)
		}
		if start, end := y.Dirty(y); start != end {
			t.Errorf("%q: nothing changed but [%d,%d)", c.insert, start, end)
		}
	}
}

func TestPending(t *testing.T) {
	source := articleOf(300 << 10)
	d := text.New(source)
	x := NewIndex(d)
	if !x.Pending() {
		t.Fatal("300 KB at once")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if y, err := x.Finish(ctx); y != x || !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled Finish: %v", err)
	}
	if l := x.Line(d.Lines() - 4); len(l.Spans) != 0 && l.Block != Paragraph { // provisional, but there
		t.Errorf("%+v", l)
	}
	done, err := x.Finish(context.Background())
	if err != nil || done.Pending() {
		t.Fatal(err, done.Pending())
	}
	checkIndex(t, done, d)
	// A fence that is opened at the top takes everything; what was is shown till then.
	cs := text.Changes{{Start: 0, End: 0, Insert: "```\n"}}
	next, _, _ := d.ApplyAll(cs)
	open := done.Edit(next, cs)
	if l := open.Line(3); !open.Pending() || l.Block != FencedCode {
		t.Errorf("pending %v, %+v", open.Pending(), l)
	}
	// The lead's way: Finish beside the main thread, edits meanwhile replayed.
	more := text.Changes{{Start: 4, End: 4, Insert: "```\n"}}
	last, _, _ := next.ApplyAll(more)
	meanwhile := open.Edit(last, more)
	finished, err := open.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	checkIndex(t, finished, next)
	replayed, err := finished.Edit(last, more).Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	checkIndex(t, replayed, last)
	meanwhile, err = meanwhile.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	checkIndex(t, meanwhile, last)
}

func TestColoursComeWithFinish(t *testing.T) {
	source := "a\n\n```go\nfunc f() { return 12 }\n```\n"
	x, d := finished(t, source)
	if l := x.Line(3); l.Spans[0].Style.Token() != NoToken || !x.Pending() {
		t.Fatalf("before: %+v, pending %v", l, x.Pending())
	}
	y, err := x.Finish(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if l := y.Line(3); y.Pending() || l.Spans[0].Style != CodeBlock|token(Keyword) || l.Spans[0].End != len("func") {
		t.Fatalf("after: %+v, pending %v", l, y.Pending())
	}
	if start, end := y.Dirty(x); start > 2 || end < 5 {
		t.Errorf("dirty [%d,%d)", start, end)
	}
	// A key in the code keeps the colours around it.
	at := strings.Index(source, "12")
	cs := text.Changes{{Start: at, End: at, Insert: "0"}}
	next, _, _ := d.ApplyAll(cs)
	z := y.Edit(next, cs)
	got := map[Token]string{}
	for _, s := range z.Line(3).Spans {
		got[s.Style.Token()] += next.LineText(3)[s.Start:s.End]
	}
	if got[Keyword] != "funcreturn" || got[Number] != "12" || !z.Pending() {
		t.Errorf("%q, pending %v", got, z.Pending())
	}
	z, _ = z.Finish(context.Background())
	if l := fmt.Sprint(z.Line(3).Spans); !strings.Contains(l, fmt.Sprint(CodeBlock|token(Number))) || z.Pending() {
		t.Errorf("%s", l)
	}
}

func TestIndexHeadings(t *testing.T) {
	source := "---\ntitle: x\n---\n# One *two*\n\n> ## Quoted {#mine}\n\nSetext\n---\n\n- # Item\n\n[^1]: # Note\n\n# mine\n\n# One two\n"
	x, _ := finished(t, source)
	got, err := x.Headings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) int { return strings.Index(source, s) }
	want := []Heading{
		{1, "One two", "one-two", at("One *")}, {2, "Quoted", "mine", at("Quoted")}, {2, "Setext", "setext", at("Setext")},
		{1, "Item", "item", at("Item")}, {1, "Note", "note", at("Note")}, {1, "mine", "mine-1", at("mine\n\n# One")}, {1, "One two", "one-two-1", at("One two\n")},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

func TestBlockAt(t *testing.T) {
	source := "para\nmore\n\n- item\n  lazy\n  - inner\n\n| a |\n|---|\n| b |\n\n```\ncode\n\nmore\n```\nHead\n====\n\n> q\n> r"
	x, _ := finished(t, source)
	for at, want := range map[string]string{
		"more": "para\nmore", "item": "- item\n  lazy", "inner": "  - inner", "b |": "| a |\n|---|\n| b |",
		"code": "```\ncode\n\nmore\n```", "====": "Head\n====", "r": "para\nmore", "> r": "> q\n> r",
	} {
		start, end := x.BlockAt(strings.Index(source, at))
		if source[start:end] != want {
			t.Errorf("%q: %q, want %q", at, source[start:end], want)
		}
	}
	if start, end := x.BlockAt(len("para\nmore\n")); start != end {
		t.Errorf("a blank line: [%d,%d)", start, end)
	}
}

func TestReferencesAsGoldmarkHasThem(t *testing.T) {
	plain := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))
	ours := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithParagraphTransformers(paragraphTransformers()...))
	dump := func(p parser.Parser, source []byte) (out []string) {
		_ = ast.Walk(p.Parse(gtext.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering && n.Type() == ast.TypeBlock {
				line := fmt.Sprint(n.Kind(), " ", string(n.Lines().Value(source)))
				if ref, ok := n.(*ast.LinkReferenceDefinition); ok {
					line += fmt.Sprintf(" %q %q %q", ref.Label, ref.Destination, ref.Title)
				}
				out = append(out, line)
			}
			return ast.WalkContinue, nil
		})
		return out
	}
	odd := []string{"[b]: /c 'd'\n", "[b]: /c\n'd'\n", "[b]:\n/c\n", "text\n", "[b] text\n", "[b]: 'c\n\nd'\n", "   [b]: c\n", "[b]: /c 'd\ne'\n", "===\n", "[b]: c\n---\n"}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 5))
		var b strings.Builder
		for i := range 100 + r.IntN(900) {
			if r.IntN(300) == 0 {
				b.WriteString(odd[r.IntN(len(odd))])
			}
			fmt.Fprintf(&b, "[a%d]: /b\n", i)
		}
		source := []byte(b.String())
		if got, want := dump(ours, source), dump(plain, source); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q\n%q\n%q", source, got, want)
		}
	}
}

func TestUnitsAreShared(t *testing.T) {
	x, _ := finished(t, "a [b] *c* [^1]\n\n```go\nd\n```\n\n[b]: /e\n\n[^1]: f\n")
	tree := x.Parse(x.Units(0, 1)[0])
	done := make(chan string)
	for range 4 {
		go func() {
			var b strings.Builder
			for _, u := range x.Units(0, x.UnitCount()) {
				b.WriteString(spelled(x.Parse(u)))
			}
			b.WriteString(spelled(tree))
			done <- b.String()
		}()
	}
	first := <-done
	for range 3 {
		if other := <-done; other != first {
			t.Errorf("%s\n%s", first, other)
		}
	}
}

func TestIndexIsShared(t *testing.T) {
	source := articleOf(100<<10) + "\n```go\nfunc f() {}\n```\n"
	d := text.New(source)
	x := NewIndex(d)
	done := make(chan *Index)
	first := x
	go func() {
		y, err := first.Finish(context.Background())
		if err != nil {
			t.Error(err)
		}
		for line := range 200 {
			y.Line(d.Lines() - 1 - line)
		}
		y, _ = y.Finish(context.Background())
		done <- y
	}()
	now := d
	for i := range 100 {
		cs := text.Changes{{Start: i * 7, End: i * 7, Insert: "*"}}
		next, _, err := now.ApplyAll(cs)
		if err != nil {
			t.Fatal(err)
		}
		y := x.Edit(next, cs)
		y.Line(i)
		y.Dirty(x)
		y.Line(next.Lines() - 4)
		now, x = next, y
	}
	checkIndex(t, <-done, d)
}
