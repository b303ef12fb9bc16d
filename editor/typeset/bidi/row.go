package bidi

import (
	"slices"
	"unicode/utf8"
)

// Row returns the runs of a row, text[start:end), in the order in which they are
// shown from left to right; start and end lie between characters. levels and
// paragraph are those of [Levels] for the whole text. White space at the row's end
// and before tabs takes the level of the paragraph (rule L1), so that it stands
// where the row ends. An empty row has no runs.
func Row(levels []uint8, text string, start, end int, paragraph uint8) []Run {
	if start >= end {
		return nil
	}
	if all(levels[start:end], paragraph) {
		return []Run{{Start: start, End: end, Level: paragraph}}
	}
	var runs []Run // from the last to the first
	reset := true  // what precedes is the row's end, a tab or a separator, but for white space
	for i := end; i > start; {
		_, n := utf8.DecodeLastRuneInString(text[start:i])
		i -= n
		level := levels[i]
		switch c, _ := classOf(text[i:]); {
		case c == clsB || c == clsS:
			reset = true
		case c == clsWS || c == clsLRI || c == clsRLI || c == clsFSI || c == clsPDI || c.isRemoved():
		default:
			reset = false
		}
		if reset {
			level = paragraph
		}
		if k := len(runs) - 1; k >= 0 && runs[k].Level == level {
			runs[k].Start = i
		} else {
			runs = append(runs, Run{Start: i, End: i + n, Level: level})
		}
	}
	slices.Reverse(runs)
	reorder(runs)
	return runs
}

// all reports whether all levels are one.
func all(levels []uint8, level uint8) bool {
	for _, l := range levels {
		if l != level {
			return false
		}
	}
	return true
}

// reorder applies rule L2.
func reorder(runs []Run) {
	highest, lowest := uint8(0), uint8(255)
	for _, r := range runs {
		highest = max(highest, r.Level)
		if r.RTL() {
			lowest = min(lowest, r.Level)
		}
	}
	for level := highest; level >= lowest; level-- {
		for i := 0; i < len(runs); i++ {
			if runs[i].Level < level {
				continue
			}
			j := i + 1
			for j < len(runs) && runs[j].Level >= level {
				j++
			}
			slices.Reverse(runs[i:j])
			i = j
		}
	}
}
