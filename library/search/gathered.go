package search

import (
	"encoding/binary"
	"hash/crc32"
	"strings"
)

// gathered are the bytes of a record ([writer.summed]), taken in as they come from
// the disk. What stays in memory, the texts, is copied only this once: a large
// library has very much of it.
type gathered struct {
	begun   bool
	texts   strings.Builder
	left    uint64 // bytes of the texts that are still to come
	numbers []byte // and the sum at their end
	sum     uint32 // of what was before the numbers
}

// add takes the next bytes. Room is made for as many as are to come, with these.
func (g *gathered) add(data []byte, room int) error {
	if !g.begun {
		n, size := binary.Uvarint(data)
		if size <= 0 {
			return errDamaged
		}
		g.begun, g.left = true, n
		texts := int(min(n, uint64(room)))
		g.texts.Grow(texts)
		g.numbers = make([]byte, 0, room-texts)
		g.sum = crc32.ChecksumIEEE(data[:size])
		data = data[size:]
	}
	n := int(min(g.left, uint64(len(data))))
	g.texts.Write(data[:n])
	g.sum = crc32.Update(g.sum, crc32.IEEETable, data[:n])
	g.left -= uint64(n)
	g.numbers = append(g.numbers, data[n:]...)
	return nil
}

// record reads what was gathered.
func (g *gathered) record() (*record, error) {
	end := len(g.numbers) - 4
	if g.left > 0 || end < 0 || binary.LittleEndian.Uint32(g.numbers[end:]) != crc32.Update(g.sum, crc32.IEEETable, g.numbers[:end]) {
		return nil, errDamaged
	}
	return (&reader{in: g.numbers[:end], texts: g.texts.String()}).record()
}

func decode(data []byte) (*record, error) {
	var g gathered
	if err := g.add(data, len(data)); err != nil {
		return nil, err
	}
	return g.record()
}
