package search_test

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"longhand/library/sample"
	"longhand/library/search"
)

// realArticles are all articles below LONGHAND_DATA/library; none when it is unset.
func realArticles(tb testing.TB) []sample.Article {
	tb.Helper()
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		return nil
	}
	out, err := sample.Real(filepath.Join(data, "library"))
	if err != nil {
		tb.Fatal(err)
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
	entries := entries(realArticles(t))
	if len(entries) == 0 {
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
