package search

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// snippetBefore and snippetAfter are how many bytes of the body a snippet shows
// around its first match, before it is cut at words.
const (
	snippetBefore = 40
	snippetAfter  = 160
)

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

// Snippets fills in the snippets and places of some of the results. Of an article whose text
// cannot be read there is none.
func (f *Found) Snippets(ctx context.Context, from, to int) error {
	if f.marker == nil || f.index.text == nil {
		return ctx.Err()
	}
	var wg sync.WaitGroup
	var next atomic.Int64
	next.Store(int64(from))
	for range min(runtime.NumCPU(), 4) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < to && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				r := &f.Results[i]
				if r.Fuzzy {
					continue
				}
				if body, err := f.index.text(r.Path); err == nil {
					if r.Place = f.marker.Place(body); r.Place.End > 0 {
						r.Snippet, r.Marks = f.marker.snippet(body, r.Place)
					}
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
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
