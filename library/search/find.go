package search

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// plan is a query made ready to run, with what of the index it needs.
type plan struct {
	groups   []group // must all be there
	without  []group
	filters  []filter
	docs     []*doc
	guessed  bool
	none     bool // surely nothing is found
	low      int64
	high     int64
	keys     []string // expressions of the filters
	excluded map[int64]bool
}

// Find is [Index.Search] without the snippets.
func (x *Index) Find(ctx context.Context, text string, limit int) (*Found, error) {
	q := parse(text)
	found := &Found{index: x}
	if len(q.terms) == 0 && len(q.filters) == 0 {
		return found, ctx.Err()
	}
	s, err := x.handle(ctx)
	if err != nil {
		return nil, err
	}
	if err := x.Refresh(ctx); err != nil {
		return nil, err
	}
	if limit <= 0 {
		limit = 1 << 30
	}
	p := x.plan(q, false)
	hits, err := p.run(ctx, s, limit)
	if err == nil && len(hits) == 0 && !p.guessed {
		// Each word is somewhere, but not all in one article: one may be misspelt.
		if guess := x.plan(q, true); guess.guessed {
			p = guess
			hits, err = p.run(ctx, s, limit)
		}
	}
	if err != nil {
		return nil, x.mend(ctx, s, err)
	}
	found.marker = p.matcher()
	if fuzzy := p.fuzzy(ctx, q, hits, limit); len(fuzzy) > 0 {
		// Initials of a title mean more than words that are only similar.
		n := 0
		for (p.guessed || q.single) && n < len(fuzzy) && fuzzy[n].initials {
			n++
		}
		hits = slices.Concat(fuzzy[:n], hits, fuzzy[n:])
	}
	hits = hits[:min(len(hits), limit)]
	found.Results = make([]Result, len(hits))
	for i, h := range hits {
		r := Result{Path: h.path, Score: h.score, Fuzzy: h.fuzzy != nil}
		if r.Title = h.fuzzy; !r.Fuzzy {
			r.Title = found.marker.marks(h.title)
		}
		found.Results[i] = r
	}
	return found, ctx.Err()
}

// hit is an article found, not yet told of.
type hit struct {
	*doc
	score    float64
	fuzzy    []Span // the letters of the title that match, and nothing else
	initials bool
}

// plan prepares a query with what the index knows now.
func (x *Index) plan(q query, guess bool) *plan {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.state
	p := &plan{docs: s.docs}
	for _, t := range q.terms {
		g := s.expand(t, guess)
		switch {
		case t.not:
			if len(g.any) > 0 {
				p.without = append(p.without, g)
			}
			continue
		case len(g.any) == 0:
			p.none = true
		}
		p.guessed = p.guessed || g.guessed
		p.groups = append(p.groups, g)
	}
	var from, until time.Time
	for _, f := range q.filters {
		if f.field == "date" && !f.not {
			if f.from.After(from) {
				from = f.from
			}
			if !f.until.IsZero() && (until.IsZero() || f.until.Before(until)) {
				until = f.until
			}
		}
		f, key := f.resolve(s.docs)
		if key == "" && f.field != "date" && !f.not {
			p.none = true
		}
		if key != "" && !f.not {
			p.keys = append(p.keys, key)
		}
		p.filters = append(p.filters, f)
	}
	p.low, p.high = idsOf(from, until)
	return p
}

// run finds the articles that have the words, best first.
func (p *plan) run(ctx context.Context, s *store, limit int) ([]hit, error) {
	if p.none {
		return nil, nil
	}
	if err := p.exclude(ctx, s); err != nil {
		return nil, err
	}
	if len(p.groups) == 0 {
		var out []hit
		for _, d := range p.docs {
			if len(out) < limit && p.admits(d) {
				out = append(out, hit{doc: d})
			}
		}
		return out, ctx.Err()
	}
	groups := p.telling()
	many := frequent(len(p.docs))
	expr := p.expression(groups)
	least, surely := groups[0].articles(), 0
	for _, g := range groups {
		least = min(least, g.articles())
	}
	if len(groups) == 1 && len(p.keys) == 0 && len(p.without) == 0 && p.low == 0 && p.high == 1<<40 {
		surely = groups[0].surely()
	}
	if least <= many || limit > len(p.docs) { // or all are wanted
		if len(groups) == 1 && groups[0].quoted && len(groups[0].tokens) > 1 {
			// To weigh, SQLite would look for the phrase a second time, which takes
			// long with a word that is everywhere. A few need no weighing.
			ids, err := p.newest(ctx, s, expr, few+1)
			if err != nil || len(ids) <= few {
				return p.byTitle(ids), err
			}
		}
		return p.weigh(ctx, s, expr, limit)
	}
	n := many + 1
	if surely > many {
		n = limit
	}
	newest, err := p.newest(ctx, s, expr, n)
	if err != nil {
		return nil, err
	}
	if surely <= many && len(newest) <= many {
		return p.weigh(ctx, s, expr, limit)
	}
	out := p.titles(ctx, groups, limit)
	seen := make(map[int64]bool, len(out))
	for _, h := range out {
		seen[h.id] = true
	}
	for _, id := range newest {
		if d := p.byID(id); d != nil && len(out) < limit && !seen[id] && p.admits(d) {
			out = append(out, hit{doc: d})
		}
	}
	return out, ctx.Err()
}

