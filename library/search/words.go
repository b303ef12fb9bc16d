package search

import "strings"

// words is a list of words that grows at its end. Most stand in one text, for a
// large library has more than a million.
type words struct {
	text string
	ends []uint32 // in the text, of the first words
	more []string // those after
}

func (w *words) len() int { return len(w.ends) + len(w.more) }

// at is the word of a number.
func (w *words) at(i uint32) string {
	if n := uint32(len(w.ends)); i >= n {
		return w.more[i-n]
	}
	start := uint32(0)
	if i > 0 {
		start = w.ends[i-1]
	}
	return w.text[start:w.ends[i]]
}

func (w *words) add(word string) { w.more = append(w.more, word) }

// pack puts all words into one text.
func (w *words) pack() {
	if len(w.more) == 0 {
		return
	}
	size := len(w.text)
	for _, word := range w.more {
		size += len(word)
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(w.text)
	ends := make([]uint32, len(w.ends), w.len())
	copy(ends, w.ends)
	for _, word := range w.more {
		b.WriteString(word)
		ends = append(ends, uint32(b.Len()))
	}
	*w = words{text: b.String(), ends: ends}
}
