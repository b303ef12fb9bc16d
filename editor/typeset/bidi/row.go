package bidi

import "slices"

// Reorder puts the parts of a row, which follow each other as in the text, into the
// order in which they are shown from left to right (rule L2). level tells the level
// of each, that of rule L1 included.
func Reorder[T any](row []T, level func(*T) uint8) {
	highest, lowest := uint8(0), uint8(255) // the lowest odd one
	for i := range row {
		l := level(&row[i])
		highest = max(highest, l)
		if l&1 == 1 {
			lowest = min(lowest, l)
		}
	}
	for at := highest; at >= lowest; at-- {
		for i := 0; i < len(row); i++ {
			if level(&row[i]) < at {
				continue
			}
			j := i + 1
			for j < len(row) && level(&row[j]) >= at {
				j++
			}
			slices.Reverse(row[i:j])
			i = j
		}
	}
}
