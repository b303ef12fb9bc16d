package search_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// heldOut are known items by another rule than [shelf.knownItems], chosen by
// another seed, and never looked at while the search was made. What is asked for
// are any words of the article from five letters up, however common; they count
// when at most ten articles have them all as they are, so that a search that only
// reads could always answer. "typo" is one mistake in one of them, at any letter;
// "two typos" one in each of two. "initials" are those of a title with at least five
// words that at most ten titles share; "beginning" are its first letters as they are typed
// until ten titles are left; "cjk" are three to five characters in a row from anywhere.
func (s *shelf) heldOut() map[string]map[string]string {
	r := rand.New(rand.NewPCG(2026, 811))
	where := map[string][]int32{} // the articles that have a word
	words := make([][]string, len(s.entries))
	initials := make([]string, len(s.entries))
	shared, begun := map[string]int{}, map[string]int{}
	for i, e := range s.entries {
		for _, w := range wholeWords(strings.ToLower(e.Title + " " + e.Body)) {
			list := where[w]
			if n := len(list); n > 0 && list[n-1] == int32(i) {
				continue
			}
			where[w] = append(list, int32(i))
			if n := len([]rune(w)); n >= 5 && n <= 20 && len(hanOf(w)) == 0 {
				words[i] = append(words[i], w)
			}
		}
		for _, w := range wordsOf(e.Title) {
			initials[i] += string([]rune(strings.ToLower(w))[:1])
		}
		shared[initials[i]]++
		for at := range strings.ToLower(e.Title) {
			begun[strings.ToLower(e.Title)[:at]]++
		}
	}
	// few reports whether at most ten articles have all of the words.
	few := func(asked []string) bool {
		lists := make([][]int32, len(asked))
		for i, w := range asked {
			lists[i] = where[w]
		}
		slices.SortFunc(lists, func(a, b []int32) int { return len(a) - len(b) })
		n := 0
		for _, id := range lists[0] {
			if !slices.ContainsFunc(lists[1:], func(l []int32) bool { _, ok := slices.BinarySearch(l, id); return !ok }) {
				n++
			}
		}
		return n <= 10
	}
	out := map[string]map[string]string{"words": {}, "typo": {}, "two-typos": {}, "initials": {}, "beginning": {}, "cjk": {}}
	full := func(kind string) bool { return len(out[kind]) >= 200 }
	for _, i := range r.Perm(len(s.entries)) {
		e := s.entries[i]
		if run := hanRuns(e.Title + "\n" + e.Body); len(run) > 0 && !full("cjk") {
			c := run[r.IntN(len(run))]
			n := 3 + r.IntN(3)
			if at := r.IntN(len(c)); at+n <= len(c) && s.having(string(c[at:at+n])) <= 10 {
				out["cjk"][string(c[at:at+n])] = e.Path
			}
		}
		for range 20 {
			if len(words[i]) < 50 || full("words") {
				break
			}
			asked := make([]string, 2+r.IntN(2))
			for k := range asked {
				asked[k] = words[i][r.IntN(len(words[i]))]
			}
			if !few(asked) {
				continue
			}
			out["words"][strings.Join(asked, " ")] = e.Path
			k := r.IntN(len(asked))
			right := asked[k]
			asked[k] = mistyped(r, right)
			out["typo"][strings.Join(asked, " ")] = e.Path
			l := (k + 1) % len(asked)
			asked[l] = mistyped(r, asked[l])
			out["two-typos"][strings.Join(asked, " ")] = e.Path
			break
		}
		if n := len([]rune(initials[i])); n >= 5 && n <= 12 && len(hanOf(e.Title)) == 0 && shared[initials[i]] <= 10 && !full("initials") {
			out["initials"][initials[i]] = e.Path
		}
		title := strings.ToLower(e.Title)
		for at := range title {
			if begun[title[:at]] <= 10 && at >= 3 && !full("beginning") {
				out["beginning"][title[:at]] = e.Path
				break
			}
		}
	}
	return out
}

// wholeWords are the words of a text that are all letters: no pieces of hashes
// and names with digits.
func wholeWords(s string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '_'
	}), func(w string) bool { return len(wordsOf(w)) != 1 || wordsOf(w)[0] != w })
}

// having is how many articles have the characters in a row.
func (s *shelf) having(run string) int {
	n := 0
	for _, e := range s.entries {
		if strings.Contains(e.Title, run) || strings.Contains(e.Body, run) {
			n++
		}
	}
	return n
}

// hanRuns are all runs of Chinese characters or kana.
func hanRuns(s string) [][]rune {
	var out [][]rune
	for _, run := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }) {
		if c := []rune(run); len(c) >= 3 {
			out = append(out, c)
		}
	}
	return out
}

// mistyped makes one mistake at any letter: a neighbour's place, one missing, one
// twice, another one.
func mistyped(r *rand.Rand, w string) string {
	c := []rune(w)
	i := r.IntN(len(c))
	switch r.IntN(4) {
	case 0:
		i = r.IntN(len(c) - 1)
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

// BenchmarkHeldOut is no time, like [BenchmarkQuality]: which share of the items
// held out is among the first ten.
func BenchmarkHeldOut(b *testing.B) { quality(b, (*shelf).heldOut) }
