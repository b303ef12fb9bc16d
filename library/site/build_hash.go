package site

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"longhand/library/site/target"
)

// hasher sums up what something is made from.
type hasher struct{ h hash.Hash }

func newHash(kind string) hasher {
	h := hasher{sha256.New()}
	h.text(kind)
	return h
}

// text takes in texts; where one ends and the next begins makes a difference.
func (h hasher) text(all ...string) {
	for _, s := range all {
		h.number(int64(len(s)))
		h.h.Write([]byte(s))
	}
}

func (h hasher) number(all ...int64) {
	var b [8]byte
	for _, n := range all {
		binary.LittleEndian.PutUint64(b[:], uint64(n))
		h.h.Write(b[:])
	}
}

func (h hasher) sum(s target.Sum) { h.h.Write(s[:]) }

func (h hasher) done() target.Sum { return target.Sum(h.h.Sum(nil)[:16]) }
