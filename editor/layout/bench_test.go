package layout

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"longhand/editor/find"
	"longhand/editor/markdown"
	"longhand/editor/text"
	"longhand/editor/typeset"
)

// The benchmarks measure a key from the change to the rows ready to be drawn, in
// a window of 1400 by 900 pixels, over the parts that the widget joins.

const (
	benchWidth  = 560
	benchHeight = 900
)

// words of the generated articles: a vocabulary by rank, as in a language.
func vocabulary(r *rand.Rand) []string {
	syllables := strings.Fields("ta ri no se la mo ken dar el vi sho an ber tion ing un re pre st ght ea ou")
	words := make([]string, 4000)
	for i := range words {
		n := 1 + r.IntN(2+i*3/len(words))
		var b strings.Builder
		for range n {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		words[i] = b.String()
	}
	return words
}

// article makes a realistic article of about the given size in bytes.
func article(size int, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := vocabulary(r)
	word := func() string { return words[int(float64(len(words))*r.Float64()*r.Float64()*r.Float64())] }
	var b strings.Builder
	b.WriteString("---\ntitle: A generated article\ndate: 2026-01-01\ntags: [one, two]\n---\n\n")
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
			if i == 0 {
				w = strings.ToUpper(w[:1]) + w[1:]
			}
			b.WriteString(w)
			if i < n-1 {
				b.WriteByte(' ')
			}
		}
		b.WriteString(". ")
	}
	for b.Len() < size {
		switch r.IntN(12) {
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
		default:
			for range 2 + r.IntN(6) {
				sentence()
			}
			b.WriteString("\n\n")
		}
	}
	return b.String()
}

func repeated(s string, size int) string { return strings.Repeat(s, size/len(s)+1) }

type sample struct {
	name string
	text func() string
}

func samples() []sample {
	const kb, mb = 1 << 10, 1 << 20
	return []sample{
		{"10KB", func() string { return article(10*kb, 1) }},
		{"1MB", func() string { return article(mb, 1) }},
		{"10MB", func() string { return article(10*mb, 1) }},
		{"one-line-1MB", func() string { return strings.ReplaceAll(article(mb, 2), "\n", " ") }},
		{"100000-lines", func() string { return strings.Repeat("x\n", 100000) }},
		{"chinese-1MB", func() string {
			return repeated("河水带走了什么？那座老桥上的水位标尺已经干了十一个夏天，然后在一夜之间，它不见了。没有人听见它离开。\n\n", mb)
		}},
		{"arabic-1MB", func() string {
			return repeated("ماذا أخذ النهر؟ ظل مقياس الفيضان على الجسر القديم جافا أحد عشر صيفا، ثم في ليلة واحدة 1897 اختفى.\n\n", mb)
		}},
	}
}

// desk is the parts an editor joins.
type desk struct {
	state text.State
	index *markdown.Index
	view  *View
}

func newDesk(b testing.TB, f *typeset.Fonts, doc text.Doc) *desk {
	b.Helper()
	d := &desk{state: text.NewState(doc, text.Caret(0)), index: markdown.NewIndex(doc)}
	d.view = New(typeset.NewShaper(f), testType)
	d.view.Resize(benchWidth, benchHeight, 40, benchHeight/2)
	d.view.SetDoc(doc, d.index)
	d.view.Frame()
	return d
}

