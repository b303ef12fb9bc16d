package search_test

import (
	"testing"

	"longhand/library/sample"
	"longhand/library/search"
)

// generated are n articles, of real ones where there are some.
func generated(tb testing.TB, n int) []search.Entry {
	return entries(sample.Articles(n, realArticles(tb)))
}

func entries(articles []sample.Article) []search.Entry {
	out := make([]search.Entry, len(articles))
	for i, a := range articles {
		out[i] = search.Entry{Path: a.Path, Title: a.Title, Tags: a.Tags, Authors: a.Authors, Draft: a.Draft, Body: a.Body, Date: a.Date, ModTime: a.Date, Size: int64(len(a.Body))}
	}
	return out
}
