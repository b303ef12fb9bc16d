package bidi

import "slices"

// NeedsBidi reports whether a text may need [Levels]: whether it holds a
// character written from right to left, an Arabic number or an explicit
// formatting character. In a text without any of them, and without a base
// direction of [RightToLeft], all levels are 0.
func NeedsBidi(text string) bool {
	for i := 0; i < len(text); {
		// All such characters begin with one of few bytes, and ASCII with none.
		if i+8 <= len(text) {
			s := text[i : i+8]
			if (s[0]|s[1]|s[2]|s[3]|s[4]|s[5]|s[6]|s[7])&0x80 == 0 {
				i += 8
				continue
			}
		}
		switch b := text[i]; {
		case b < 0xd6, 0xe2 < b && b < 0xef, b == 0xe1, b > 0xf0:
			i++
			continue
		}
		c, n := classOf(text[i:])
		switch c {
		case clsR, clsAL, clsAN, clsLRE, clsRLE, clsLRO, clsRLO, clsPDF, clsLRI, clsRLI, clsFSI, clsPDI:
			return true
		}
		i += n
	}
	return false
}

// Levels returns the embedding level of each byte of a text (all bytes of a
// character have the same) and of the paragraph as a whole: odd levels run from
// right to left. Characters that the algorithm takes out (rule X9) have the level
// of the character before them. A byte that is not UTF-8 counts as one U+FFFD.
//
// The text is one paragraph with one level; a paragraph separator inside it, such
// as U+2029, ends what is open before it and has no other effect. The text must
// be shorter than 2 GiB.
func Levels(text string, base Direction) (levels []uint8, paragraph uint8) {
	levels = make([]uint8, len(text))
	if base != RightToLeft && !NeedsBidi(text) {
		return levels, 0
	}
	classes := make([]class, len(text))
	paragraph, n := classify(classes, text)
	switch base {
	case LeftToRight:
		paragraph = 0
	case RightToLeft:
		paragraph = 1
	}
	r := resolver{
		text: text, paragraph: paragraph,
		cls: make([]class, 0, n), lvl: make([]uint8, 0, n), at: make([]int32, 0, n),
	}
	for start := 0; start < len(text); {
		end := len(text)
		if i := slices.Index(classes[start:], clsB); i >= 0 {
			for end = start + i + 1; end < len(text) && classes[end] == clsRest; {
				end++
			}
		}
		r.resolve(levels, classes, start, end)
		start = end
	}
	return levels, paragraph
}

// classify sets the class of each byte of text and returns the paragraph level of
// rules P2 and P3 and the number of characters. An FSI becomes the LRI or RLI that it stands for (rule X5c):
// found here for all of them in one pass, since looking ahead from each takes
// quadratic time where they nest.
func classify(classes []class, text string) (paragraph uint8, characters int) {
	var open []int32 // the isolates open here; -1 for those whose direction is settled
	found := false
	for i := 0; i < len(text); {
		c, n := classOf(text[i:])
		classes[i] = c
		for j := i + 1; j < i+n; j++ {
			classes[j] = clsRest
		}
		switch c {
		case clsLRI, clsRLI:
			open = append(open, -1)
		case clsFSI:
			classes[i] = clsLRI
			open = append(open, int32(i))
		case clsPDI:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case clsB:
			open = open[:0]
		case clsL, clsR, clsAL:
			if len(open) == 0 {
				if !found && c != clsL {
					paragraph = 1
				}
				found = true
				break
			}
			innermost := &open[len(open)-1]
			if *innermost >= 0 && c != clsL {
				classes[*innermost] = clsRLI
			}
			*innermost = -1
		}
		i += n
		characters++
	}
	return paragraph, characters
}
