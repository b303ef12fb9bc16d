package search

import "math"

// tally is a number of articles for a word.
type tally struct{ word, n uint32 }

func tallies(m map[uint32]int) []tally {
	out := make([]tally, 0, len(m))
	for word, n := range m {
		out = append(out, tally{word, uint32(n)})
	}
	return out
}

// counts are in how many articles each word stands: most stand in very few.
type counts struct {
	few  []uint8
	many map[uint32]uint32 // where few has the greatest number
}

func (c *counts) of(word uint32) uint32 {
	if n := c.few[word]; n < math.MaxUint8 {
		return uint32(n)
	}
	return c.many[word]
}

func (c *counts) set(word, n uint32) {
	if n < math.MaxUint8 {
		if c.few[word] == math.MaxUint8 {
			delete(c.many, word)
		}
		c.few[word] = uint8(n)
		return
	}
	c.few[word] = math.MaxUint8
	if c.many == nil {
		c.many = map[uint32]uint32{}
	}
	c.many[word] = n
}
