package journal

import (
	"bytes"
	"slices"
)

// maxChunk is the size up to which a chunk grows, in bytes.
const maxChunk = 64 << 10

// chunks is a text in pieces, so that a change moves few bytes also in a large one.
type chunks struct {
	parts [][]byte // each with room of its own, none empty
	size  int
}

func newChunks(data []byte) *chunks { return &chunks{parts: cut(data), size: len(data)} }

// cut copies the data into chunks that have room to grow.
func cut(data []byte) [][]byte {
	var parts [][]byte
	for part := range slices.Chunk(data, maxChunk/2) {
		parts = append(parts, slices.Clone(part))
	}
	return parts
}

// replace puts data in the place of bytes at an offset. They must be there.
func (c *chunks) replace(offset, deleted int, data []byte) {
	c.size += len(data) - deleted
	first := 0
	for first < len(c.parts) && offset > len(c.parts[first]) {
		offset -= len(c.parts[first])
		first++
	}
	if first == len(c.parts) {
		c.parts = append(c.parts, cut(data)...)
		return
	}
	p := c.parts[first]
	here := min(deleted, len(p)-offset)
	rest := p[offset+here:]
	deleted -= here
	last := first + 1 // of the chunks that are replaced, the next
	for deleted > 0 {
		n := c.parts[last]
		here = min(deleted, len(n))
		deleted -= here
		rest = n[here:]
		last++
	}
	size := offset + len(data) + len(rest)
	switch {
	case size == 0:
		c.parts = slices.Delete(c.parts, first, last)
	case size <= maxChunk && last == first+1:
		c.parts[first] = slices.Replace(p, offset, len(p)-len(rest), data...)
	default:
		whole := slices.Concat(p[:offset], data, rest)
		c.parts = slices.Replace(c.parts, first, last, cut(whole)...)
	}
}

func (c *chunks) bytes() []byte { return slices.Concat(c.parts...) }

func (c *chunks) equal(data []byte) bool {
	if c.size != len(data) {
		return false
	}
	for _, p := range c.parts {
		if !bytes.Equal(p, data[:len(p)]) {
			return false
		}
		data = data[len(p):]
	}
	return true
}
