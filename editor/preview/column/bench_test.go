package column

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"longhand/editor/markdown"
	"longhand/editor/preview/content"
	"longhand/editor/text"
)

// The benchmarks measure from the change to the pictures of the rows ready to be shown, in a
// window of 560 by 830 pixels, as the widget asks for it.

// article makes a realistic article of about the given size in bytes.
func article(size int) string {
	r := rand.New(rand.NewPCG(7, 1))
	syllables := strings.Fields("ta ri no se la mo ken dar el vi sho an ber tion ing un re pre st ght ea ou")
	words := make([]string, 4000)
	for i := range words {
		for range 1 + r.IntN(2+i*3/len(words)) {
			words[i] += syllables[r.IntN(len(syllables))]
		}
	}
	word := func() string { return words[int(float64(len(words))*r.Float64()*r.Float64()*r.Float64())] }
	var b strings.Builder
	b.WriteString("---\ntitle: A generated article\n---\n\n")
	sentence := func() {
		n := 5 + r.IntN(15)
		for i := range n {
			w := word()
			switch r.IntN(60) {
			case 0:
				w = "*" + w + "*"
			case 1:
				w = "**" + w + "**"
			case 2:
				w = "`" + w + "`"
			case 3:
				w = "[" + w + "](https://example.org/" + w + ")"
			}
			b.WriteString(w)
			if i < n-1 {
				b.WriteByte(' ')
			}
		}
		b.WriteString(". ")
	}
	for b.Len() < size {
		switch r.IntN(14) {
		case 0:
			fmt.Fprintf(&b, "## %s %s\n\n", word(), word())
		case 1:
			for range 2 + r.IntN(5) {
				b.WriteString("- ")
				sentence()
				b.WriteByte('\n')
			}
			b.WriteByte('\n')
		case 2:
			b.WriteString("```go\nfunc " + word() + "(n int) string {\n\treturn \"" + word() + "\" // " + word() + "\n}\n```\n\n")
		case 3:
			b.WriteString("> ")
			sentence()
			b.WriteString("\n\n")
		case 4:
			b.WriteString("| a | b |\n|---|--:|\n")
			for range 2 + r.IntN(4) {
				b.WriteString("| " + word() + " " + word() + " | " + word() + " |\n")
			}
			b.WriteByte('\n')
		default:
			for range 2 + r.IntN(6) {
				sentence()
			}
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

var sizes = []struct {
	name string
	size int
}{{"10KB", 10 << 10}, {"100KB", 100 << 10}, {"1MB", 1 << 20}, {"10MB", 10 << 20}}

// BenchmarkKey types letters into a paragraph in the middle.
func BenchmarkKey(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			source := article(s.size)
			v := newView(b, source)
			d := text.New(source)
			x := v.page.Index()
			at := strings.Index(source[len(source)/2:], ". ") + len(source)/2
			v.SetIndex(x, at)
			v.Reveal(at, 300)
			v.Frame()
			b.ResetTimer()
			for i := range b.N {
				cs := text.Changes{{Start: at, End: at, Insert: string(rune('a' + i%26))}}
				next, _, err := d.ApplyAll(cs)
				if err != nil {
					b.Fatal(err)
				}
				d, x = next, x.Edit(next, cs)
				at++
				v.SetIndex(x, at)
				v.Reveal(at, 300)
				v.Frame()
				if i%40 == 39 { // paragraphs do not grow for ever
					cs := text.Changes{{Start: at - 40, End: at}}
					d, _, _ = d.ApplyAll(cs)
					x = x.Edit(d, cs)
					at -= 40
				}
			}
		})
	}
}

// BenchmarkOpen shows a text until its first screen is there, as the editor hands it over:
// with the first part of it read.
func BenchmarkOpen(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			source := article(s.size)
			d := text.New(source)
			v := newView(b, "")
			b.ResetTimer()
			for range b.N {
				v.Show(markdown.NewIndex(d), content.Frame{Title: "A generated article", Byline: "today"}, Files{})
				v.Frame()
			}
		})
	}
}

// BenchmarkPage scrolls by a page, over text that was not seen before.
func BenchmarkPage(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			v := newView(b, article(s.size))
			b.ResetTimer()
			for range b.N {
				v.ScrollBy(v.height - 60)
				v.Frame()
				if _, most := v.Extent(); v.Position() >= most-1 {
					b.StopTimer()
					v.ScrollTo(0)
					b.StartTimer()
				}
			}
		})
	}
}

// BenchmarkStep scrolls by some pixels, as a glide does.
func BenchmarkStep(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			v := newView(b, article(s.size))
			v.ScrollTo(2000)
			b.ResetTimer()
			for i := range b.N {
				by := 20
				if i/50%2 == 1 {
					by = -20
				}
				v.ScrollBy(by)
				v.Frame()
			}
		})
	}
}
