package search

import (
	"slices"
	"strings"
)

// most is how many tags or authors one filter may stand for.
const most = 50

// resolve finds what the filter's value stands for: a tag or an author as it is
// written, else all that begin with it. It returns the filter with these and
// their expression for FTS5.
func (f filter) resolve(docs []*doc) (filter, string) {
	mark, list := tagMark, func(d *doc) []string { return d.tags }
	switch f.field {
	case "status":
		f.values = []string{f.value}
		if f.value == "draft" {
			return f, `"` + draft + `"`
		}
		return f, `"` + published + `"`
	case "author":
		mark, list = byMark, func(d *doc) []string { return d.authors }
	case "date":
		return f, ""
	}
	begun := map[string]bool{}
	for _, d := range docs {
		for _, v := range list(d) {
			switch {
			case v == f.value:
				f.values = []string{v}
				return f, `"` + mark + v + `"`
			case len(begun) < most && (strings.HasPrefix(v, f.value) || strings.Contains(v, joined+f.value)):
				begun[v] = true
			}
		}
	}
	var parts []string
	for v := range begun {
		f.values = append(f.values, v)
		parts = append(parts, `"`+mark+v+`"`)
	}
	if len(parts) == 0 {
		return f, ""
	}
	slices.Sort(parts)
	return f, "(" + strings.Join(parts, " OR ") + ")"
}

// admits reports whether the article has all the properties asked for, and none
// of the words unwanted.
func (p *plan) admits(d *doc) bool {
	if p.excluded[d.id] {
		return false
	}
	for i := range p.filters {
		if p.filters[i].holds(d) == p.filters[i].not {
			return false
		}
	}
	return true
}

func (f *filter) holds(d *doc) bool {
	switch f.field {
	case "tag":
		return slices.ContainsFunc(d.tags, f.has)
	case "author":
		return slices.ContainsFunc(d.authors, f.has)
	case "status":
		return d.article.Draft == (f.value == "draft")
	}
	date := d.article.Date.Unix()
	return (f.from.IsZero() || date >= f.from.Unix()) && (f.until.IsZero() || date < f.until.Unix())
}

func (f *filter) has(v string) bool { return slices.Contains(f.values, v) }
