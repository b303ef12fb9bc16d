package markdown

import (
	"context"
	"strings"
	"testing"
	"time"

	"longhand/editor/text"
)

func TestHugeBlocks(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const size = 1 << 20
	fill := func(line string) string { return strings.Repeat(line, size/len(line)) }
	for _, c := range []struct {
		name, source string
		block        BlockKind
		has          Style // of the middle line's last byte
	}{
		{"fence", "```go\n" + fill("x := 1 * 2 // *no*\n") + "```\n", FencedCode, CodeBlock},
		{"open fence", "~~~\n" + fill("# no\n\n"), FencedCode, CodeBlock},
		{"indented", fill("    - no\n"), IndentedCode, CodeBlock},
		{"html", "<div>\n" + fill("# no\n") + "</div>\n", HTMLBlock, HTML},
		{"paragraph", fill("some 2. *word*\n    2. *word*\n"), Paragraph, Emphasis | Markup},
		{"list", fill("- an item with a *word*\n"), Paragraph, Emphasis | Markup},
		{"loose list", fill("1. an item\n\n   with a *word*\n   with a *word*\n\n"), Paragraph, 0},
		{"quote", fill("> with a *word*\n"), Paragraph, Quote | Emphasis | Markup},
		{"table", "| a |\n|---|\n" + fill("| b ~~c~~|\n"), TableBlock, Table | Markup},
		{"definitions", fill("term\n: a *word*\n\n"), 0, 0},
		{"one line", fill("*a* "), Paragraph, 0},
		{"one word", fill("a"), Paragraph, 0},
		{"stars", fill("*"), ThematicBreak, Markup},
		{"brackets", fill("["), Paragraph, 0},
		{"blank lines", fill("\n"), Blank, 0},
		{"spaces", fill(" "), Blank, 0},
		{"references", fill("[a]: b\n"), ReferenceBlock, Definition},
		{"headings", fill("# a\n"), HeadingBlock, level(1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := text.New(c.source)
			start := time.Now()
			x := NewIndex(d)
			x.Line(d.Lines() / 2)
			opened := time.Since(start)
			x, err := x.Finish(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			finished := time.Since(start)
			line := d.Lines() / 2
			for d.LineText(line) == "" && line < d.Lines()-1 && c.block != Blank {
				line++
			}
			start = time.Now()
			l := x.Line(line)
			var last Style
			if n := len(l.Spans); n > 0 {
				last = l.Spans[n-1].Style
			}
			if c.block != 0 && l.Block != c.block || !last.Has(c.has) {
				t.Errorf("line %d %.40q: block %d, style %s", line, d.LineText(line), l.Block, styleNames(last))
			}
			x.BlockAt(d.Len() / 2)
			styled := time.Since(start)
			start = time.Now()
			for _, at := range []int{d.Len() / 2, 0, d.Len(), 7} {
				cs := text.Changes{{Start: at, End: at, Insert: "x"}}
				next, _, err := d.ApplyAll(cs)
				if err != nil {
					t.Fatal(err)
				}
				y := x.Edit(next, cs)
				y.Line(next.Line(at))
				y.Dirty(x)
			}
			edited := time.Since(start) / 4
			t.Logf("open %v, finish %v, line %v, key %v", opened, finished, styled, edited)
			if opened > 3*time.Second || styled > 3*time.Second || edited > 3*time.Second {
				t.Errorf("open %v, line %v, key %v", opened, styled, edited)
			}
		})
	}
}
