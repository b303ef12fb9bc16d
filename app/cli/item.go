package cli

import (
	"strings"
	"time"

	"longhand/editor/markdown"
	"longhand/library"
)

// item is an article in the JSON output. The fields are stable.
type item struct {
	Path       string    `json:"path"`
	File       string    `json:"file"`
	Slug       string    `json:"slug"`
	Title      string    `json:"title"`
	Date       time.Time `json:"date"`
	DateSource string    `json:"date_source"`
	Modified   time.Time `json:"modified"`
	Status     string    `json:"status"`
	Tags       []string  `json:"tags"`
	Authors    []string  `json:"authors"`
	Lang       string    `json:"lang,omitempty"`
	Words      int       `json:"words"`
	Pictures   int       `json:"pictures"`
	Excerpt    string    `json:"excerpt,omitempty"`
	Problem    *problem  `json:"problem,omitempty"`
}

// problem is what is wrong with an article's file. Line is 0 where there is none.
type problem struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

func newItem(lib *library.Library, a *library.Article, body string) item {
	it := item{
		Path: a.Path, File: lib.File(a.Path), Slug: a.Slug, Title: a.Title, Date: a.Date,
		DateSource: string(a.DateSource), Modified: a.ModTime, Status: a.Status(), Tags: notNil(a.Tags), Authors: notNil(a.Authors),
		Lang: a.Lang, Words: a.Words, Pictures: pictures(body), Excerpt: a.Excerpt,
	}
	if p := a.Problem; p != nil {
		it.Problem = &problem{p.Line, p.Message, p.Remedy}
	}
	return it
}

// pictures counts the pictures of a Markdown text. Most have none, and are not
// parsed.
func pictures(body string) int {
	n := strings.Count(strings.ToLower(body), "<img ")
	if strings.Contains(body, "![") {
		n += len(markdown.Parse([]byte(body)).Pictures())
	}
	return n
}

// notNil makes an empty list print as [] and not as null.
func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
