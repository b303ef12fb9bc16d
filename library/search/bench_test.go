package search_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"longhand/library/sample"
	"longhand/library/search"
)

// sizes are how many articles the benchmarks run with. A hundred thousand take
// minutes: set LONGHAND_BENCH_LARGE.
func sizes() []int {
	if os.Getenv("LONGHAND_BENCH_LARGE") != "" {
		return []int{1000, 10_000, 100_000}
	}
	return []int{1000, 10_000}
}

// shelf is a library of generated articles with its index.
type shelf struct {
	entries []search.Entry
	byPath  map[string]search.Entry
	files   []search.File
	real    []search.Entry // of which they were made, if any
	cache   string
}

func newShelf(tb testing.TB, n int) *shelf {
	real := realArticles(tb)
	s := &shelf{entries: entries(sample.Articles(n, real)), real: entries(real), byPath: map[string]search.Entry{}, cache: tb.TempDir()}
	for _, e := range s.entries {
		s.byPath[e.Path] = e
		s.files = append(s.files, search.File{Path: e.Path, ModTime: e.ModTime, Size: e.Size})
	}
	return s
}

func (s *shelf) load(path string) (search.Entry, bool) {
	e, ok := s.byPath[path]
	return e, ok
}

func (s *shelf) text(path string) (string, error) { return s.byPath[path].Body, nil }

func (s *shelf) open(tb testing.TB) *search.Index {
	tb.Helper()
	x, err := search.Open(tb.Context(), s.cache, "/library", s.text)
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

func (s *shelf) sync(tb testing.TB, x *search.Index) {
	tb.Helper()
	if err := x.Sync(tb.Context(), s.files, s.load, nil); err != nil {
		tb.Fatal(err)
	}
}

// indexed opens the index with all articles in it.
func (s *shelf) indexed(tb testing.TB) *search.Index {
	x := s.open(tb)
	s.sync(tb, x)
	return x
}

// queries are a fixed mix: 200, as they are typed in life.
func (s *shelf) queries() []string {
	r := rand.New(rand.NewPCG(3, 4))
	var out []string
	add := func(n int, make func(words []string) string) {
		for tries := 0; n > 0 && tries < 10_000; tries++ {
			e := s.entries[r.IntN(len(s.entries))]
			if words := wordsOf(e.Title + " " + e.Body[:min(len(e.Body), 4000)]); len(words) >= 10 {
				if q := make(words); q != "" {
					out = append(out, q)
					n--
				}
			}
		}
	}
	pick := func(words []string) string { return words[r.IntN(len(words))] }
	add(30, pick)
	add(40, func(w []string) string { return pick(w) + " " + pick(w) })
	for range 10 { // one word, letter by letter
		add(1, func(w []string) string {
			word := []rune(pick(w))
			for n := 1; n < min(len(word), 6); n++ {
				out = append(out, string(word[:n]))
			}
			return string(word)
		})
	}
	add(20, func(w []string) string { i := r.IntN(len(w) - 2); return `"` + w[i] + " " + w[i+1] + `"` })
	add(20, func(w []string) string { // rare
		slices.SortFunc(w, func(a, b string) int { return len(b) - len(a) })
		return w[0]
	})
	add(20, func(w []string) string { return misspelt(r, pick(w)) })
	add(10, func(w []string) string {
		for _, word := range w {
			if strings.ContainsFunc(word, func(c rune) bool { return c > 0x7f && c < 0x250 }) {
				return word
			}
		}
		return ""
	})
	for i, n := 0, 0; i < len(s.entries) && n < 20; i++ {
		if run := hanOf(s.entries[i].Title); len(run) >= 4 {
			out = append(out, string(run[:2+n%3]))
			n++
		}
	}
	return out
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) || r > 0x2000 })
}

// hanOf is the first run of Chinese characters or kana in a text.
func hanOf(s string) []rune {
	var run []rune
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			run = append(run, r)
		} else if len(run) > 0 {
			break
		}
	}
	return run
}

// misspelt makes one typing mistake in a word.
func misspelt(r *rand.Rand, w string) string {
	c := []rune(w)
	if len(c) < 4 {
		return w
	}
	i := 1 + r.IntN(len(c)-2)
	switch r.IntN(4) {
	case 0:
		c[i], c[i+1] = c[i+1], c[i]
	case 1:
		c = slices.Delete(c, i, i+1)
	case 2:
		c = slices.Insert(c, i, c[i])
	default:
		c[i] = 'a' + rune(r.IntN(26))
	}
	return string(c)
}

