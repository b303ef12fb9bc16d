package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// few is how many articles are seen at once: so many with a phrase are shown
// without being weighed, and so many titles that begin as the query come before
// everything else.
const few = 10

// byTitle puts those first that have the words in title or tags.
func (p *plan) byTitle(ids []int64) []hit {
	var out []hit
	for _, id := range ids {
		if d := p.byID(id); d != nil && p.admits(d) {
			out = append(out, hit{doc: d, score: p.bonus(d)})
		}
	}
	slices.SortStableFunc(out, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	return out
}

// telling are the words worth weighing: not those that a fifth of the articles has
// when a rarer one is there, which take long to weigh and weigh nothing.
func (p *plan) telling() []group { return p.rarer(max(len(p.docs)/5, 1500)) }

// needed are the words that must be there: not those that nearly every article has
// when a rarer one is there, which take long to look for.
func (p *plan) needed() []group { return p.rarer(max(len(p.docs)*2/3, 1500)) }

// rarer are the words that at most so many articles have, and the rarest.
func (p *plan) rarer(articles int) []group {
	var out []group
	rarest := 0
	for i, g := range p.groups {
		if g.articles() < p.groups[rarest].articles() {
			rarest = i
		}
	}
	for i, g := range p.groups {
		if i == rarest || g.quoted || g.articles() <= articles {
			out = append(out, g)
		}
	}
	return out
}

// weigh finds all and puts the best first.
func (p *plan) weigh(ctx context.Context, s *store, limit int) ([]hit, error) {
	const deeper = 60 // what we weigh otherwise than SQLite may come up from there
	telling, needed := p.telling(), p.needed()
	deep := max(limit, deeper)
	var all map[int64]bool
	if len(telling) < len(needed) { // weighed without some words, which must be there
		var err error
		if all, err = p.having(ctx, s, needed); err != nil || len(all) == 0 {
			return nil, err
		}
		deep = 1 << 30
	}
	rows, err := s.db.QueryContext(ctx, "SELECT rowid, bm25(fts, "+weights+") AS weight FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY weight, rowid DESC LIMIT ?", p.expression(telling), p.low, p.high, deep)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []hit
	for rows.Next() {
		var id int64
		var weight float64
		if err := rows.Scan(&id, &weight); err != nil {
			return nil, err
		}
		if all != nil && !all[id] {
			continue
		}
		if d := p.byID(id); d != nil && p.admits(d) {
			out = append(out, hit{doc: d, score: -weight * p.bonus(d)})
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(out) > few { // fewer are all seen
		whole, err := p.whole(ctx, s)
		if err != nil {
			return nil, err
		}
		for i := range out {
			if whole[out[i].id] {
				out[i].score *= 2
			}
		}
	}
	slices.SortStableFunc(out, func(a, b hit) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id)) })
	return out, nil
}

// having are the articles that have all of the groups, without weighing them.
func (p *plan) having(ctx context.Context, s *store, groups []group) (map[int64]bool, error) {
	ids, err := p.newest(ctx, s, p.expression(groups), 1<<30)
	out := make(map[int64]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}

// whole are the articles that have the last word as far as it was typed as a word
// of its own: it may be finished. Nil when it is none.
func (p *plan) whole(ctx context.Context, s *store) (map[int64]bool, error) {
	g := p.groups[len(p.groups)-1]
	if !g.open || g.quoted || len(g.any) < 2 || len(g.tokens) > 1 || g.any[0].prefix || g.any[0].tokens[0] != g.tokens[0] {
		return nil, nil
	}
	g.any = g.any[:1]
	groups := []group{g}
	for _, other := range p.needed() {
		if !other.open {
			groups = append(groups, other)
		}
	}
	return p.having(ctx, s, groups)
}

// bonus raises what has the words in its title or tags, finished ones most.
func (p *plan) bonus(d *doc) float64 {
	b := 0.0
	at := strings.Index(d.key, fence)
	title, tags := d.key[:at], d.key[at:]
	for i := range p.groups {
		g := &p.groups[i]
		typed := strings.Join(g.tokens, " ")
		switch {
		case holds(title, typed, false):
			b += 1
		case slices.ContainsFunc(g.marks, func(a alternative) bool { return holds(title, strings.Join(a.tokens, " "), a.prefix) }):
			b += 0.5
		}
		if holds(tags, typed, false) {
			b += 0.2
		}
	}
	return 1 + b/float64(max(len(p.groups), 1))
}

// titles finds the articles that have the words in title or tags, newest first.
func (p *plan) titles(ctx context.Context, limit int) []hit {
	var out []hit
	for i, d := range p.docs {
		if len(out) == limit || i%1024 == 0 && ctx.Err() != nil {
			break
		}
		if allInKey(p.groups, d) && p.admits(d) {
			out = append(out, hit{doc: d, score: 1})
		}
	}
	return out
}

func allInKey(groups []group, d *doc) bool {
	for i := range groups {
		if !groups[i].inKey(d) {
			return false
		}
	}
	return true
}

// beginnings puts the articles first whose title begins as the query does, if they
// are few: then it is being typed.
func (p *plan) beginnings(q query, hits []hit) []hit {
	if q.begin == "" || len(p.without) > 0 {
		return hits
	}
	var first []hit
	begin := " " + q.begin
	for _, d := range p.docs {
		if strings.HasPrefix(d.key, begin) && p.admits(d) {
			if len(first) == few {
				return hits
			}
			first = append(first, hit{doc: d, score: 1})
		}
	}
	if len(first) == 0 {
		return hits
	}
	known := map[*doc]float64{}
	for _, h := range first {
		known[h.doc] = 1
	}
	rest := make([]hit, 0, len(hits))
	for _, h := range hits {
		if _, ok := known[h.doc]; ok {
			known[h.doc] = h.score
		} else {
			rest = append(rest, h)
		}
	}
	for i := range first {
		first[i].score = known[first[i].doc]
	}
	slices.SortStableFunc(first, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	return append(first, rest...)
}
