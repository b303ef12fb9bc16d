package text

import (
	"strings"
	"testing"
)

// A text in these tests may hold its selection: "one |two" has a caret before the
// second word, "one ‹two|›" selects it with the head at its end, "one ‹|two›" with
// the head at its start. The first range is the main one.

// written returns the text and the selection of such a string.
func written(t testing.TB, s string) (Doc, Selection) {
	t.Helper()
	var b strings.Builder
	var ranges []Range
	open, head := -1, -1
	for _, r := range s {
		switch at := b.Len(); {
		case r == '‹':
			open, head = at, -1
		case r == '|' && open < 0:
			ranges = append(ranges, Range{at, at})
		case r == '|':
			head = at
		case r == '›' && head == open:
			ranges, open = append(ranges, Range{at, open}), -1
		case r == '›' && head == at:
			ranges, open = append(ranges, Range{open, at}), -1
		case r == '›':
			t.Fatalf("%q: a range needs its head at one end", s)
		default:
			b.WriteRune(r)
		}
	}
	return New(b.String()), NewSelection(0, ranges...)
}

// shown is the reverse of written.
func shown(d Doc, s Selection) string {
	text := d.String()
	var b strings.Builder
	at := 0
	for _, r := range s.Ranges() {
		b.WriteString(text[at:r.Start()])
		switch at = r.End(); {
		case r.Empty():
			b.WriteString("|")
		case r.Head < r.Anchor:
			b.WriteString("‹|" + text[r.Start():at] + "›")
		default:
			b.WriteString("‹" + text[r.Start():at] + "|›")
		}
	}
	return b.String() + text[at:]
}
