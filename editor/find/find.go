// Package find finds and replaces in one text: plain words, with or without
// regard to case, whole words, and regular expressions.
//
// A [Query] is compiled to a [Finder], which finds all [Matches] of a text at once
// or the next one from a place. Matches do not overlap: they are what a search
// from the start of the text meets one after another. [Matches.Update] keeps them
// right while the text is edited, at a cost that does not depend on their number.
//
// All offsets are bytes. Everything may be used by several goroutines at once.
package find

import (
	"context"
	"regexp"
	"strings"

	"longhand/editor/text"
)

// Query is what to look for.
type Query struct {
	Text string
	// Case tells capitals from small letters. Without it letters are the same if
	// Unicode's simple case folding says so: "ſ", "s" and "S", "σ", "ς" and "Σ", but
	// neither "ß" and "ss" nor "é" and "e".
	Case bool
	// Word finds whole words only: what begins and ends where no word is cut.
	Word bool
	// Regexp reads Text as a regular expression in the syntax of [regexp/syntax],
	// where ^ and $ stand for the start and end of each line.
	Regexp bool
}

// Match is the bytes [Start,End) of a text. It is never empty.
type Match struct{ Start, End int }

// Finder finds what a query asks for.
type Finder struct {
	plain *pattern             // nil for a regular expression
	expr  *expression          // nil for plain text
	marks func(string) []Match // in place of both
	// lines tells that no match crosses a line break and that none depends on what
	// stands on other lines.
	lines bool
}

// Compile prepares a search. The error, for a regular expression only, is a
// [*SyntaxError]. A query without text finds nothing.
func Compile(q Query) (*Finder, error) {
	if !q.Regexp {
		needle := breaks.Replace(q.Text)
		return &Finder{plain: newPattern(needle, q.Case, q.Word), lines: !strings.Contains(needle, "\n")}, nil
	}
	expr, err := newExpression(q.Text, q.Case, q.Word)
	if err != nil {
		return nil, err
	}
	return &Finder{expr: expr, lines: expr.lines}, nil
}

// breaks makes each line break what it is in a text.
var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// All returns all matches, or the first ones if there are more than limit and
// limit is not 0. If ctx ends before, it returns what was found till then and the
// context's error; an expression that may cross lines (\s does) looks at ctx only
// at the start.
func (f *Finder) All(ctx context.Context, d text.Doc, limit int) (Matches, error) {
	var b builder
	err := f.each(ctx, d, 0, d.Len(), func(start, end int) bool {
		b.add(start, end)
		return b.n != limit
	})
	return b.matches(), err
}

// each calls emit with the matches in [start,end), where start is the start of a
// line and end that of another or the end of one, until it returns false. Where
// matches may cross lines the range must be the whole text.
func (f *Finder) each(ctx context.Context, d text.Doc, start, end int, emit func(start, end int) bool) error {
	switch {
	case f.marks != nil:
		return f.eachMarked(ctx, d, start, end, emit)
	case f.plain != nil:
		return f.plain.each(ctx, d, start, end, emit)
	}
	return f.expr.each(ctx, d, start, end, (*regexp.Regexp).FindAllIndex, func(base int, _ []byte, loc []int) bool {
		return emit(base+loc[0], base+loc[1])
	})
}

// Next returns the first match that begins at or after from, or else the first of
// the text; wrapped tells that it is that one. ok is false if there is none.
func (f *Finder) Next(d text.Doc, from int) (m Match, wrapped, ok bool) {
	from = min(max(from, 0), d.Len())
	start := 0
	if f.lines {
		start = d.LineStart(d.Line(from))
	}
	var first Match // of the whole text, where the search goes over it
	_ = f.each(context.Background(), d, start, d.Len(), func(s, e int) bool {
		if s >= from {
			m, ok = Match{s, e}, true
			return false
		}
		if start == 0 && first.End == 0 {
			first = Match{s, e}
		}
		return true
	})
	switch {
	case ok:
		return m, false, true
	case start == 0:
		return first, first.End > 0, first.End > 0
	}
	_ = f.each(context.Background(), d, 0, d.LineEnd(d.Line(from)), func(s, e int) bool {
		m, ok = Match{s, e}, true
		return false
	})
	return m, ok, ok
}

// Prev returns the last match that ends at or before from, or else the last of the
// text; wrapped tells that it is that one. ok is false if there is none.
func (f *Finder) Prev(d text.Doc, from int) (m Match, wrapped, ok bool) {
	from = min(max(from, 0), d.Len())
	if m, ok = f.last(d, 0, from); ok {
		return m, false, true
	}
	m, ok = f.last(d, from, d.Len())
	return m, ok, ok
}

// last returns the last match that ends in (after,until].
func (f *Finder) last(d text.Doc, after, until int) (m Match, ok bool) {
	keep := func(s, e int) bool {
		if e > after && e <= until {
			m, ok = Match{s, e}, true
		}
		return e < until
	}
	if !f.lines {
		_ = f.each(context.Background(), d, 0, d.Len(), keep)
		return m, ok
	}
	// Back over ever more lines, since the match may be near.
	end := d.LineEnd(d.Line(until))
	for size := windowSize / 4; ; size *= 2 {
		start := d.LineStart(d.Line(max(end-size, 0)))
		_ = f.each(context.Background(), d, start, end, keep)
		if ok || start <= after {
			return m, ok
		}
		end = start
	}
}
