package bidi

import (
	"slices"
	"unicode/utf8"
)

// Run is a part of a text whose characters have one level. Characters of an odd
// level follow each other from right to left.
type Run struct {
	Start, End int
	Level      uint8
}

// RTL reports whether the run goes from right to left.
func (r Run) RTL() bool { return r.Level&1 != 0 }

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
	Reorder(runs, func(r *Run) uint8 { return r.Level })
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

// isRemoved reports whether rule X9 takes characters of the class out.
func (c class) isRemoved() bool {
	switch c {
	case clsBN, clsLRE, clsRLE, clsLRO, clsRLO, clsPDF:
		return true
	}
	return false
}
