package content

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// dump writes all that a page shows, with where it is in the text.
func dump(p *Page) string {
	var b strings.Builder
	for n := range p.Index().UnitCount() {
		u := p.Unit(n)
		dumpParts(&b, p.Block(n).Parts, u.Start)
	}
	for _, n := range p.Notes() {
		fmt.Fprintf(&b, "note %q\n", n.Label)
		dumpParts(&b, n.Parts, p.Unit(n.Unit).Start)
	}
	return b.String()
}

func dumpParts(b *strings.Builder, parts []*Part, base int) {
	for _, p := range parts {
		fmt.Fprintf(b, "%d %d..%d level %d align %d rtl %v top %.2f", p.Kind, base+p.Start, base+p.End, p.Level, p.Align, p.RTL, p.Top)
		for x := p.Box; x != nil; x = x.Parent {
			fmt.Fprintf(b, " <%d %q %.2f %v", x.Kind, x.Marker, x.Indent, x.Open)
			if x.Task != nil {
				fmt.Fprintf(b, " task %v %d", x.Task.Done, base+x.Task.Offset)
			}
			b.WriteByte('>')
		}
		fmt.Fprintf(b, " marked %d %q", len(p.Marked), p.Text.S)
		// Without the colours of code, which come when they come.
		start, was := 0, ""
		for i, r := range p.Text.Runs {
			is := fmt.Sprintf("%x %d", uint32(r.Style&^(15<<tokenShift)), r.Object)
			if r.Link > 0 {
				is += " → " + p.Text.Links[r.Link-1].Address
			}
			if i > 0 && is != was {
				fmt.Fprintf(b, " [%d %s]", start, was)
			}
			start, was = r.End, is
		}
		fmt.Fprintf(b, " [%d %s]", start, was)
		for _, m := range p.Text.Map {
			fmt.Fprintf(b, " {%d+%d = %d+%d}", m.At, m.Len, base+m.Source, m.SourceLen)
		}
		if p.Picture.Address != "" {
			fmt.Fprintf(b, " picture %s %q", p.Picture.Address, p.Picture.Alt)
		}
		b.WriteByte('\n')
		for _, c := range p.Cells {
			fmt.Fprintf(b, "cell %d+%d\n", c.Column, c.Span)
			dumpParts(b, c.Parts, base)
		}
	}
}

func fresh(d text.Doc) *Page {
	x, err := markdown.NewIndex(d).Finish(context.Background())
	if err != nil {
		panic(err)
	}
	p := NewPage()
	p.SetIndex(x)
	p.CatchUp()
	return p
}

// pieces of source that random edits insert.
var pieces = []string{
	"a", " ", "\n", "\n\n", "*", "**", "`", "```\n", "> ", "- ", "1. ", "# ", "[^n]", "[^n]: note\n\n", "[l]", "[l]: /x \"t\"\n\n", "[l](y)", "![p](q.png \"c\")",
	"<details>\n\n", "</details>\n\n", "<summary>s</summary>\n", "<b>", "</b>", "<div align=\"center\">\n\n", "</div>\n\n", "| a | b |\n|---|---|\n| c | d |\n", "term\n: what\n", "- [ ] task\n",
	"&amp;", "\\*", "\"q\"", "---\n", "***\n\n", "<!-- c -->", "<table><tr><td>x", "</td></tr></table>\n\n", "漢字\n漢字", "שלום", "<br>", "<img src=z.png>", "\t", "    code\n", "~~s~~",
}

func randomEdit(r *rand.Rand, d text.Doc) text.Changes {
	start := r.IntN(d.Len() + 1)
	end := start
	if r.IntN(3) == 0 {
		end = min(start+r.IntN(20), d.Len())
	}
	insert := ""
	for range r.IntN(3) {
		insert += pieces[r.IntN(len(pieces))]
	}
	return text.Changes{{Start: start, End: end, Insert: insert}}
}

// followEdits checks that a page that follows edits shows what one shows that is made anew.
func followEdits(t *testing.T, source string, seed uint64, edits int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 5))
	d := text.New(source)
	x := markdown.NewIndex(d)
	p := NewPage()
	p.SetIndex(x)
	for i := range edits {
		cs := randomEdit(r, d)
		next, _, err := d.ApplyAll(cs)
		if err != nil {
			continue // within a character
		}
		d, x = next, x.Edit(next, cs)
		p.SetIndex(x)
		if n := x.UnitCount(); r.IntN(2) == 0 { // something is looked at meanwhile
			p.Block(r.IntN(n))
		}
		if r.IntN(4) != 0 && i < edits-1 {
			continue
		}
		if x, err = x.Finish(context.Background()); err != nil {
			t.Fatal(err)
		}
		p.SetIndex(x)
		p.CatchUp()
		if got, want := dump(p), dump(fresh(d)); got != want {
			t.Fatalf("seed %d, edit %d, %+v\nof %q\nfollowed:\n%s\nanew:\n%s", seed, i, cs, clip(d.String()), firstDifference(got, want), firstDifference(want, got))
		}
	}
}

func clip(s string) string {
	if len(s) > 600 {
		return s[:600] + "…"
	}
	return s
}

func firstDifference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range la {
		if i >= len(lb) || la[i] != lb[i] {
			return strings.Join(la[max(i-1, 0):min(i+3, len(la))], "\n")
		}
	}
	return "(a part of the other)"
}

func TestPageFollowsEdits(t *testing.T) {
	var joined strings.Builder
	for _, e := range specExamples(t) {
		joined.WriteString(e.Markdown + "\n\n")
	}
	all := joined.String()
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		from := r.IntN(len(all) - 3000)
		followEdits(t, all[from:from+200+r.IntN(2500)], seed, 25)
	}
	followEdits(t, all, 99, 30)
}

func TestRealDataPageFollowsEdits(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("skipped: LONGHAND_DATA is not set")
	}
	n := uint64(0)
	_ = filepath.WalkDir(filepath.Join(data, "library"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		if n++; n%8 != 0 {
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		followEdits(t, string(source), n, 12)
		return nil
	})
	t.Logf("%d articles", n/8)
}

// Units that show nothing are parsed once, however many there are.
func TestManyEmptyUnits(t *testing.T) {
	const n = 3 * mostBuilt
	p := fresh(text.New(strings.Repeat("<!-- c -->\n\n[l]: /x\n\n", n) + "<div>\n\n<!-- d -->\n\n</div>\n\n<a id=\"x\"></a>\n"))
	count := p.Index().UnitCount()
	for i := range count {
		p.Block(i)
	}
	if len(p.empty) < 2*n || len(p.built) > 8 {
		t.Errorf("%d of %d units are known to be empty, %d blocks are kept", len(p.empty), count, len(p.built))
	}
	if p.Block(0) != nothing {
		t.Error("it is built again")
	}
	if at, ok := p.Anchor("x"); !ok || at != p.Unit(count-1).Start {
		t.Errorf("the anchor is at %d, %v", at, ok)
	}
	// A unit that gets into something else is asked again.
	d := p.Index().Doc()
	cs := text.Changes{{Start: 0, End: 0, Insert: "<blockquote>\n\n"}}
	next, _, _ := d.ApplyAll(cs)
	p.SetIndex(p.Index().Edit(next, cs))
	if p.Block(2) == nothing {
		t.Error("what a unit stands in does not count")
	}
}
