package search_test

import (
	"longhand/library/sample"
	"longhand/library/search"
)

func entries(articles []sample.Article) []search.Entry {
	out := make([]search.Entry, len(articles))
	for i, a := range articles {
		out[i] = search.Entry{Path: a.Path, Title: a.Title, Tags: a.Tags, Authors: a.Authors, Draft: a.Draft, Body: a.Body, Date: a.Date, ModTime: a.Date, Size: int64(len(a.Body))}
	}
	return out
}
