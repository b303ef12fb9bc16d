package find

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"longhand/editor/text"
)

// prose returns about size bytes that look like English.
func prose(size int) text.Doc {
	words := strings.Fields(`the of and to in that he was it his is with as had for you not be her on at by which have or from this
		him but all she they were my are me one their so an said them we who would been will no when there if more out up into
		Writing editor paragraph sentence Chapter question journey window library quickly morning Élan café naïve`)
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for line := 0; b.Len() < size; {
		word := words[r.IntN(len(words))]
		b.WriteString(word)
		if line += len(word) + 1; line > 400 {
			b.WriteString(".\n\n")
			line = 0
		} else {
			b.WriteByte(' ')
		}
	}
	b.WriteString("unique")
	return text.New(b.String())
}

var sizes = []struct {
	name string
	size int
}{{"10KB", 10_000}, {"1MB", 1_000_000}, {"10MB", 10_000_000}}

func BenchmarkAll(b *testing.B) {
	queries := []struct {
		name  string
		query Query
	}{
		{"case/unique", Query{Text: "unique", Case: true}},
		{"case/the", Query{Text: "the", Case: true}},
		{"fold/unique", Query{Text: "unique"}},
		{"fold/the", Query{Text: "the"}},
		{"fold/e", Query{Text: "e"}},
		{"fold/s", Query{Text: "s"}},
		{"fold/space", Query{Text: " "}},
		{"fold/café", Query{Text: "CAFÉ"}},
		{"fold/kiss", Query{Text: "kiss"}}, // K and S have forms of several bytes
		{"word/is", Query{Text: "is", Word: true}},
		{"regexp/literal", Query{Text: "unique", Case: true, Regexp: true}},
		{"regexp/words", Query{Text: `\bqu\w+`, Regexp: true}},
		{"regexp/wholeWords", Query{Text: `qu\w+`, Regexp: true, Word: true}},
		{"regexp/overLines", Query{Text: `unique\s`, Regexp: true}},
	}
	// A word as it is typed.
	for i := 1; i <= len("question"); i++ {
		queries = append(queries, struct {
			name  string
			query Query
		}{"typed/" + "question"[:i], Query{Text: "question"[:i]}})
	}
	for _, size := range sizes {
		d := prose(size.size)
		for _, q := range queries {
			b.Run(size.name+"/"+q.name, func(b *testing.B) {
				f := mustCompile(b, q.query)
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					ms, _ := f.All(context.Background(), d, 0)
					n = ms.Len()
				}
				b.ReportMetric(float64(n), "matches")
			})
		}
	}
}

// BenchmarkScripts has letters of several bytes, which share their first ones.
func BenchmarkScripts(b *testing.B) {
	for _, script := range []struct{ name, line, query string }{
		{"Cyrillic", "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.\n", "семья"},
		{"Greek", "Μῆνιν ἄειδε, θεά, Πηληιάδεω Ἀχιλῆος οὐλομένην, ἣ μυρί' Ἀχαιοῖς ἄλγε' ἔθηκε.\n", "θεά"},
		{"Chinese", "道可道,非常道。名可名,非常名。无名天地之始;有名万物之母。\n", "天地"},
	} {
		d := text.New(strings.Repeat(script.line, 10_000_000/len(script.line)))
		for _, query := range []string{script.query[:len(script.query)/len([]rune(script.query))], script.query} {
			f := mustCompile(b, Query{Text: query})
			b.Run("10MB/"+script.name+"/"+query, func(b *testing.B) {
				for b.Loop() {
					_, _ = f.All(context.Background(), d, 0)
				}
			})
		}
	}
}

func BenchmarkNext(b *testing.B) {
	for _, size := range sizes {
		d := prose(size.size)
		for _, q := range []string{"the", "unique"} {
			f := mustCompile(b, Query{Text: q})
			b.Run(size.name+"/"+q, func(b *testing.B) {
				for b.Loop() {
					f.Next(d, d.Len()/2)
				}
			})
			b.Run(size.name+"/prev/"+q, func(b *testing.B) {
				for b.Loop() {
					f.Prev(d, d.Len()/2)
				}
			})
		}
	}
}

func BenchmarkUpdate(b *testing.B) {
	for _, size := range sizes {
		d := prose(size.size)
		for _, q := range []string{"the", "e"} {
			f := mustCompile(b, Query{Text: q})
			ms := all(b, f, d)
			at := d.LineStart(d.Lines() / 2)
			cs := text.Changes{{Start: at, End: at, Insert: "x"}}
			after, _, err := d.ApplyAll(cs)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("%s/%d", size.name, ms.Len()), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					ms.Update(f, after, cs)
				}
			})
		}
	}
}

func BenchmarkReplaceAll(b *testing.B) {
	d := prose(1_000_000)
	for _, q := range []Query{{Text: "the"}, {Text: `(t)(he)`, Regexp: true}} {
		f := mustCompile(b, q)
		b.Run(fmt.Sprintf("1MB/regexp=%v", q.Regexp), func(b *testing.B) {
			n := 0
			for b.Loop() {
				ms, _ := f.All(context.Background(), d, 10_000)
				n = ms.Len()
				if _, _, err := d.ApplyAll(f.Replace(d, ms, "$2$1")); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n), "matches")
		})
	}
}
