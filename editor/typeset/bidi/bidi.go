// Package bidi resolves the direction of mixed text: which parts of a line run
// left to right and which right to left, and in what order a row shows them.
//
// It is the Unicode Bidirectional Algorithm (Unicode Standard Annex 9): rules P2,
// P3, X1 to X10, W1 to W7, N0 to N2, I1, I2 in [Levels], and L2 in
// [Reorder]. White space at a row's end (L1) is for who cuts the rows; mirroring (L4)
// and combining marks (L3) are the shaper's.
// All offsets are bytes. Every function takes time linear in the text.
package bidi

// Direction is the base direction of a text.
type Direction uint8

// Auto takes the direction of the first strong character, and left to right
// where there is none (rules P2 and P3).
const (
	Auto Direction = iota
	LeftToRight
	RightToLeft
)
