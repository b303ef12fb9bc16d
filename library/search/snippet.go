package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// snippetBefore and snippetAfter are how many bytes of the body a snippet shows
// around its first match, before it is cut at words.
const (
	snippetBefore = 40
	snippetAfter  = 160
)

func (h hit) result(words []string) Result {
	r := Result{Path: h.Path, Score: h.score, Fuzzy: h.fuzzy != nil}
	if h.fuzzy != nil {
		for _, i := range h.fuzzy {
			_, n := utf8.DecodeRuneInString(h.title[i:])
			r.Title = append(r.Title, Span{unfold(h.Title, i), unfold(h.Title, i+n)})
		}
		r.Title = merge(r.Title)
		return r
	}
	r.Title = marks(h.Title, words)
	r.Snippet, r.Marks = h.snippet(words)
	return r
}

// marks finds all the words in s.
func marks(s string, words []string) []Span {
	folded := fold(s)
	var spans []Span
	for _, w := range words {
		for at := 0; ; {
			i := strings.Index(folded[at:], w)
			if i < 0 {
				break
			}
			i += at
			spans = append(spans, Span{unfold(s, i), unfold(s, i+len(w))})
			at = i + len(w)
		}
	}
	return merge(spans)
}

// merge sorts the spans and joins those that touch.
func merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else if s.End > s.Start {
			out = append(out, s)
		}
	}
	return out
}

// snippet cuts from the body the surroundings of the place where most of the
// words stand together.
func (h hit) snippet(words []string) (string, []Span) {
	best, bestCount := -1, 0
	for _, w := range words {
		for at, tries := 0, 0; tries < 20; tries++ {
			i := strings.Index(h.body[at:], w)
			if i < 0 {
				break
			}
			i += at
			window := h.body[i:min(len(h.body), i+snippetAfter-snippetBefore)]
			n := 0
			for _, other := range words {
				if strings.Contains(window, other) {
					n++
				}
			}
			if n > bestCount {
				best, bestCount = i, n
			}
			at = i + len(w)
		}
	}
	if best < 0 {
		return "", nil
	}
	at := unfold(h.Body, best)
	start, end := cutBefore(h.Body, at), cutAfter(h.Body, at)
	s := strings.Join(strings.Fields(h.Body[start:end]), " ")
	if start > 0 {
		s = "…" + s
	}
	if end < len(h.Body) {
		s += "…"
	}
	return s, marks(s, words)
}

func cutBefore(s string, at int) int {
	start := max(0, at-snippetBefore)
	if start == 0 {
		return 0
	}
	if i := strings.IndexFunc(s[start:at], unicode.IsSpace); i >= 0 {
		return start + i + 1
	}
	for start < at && !utf8.RuneStart(s[start]) {
		start++
	}
	return start
}

func cutAfter(s string, at int) int {
	end := min(len(s), at+snippetAfter)
	if end == len(s) {
		return end
	}
	if i := strings.LastIndexFunc(s[at:end], unicode.IsSpace); i > snippetAfter/2 {
		return at + i
	}
	for end > at && !utf8.RuneStart(s[end]) {
		end--
	}
	return end
}
