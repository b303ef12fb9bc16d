package text

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// prose returns about so many bytes of an article.
func prose(size int) string {
	r := rand.New(rand.NewPCG(1, uint64(size)))
	words := strings.Fields("The flood gauge on old bridge has stood dry since spring, *and* nobody über die Brücke 橋 **went** to [look](a.md). It said 3.14 m")
	var b strings.Builder
	b.Grow(size + 100)
	for b.Len() < size {
		for range 20 + r.IntN(80) {
			b.WriteString(words[r.IntN(len(words))])
			b.WriteByte(' ')
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

var sizes = []struct {
	name string
	n    int
}{{"10KB", 10 << 10}, {"1MB", 1 << 20}, {"10MB", 10 << 20}}

func BenchmarkDecode(b *testing.B) {
	for _, size := range sizes {
		lf := prose(size.n)
		for name, file := range map[string]string{
			"LF": lf, "CRLF": strings.ReplaceAll(lf, "\n", "\r\n"), "mixed": strings.ReplaceAll(lf, "\n\n", "\n\r\n"),
			"short lines": strings.Repeat("a\r\n", size.n/3),
		} {
			data := []byte(file)
			b.Run(size.name+"/"+name, func(b *testing.B) {
				b.SetBytes(int64(len(data)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Decode(data); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkMemory tells how much a text holds, as a multiple of the file.
func BenchmarkMemory(b *testing.B) {
	for _, size := range sizes[1:] {
		data := []byte(strings.ReplaceAll(prose(size.n), "\n\n", "\n\r\n"))
		b.Run(size.name, func(b *testing.B) {
			var before, after runtime.MemStats
			for b.Loop() {
				runtime.GC()
				runtime.ReadMemStats(&before)
				d, _ := Decode(data)
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(d)
			}
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(data)), "x/file")
		})
	}
}

// BenchmarkKey types and deletes a letter, with the history kept.
func BenchmarkKey(b *testing.B) {
	for _, size := range sizes {
		s := prose(size.n)
		for name, at := range map[string]int{"start": 0, "middle": len(s) / 2, "end": len(s)} {
			d := New(s)
			for d.inside(at) {
				at++
			}
			b.Run(size.name+"/"+name, func(b *testing.B) {
				state := NewState(d, Caret(at))
				b.ReportAllocs()
				for b.Loop() {
					state, _ = state.Apply(Transaction{Changes: Changes{{Start: at, End: at, Insert: "x"}}, Kind: Typing})
					state, _ = state.Apply(Transaction{Changes: Changes{{Start: at, End: at + 1}}, Kind: Deleting})
				}
			})
		}
	}
}

// BenchmarkRandomEdits changes the text anywhere.
func BenchmarkRandomEdits(b *testing.B) {
	for _, size := range sizes {
		b.Run(size.name, func(b *testing.B) {
			d := New(strings.Repeat("some text\n", size.n/10))
			r := rand.New(rand.NewPCG(1, 1))
			for b.Loop() {
				at := r.IntN(d.Len())
				d, _, _ = d.Apply(Change{Start: at, End: at, Insert: "xyz"})
				d, _, _ = d.Apply(Change{Start: at, End: at + 3})
			}
		})
	}
}

func BenchmarkPaste(b *testing.B) {
	paste := prose(10 << 10)
	for _, size := range sizes {
		d := New(strings.Repeat("some text\n", size.n/10))
		b.Run(size.name, func(b *testing.B) {
			at := d.Len() / 2
			for b.Loop() {
				d.Apply(Change{Start: at, End: at, Insert: paste})
			}
		})
	}
}

// BenchmarkReplaceAll makes 10,000 changes at once, and takes them back.
func BenchmarkReplaceAll(b *testing.B) {
	for _, size := range sizes[1:] {
		d := New(strings.Repeat("some text\n", size.n/10))
		var cs Changes
		for i := range 10_000 {
			at := i * (d.Len() / 10_000)
			cs = append(cs, Change{Start: at, End: at + 4, Insert: "another"})
		}
		b.Run(size.name+"/do", func(b *testing.B) {
			for b.Loop() {
				d.ApplyAll(cs)
			}
		})
		e, inverse, _ := d.ApplyAll(cs)
		b.Run(size.name+"/undo", func(b *testing.B) {
			for b.Loop() {
				e.ApplyAll(inverse)
			}
		})
	}
}

func BenchmarkLookup(b *testing.B) {
	for _, size := range sizes {
		d := New(prose(size.n))
		ascii := New(strings.Repeat("x\n", size.n/2))
		r := rand.New(rand.NewPCG(1, 1))
		for _, c := range []struct {
			name string
			f    func()
		}{
			{"Line", func() { d.Line(r.IntN(d.Len())) }},
			{"LineStart", func() { d.LineStart(r.IntN(d.Lines())) }},
			{"LineStart of short lines", func() { ascii.LineStart(r.IntN(ascii.Lines())) }},
			{"LineText", func() { d.LineText(r.IntN(d.Lines())) }},
			{"NextGrapheme", func() { d.NextGrapheme(r.IntN(d.Len())) }},
			{"PrevGrapheme", func() { d.PrevGrapheme(r.IntN(d.Len())) }},
			{"NextWord", func() { d.NextWord(r.IntN(d.Len())) }},
			{"PrevWord", func() { d.PrevWord(r.IntN(d.Len())) }},
			{"WordAt", func() { d.WordAt(r.IntN(d.Len())) }},
		} {
			b.Run(fmt.Sprintf("%s/%s", size.name, c.name), func(b *testing.B) {
				for b.Loop() {
					c.f()
				}
			})
		}
	}
}

// BenchmarkWhole does what takes time in proportion to the text.
func BenchmarkWhole(b *testing.B) {
	for _, size := range sizes[1:] {
		s := prose(size.n)
		d := New(s)
		e, _, _ := d.Apply(Change{Start: d.Len() / 2, End: d.Len() / 2, Insert: "x"})
		for _, c := range []struct {
			name string
			f    func()
		}{
			{"String", func() { _ = d.String() }},
			{"Bytes", func() { d.Bytes() }},
			{"Index", func() { d.Index("nowhere", 0) }},
			{"Equal", func() { d.Equal(New(s)) }},
			{"Check", func() { d.Check() }},
			{"Diff", func() { e.Diff(s) }},
		} {
			b.Run(fmt.Sprintf("%s/%s", size.name, c.name), func(b *testing.B) {
				for b.Loop() {
					c.f()
				}
			})
		}
	}
}