// report tells of times, in milliseconds.
func report(b *testing.B, times []time.Duration) {
	slices.Sort(times)
	for name, at := range map[string]int{"p50": len(times) / 2, "p95": len(times) * 95 / 100, "max": len(times) - 1} {
		b.ReportMetric(float64(times[at].Microseconds())/1000, name+"-ms")
	}
	b.ReportMetric(0, "ns/op")
}

func eachSize(b *testing.B, f func(b *testing.B, s *shelf)) {
	for _, n := range sizes() {
		s := newShelf(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) { f(b, s) })
	}
}

// BenchmarkSearch is the time of a query with twenty results and their snippets.
func BenchmarkSearch(b *testing.B) {
	eachSize(b, func(b *testing.B, s *shelf) {
		x := s.indexed(b)
		defer x.Close()
		queries := s.queries()
		slowest := map[time.Duration]string{}
		var times []time.Duration
		for b.Loop() {
			for _, q := range queries {
				start := time.Now()
				if _, err := x.Search(b.Context(), q, 20); err != nil {
					b.Fatal(q, err)
				}
				took := time.Since(start)
				times = append(times, took)
				slowest[took] = q
			}
		}
		report(b, times)
		if testing.Verbose() {
			for _, took := range slices.Backward(slices.Sorted(maps.Keys(slowest))[max(0, len(slowest)-12):]) {
				b.Logf("%v for %q", took, slowest[took])
			}
		}
	})
}

// BenchmarkCold is the time until all articles are indexed.
func BenchmarkCold(b *testing.B) {
	eachSize(b, func(b *testing.B, s *shelf) {
		var times []time.Duration
		var first time.Duration
		for b.Loop() {
			s.cache = b.TempDir()
			x := s.open(b)
			start := time.Now()
			first = 0
			if err := x.Sync(b.Context(), s.files, s.load, func(int, int) {
				if first == 0 {
					first = time.Since(start)
				}
			}); err != nil {
				b.Fatal(err)
			}
			times = append(times, time.Since(start))
			x.Close()
		}
		report(b, times)
		b.ReportMetric(float64(first.Microseconds())/1000, "first-ms")
		size := 0.0
		files, _ := os.ReadDir(s.cache)
		for _, f := range files {
			if info, err := f.Info(); err == nil {
				size += float64(info.Size())
			}
		}
		b.ReportMetric(size/1e6, "disk-MB")
	})
}

// BenchmarkStart is the time from opening an index to the first answer, and to
// knowing that nothing has changed; memory is what it then takes.
func BenchmarkStart(b *testing.B) {
	eachSize(b, func(b *testing.B, s *shelf) {
		s.indexed(b).Close()
		query := strings.Join(longestWords(s.entries[len(s.entries)/2].Title, 2), " ")
		var times []time.Duration
		var warm, memory float64
		for b.Loop() {
			before := heap()
			start := time.Now()
			x := s.open(b)
			if _, err := x.Search(context.Background(), query, 20); err != nil {
				b.Fatal(err)
			}
			times = append(times, time.Since(start))
			s.sync(b, x)
			warm = max(warm, float64(time.Since(start).Microseconds())/1000)
			memory = max(memory, heap()-before)
			x.Close()
		}
		report(b, times)
		b.ReportMetric(warm, "warm-ms")
		b.ReportMetric(memory, "MiB")
	})
}

// heap is what lives on it, in MiB.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// BenchmarkSave is the time from a save until the article is found by it.
func BenchmarkSave(b *testing.B) {
	eachSize(b, func(b *testing.B, s *shelf) {
		x := s.indexed(b)
		defer x.Close()
		var times []time.Duration
		for i := 0; b.Loop(); i++ {
			e := s.entries[i*37%len(s.entries)]
			word := fmt.Sprintf("zyx%dqv", i)
			e.Body += "\n\n" + word
			start := time.Now()
			if err := x.Put(b.Context(), e); err != nil {
				b.Fatal(err)
			}
			found, err := x.Search(b.Context(), word, 10)
			if err != nil || len(found) == 0 || found[0].Path != e.Path {
				b.Fatal(found, err)
			}
			times = append(times, time.Since(start))
		}
		report(b, times)
	})
}

