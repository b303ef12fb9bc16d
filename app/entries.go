package app

import "longhand/library"

// entries are what the list shows: articles as they stand there, which may be very
// many, or a few that were found.
type entries struct {
	articles []*library.Article
	found    []entry
}

func (e entries) len() int { return len(e.articles) + len(e.found) }

func (e entries) at(i int) entry {
	if i < len(e.articles) {
		return entry{Article: e.articles[i]}
	}
	return e.found[i-len(e.articles)]
}
