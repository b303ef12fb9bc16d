package search

// words is a list of words that grows at its end. They stand together by sixteens,
// for a large library has more than a million.
type words struct {
	blocks []string // each the words of one block, without anything between
	sizes  []uint8  // of each word in bytes; none is longer than terms.Longest
}

const blockWords = 16

func (w *words) len() int { return len(w.sizes) }

// at is the word of a number.
func (w *words) at(i uint32) string {
	first, start := i/blockWords*blockWords, 0
	for _, n := range w.sizes[first:i] {
		start += int(n)
	}
	return w.blocks[i/blockWords][start : start+int(w.sizes[i])]
}

// add keeps a copy of the word.
func (w *words) add(word string) {
	if len(w.sizes)%blockWords == 0 {
		w.blocks = append(w.blocks, "")
	}
	w.blocks[len(w.blocks)-1] += word
	w.sizes = append(w.sizes, uint8(len(word)))
}
