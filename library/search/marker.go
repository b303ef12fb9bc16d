package search

import "strings"

// Marker finds where the words and phrases of a query stand in texts. A nil one
// finds nothing. It is safe for concurrent use.
type Marker struct{ words []string } // folded

// NewMarker returns the marker of a query; nil for one that asks for nothing.
func NewMarker(query string) *Marker {
	words := Keywords(query)
	if len(words) == 0 {
		return nil
	}
	return &Marker{words}
}

// Marks returns where in s the words stand, compared as [Index.Search] does. The
// spans are whole characters, in order, and do not touch.
func (m *Marker) Marks(s string) []Span {
	if m == nil || s == "" {
		return nil
	}
	folded := Fold(s)
	var spans []Span
	for _, w := range m.words {
		for at := 0; ; {
			i := strings.Index(folded[at:], w)
			if i < 0 {
				break
			}
			at += i + len(w)
			spans = append(spans, Span{at - len(w), at})
		}
	}
	if len(spans) == 0 {
		return nil
	}
	from := origins(s, len(folded))
	for i, f := range spans {
		end := f.End
		for end < len(folded) && from[end] == from[f.End-1] {
			end++ // "s" of ß marks it whole
		}
		spans[i] = Span{from[f.Start], from[end]}
	}
	return merge(spans)
}

// origins returns for each byte of Fold(s), of which there are n, the offset in s
// of the character that it comes from, and for the end that of s.
func origins(s string, n int) []int {
	from := make([]int, 0, n+1)
	var f folder
	var char []byte
	for i := 0; i < len(s); {
		var size int
		char, size = f.next(char[:0], s[i:])
		for range char {
			from = append(from, i)
		}
		i += size
	}
	return append(from, len(s))
}
