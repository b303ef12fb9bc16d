package library

import (
	"iter"
	"slices"
	"strings"
)

// Credited is somebody who has a file in authors/ or whom articles credit.
type Credited struct {
	*Author
	Articles int  // that credit the author, drafts among them
	Missing  bool // there is no file
}

// CountCredits counts the articles of each author: of those with a file in the
// order given, then of those without, by name.
func CountCredits(authors []*Author, articles iter.Seq[*Article]) []Credited {
	out := make([]Credited, len(authors))
	for i, a := range authors {
		out[i].Author = a
	}
	at := map[string]int{} // in out, by what articles write
	for article := range articles {
		var counted []int
		for _, name := range article.Authors {
			i, known := at[name]
			if !known {
				i = len(out)
				if a := FindAuthor(authors, name); a != nil {
					i = slices.Index(authors, a)
				} else if j := slices.IndexFunc(out, func(c Credited) bool { return strings.EqualFold(c.Name, name) }); j >= 0 {
					i = j
				} else {
					out = append(out, Credited{Author: &Author{ID: Slug(name), Name: name}, Missing: true})
				}
				at[name] = i
			}
			if !slices.Contains(counted, i) {
				counted = append(counted, i)
				out[i].Articles++
			}
		}
	}
	slices.SortFunc(out[len(authors):], func(a, b Credited) int { return strings.Compare(a.Name, b.Name) })
	return out
}
