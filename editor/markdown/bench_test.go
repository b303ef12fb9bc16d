package markdown

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"longhand/editor/text"
)

const article = "## A *heading* of a section\n\nSome *prose* with a [link](x.md), `code` and \"quotes\", which goes on for a while so that " +
	"the paragraph is about as long as paragraphs are; it has **strong words**, a footnote[^1] and an address, https://example.org/a_b, too.\n\n" +
	"- a list\n- of things\n  with a second line\n- [ ] to do\n\n> A quotation of *somebody*\n> that has two lines.\n\n" +
	"Another paragraph, which is plain prose without anything in it but words, words, words, and then some more words.\n\n"

func articleOf(size int) string {
	return strings.Repeat(article, size/len(article)+1) + "[^1]: The note.\n"
}

func sizes(b *testing.B, run func(b *testing.B, source string)) {
	for _, s := range []struct {
		name string
		size int
	}{{"10KB", 10 << 10}, {"1MB", 1 << 20}, {"10MB", 10 << 20}} {
		b.Run(s.name, func(b *testing.B) { run(b, articleOf(s.size)) })
	}
}

func finished(tb testing.TB, source string) (*Index, text.Doc) {
	tb.Helper()
	d := text.New(source)
	x, err := NewIndex(d).Finish(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return x, d
}

// A key: Edit and the styles of its line.
func BenchmarkKey(b *testing.B) {
	sizes(b, func(b *testing.B, source string) {
		for _, place := range []string{"start", "middle", "end"} {
			b.Run(place, func(b *testing.B) {
				x, d := finished(b, source)
				at := map[string]int{"start": 60, "middle": len(source) / 2, "end": len(source) - 8}[place]
				if place == "middle" {
					at += strings.Index(source[at:], "with a [link]")
				}
				b.ReportAllocs()
				// The text's own change is not measured: it alternates between two.
				var docs [2]text.Doc
				var changes [2]text.Changes
				docs[0] = d
				changes[0] = text.Changes{{Start: at, End: at, Insert: "x"}}
				changes[1] = text.Changes{{Start: at, End: at + 1}}
				docs[1], _, _ = d.ApplyAll(changes[0])
				line := d.Line(at)
				for i := 0; b.Loop(); i++ {
					x = x.Edit(docs[(i+1)%2], changes[i%2])
					x.Line(line)
				}
				if x.Pending() {
					b.Fatal("a key left something pending")
				}
			})
		}
	})
}

func BenchmarkNewIndex(b *testing.B) {
	sizes(b, func(b *testing.B, source string) {
		d := text.New(source)
		b.SetBytes(int64(len(source)))
		for b.Loop() {
			if _, err := NewIndex(d).Finish(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	d := text.New(articleOf(10 << 20))
	for b.Loop() {
		x := NewIndex(d)
		for line := range 60 {
			x.Line(line)
		}
	}
}

// The bytes that an index holds beside the text.
func BenchmarkHeld(b *testing.B) {
	sizes(b, func(b *testing.B, source string) {
		d := text.New(source)
		for b.Loop() {
			before := heap()
			x, err := NewIndex(d).Finish(context.Background())
			if err != nil {
				b.Fatal(err)
			}
			held := heap() - before
			count := 0
			for _, c := range x.units {
				count += len(c.units)
			}
			b.ReportMetric(float64(held), "B-held")
			b.ReportMetric(float64(held)/float64(count), "B/unit")
			runtime.KeepAlive(x)
		}
	})
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// A line of a list of 1 MB, after a key in it.
func BenchmarkHugeList(b *testing.B) {
	source := strings.Repeat("- an item of a long list\n  with a second line\n", 1<<20/46)
	x, d := finished(b, source)
	at := len(source) / 2
	cs := text.Changes{{Start: at, End: at, Insert: "x"}}
	next, _, _ := d.ApplyAll(cs)
	for b.Loop() {
		x.Edit(next, cs).Line(d.Line(at))
	}
}

// Chroma, beside the main thread, and a key in a fence, on it.
func BenchmarkFence(b *testing.B) {
	code := strings.Repeat("func f(x int) string { // what it does\n\tif x > 3 { return \"three\" }\n}\n", 15)
	for _, language := range []string{"go", "python", "js"} {
		b.Run("lex/"+language, func(b *testing.B) {
			b.SetBytes(int64(len(code)))
			for b.Loop() {
				lex(language, code, func() bool { return false })
			}
		})
	}
	source := "text\n\n```go\n" + code + "```\n"
	x, d := finished(b, source)
	for line := range d.Lines() {
		x.Line(line)
	}
	x, _ = x.Finish(context.Background())
	cs := text.Changes{{Start: 400, End: 400, Insert: "x"}}
	next, _, _ := d.ApplyAll(cs)
	b.Run(fmt.Sprintf("key/%dB", len(code)), func(b *testing.B) {
		for b.Loop() {
			x.Edit(next, cs).Line(d.Line(400))
		}
	})
}