// knownItems are queries by which one looks for an article that one remembers,
// with its path: two or three words, of its title, and of its beginning and end such
// as at most one article in a hundred has; the same with a typing mistake; the first
// letters of its title if at most five have the same, joined and spaced; Chinese
// characters of its title and text.
func (s *shelf) knownItems() map[string]map[string]string {
	r := rand.New(rand.NewPCG(5, 6))
	count := map[string]int{}
	for _, e := range s.entries {
		seen := map[string]bool{}
		for _, w := range wordsOf(strings.ToLower(e.Title + " " + e.Body)) {
			if !seen[w] {
				seen[w] = true
				count[w]++
			}
		}
	}
	alike := map[string]int{} // titles by their initials: of a series they are all the same
	for _, e := range s.entries {
		initials := ""
		for _, w := range wordsOf(e.Title) {
			initials += strings.ToLower(string([]rune(w)[:1]))
		}
		alike[initials]++
	}
	remembered := func(text string, rare bool) string {
		var words []string
		for _, w := range strings.FieldsFunc(text, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '_' && r != '/'
		}) {
			// No keys, addresses or hashes.
			if n := len([]rune(w)); n >= 5 && n <= 20 && strings.ToLower(w[1:]) == w[1:] && len(wordsOf(w)) == 1 && wordsOf(w)[0] == w && (!rare || count[strings.ToLower(w)] <= max(len(s.entries)/100, 10)) {
				words = append(words, w)
			}
		}
		if len(words) == 0 {
			return ""
		}
		return words[r.IntN(len(words))]
	}
	out := map[string]map[string]string{"words": {}, "typo": {}, "initials": {}, "spaced": {}, "cjk": {}}
	put := func(kind, query, path string) {
		if len(out[kind]) < 200 && query != "" {
			out[kind][query] = path
		}
	}
	for _, i := range r.Perm(len(s.entries)) {
		e := s.entries[i]
		if run := hanOf(e.Title); len(run) >= 4 {
			at := r.IntN(len(run) - 3)
			query := string(run[at : at+4])
			if body := hanOf(e.Body[len(e.Body)/2:]); len(body) >= 6 {
				query = string(run[at:at+2]) + " " + string(body[:6])
			}
			if len(s.real) == 0 || strings.Contains(query, " ") { // titles alone come again and again
				put("cjk", query, e.Path)
			}
			continue
		}
		middle := strings.IndexFunc(e.Body[len(e.Body)/2:], unicode.IsSpace) + len(e.Body)/2
		words := []string{remembered(e.Body[max(middle, 0):], true)}
		if title := remembered(e.Title, false); title != "" {
			words = append(words, title)
		}
		if len(words) < 2 || i%2 == 0 {
			words = append(words, remembered(e.Body[:max(middle, 0)], true))
		}
		if !slices.Contains(words, "") {
			put("words", strings.Join(words, " "), e.Path)
			wrong := slices.Clone(words)
			wrong[i%len(words)] = misspelt(r, words[i%len(words)])
			put("typo", strings.Join(wrong, " "), e.Path)
		}
		var initials []string
		for _, w := range wordsOf(e.Title) {
			initials = append(initials, strings.ToLower(string([]rune(w)[:1])))
		}
		if len(initials) >= 5 && alike[strings.Join(initials, "")] <= 5 {
			put("initials", strings.Join(initials, ""), e.Path)
			put("spaced", strings.Join(initials, " "), e.Path)
		}
	}
	return out
}

// BenchmarkQuality is no time: how many of 200 articles are among the first ten
// by two or three words, by the same with a mistake, by the first letters of the
// title's words, by four Chinese characters.
func BenchmarkQuality(b *testing.B) { quality(b, (*shelf).knownItems) }

// quality reports of each kind of items which share is among the first ten.
func quality(b *testing.B, items func(*shelf) map[string]map[string]string) {
	eachSize(b, func(b *testing.B, s *shelf) {
		x := s.indexed(b)
		defer x.Close()
		for b.Loop() {
			for kind, items := range items(s) {
				found := 0
				for query, path := range items {
					results, err := x.Search(b.Context(), query, 10)
					if err != nil {
						b.Fatal(err)
					}
					if slices.ContainsFunc(results, func(r search.Result) bool { return r.Path == path }) {
						found++
					} else if testing.Verbose() {
						b.Logf("%s: %q does not find %q", kind, query, s.byPath[path].Title)
					}
				}
				b.ReportMetric(float64(found)/float64(max(len(items), 1)), kind)
			}
		}
		b.ReportMetric(0, "ns/op")
	})
}
