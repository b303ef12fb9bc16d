package cli

import (
	"os"
	"strings"

	"longhand/library"
	"longhand/library/search"
)

// result is a search result in the JSON output. Spans are [start, end) in bytes.
type result struct {
	item
	Score        float64 `json:"score"`
	Guessed      bool    `json:"guessed"` // by words that are similar to those asked for
	Fuzzy        bool    `json:"fuzzy"`   // by letters of the title
	TitleMarks   []span  `json:"title_marks"`
	Snippet      string  `json:"snippet"`
	SnippetMarks []span  `json:"snippet_marks"`
	Match        *match  `json:"match"` // null when the text does not match
}

type span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// match is where the text matches best. Offsets are bytes of the file's text as
// UTF-8, each line break being one; column is in bytes of the line, from 1.
type match struct {
	span
	Line   int `json:"line"`
	Column int `json:"column"`
}

func newResult(lib *library.Library, a *library.Article, text string, r search.Result) result {
	out := result{
		item: newItem(lib, a, text[a.Body:]), Score: r.Score, Guessed: r.Guessed, Fuzzy: r.Fuzzy,
		TitleMarks: spans(r.Title), Snippet: r.Snippet, SnippetMarks: spans(r.Marks),
	}
	if n := len(a.Title); len(r.Title) > 0 && r.Title[len(r.Title)-1].End > n { // changed just now
		out.TitleMarks = spans(nil)
	}
	if at := a.Body + r.Place.Start; r.Place.End > 0 && a.Body+r.Place.End <= len(text) {
		before := text[:at]
		out.Match = &match{span{at, a.Body + r.Place.End}, 1 + strings.Count(before, "\n"), at - strings.LastIndexByte(before, '\n')}
	}
	return out
}

func spans(s []search.Span) []span {
	out := make([]span, len(s))
	for i, at := range s {
		out[i] = span(at)
	}
	return out
}

// marked is a text as it can be printed, with the marked parts in bold if wanted.
func marked(s string, marks []span, bold bool) string {
	if !bold {
		return printable(s)
	}
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(printable(s[at:m.Start]) + "\x1b[1m" + printable(s[m.Start:m.End]) + "\x1b[22m")
		at = m.End
	}
	return b.String() + printable(s[at:])
}

// bold reports whether standard output is a terminal on which something may stand
// out.
func (sh *shell) bold() bool {
	out, ok := sh.Stdout.(*output)
	if !ok || sh.NoColour {
		return false
	}
	f, ok := out.w.(*os.File)
	return ok && isTerminal(f)
}
