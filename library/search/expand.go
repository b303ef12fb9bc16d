package search

import (
	"math"
	"slices"
	"strings"
)

// How many words of the vocabulary may stand for one of the query.
const (
	maxCompletions = 12
	maxHolding     = 12
	maxSimilar     = 16
	maxFar         = 5
)

// alternative is one way in which a term may stand in an article: its tokens one
// behind the other, the last perhaps only begun.
type alternative struct {
	tokens   []string
	prefix   bool
	articles int // that have it, at most
}

// group is a term with all that may stand for it.
type group struct {
	term
	any     []alternative
	marks   []alternative // the same as it is marked in texts
	guessed bool          // no article has the word as it was typed
}

// guessing is how far words are taken for misspelt.
type guessing int

const (
	literally guessing = iota // those that no article has
	nearly                    // also the others, by one mistake, or by parts of words
	roughly                   // and a few by two mistakes
)

// expand finds in the vocabulary what a term may mean.
func (s *state) expand(t term, guess guessing) group {
	g := group{term: t}
	last := len(t.tokens) - 1
	if last > 0 {
		s.expandPhrase(&g, guess)
		return g
	}
	w := t.tokens[0]
	if n := s.df(w); n > 0 {
		g.add([]string{w}, false, n)
	}
	if t.open || t.single || len(g.any) == 0 && !t.not && !t.quoted {
		g.complete(s, nil, w)
	}
	if t.not || t.quoted {
		return g
	}
	if len(g.any) == 0 || guess > literally {
		g.guessed = true
		if len(w) >= 3 {
			g.addWords(s, s.holding(w, maxHolding))
		}
		g.addWords(s, s.similar(w, guess == roughly))
	}
	return g
}

func (g *group) addWords(s *state, words []string) {
	for _, w := range words {
		if !slices.ContainsFunc(g.any, func(a alternative) bool { return len(a.tokens) == 1 && a.tokens[0] == w && !a.prefix }) {
			g.add([]string{w}, false, s.df(w))
		}
	}
}

func (g *group) add(tokens []string, prefix bool, articles int) {
	a := alternative{tokens, prefix, articles}
	g.any = append(g.any, a)
	g.marks = append(g.marks, a)
}

// complete adds the words that begin with the last one, which stands behind the
// others. Where there are too many it takes the commonest: FTS5 would merge
// the lists of all.
func (g *group) complete(s *state, before []string, prefix string) {
	most := math.MaxInt
	for _, w := range before {
		most = min(most, s.df(w))
	}
	best, all, articles := s.completions(prefix, maxCompletions)
	if all == 0 {
		return
	}
	with := func(w string) []string { return append(slices.Clone(before), w) }
	g.marks = append(g.marks, alternative{tokens: with(prefix), prefix: true})
	if all > maxCompletions && articles <= frequent(len(s.docs)) {
		g.any = append(g.any, alternative{with(prefix), true, min(articles, most)})
		return
	}
	for _, w := range best {
		g.any = append(g.any, alternative{with(w), false, min(s.df(w), most)})
	}
}

// expandPhrase does it for a term of several tokens.
func (s *state) expandPhrase(g *group, guess guessing) {
	tokens := slices.Clone(g.tokens)
	last := len(tokens) - 1
	least := math.MaxInt
	for i, w := range tokens {
		n := s.df(w)
		if !g.quoted && !g.not && (i < last || !g.open) && (n == 0 || guess > literally) {
			if similar := s.similar(w, guess == roughly); len(similar) > 0 {
				tokens[i], n, g.guessed = similar[0], s.df(similar[0]), true
			}
		}
		least = min(least, n)
	}
	if least > 0 {
		g.add(tokens, false, least)
	}
	if g.open || g.single {
		g.complete(s, tokens[:last], tokens[last])
	}
	if len(g.any) == 0 && !g.guessed && !g.quoted && !g.not {
		if similar := s.similar(tokens[last], guess == roughly); len(similar) > 0 {
			tokens[last], g.guessed = similar[0], true
			g.add(tokens, false, s.df(similar[0]))
		}
	}
}

// articles is in how many the group stands at most.
func (g *group) articles() int {
	n := 0
	for _, a := range g.any {
		n += a.articles
	}
	return n
}

// surely is in how many it stands at least: one word of it alone.
func (g *group) surely() int {
	n := 0
	for _, a := range g.any {
		if len(a.tokens) == 1 && !a.prefix {
			n = max(n, a.articles)
		}
	}
	return n
}

// expression is the group in the language of FTS5.
func (g *group) expression() string {
	parts := make([]string, len(g.any))
	for i, a := range g.any {
		parts[i] = `"` + strings.Join(a.tokens, " ") + `"`
		if a.prefix {
			parts[i] += " *"
		}
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// inKey reports whether title or tags have the group.
func (g *group) inKey(d *doc) bool {
	return slices.ContainsFunc(g.marks, func(a alternative) bool {
		return d.has(strings.Join(a.tokens, " "), a.prefix)
	})
}

// frequent is how many articles a query may find that they are all weighed. Of
// more than that the newest come first.
func frequent(articles int) int { return min(max(articles/25, 1500), 4000) }
