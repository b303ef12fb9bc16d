package search

import (
	"bytes"
	"slices"
	"strings"

	"longhand/library/terms"
)

// Marker finds where in texts the words stand by which a query found articles, as
// the index compares them: as they were typed, completed, or what a misspelt one
// was taken for. A nil one finds nothing. It is safe for concurrent use.
type Marker struct {
	patterns []pattern
	groups   int               // of patterns, of which one must be there
	steps    map[string][]step // by word
	begun    []int             // patterns whose last word may be only begun
	first    [256]bool         // bytes with which a word of a pattern begins
	lines    bool
}

// pattern is one way in which a term of the query may stand in a text.
type pattern struct {
	alternative
	group int
}

// step is a word of a pattern.
type step struct{ pattern, n int }

// marker is of what the plan looks for; nil for nothing.
func (p *plan) marker() *Marker {
	m := &Marker{groups: len(p.groups), steps: map[string][]step{}, lines: true}
	for i, g := range p.groups {
		for _, a := range g.marks {
			k, last := len(m.patterns), len(a.tokens)-1
			m.patterns = append(m.patterns, pattern{a, i})
			if a.prefix {
				m.begun = append(m.begun, k)
			}
			for n := last; n >= 0; n-- { // the last first: each uses up the one before
				m.first[a.tokens[n][0]] = true
				if n < last || !a.prefix {
					m.steps[a.tokens[n]] = append(m.steps[a.tokens[n]], step{k, n})
				}
			}
			m.lines = m.lines && last == 0
		}
	}
	if len(m.patterns) == 0 {
		return nil
	}
	return m
}

// Same reports whether two markers find the same.
func (m *Marker) Same(o *Marker) bool {
	if m == nil || o == nil {
		return m == o
	}
	return m.groups == o.groups && slices.EqualFunc(m.patterns, o.patterns, func(a, b pattern) bool {
		return a.group == b.group && a.prefix == b.prefix && slices.Equal(a.tokens, b.tokens)
	})
}

// ByLine reports whether what is found in a text is what is found in each of its
// lines: no phrase is looked for, which may reach from one into the next.
func (m *Marker) ByLine() bool { return m == nil || m.lines }

// Marks are all places in s, in order; they are whole characters and do not touch.
func (m *Marker) Marks(s string) []Span {
	var out []Span
	m.each(s, func(_ int, at Span) bool {
		out = append(out, at)
		return true
	})
	return merge(out)
}

// Place returns where in an article's Markdown most of the words stand together:
// the first match there. It is empty when there is none.
func (m *Marker) Place(body string) Span {
	const most = 500 // matches that are looked at: a text of nothing else is no better further on
	type place struct {
		at    Span
		group int
	}
	if m == nil {
		return Span{}
	}
	var near []place                // within one window, up to the last
	counts := make([]int, m.groups) // how often each group is among them
	groups := 0                     // how many groups are
	var best Span
	bestCount, seen := 0, 0
	m.each(body, func(group int, at Span) bool {
		for len(near) > 0 && at.End-near[0].at.Start > snippetAfter-snippetBefore {
			if counts[near[0].group]--; counts[near[0].group] == 0 {
				groups--
			}
			near = near[1:]
		}
		near = append(near, place{at, group})
		if counts[group]++; counts[group] == 1 {
			groups++
		}
		if groups > bestCount {
			best, bestCount = near[0].at, groups
		}
		seen++
		return bestCount < m.groups && seen < most
	})
	return best
}

// each calls f for every match, until it returns false.
func (m *Marker) each(s string, f func(group int, at Span) bool) {
	if m == nil {
		return
	}
	// begun[p][n] is where p began if its first n words are those up to the one
	// with the number seen.
	type state struct{ start, seen int }
	begun := make([][]state, len(m.patterns))
	for i, p := range m.patterns {
		if len(p.tokens) > 1 {
			begun[i] = make([]state, len(p.tokens))
		}
	}
	seen := 0
	terms.Scan(s, func(tok []byte, start, end int, _ terms.Kind) bool {
		seen++
		if !m.first[tok[0]] {
			return true // most words of most texts
		}
		from := func(st step) int {
			if st.n == 0 {
				return start
			}
			if b := begun[st.pattern][st.n]; b.seen == seen-1 && b.seen > 0 {
				return b.start
			}
			return -1
		}
		for _, k := range m.begun {
			p := &m.patterns[k]
			last := p.tokens[len(p.tokens)-1]
			if !bytes.HasPrefix(tok, []byte(last)) {
				continue
			}
			if at := from(step{k, len(p.tokens) - 1}); at >= 0 {
				to := end
				if len(tok) > len(last) {
					_, to = terms.Unfold(s[start:end], 0, len(last))
					to += start
				}
				if !f(p.group, Span{at, to}) {
					return false
				}
			}
		}
		for _, st := range m.steps[string(tok)] {
			p := &m.patterns[st.pattern]
			at := from(st)
			switch {
			case at < 0:
			case st.n == len(p.tokens)-1:
				if !f(p.group, Span{at, end}) {
					return false
				}
			default:
				begun[st.pattern][st.n+1] = state{at, seen}
			}
		}
		return true
	})
}

// snippet cuts from the body the surroundings of a place, with the marks in it.
func (m *Marker) snippet(body string, place Span) (string, []Span) {
	at := place.Start
	start, end := cutBefore(body, at), cutAfter(body, at)
	cut := body[start:end]
	s := strings.Join(strings.Fields(readable(cut)), " ")
	found := m.Marks(s)
	if len(found) == 0 { // the match is in an address, say
		s = strings.Join(strings.Fields(cut), " ")
		found = m.Marks(s)
	}
	const ellipsis = "…"
	if start > 0 {
		s = ellipsis + s
		for i := range found {
			found[i].Start += len(ellipsis)
			found[i].End += len(ellipsis)
		}
	}
	if end < len(body) {
		s += ellipsis
	}
	return s, found
}
