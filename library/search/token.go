package search

import (
	"strings"

	"longhand/library/terms"
)

// Fold brings a text to the form in which it is compared. See [terms.Fold].
func Fold(s string) string { return terms.Fold(s) }

// The index knows some tokens that no text yields: private characters.
const (
	fence     = "\ue000" // between tags, headings: no phrase reaches over it
	tagMark   = "\ue001"
	joined    = "\ue002" // for the space in a tag
	byMark    = "\ue003"
	draft     = "\ue004d"
	published = "\ue004p"
)

// tokens are the words of a text.
func tokens(s string) []string {
	var out []string
	terms.Scan(s, func(tok []byte, _, _ int, _ terms.Kind) bool {
		out = append(out, string(tok))
		return true
	})
	return out
}

// column appends the words of a text as a column of the index, and notes them in
// seen.
func column(out []byte, s string, seen map[string]struct{}) []byte {
	terms.Scan(s, func(tok []byte, _, _ int, _ terms.Kind) bool {
		if _, ok := seen[string(tok)]; !ok {
			seen[string(tok)] = struct{}{}
		}
		out = append(append(out, tok...), ' ')
		return true
	})
	return out
}

// fenced joins texts so that no phrase reaches from one into the next.
func fenced(texts []string, seen map[string]struct{}) []byte {
	var out []byte
	for i, s := range texts {
		if i > 0 {
			out = append(out, fence+" "...)
		}
		out = column(out, s, seen)
	}
	return out
}

// whole is a tag or a name as one token; empty for one of punctuation alone.
func whole(s string) string { return strings.Join(tokens(s), joined) }

// headings are the lines of a Markdown text that are headings. It need not be
// exact: what is one in truth stands in the body as well.
func headings(body string) []string {
	var out []string
	fenced, before := "", ""
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, " \t\r\n")
		bare := strings.TrimLeft(line, " ")
		switch {
		case fenced != "":
			if strings.HasPrefix(bare, fenced) {
				fenced = ""
			}
			bare = ""
		case strings.HasPrefix(bare, "```") || strings.HasPrefix(bare, "~~~"):
			fenced, bare = bare[:3], ""
		case strings.HasPrefix(bare, "#"):
			if text := strings.TrimLeft(bare, "#"); len(bare)-len(text) <= 6 && strings.HasPrefix(text, " ") {
				out = append(out, strings.TrimSpace(strings.TrimRight(text, "#")))
			}
			bare = ""
		case before != "" && bare != "" && (strings.Trim(bare, "=") == "" || strings.Trim(bare, "-") == ""):
			out = append(out, before)
			bare = ""
		}
		before = bare
	}
	return out
}