// finish reads what is still to be read of the text.
func (d *desk) finish(b testing.TB) {
	b.Helper()
	x, err := d.index.Finish(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	d.index = x
	d.view.SetIndex(x)
	d.view.Frame()
}

// key makes one change, and returns when its rows are ready.
func (d *desk) key(b testing.TB, c text.Change) time.Duration {
	b.Helper()
	begin := time.Now()
	cs := text.Changes{c}
	state, err := d.state.Apply(text.Transaction{Changes: cs, Kind: text.Typing, At: begin})
	if err != nil {
		b.Fatal(err)
	}
	d.state = state
	d.index = d.index.Edit(state.Doc(), cs)
	d.view.Edit(state.Doc(), cs, d.index)
	d.view.Reveal(Caret{Offset: cs.Map(c.End, true)}, 1)
	d.view.Frame()
	return time.Since(begin)
}

// undo takes the last change back, unmeasured.
func (d *desk) undo(b testing.TB) {
	b.Helper()
	state, cs, ok := d.state.Undo()
	if !ok {
		b.Fatal("nothing to undo")
	}
	d.state = state
	d.index = d.index.Edit(state.Doc(), cs)
	d.view.Edit(state.Doc(), cs, d.index)
	d.view.Frame()
	if d.index.Pending() {
		d.finish(b)
	}
}

// middleOfLine is a place inside a line near an offset.
func middleOfLine(doc text.Doc, near int) int {
	line := doc.Line(near)
	for line > 0 && doc.LineEnd(line)-doc.LineStart(line) < 20 && line+1 < doc.Lines() && doc.Lines() < 90000 {
		line++
	}
	for line > 0 && doc.LineEnd(line) == doc.LineStart(line) {
		line--
	}
	at := (doc.LineStart(line) + doc.LineEnd(line)) / 2
	return doc.NextGrapheme(doc.PrevGrapheme(at))
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

func BenchmarkKeyToRows(b *testing.B) {
	f := fonts(b)
	paste := article(10<<10, 9)
	for _, s := range samples() {
		doc := text.New(s.text())
		for _, at := range []string{"start", "middle", "end"} {
			near := map[string]int{"start": 120, "middle": doc.Len() / 2, "end": doc.Len() - 1}[at]
			offset := middleOfLine(doc, min(near, doc.Len()))
			for _, op := range []string{"insert", "delete", "newline", "paste10KB"} {
				b.Run(s.name+"/"+at+"/"+op, func(b *testing.B) {
					d := newDesk(b, f, doc)
					d.finish(b)
					d.view.Reveal(Caret{Offset: offset}, 1)
					d.view.Frame()
					c := text.Change{Start: offset, End: offset}
					switch op {
					case "insert":
						c.Insert = "e"
					case "delete":
						c.End = doc.NextGrapheme(offset)
					case "newline":
						c.Insert = "\n"
					case "paste10KB":
						c.Insert = paste
					}
					var times []time.Duration
					for b.Loop() {
						times = append(times, d.key(b, c))
						d.undo(b)
					}
					b.ReportMetric(0, "ns/op")
					b.ReportMetric(float64(median(times).Microseconds()), "µs/key")
				})
			}
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	f := fonts(b)
	for _, s := range samples() {
		data := []byte(s.text())
		b.Run(s.name, func(b *testing.B) {
			var times []time.Duration
			for b.Loop() {
				begin := time.Now()
				doc, err := text.Decode(data)
				if err != nil {
					b.Fatal(err)
				}
				newDesk(b, f, doc)
				times = append(times, time.Since(begin))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(median(times).Microseconds())/1000, "ms/open")
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			doc, _ := text.Decode(slices.Clone(data))
			d := newDesk(b, f, doc)
			d.finish(b)
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/float64(len(data)), "times-the-file")
			runtime.KeepAlive(d)
		})
	}
}

// draw draws all rows that are to be seen.
func draw(v *View, p *typeset.Painter, img *image.RGBA) {
	ink := func(uint32) color.NRGBA { return color.NRGBA{A: 255} }
	for _, l := range v.Frame() {
		for i, row := range l.Rows {
			p.Draw(img, l.Layout, i, 0, float32(l.Top+i*l.RowHeight)+row.Baseline, ink)
		}
	}
}

func BenchmarkJumpAndDraw(b *testing.B) {
	f := fonts(b)
	for _, s := range samples() {
		doc := text.New(s.text())
		b.Run(s.name, func(b *testing.B) {
			d := newDesk(b, f, doc)
			d.finish(b)
			p := typeset.NewPainter(f)
			img := image.NewRGBA(image.Rect(0, 0, 1400, benchHeight))
			r := rand.New(rand.NewPCG(3, 3))
			var times []time.Duration
			for b.Loop() {
				at := r.IntN(doc.Len())
				begin := time.Now()
				d.view.Reveal(Caret{Offset: at}, 1)
				draw(d.view, p, img)
				times = append(times, time.Since(begin))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(median(times).Microseconds())/1000, "ms/jump")
		})
	}
}

func BenchmarkScrollRow(b *testing.B) {
	f := fonts(b)
	for _, s := range samples() {
		doc := text.New(s.text())
		b.Run(s.name, func(b *testing.B) {
			d := newDesk(b, f, doc)
			d.finish(b)
			p := typeset.NewPainter(f)
			img := image.NewRGBA(image.Rect(0, 0, 1400, 2*testType.Row))
			ink := func(uint32) color.NRGBA { return color.NRGBA{A: 255} }
			d.view.Reveal(Caret{Offset: doc.Len() / 2}, 1)
			var times []time.Duration
			for b.Loop() {
				begin := time.Now()
				d.view.ScrollBy(testType.Row)
				frame := d.view.Frame()
				last := frame[len(frame)-1] // the widget keeps the pictures of the other rows
				row := len(last.Rows) - 1
				p.Draw(img, last.Layout, row, 0, last.Rows[row].Baseline, ink)
				times = append(times, time.Since(begin))
				if _, most := d.view.Extent(); d.view.Position() >= most {
					d.view.ScrollTo(0)
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(median(times).Microseconds())/1000, "ms/row")
		})
	}
}

func BenchmarkReplaceAll(b *testing.B) {
	f := fonts(b)
	unit := strings.Repeat("some other words ", 5)
	doc := text.New(strings.Repeat(unit+"needle and more\n\n", 10000)[:len(unit+"needle and more\n\n")*10000])
	finder, err := find.Compile(find.Query{Text: "needle"})
	if err != nil {
		b.Fatal(err)
	}
	b.Run(fmt.Sprintf("10000-in-%dKB", doc.Len()>>10), func(b *testing.B) {
		var times []time.Duration
		for b.Loop() {
			d := newDesk(b, f, doc)
			d.finish(b)
			begin := time.Now()
			matches, err := finder.All(context.Background(), doc, 0)
			if err != nil {
				b.Fatal(err)
			}
			cs := finder.Replace(doc, matches, "thread")
			state, err := d.state.Apply(text.Transaction{Changes: cs, At: begin})
			if err != nil {
				b.Fatal(err)
			}
			index := d.index.Edit(state.Doc(), cs)
			d.view.Edit(state.Doc(), cs, index)
			d.view.Frame()
			times = append(times, time.Since(begin))
		}
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(float64(median(times).Microseconds())/1000, "ms/replace")
	})
}

func BenchmarkFindAsYouType(b *testing.B) {
	for _, s := range samples()[:3] {
		doc := text.New(s.text())
		for _, typed := range []string{"e", "en", "ken", "kenta", "nowhere to be found"} {
			b.Run(s.name+"/"+strings.ReplaceAll(typed, " ", "_"), func(b *testing.B) {
				var times []time.Duration
				for b.Loop() {
					begin := time.Now()
					finder, err := find.Compile(find.Query{Text: typed})
					if err != nil {
						b.Fatal(err)
					}
					if _, err := finder.All(context.Background(), doc, 0); err != nil {
						b.Fatal(err)
					}
					times = append(times, time.Since(begin))
				}
				b.ReportMetric(0, "ns/op")
				b.ReportMetric(float64(median(times).Microseconds())/1000, "ms/key")
			})
		}
	}
}
