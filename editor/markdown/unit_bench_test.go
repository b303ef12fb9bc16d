package markdown

import (
	"strings"
	"testing"

	"longhand/editor/text"
)

// A key as a preview sees it: Edit, what changed, and the trees of that.
func BenchmarkPreviewKey(b *testing.B) {
	sizes(b, func(b *testing.B, source string) {
		k := newKeys(b, source)
		b.ReportAllocs()
		for b.Loop() {
			before, x := k.press()
			from, to, _ := x.Changed(before)
			for _, u := range x.Units(from, to) {
				x.Parse(u)
			}
		}
	})
}

func BenchmarkChanged(b *testing.B) {
	sizes(b, func(b *testing.B, source string) {
		before, x := newKeys(b, source).press()
		b.ReportAllocs()
		for b.Loop() {
			x.Changed(before)
		}
	})
}

// Parsing every unit, as for a whole preview.
func BenchmarkParseUnits(b *testing.B) {
	source := articleOf(1 << 20)
	x, _ := finished(b, source)
	for _, spans := range []bool{false, true} {
		b.Run(map[bool]string{false: "trees", true: "spans"}[spans], func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				for _, u := range x.Units(0, x.UnitCount()) {
					if t := x.Parse(u); spans {
						t.Span(t.Root.FirstChild().FirstChild())
					}
				}
			}
		})
	}
}

// keys puts in and takes out a letter in the middle of a text.
type keys struct {
	x       *Index
	docs    [2]text.Doc
	changes [2]text.Changes
	n       int
}

func newKeys(b *testing.B, source string) *keys {
	k := &keys{}
	k.x, k.docs[0] = finished(b, source)
	at := len(source) / 2
	at += strings.Index(source[at:], "with a [link]")
	k.changes[0] = text.Changes{{Start: at, End: at, Insert: "x"}}
	k.changes[1] = text.Changes{{Start: at, End: at + 1}}
	k.docs[1], _, _ = k.docs[0].ApplyAll(k.changes[0])
	return k
}

// press returns the index before and after a key.
func (k *keys) press() (before, after *Index) {
	before = k.x
	k.x = before.Edit(k.docs[(k.n+1)%2], k.changes[k.n%2])
	k.n++
	return before, k.x
}
