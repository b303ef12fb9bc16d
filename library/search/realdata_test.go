package search_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"longhand/library"
	"longhand/library/search"
)

// realEntries are all articles below LONGHAND_DATA/library; none when it is unset.
func realEntries(tb testing.TB) []search.Entry {
	tb.Helper()
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		return nil
	}
	lib, err := library.Open(filepath.Join(data, "library"))
	if err != nil {
		tb.Fatal(err)
	}
	articles, _, err := lib.Load(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	var out []search.Entry
	for _, a := range articles {
		if !a.Unreadable {
			out = append(out, search.Entry{Path: a.Path, Title: a.Title, Tags: a.Tags, Body: a.Body, Date: a.Date})
		}
	}
	return out
}

// longestWords are up to n of the title's longest words, numbers first: often
// they alone tell it from others.
func longestWords(title string, n int) []string {
	var words []string
	for w := range strings.FieldsSeq(title) {
		if w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); w != "" {
			words = append(words, w)
		}
	}
	slices.SortStableFunc(words, func(a, b string) int {
		return cmp.Compare(weight(b), weight(a))
	})
	return words[:min(n, len(words))]
}

func weight(w string) int {
	n := utf8.RuneCountInString(w)
	if strings.ContainsFunc(w, unicode.IsDigit) {
		n += 1000
	}
	return n
}

func TestRealDataSearch(t *testing.T) {
	entries := realEntries(t)
	if entries == nil {
		t.Skip("set LONGHAND_DATA to a folder with library/ to search real articles")
	}
	start := time.Now()
	x := search.New(entries...)
	t.Logf("%d articles indexed in %v", len(entries), time.Since(start))

	const asked = 100
	found, total := 0, 0
	var longest time.Duration
	for i := range asked {
		e := entries[i*len(entries)/asked]
		words := longestWords(e.Title, 3)
		if len(words) == 0 {
			continue
		}
		total++
		start := time.Now()
		results, err := x.Search(t.Context(), strings.Join(words, " "), 10)
		longest = max(longest, time.Since(start))
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(results, func(r search.Result) bool { return r.Path == e.Path }) {
			found++
		} else {
			t.Logf("not among the first ten for %q: %q (%s)", words, e.Title, e.Path)
		}
	}
	t.Logf("known item: %d of %d among the first ten; slowest query %v", found, total, longest)
	if found*100 < total*95 {
		t.Errorf("only %d of %d known articles were found", found, total)
	}
}

// many makes n entries, of real ones when there are any, else of made-up words.
func many(b *testing.B, n int) []search.Entry {
	r := rand.New(rand.NewPCG(1, 2))
	real := realEntries(b)
	var vocabulary []string
	for range 20_000 {
		var w strings.Builder
		for range 1 + r.IntN(4) {
			w.WriteString([]string{"ka", "ri", "to", "mé", "lo", "ße", "an", "der", "st", "on", "漢"}[r.IntN(11)])
		}
		vocabulary = append(vocabulary, w.String())
	}
	words := func(n int) string {
		var s strings.Builder
		for range n {
			// Some words are frequent, most are rare.
			s.WriteString(vocabulary[int(float64(len(vocabulary))*r.Float64()*r.Float64()*r.Float64())] + " ")
		}
		return s.String()
	}
	out := make([]search.Entry, n)
	for i := range out {
		date := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -i)
		if len(real) == 0 {
			out[i] = search.Entry{Path: fmt.Sprint(i), Title: words(5), Tags: []string{words(1)}, Body: words(900), Date: date}
			continue
		}
		// Beyond the real ones, halves of two make a new one.
		a, c := real[i%len(real)], real[r.IntN(len(real))]
		if i < len(real) {
			c = a
		}
		half := func(s string, from bool) string {
			at := strings.IndexByte(s[len(s)/2:], '\n')
			if at = len(s)/2 + max(at, 0); !utf8.RuneStart(append([]byte(s), 0)[at]) {
				at = 0
			}
			if from {
				return s[at:]
			}
			return s[:at]
		}
		out[i] = search.Entry{Path: fmt.Sprint(i), Title: a.Title, Tags: c.Tags, Body: half(a.Body, false) + half(c.Body, true), Date: date}
	}
	return out
}

func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{750, 10_000} {
		entries := many(b, n)
		bytes := 0
		for _, e := range entries {
			bytes += len(e.Body)
		}
		x := search.New(entries...)
		rare := longestWords(entries[n/2].Title, 2)
		for _, q := range []struct{ name, query string }{
			{"letter", "t"}, {"prefix", "rel"}, {"word", "release"}, {"words", strings.Join(rare, " ")}, {"phrase", `"of the"`}, {"missing", "zzyzx"}, {"cjk", "漢字"},
		} {
			b.Run(fmt.Sprintf("%s/%d", q.name, n), func(b *testing.B) {
				found := 0
				for b.Loop() {
					results, err := x.Search(context.Background(), q.query, 20)
					if err != nil {
						b.Fatal(err)
					}
					found = len(results)
				}
				b.ReportMetric(float64(found), "found")
				b.ReportMetric(float64(bytes)/float64(n), "bytes/article")
			})
		}
	}
}

func BenchmarkIndex(b *testing.B) {
	entries := many(b, 750)
	for b.Loop() {
		search.New(entries...)
	}
}
