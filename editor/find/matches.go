package find

import (
	"iter"
	"sort"
)

// Matches are the matches of a text, ascending and not overlapping. They are a
// value: nothing changes them.
//
// They take 4 bytes each where all are of one length and 8 where not, in blocks of
// offsets from a base, so that an edit moves blocks rather than matches.
type Matches struct {
	blocks []block
	n      int
}

// blockSize is the most matches of a block.
const blockSize = 1024

// block is some matches that follow each other; never none.
type block struct {
	base   int      // starts and ends count from here
	first  int      // the index of its first match among all
	size   int      // of each match, where ends is nil
	starts []uint32 // ascending
	ends   []uint32 // nil if all matches have one size
}

func (b *block) match(i int) Match {
	start := b.base + int(b.starts[i])
	if b.ends == nil {
		return Match{start, start + b.size}
	}
	return Match{start, b.base + int(b.ends[i])}
}

func (b *block) start() int { return b.base + int(b.starts[0]) }
func (b *block) end() int   { return b.match(len(b.starts) - 1).End }

// Len returns how many matches there are.
func (m Matches) Len() int { return m.n }

// At returns the match with the index i, which counts from 0.
func (m Matches) At(i int) Match {
	k := sort.Search(len(m.blocks), func(k int) bool { return m.blocks[k].first > i }) - 1
	b := &m.blocks[k]
	return b.match(i - b.first)
}

// Search returns the index of the first match that begins at or after an offset,
// or [Matches.Len].
func (m Matches) Search(offset int) int {
	k := sort.Search(len(m.blocks), func(k int) bool { return m.blocks[k].end() > offset })
	if k == len(m.blocks) {
		return m.n
	}
	b := &m.blocks[k]
	return b.first + sort.Search(len(b.starts), func(i int) bool { return b.match(i).Start >= offset })
}

// Slice returns the matches with the indexes from i to before j.
func (m Matches) Slice(i, j int) Matches {
	var b builder
	for k, match := range m.From(i) {
		if k >= j {
			break
		}
		b.add(match.Start, match.End)
	}
	return b.matches()
}

// From yields the matches from the index i on, with their indexes.
func (m Matches) From(i int) iter.Seq2[int, Match] {
	return func(yield func(int, Match) bool) {
		k := sort.Search(len(m.blocks), func(k int) bool { return m.blocks[k].first+len(m.blocks[k].starts) > i })
		for ; k < len(m.blocks); k++ {
			b := &m.blocks[k]
			for j := max(i-b.first, 0); j < len(b.starts); j++ {
				if !yield(b.first+j, b.match(j)) {
					return
				}
			}
		}
	}
}

// builder gathers ascending matches.
type builder struct {
	blocks []block
	open   block // being filled
	n      int
}

func (b *builder) add(start, end int) {
	o := &b.open
	if n := len(o.starts); n > 0 && n < blockSize && o.ends == nil && end-start == o.size { // mostly
		o.starts = append(o.starts, uint32(start-o.base))
		b.n++
		return
	}
	switch {
	case o.starts == nil:
		room := 16
		if len(b.blocks) > 0 {
			room = blockSize
		}
		*o = block{base: start, first: b.n, size: end - start, starts: make([]uint32, 0, room)}
	case len(o.starts) == blockSize:
		b.close()
		*o = block{base: start, first: b.n, size: end - start, starts: make([]uint32, 0, blockSize)}
	}
	if o.ends == nil && end-start != o.size {
		o.ends = make([]uint32, len(o.starts), cap(o.starts))
		for i, s := range o.starts {
			o.ends[i] = s + uint32(o.size)
		}
	}
	o.starts = append(o.starts, uint32(start-o.base))
	if o.ends != nil {
		o.ends = append(o.ends, uint32(end-o.base))
	}
	b.n++
}

// addBlock adds a block of other matches, moved by shift bytes.
func (b *builder) addBlock(other block, shift int) {
	b.close()
	other.base += shift
	other.first = b.n
	b.blocks = append(b.blocks, other)
	b.n += len(other.starts)
}

func (b *builder) close() {
	if len(b.open.starts) > 0 {
		b.blocks = append(b.blocks, b.open)
		b.open = block{}
	}
}

func (b *builder) matches() Matches {
	b.close()
	m := Matches{blocks: b.blocks, n: b.n}
	if len(m.blocks) <= 64+2*m.n/blockSize {
		return m
	}
	// Edits left many small blocks.
	var again builder
	for _, match := range m.From(0) {
		again.add(match.Start, match.End)
	}
	again.close()
	return Matches{blocks: again.blocks, n: again.n}
}
