package look

import "encoding/binary"

// leaded returns a copy of a TrueType font whose lines are as high as the given
// multiple of its size, with the letters in the middle. Fyne takes the height of
// a row from the font alone, so that this is its only means of leading. Tables:
// OpenType 1.9, "hhea" and "OS/2". A font that cannot be read is returned as is.
func leaded(ttf []byte, height float64) []byte {
	be := binary.BigEndian
	head, hhea, os2 := table(ttf, "head"), table(ttf, "hhea"), table(ttf, "OS/2")
	if head == 0 || hhea == 0 || os2 == 0 {
		return ttf
	}
	out := append([]byte(nil), ttf...)
	unitsPerEm := float64(be.Uint16(out[head+18:]))
	ascender := float64(int16(be.Uint16(out[hhea+4:])))
	descender := float64(int16(be.Uint16(out[hhea+6:])))
	lead := (height*unitsPerEm - (ascender - descender)) / 2
	up, down := uint16(int16(ascender+lead)), uint16(int16(descender-lead))
	for _, at := range []int{hhea + 4, os2 + 68} { // ascender, descender, line gap
		be.PutUint16(out[at:], up)
		be.PutUint16(out[at+2:], down)
		be.PutUint16(out[at+4:], 0)
	}
	return out
}

// table returns the offset of a table in the font, 0 when it is not whole.
func table(ttf []byte, tag string) int {
	const longest = 96 // bytes of the longest table read here
	be := binary.BigEndian
	if len(ttf) < 12 {
		return 0
	}
	for i := range int(be.Uint16(ttf[4:])) {
		record := 12 + 16*i
		if record+16 > len(ttf) {
			return 0
		}
		if string(ttf[record:record+4]) == tag {
			offset := int(be.Uint32(ttf[record+8:]))
			if offset+longest > len(ttf) {
				return 0
			}
			return offset
		}
	}
	return 0
}
