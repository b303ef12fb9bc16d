package search

import "bytes"

// matcher finds where in texts the words of a query stand, as the index compares
// them.
type matcher struct {
	patterns []pattern
	groups   int
}

type pattern struct {
	alternative
	group int
}

func (p *plan) matcher() *matcher {
	m := &matcher{groups: len(p.groups)}
	for i, g := range p.groups {
		for _, a := range g.marks {
			m.patterns = append(m.patterns, pattern{a, i})
		}
	}
	return m
}

// each calls f for every place, until it returns false.
func (m *matcher) each(s string, f func(group int, at Span) bool) {
	if m == nil || len(m.patterns) == 0 {
		return
	}
	// starts[p][n] is where p began if its first n words were the last seen.
	starts := make([][]int, len(m.patterns))
	for i, p := range m.patterns {
		starts[i] = make([]int, len(p.tokens))
		for n := range starts[i] {
			starts[i][n] = -1
		}
	}
	scan(s, func(tok []byte, start, end int, _ kind) bool {
		for i := range m.patterns {
			p, begun := &m.patterns[i], starts[i]
			last := len(p.tokens) - 1
			from := start
			if last > 0 {
				from = begun[last]
			}
			if from >= 0 && (string(tok) == p.tokens[last] || p.prefix && bytes.HasPrefix(tok, []byte(p.tokens[last]))) {
				to := end
				if len(tok) > len(p.tokens[last]) {
					to = start + unfold(s[start:end], 0, len(p.tokens[last])).End
				}
				if !f(p.group, Span{from, to}) {
					return false
				}
			}
			for n := last; n > 0; n-- {
				begun[n] = -1
				if string(tok) != p.tokens[n-1] {
					continue
				}
				if begun[n] = start; n > 1 {
					begun[n] = begun[n-1]
				}
			}
		}
		return true
	})
}

// marks are all places in s, in order and joined where they touch.
func (m *matcher) marks(s string) []Span {
	var out []Span
	m.each(s, func(_ int, at Span) bool {
		out = append(out, at)
		return true
	})
	return merge(out)
}
