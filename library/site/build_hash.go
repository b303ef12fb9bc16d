package site

import (
	"encoding/binary"
	"sync"

	"longhand/library/site/target"
)

// hasher sums up what something is made from. It is of no use once it is done.
type hasher struct{ data []byte }

var hashers = sync.Pool{New: func() any { return &hasher{} }}

func newHash(kind string) *hasher {
	h := hashers.Get().(*hasher)
	h.data = h.data[:0]
	h.text(kind)
	return h
}

// text takes in texts; where one ends and the next begins makes a difference.
func (h *hasher) text(all ...string) {
	for _, s := range all {
		h.data = binary.LittleEndian.AppendUint64(h.data, uint64(len(s)))
		h.data = append(h.data, s...)
	}
}

func (h *hasher) number(all ...int64) {
	for _, n := range all {
		h.data = binary.LittleEndian.AppendUint64(h.data, uint64(n))
	}
}

func (h *hasher) sum(s target.Sum) { h.data = append(h.data, s[:]...) }

func (h *hasher) done() target.Sum {
	sum := target.SumOf(h.data)
	hashers.Put(h)
	return sum
}
