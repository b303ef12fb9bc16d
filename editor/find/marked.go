package find

import (
	"context"

	"longhand/editor/text"
)

// Func returns a finder of what a function marks in a text: ascending ranges of
// bytes that do not overlap, none of them empty. It is called on other goroutines.
// lines tells that it marks in a text what it marks in each of its lines. Nothing
// replaces what such a finder finds.
func Func(marks func(s string) []Match, lines bool) *Finder {
	return &Finder{marks: marks, lines: lines}
}

// eachMarked is [Finder.each] for such a finder.
func (f *Finder) eachMarked(ctx context.Context, d text.Doc, start, end int, emit func(start, end int) bool) error {
	for start < end {
		if err := ctx.Err(); err != nil {
			return err
		}
		until := end
		if f.lines {
			until = min(d.LineEnd(d.Line(min(start+windowSize, end))), end)
		}
		for _, m := range f.marks(d.Slice(start, until)) {
			if !emit(start+m.Start, start+m.End) {
				return nil
			}
		}
		if start = until; f.lines {
			start++ // the line break
		}
	}
	return ctx.Err()
}