// few is how many articles with a phrase are shown without being weighed.
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

// telling leaves out the words that are nearly everywhere when a rarer one is
// there.
func (p *plan) telling() []group {
	everywhere := max(len(p.docs)/5, 1500)
	var out []group
	rarest := 0
	for i, g := range p.groups {
		if g.articles() < p.groups[rarest].articles() {
			rarest = i
		}
	}
	for i, g := range p.groups {
		if i == rarest || g.quoted || g.articles() <= everywhere {
			out = append(out, g)
		}
	}
	return out
}

// expression is what FTS5 is asked.
func (p *plan) expression(groups []group) string {
	var all []string
	for _, g := range groups {
		all = append(all, g.expression())
	}
	expr := strings.Join(append(all, p.keys...), " AND ")
	if len(p.without) > 0 {
		expr = "(" + expr + ") NOT " + p.unwanted()
	}
	return expr
}

func (p *plan) unwanted() string {
	var none []string
	for _, g := range p.without {
		none = append(none, g.expression())
	}
	return "(" + strings.Join(none, " OR ") + ")"
}

// exclude finds the articles with unwanted words.
func (p *plan) exclude(ctx context.Context, s *store) error {
	if len(p.without) == 0 || p.excluded != nil {
		return nil
	}
	rows, err := s.db.QueryContext(ctx, "SELECT rowid FROM fts WHERE fts MATCH ?", p.unwanted())
	if err != nil {
		return err
	}
	defer rows.Close()
	p.excluded = map[int64]bool{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		p.excluded[id] = true
	}
	return rows.Err()
}

// byID returns the article of a number, nil for one that came or went since.
func (p *plan) byID(id int64) *doc {
	n, ok := slices.BinarySearchFunc(p.docs, id, func(d *doc, id int64) int { return cmp.Compare(id, d.id) })
	if !ok {
		return nil
	}
	return p.docs[n]
}

// weigh finds all and puts the best first.
func (p *plan) weigh(ctx context.Context, s *store, expr string, limit int) ([]hit, error) {
	const deeper = 60 // what we weigh otherwise than SQLite may come up from there
	rows, err := s.db.QueryContext(ctx, "SELECT rowid, bm25(fts, "+weights+") AS weight FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY weight, rowid DESC LIMIT ?", expr, p.low, p.high, max(limit, deeper))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []hit
	best := 0.0
	for rows.Next() {
		var id int64
		var weight float64
		if err := rows.Scan(&id, &weight); err != nil {
			return nil, err
		}
		if d := p.byID(id); d != nil && p.admits(d) {
			out = append(out, hit{doc: d, score: -weight * p.bonus(d)})
			best = max(best, -weight)
		}
	}
	if len(p.telling()) < len(p.groups) && len(out) >= deeper { // weighed without some words
		seen := make(map[int64]bool, len(out))
		for _, h := range out {
			seen[h.id] = true
		}
		for i, d := range p.docs {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if !seen[d.id] && allInKey(p.groups, d) && p.admits(d) {
				out = append(out, hit{doc: d, score: best * p.bonus(d)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b hit) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id)) })
	return out, rows.Err()
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

// newest finds up to n numbers of articles, newest first.
func (p *plan) newest(ctx context.Context, s *store, expr string, n int) ([]int64, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT rowid FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?", expr, p.low, p.high, n)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// titles finds the articles that have the words in title or tags, newest first:
// before others those that have also the words left out for being everywhere.
func (p *plan) titles(ctx context.Context, groups []group, limit int) []hit {
	var all, some []hit
	for i, d := range p.docs {
		if len(all) == limit || i%1024 == 0 && ctx.Err() != nil {
			break
		}
		if !allInKey(groups, d) || !p.admits(d) {
			continue
		}
		if len(groups) == len(p.groups) || allInKey(p.groups, d) {
			all = append(all, hit{doc: d, score: 1})
		} else if len(some) < limit {
			some = append(some, hit{doc: d, score: 1})
		}
	}
	all = append(all, some...)
	return all[:min(len(all), limit)]
}

func allInKey(groups []group, d *doc) bool {
	for i := range groups {
		if !groups[i].inKey(d) {
			return false
		}
	}
	return true
}
