package find

import (
	"bytes"
	"context"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"longhand/editor/text"
)

// expression is a regular expression to look for.
type expression struct {
	re    *regexp.Regexp
	lines bool // see [Finder]
	word  bool
	// inside is re for the rest of a line: there ^ matches nowhere. Only for whole
	// words within lines.
	inside *regexp.Regexp
}

// flags are those of Go, with ^ and $ at each line.
const flags = syntax.Perl &^ syntax.OneLine

func newExpression(pattern string, matchCase, word bool) (*expression, error) {
	tree, err := syntax.Parse(pattern, flags)
	if err != nil {
		return nil, syntaxError(pattern, err)
	}
	prefix := "(?m)"
	if !matchCase {
		prefix = "(?mi)"
	}
	re, err := regexp.Compile(prefix + pattern)
	if err != nil {
		return nil, syntaxError(pattern, err)
	}
	e := &expression{re: re, word: word, lines: withinLine(tree)}
	if word && e.lines {
		tree, err = syntax.Parse(prefix+pattern, flags)
		if err == nil {
			dropLineStarts(tree)
			e.inside, err = regexp.Compile(tree.String())
		}
		if err != nil {
			return nil, syntaxError(pattern, err)
		}
	}
	return e, nil
}

// withinLine reports whether what matches never holds a line break and whether it
// is the same with each line as a text of its own.
func withinLine(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpAnyChar, syntax.OpBeginText, syntax.OpEndText:
		return false
	case syntax.OpLiteral:
		return !slices.Contains(re.Rune, '\n')
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i] <= '\n' && '\n' <= re.Rune[i+1] {
				return false
			}
		}
	}
	for _, sub := range re.Sub {
		if !withinLine(sub) {
			return false
		}
	}
	return true
}

func dropLineStarts(re *syntax.Regexp) {
	if re.Op == syntax.OpBeginLine {
		re.Op = syntax.OpNoMatch
	}
	for _, sub := range re.Sub {
		dropLineStarts(sub)
	}
}

// findAll is one of the FindAll methods of a regexp for bytes and indexes.
type findAll func(re *regexp.Regexp, b []byte, n int) [][]int

// each calls emit with the matches in [start,end): loc are offsets in b, which
// begins at base in the text. See [Finder.each] for the range.
func (e *expression) each(ctx context.Context, d text.Doc, start, end int, find findAll, emit func(base int, b []byte, loc []int) bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !e.lines {
		b := make([]byte, 0, end-start)
		for chunk := range d.Chunks(start, end) {
			b = append(b, chunk...)
		}
		e.scan(ctx, b, start, find, emit)
		return ctx.Err()
	}
	// Whole lines pass through a window.
	window := make([]byte, 0, min(end-start, regexpWindow+regexpWindow/4))
	lines := 0 // what of the window is whole lines
	for chunk := range d.Chunks(start, end) {
		if i := strings.LastIndexByte(chunk, '\n'); i >= 0 {
			lines = len(window) + i + 1
		}
		window = append(window, chunk...)
		if len(window) < regexpWindow || lines == 0 {
			continue
		}
		if !e.scan(ctx, window[:lines], start, find, emit) {
			return ctx.Err()
		}
		window = window[:copy(window, window[lines:])]
		start += lines
		lines = 0
	}
	e.scan(ctx, window, start, find, emit)
	return ctx.Err()
}

// regexpWindow is small enough that Go's backtracking matcher, the fastest of its
// matchers, works for expressions of some size.
const regexpWindow = 4 << 10

// scan emits the matches in b; more is false when emit wants no more or ctx ended.
func (e *expression) scan(ctx context.Context, b []byte, base int, find findAll, emit func(base int, b []byte, loc []int) bool) (more bool) {
	if ctx.Err() != nil {
		return false
	}
	if e.inside != nil {
		return e.scanWords(ctx, b, base, find, emit)
	}
	for _, loc := range find(e.re, b, -1) {
		if loc[0] == loc[1] || e.word && (cutsWord(b, loc[0]) || cutsWord(b, loc[1])) {
			continue
		}
		if !emit(base, b, loc) {
			return false
		}
	}
	return true
}

// scanWords emits the matches in b that are whole words. After a match that cuts a
// word the search goes on behind its start, not its end, since words within it may
// match: therefore it goes step by step, and line by line, so that the rest of a
// line can be searched by itself. Where that would take quadratic time, since long
// matches fail again and again, the rest of the line goes on behind their ends.
func (e *expression) scanWords(ctx context.Context, b []byte, base int, find findAll, emit func(base int, b []byte, loc []int) bool) (more bool) {
	for len(b) > 0 {
		line := b
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			line = b[:i]
		}
		re := e.re
		budget := 64<<10 + 8*len(line)
		for at := 0; at < len(line); re = e.inside {
			found := find(re, line[at:], 1)
			if len(found) == 0 {
				break
			}
			loc := found[0]
			for i := range loc {
				if loc[i] >= 0 {
					loc[i] += at
				}
			}
			if loc[0] < loc[1] && !cutsWord(line, loc[0]) && !cutsWord(line, loc[1]) {
				if !emit(base, line, loc) {
					return false
				}
				at = loc[1]
				continue
			}
			at = loc[0]
			if budget -= loc[1] - loc[0]; budget < 0 && loc[0] < loc[1] {
				at = loc[1] - 1
			}
			for more := true; more; more = cutsWord(line, at) {
				_, n := utf8.DecodeRune(line[at:])
				at += n
			}
			if ctx.Err() != nil {
				return false
			}
		}
		n := min(len(line)+1, len(b))
		b = b[n:]
		base += n
	}
	return true
}
