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
			r.Title = append(r.Title, unfold(h.Title, i, i+n))
		}
		r.Title = merge(r.Title)
		return r
	}
	r.Title = marks(h.Title, words)
	r.Snippet, r.Marks = h.snippet(words)
	return r
}

// marks finds all the words in s.
func marks(s string, words []string) []Span { return (&Marker{words}).Marks(s) }

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
	best := h.densest(words)
	if best < 0 {
		return "", nil
	}
	at := unfold(h.Body, best, best+1).Start
	start, end := cutBefore(h.Body, at), cutAfter(h.Body, at)
	cut := h.Body[start:end]
	s := strings.Join(strings.Fields(readable(cut)), " ")
	found := marks(s, words)
	if len(found) == 0 { // the match is in an address, say
		s = strings.Join(strings.Fields(cut), " ")
		found = marks(s, words)
	}
	const ellipsis = "…"
	if start > 0 {
		s = ellipsis + s
		for i := range found {
			found[i].Start += len(ellipsis)
			found[i].End += len(ellipsis)
		}
	}
	if end < len(h.Body) {
		s += ellipsis
	}
	return s, found
}

// densest returns where in the folded body most of the words stand together, -1
// if there are none.
func (e *entry) densest(words []string) int {
	best, bestCount := -1, 0
	for _, w := range words {
		for at, tries := 0, 0; tries < 20; tries++ {
			i := strings.Index(e.body[at:], w)
			if i < 0 {
				break
			}
			i += at
			window := e.body[i:min(len(e.body), i+max(len(w), snippetAfter-snippetBefore))]
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
		if bestCount == len(words) {
			break
		}
	}
	return best
}

func cutBefore(s string, at int) int {
	start := max(0, at-snippetBefore)
	if start == 0 {
		return 0
	}
	for start < at && !utf8.RuneStart(s[start]) {
		start++
	}
	if i := strings.IndexFunc(s[start:at], unicode.IsSpace); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[start+i:])
		return start + i + n
	}
	return start
}

func cutAfter(s string, at int) int {
	end := min(len(s), at+snippetAfter)
	if end == len(s) {
		return end
	}
	for end > at && !utf8.RuneStart(s[end]) {
		end--
	}
	if i := strings.LastIndexFunc(s[at:end], unicode.IsSpace); i > snippetAfter/2 {
		return at + i
	}
	return end
}

// readable leaves out of a piece of Markdown what is there for the machine: the
// marks of headings, quotations and emphasis, addresses of links, HTML tags. It
// need not be exact: the piece may begin and end anywhere.
func readable(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	lineStart := true
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case lineStart && (c == '#' || c == '>' || c == ' ' || c == '\t'):
			b.WriteByte(' ')
			i++
			continue
		case c == '`' || c == '[' && !strings.HasPrefix(s[i:], "[^") || strings.HasPrefix(s[i:], "!["):
			i++
			continue
		case strings.HasPrefix(s[i:], "**") || strings.HasPrefix(s[i:], "~~"):
			i += 2
			continue
		case c == ']':
			i += 1 + address(s[i+1:])
			continue
		case c == '<':
			if n := tag(s[i:]); n > 0 {
				b.WriteByte(' ')
				i += n
				continue
			}
		}
		lineStart = c == '\n'
		b.WriteByte(c)
		i++
	}
	return b.String()
}

// address returns the length of the (address) or [reference] of a link.
func address(s string) int {
	if s == "" || s[0] != '(' && s[0] != '[' {
		return 0
	}
	end := ")\n"
	if s[0] == '[' {
		end = "]\n"
	}
	if i := strings.IndexAny(s, end); i > 0 && s[i] != '\n' {
		return i + 1
	}
	if !strings.ContainsAny(s, " \n") {
		return len(s) // cut off within
	}
	return 0
}

// tag returns the length of the HTML tag or comment that s begins with.
func tag(s string) int {
	if len(s) < 3 || s[1] != '/' && s[1] != '!' && !('a' <= s[1]|0x20 && s[1]|0x20 <= 'z') {
		return 0
	}
	i := strings.IndexAny(s[1:], "<>")
	if i < 0 || s[1+i] == '<' || strings.Contains(s[:i], "://") {
		return 0 // <https://example.org> is a link and its own text
	}
	return i + 2
}
