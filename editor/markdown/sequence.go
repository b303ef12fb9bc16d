package markdown

import "hash/maphash"

// sequence is a number for things in an order, a polynomial of their hashes: that of two
// sequences one after the other follows from theirs, so that it does not matter how
// they are cut.
type sequence struct {
	sum uint64
	// shift is what a sum before this sequence is to be multiplied with, less 1.
	shift uint64
}

const sequenceBase = 0x9e3779b97f4a7c17

// then is the sequence with another one behind it.
func (s sequence) then(t sequence) sequence {
	return sequence{s.sum*(t.shift+1) + t.sum, (s.shift+1)*(t.shift+1) - 1}
}

func orderOf(refs []reference) sequence {
	var s sequence
	for _, r := range refs {
		s = s.then(sequence{hashOf(r), sequenceBase - 1})
	}
	return s
}

// seed is that of all hashes: they are compared within a process only.
var seed = maphash.MakeSeed()

func hashOf[T comparable](v T) uint64 { return maphash.Comparable(seed, v) }
