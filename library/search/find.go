package search

import (
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
	var p *plan
	var hits []hit
	for _, g := range []guessing{literally, nearly, roughly} {
		// Each word is somewhere, but not all in one article: some may be misspelt.
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(hits) > 0 || g == roughly && !p.guessed {
			break
		}
		p = x.plan(q, g)
		if hits, err = p.run(ctx, s, limit); err != nil {
			return nil, x.mend(ctx, s, err)
		}
	}
	if len(hits) > 0 {
		found.marker = p.marker()
	}
	hits = p.beginnings(q, hits)
	if fuzzy := p.fuzzy(ctx, q, hits, limit); len(fuzzy) > 0 {
		// Initials of a title mean more than words that are only similar.
		n := 0
		first := map[*doc]bool{}
		for (p.guessed || q.single) && n < len(fuzzy) && fuzzy[n].initials {
			first[fuzzy[n].doc] = true
			n++
		}
		hits = slices.DeleteFunc(hits, func(h hit) bool { return first[h.doc] })
		hits = slices.Concat(fuzzy[:n], hits, fuzzy[n:])
	}
	hits = hits[:min(len(hits), limit)]
	found.Results = make([]Result, len(hits))
	for i, h := range hits {
		r := Result{Path: h.article.Path, Score: h.score, Fuzzy: h.fuzzy != nil}
		if r.Title = h.fuzzy; !r.Fuzzy {
			r.Title, r.Guessed = found.marker.Marks(h.article.Title), p.guessed
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
func (x *Index) plan(q query, guess guessing) *plan {
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
	groups := p.needed()
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
		return p.weigh(ctx, s, limit)
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
		return p.weigh(ctx, s, limit)
	}
	out := p.titles(ctx, limit)
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
func (p *plan) byID(id int64) *doc { return numbered(p.docs, id) }

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
