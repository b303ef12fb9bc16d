package typeset

import (
	"image/color"
	"math"
)

// Colours are blended as they are stored, in sRGB, like browsers do. A pixel half covered by light ink on a dark
// ground then has only a fifth of the ink's light, not half of it, so that light strokes look thinner than they are;
// and in either case the thin strokes of text, which without hinting seldom cover a whole pixel, look pale at small
// sizes. Both are mended a little by raising middle coverages: c becomes c + k c (1-c), with a k that grows with the
// lightness of the ink.
const (
	darkTone  = 0.10
	lightTone = 0.22
)

// toning holds the tables of opacity by coverage for inks of some lightnesses.
type toning [8]*[256]uint8

// tone returns the table for an ink.
func (t *toning) tone(c color.NRGBA) *[256]uint8 {
	luma := (2126*int(c.R) + 7152*int(c.G) + 722*int(c.B)) / 10000
	i := luma * len(t) / 256
	if t[i] == nil {
		t[i] = new([256]uint8)
		k := darkTone + (lightTone-darkTone)*float64(i)/float64(len(t)-1)
		for j := range t[i] {
			c := float64(j) / 255
			t[i][j] = uint8(math.Round(255 * (c + k*c*(1-c))))
		}
	}
	return t[i]
}
