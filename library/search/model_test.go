package search

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// model searches the way that is easy to see through: all texts, word by word.
type model struct {
	columns map[string][][]string // the words of each text of an article
	count   map[string]int        // in how many articles a word stands
}

func newModel(entries []Entry) *model {
	m := &model{map[string][][]string{}, map[string]int{}}
	for _, e := range entries {
		seen := map[string]bool{}
		for _, text := range append([]string{e.Title, e.Body}, e.Tags...) {
			words := tokens(text)
			m.columns[e.Path] = append(m.columns[e.Path], words)
			for _, w := range words {
				if !seen[w] {
					m.count[w]++
				}
				seen[w] = true
			}
		}
	}
	return m
}

// find returns the paths that have all the terms.
func (m *model) find(q query) (paths []string) {
	for path := range m.columns {
		if len(q.terms) > 0 && !slices.ContainsFunc(q.terms, func(t term) bool { return m.has(path, t) == t.not }) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

func (m *model) has(path string, t term) bool {
	last := t.tokens[len(t.tokens)-1]
	means := map[string]bool{}
	if m.count[last] > 0 {
		means[last] = true
	}
	if t.open || t.single || len(means) == 0 && !t.not && !t.quoted {
		for w := range m.count {
			if strings.HasPrefix(w, last) {
				means[w] = true
			}
		}
	}
	if len(means) == 0 && !t.not && !t.quoted {
		var holding, similar []string
		for w := range m.count {
			if len(last) >= 3 && strings.Contains(w, last) {
				holding = append(holding, w)
			}
			if d, n := slowDistance([]rune(last), []rune(w)), len([]rune(last)); d == 1 && n >= 4 || d == 2 && n >= 6 {
				similar = append(similar, w)
			}
		}
		common := func(a, b string) int { return cmp.Or(m.count[b]-m.count[a], strings.Compare(a, b)) }
		slices.SortFunc(holding, common)
		slices.SortFunc(similar, func(a, b string) int {
			return cmp.Or(slowDistance([]rune(last), []rune(a))-slowDistance([]rune(last), []rune(b)), common(a, b))
		})
		far := func(w string) bool { return slowDistance([]rune(last), []rune(w)) > 1 }
		if n := slices.IndexFunc(similar, far); n == 0 {
			similar = similar[:min(len(similar), maxFar)]
		} else if n > 0 {
			similar = similar[:n]
		}
		for _, w := range append(holding[:min(len(holding), maxHolding)], similar[:min(len(similar), maxSimilar)]...) {
			means[w] = true
		}
	}
	for _, words := range m.columns[path] {
		for i := range words {
			n := len(t.tokens)
			if i+n <= len(words) && slices.Equal(words[i:i+n-1], t.tokens[:n-1]) && means[words[i+n-1]] {
				return true
			}
		}
	}
	return false
}

func slowDistance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			d[i][j] = min(d[i][j], d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestDistance(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 7))
	pick := func() []rune {
		out := make([]rune, r.IntN(8))
		for i := range out {
			out[i] = []rune("abcé漢")[r.IntN(5)]
		}
		return out
	}
	for range 20_000 {
		a, b, most := pick(), pick(), 1+r.IntN(3)
		if got, want := min(distance(a, b, most), most+1), min(slowDistance(a, b), most+1); got != want {
			t.Fatalf("%q to %q: %d, want %d", string(a), string(b), got, want)
		}
	}
}

// randomQuery asks for words of the articles, whole, begun, misspelt, quoted,
// unwanted.
func randomQuery(r *rand.Rand, entries []Entry) string {
	var parts []string
	for range 1 + r.IntN(3) {
		e := entries[r.IntN(len(entries))]
		words := tokens(strings.Join(append([]string{e.Title, e.Body}, e.Tags...), " "))
		if len(words) == 0 {
			continue
		}
		i := r.IntN(len(words))
		w := []rune(words[i])
		switch r.IntN(8) {
		case 0:
			w = w[:1+r.IntN(len(w))]
		case 1:
			w = slices.Delete(w, 0, 1)
		case 2:
			w = append(w, 'x')
		case 3:
			w = []rune(`"` + strings.Join(words[i:min(len(words), i+2)], " ") + `"`)
		case 4:
			w = []rune("-" + string(w))
		}
		parts = append(parts, string(w))
	}
	return strings.Join(parts, " ")
}

func TestAgreesWithNaiveModel(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 5))
	asked, hits := 0, 0
	for range 30 {
		entries := randomEntries(r, 30)
		for i := range entries {
			entries[i].Body = strings.NewReplacer("#", " ", "**", " ").Replace(entries[i].Body)
		}
		x, m := New(entries...), newModel(entries)
		byPath := map[string]Entry{}
		for _, e := range entries {
			byPath[e.Path] = e
		}
		for range 40 {
			text := randomQuery(r, entries)
			q := parse(text)
			if slices.ContainsFunc(q.terms, func(t term) bool { return len(t.tokens) > 1 && !t.quoted }) || len(q.terms) == 0 {
				continue
			}
			asked++
			want := m.find(q)
			var got []string
			for _, res := range find(t, x, text, 0) {
				checkResult(t, byPath[res.Path], res)
				if !res.Fuzzy {
					got = append(got, res.Path)
				}
			}
			slices.Sort(got)
			if len(want) == 0 {
				continue // then the index takes all words for misspelt
			}
			hits += len(want)
			if !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", text, got, want)
			}
		}
		x.Close()
	}
	if asked < 500 || hits < 500 {
		t.Errorf("only %d queries with %d results: nothing is tested", asked, hits)
	}
}

// An index that was changed often is like one made at once.
func TestChangesAddUp(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	x := New()
	now := map[string]Entry{}
	for range 300 {
		e := randomEntry(r, fmt.Sprint(r.IntN(30)))
		if r.IntN(3) == 0 {
			delete(now, e.Path)
			if err := x.Remove(t.Context(), e.Path); err != nil {
				t.Fatal(err)
			}
			continue
		}
		now[e.Path] = e
		put(t, x, e)
	}
	entries := slices.SortedFunc(maps.Values(now), func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	same(t, x, New(entries...))
	for range 100 {
		text := randomQuery(r, entries)
		a, b := find(t, x, text, 0), find(t, New(entries...), text, 0)
		if pathSet(a) != pathSet(b) {
			t.Errorf("%q finds %s, want %s", text, pathSet(a), pathSet(b))
		}
	}
}

func pathSet(results []Result) string {
	paths := strings.Fields(pathsOf(results))
	slices.Sort(paths)
	return strings.Join(paths, " ")
}

// same checks that two indexes know the same words in as many articles.
func same(t *testing.T, x, y *Index) {
	t.Helper()
	counts := func(x *Index) map[string]uint32 {
		out := map[string]uint32{}
		for i := range uint32(x.state.words.len()) {
			w := x.state.words.at(i)
			if n := x.state.count.of(i); n > 0 {
				out[w] = n
			}
		}
		return out
	}
	if a, b := counts(x), counts(y); !maps.Equal(a, b) {
		t.Errorf("the vocabularies differ: %d words and %d", len(a), len(b))
	}
	if a, b := len(x.state.docs), len(y.state.docs); a != b {
		t.Errorf("%d articles and %d", a, b)
	}
}
