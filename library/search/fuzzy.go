package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"longhand/library/terms"
)

// maxFuzzy is how many titles are found by their letters.
const maxFuzzy = 100

// fuzzy finds titles by their letters in order, as one remembers them ("rvrtk" for
// "What the river took"), those by their initials first. Matches scattered over a
// long title are left out: almost any title has almost any few letters somewhere.
func (p *plan) fuzzy(ctx context.Context, q query, found []hit, limit int) []hit {
	first := p.guessed || q.single // initials come before what was found
	if len(found) >= limit && !first || len(p.without) > 0 {
		return nil
	}
	pattern := q.letters
	if utf8.RuneCountInString(pattern) < 2 || len(pattern) > 60 {
		return nil
	}
	known := make(map[*doc]bool, len(found))
	for _, h := range found {
		known[h.doc] = true
	}
	mask := letterMask(pattern)
	var initials, letters []hit
	for i, d := range p.docs {
		if i%1024 == 0 && ctx.Err() != nil || len(initials) >= maxFuzzy {
			break
		}
		if mask&^d.mask != 0 || len(letters) >= maxFuzzy && !initialed(d.key, pattern) || known[d] && !first || !inOrder(d.key, pattern) || !p.admits(d) {
			continue
		}
		folded := Fold(d.article.Title)
		if initialed(d.key, pattern) {
			if at := initialsOf(folded, pattern); at != nil {
				words := strings.Count(d.key[:strings.Index(d.key, fence)], " ")
				initials = append(initials, hit{doc: d, score: -float64(words), fuzzy: unfoldAll(d.article.Title, folded, at), initials: true})
				continue
			}
		}
		if known[d] {
			continue
		}
		if m := fuzzy.Find(pattern, []string{folded}); len(m) > 0 && tight(folded, m[0].MatchedIndexes) {
			letters = append(letters, hit{doc: d, score: float64(m[0].Score), fuzzy: unfoldAll(d.article.Title, folded, m[0].MatchedIndexes)})
		}
	}
	// The better match first, which leaves fewer words out, of equal ones the newer.
	for _, found := range [][]hit{initials, letters} {
		slices.SortStableFunc(found, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
		for i := range found {
			found[i].score = 0
		}
	}
	return append(initials, letters...)
}

// inOrder reports whether the title's words have the letters in order.
func inOrder(key, pattern string) bool {
	for i := 0; i < len(key); i++ {
		if key[i] == fence[0] && strings.HasPrefix(key[i:], fence) {
			return false
		}
		if key[i] == pattern[0] {
			if pattern = pattern[1:]; pattern == "" {
				return true
			}
		}
	}
	return false
}

// initialed reports whether words of the title begin with the letters in order.
func initialed(key, pattern string) bool {
	for i := 1; i < len(key); i++ {
		if strings.HasPrefix(key[i:], fence) {
			return false
		}
		if key[i-1] != ' ' {
			continue
		}
		if r, n := utf8.DecodeRuneInString(pattern); strings.HasPrefix(key[i:], string(r)) {
			if pattern = pattern[n:]; pattern == "" {
				return true
			}
		}
	}
	return false
}

// initialsOf returns where in the folded title the letters begin words.
func initialsOf(folded, pattern string) []int {
	var at []int
	before := ' '
	for i, r := range folded {
		if p, n := utf8.DecodeRuneInString(pattern); !terms.InWord(before) && r == p {
			at = append(at, i)
			if pattern = pattern[n:]; pattern == "" {
				return at
			}
		}
		before = r
	}
	return nil
}

// unfoldAll returns the spans of the title's characters at places of the folded one.
func unfoldAll(title, folded string, at []int) []Span {
	var out []Span
	for _, i := range at {
		_, n := utf8.DecodeRuneInString(folded[i:])
		from, to := terms.Unfold(title, i, i+n)
		out = append(out, Span{from, to})
	}
	return merge(out)
}

// tight reports whether most matched letters begin a word or follow the one
// before them closely.
func tight(title string, at []int) bool {
	good := 0
	for n, i := range at {
		r, _ := utf8.DecodeLastRuneInString(title[:i])
		if i == 0 || !terms.InWord(r) || n > 0 && i-at[n-1] <= 2 {
			good++
		}
	}
	return good*5 >= len(at)*4
}
