// Package search finds articles: by keywords in title, tags and body, and
// fuzzily by title. It compares texts without case and accents.
//
// Keywords are joined by AND and match anywhere, as parts of words too, so that
// it serves while a word is still being typed and in scripts without spaces;
// "quoted words" match as one. Spans are byte offsets.
package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"
)

// Entry is what is searched of an article.
type Entry struct {
	Path  string // names the article
	Title string
	Tags  []string
	Body  string // Markdown
	Date  time.Time
}

// Span is a range of bytes [Start,End).
type Span struct{ Start, End int }

// Result is an article found.
type Result struct {
	Path  string
	Score float64
	// Title are the spans of the title that match.
	Title []Span
	// Snippet is the place in the body that shows best why; empty when only
	// title or tags match. Marks are the matching spans of it.
	Snippet string
	Marks   []Span
	// Fuzzy is set when only the letters of the title match, not the keywords.
	Fuzzy bool
}

type entry struct {
	Entry
	title, tags, body string // folded
}

// Index holds the entries in memory. It is safe for concurrent use.
type Index struct {
	mu      sync.Mutex
	entries map[string]*entry
	order   []*entry // newest first; nil after a change
}

// New returns an index of the entries.
func New(entries ...Entry) *Index {
	x := &Index{entries: make(map[string]*entry, len(entries))}
	for _, e := range entries {
		x.Put(e)
	}
	return x
}

// Put adds the entry, or replaces the one of its path.
func (x *Index) Put(e Entry) {
	tags := make([]string, len(e.Tags))
	for i, t := range e.Tags {
		tags[i] = Fold(t)
	}
	// No word holds a line break, so none matches from one tag into the next.
	folded := &entry{Entry: e, title: Fold(e.Title), tags: strings.Join(tags, "\n"), body: Fold(e.Body)}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.entries[e.Path] = folded
	x.order = nil
}

// Remove forgets the entry of the path.
func (x *Index) Remove(path string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.entries, path)
	x.order = nil
}

// snapshot returns the entries, newest first, for reading.
func (x *Index) snapshot() []*entry {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.order == nil {
		for _, e := range x.entries {
			x.order = append(x.order, e)
		}
		slices.SortFunc(x.order, func(a, b *entry) int {
			return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.Path, b.Path))
		})
	}
	return x.order
}

// Search returns at most limit articles (all when limit is 0), best first: those
// that hold all keywords, then those whose title has the letters of the query in
// order. A query of punctuation alone finds nothing. The error is the context's.
func (x *Index) Search(ctx context.Context, query string, limit int) ([]Result, error) {
	words := Keywords(query)
	if len(words) == 0 {
		return nil, ctx.Err()
	}
	entries := x.snapshot()
	var hits []hit
	found := map[string]bool{}
	for i, e := range entries {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if s := e.score(words); s > 0 {
			hits = append(hits, hit{e, s, nil})
			found[e.Path] = true
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	hits = append(hits, fuzzyTitles(entries, words, found)...)
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	results := make([]Result, len(hits))
	for i, h := range hits {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		results[i] = h.result(words)
	}
	return results, ctx.Err()
}

type hit struct {
	*entry
	score float64
	fuzzy []int // matched bytes of the folded title
}

// Keywords splits a query into its folded words and quoted phrases.
func Keywords(query string) []string {
	const longest = 1000 // characters; what is pasted by mistake is not searched
	if len(query) > longest {
		query = strings.ToValidUTF8(query[:longest], "")
	}
	var words []string
	for i, part := range strings.Split(Fold(query), `"`) {
		fields := strings.FieldsFunc(part, unicode.IsSpace)
		if i%2 == 1 {
			fields = []string{strings.Join(fields, " ")}
		}
		for _, w := range fields {
			if strings.ContainsFunc(w, tells) && !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	return words
}

// tells reports whether a character is worth searching for: punctuation alone
// is in every article, but an emoji is not.
func tells(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r > unicode.MaxASCII && !unicode.IsPunct(r) && !unicode.IsControl(r) && r != utf8.RuneError
}

// score weighs where the words stand: title 10, tags 6, headings and body 1 to 3
// by how often; more at the start of a word and for a whole one. It is 0 when one is missing.
func (e *entry) score(words []string) float64 {
	total := 0.0
	for _, w := range words {
		s := 0.0
		if i := strings.Index(e.title, w); i >= 0 {
			s += 10 * bonus(e.title, w)
		}
		if strings.Contains(e.tags, w) {
			s += 6 * bonus(e.tags, w)
		}
		if i := strings.Index(e.body, w); i >= 0 {
			n := min(strings.Count(e.body[i:min(len(e.body), i+4096)], w), 20)
			s += (1 + float64(n)/10) * bonus(e.body, w)
		}
		if s == 0 {
			return 0
		}
		total += s
	}
	return total
}

// bonus is 2.5 when w stands as a whole word in s, 2 when it begins one, else 1.
func bonus(s, w string) float64 {
	best := 1.0
	for at, tries := 0, 0; tries < 10; tries++ {
		i := strings.Index(s[at:], w)
		if i < 0 {
			break
		}
		i += at
		at = i + len(w)
		if r, _ := utf8.DecodeLastRuneInString(s[:i]); i > 0 && inWord(r) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[at:]); at == len(s) || !inWord(r) {
			return 2.5
		}
		best = 2
	}
	return best
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// fuzzyTitles finds titles by their letters in order, as one remembers them
// ("rvrtk" for "What the river took"). Matches scattered over a long title are
// left out: almost any title has almost any few letters somewhere.
func fuzzyTitles(entries []*entry, words []string, found map[string]bool) []hit {
	pattern := strings.Join(words, "")
	if utf8.RuneCountInString(pattern) < 2 || len(pattern) > 60 || strings.Contains(pattern, " ") {
		return nil // a phrase means what it says
	}
	var hits []hit
	for _, m := range fuzzy.FindFrom(pattern, titles(entries)) {
		if e := entries[m.Index]; !found[e.Path] && tight(e.title, m.MatchedIndexes) {
			hits = append(hits, hit{e, 0, m.MatchedIndexes})
		}
	}
	return hits
}

type titles []*entry

func (t titles) String(i int) string { return t[i].title }
func (t titles) Len() int            { return len(t) }

// tight reports whether most matched letters begin a word or follow the one
// before them closely.
func tight(title string, at []int) bool {
	good := 0
	for n, i := range at {
		r, _ := utf8.DecodeLastRuneInString(title[:i])
		if i == 0 || !inWord(r) || n > 0 && i-at[n-1] <= 2 {
			good++
		}
	}
	return good*5 >= len(at)*4
}
