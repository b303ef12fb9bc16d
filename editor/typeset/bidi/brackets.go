package bidi

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// maxBrackets is how many brackets may be open at once (BD16).
const maxBrackets = 63

// pair is a bracket pair by indexes of a sequence, with the directions of the
// strong characters between them.
type pair struct {
	open, close int
	has         strongs
}

// strongs is a set of directions.
type strongs uint8

const (
	hasL strongs = 1 << iota
	hasR
)

func (s strongs) holds(dir class) bool {
	if dir == clsL {
		return s&hasL != 0
	}
	return s&hasR != 0
}

// brackets applies rule N0.
func (s *sequence) brackets() {
	s.findPairs()
	embedding := direction(s.level)
	before, seen := s.sos, 0 // the last strong direction before s.cls[seen]
	for _, p := range s.pairs {
		for ; seen < p.open; seen++ {
			if dir, ok := s.cls[seen].strong(); ok {
				before = dir
			}
		}
		dir := embedding
		switch {
		case p.has.holds(embedding): // b
		case p.has == 0: // d
			continue
		case before != embedding: // c1
			dir = before
		}
		s.setBracket(p.open, dir)
		s.setBracket(p.close, dir)
	}
}

// setBracket sets the direction of a bracket and of the marks on it.
func (s *sequence) setBracket(i int, dir class) {
	s.cls[i] = dir
	for i++; i < len(s.cls) && s.cls[i] == clsMark; i++ {
		s.cls[i] = dir
	}
}

// findPairs sets s.pairs to the bracket pairs (BD16), in the order of what opens
// them. What stands inside is gathered on the way, so that nested pairs are not
// walked again for each: an open bracket knows the strong characters after it up
// to the next one, and hands them down when that one is gone.
func (s *sequence) findPairs() {
	type bracket struct {
		at    int
		close rune
		has   strongs
	}
	var stack [maxBrackets]bracket
	s.pairs = s.pairs[:0]
	depth := 0
scan:
	for i, c := range s.cls {
		switch c {
		case clsOpen:
			if depth == maxBrackets {
				break scan
			}
			stack[depth] = bracket{at: i, close: closing(s.char(i))}
			depth++
		case clsClose:
			r := canonical(s.char(i))
			var has strongs
			for d := depth - 1; d >= 0; d-- {
				has |= stack[d].has
				if stack[d].close != r {
					continue
				}
				s.pairs = append(s.pairs, pair{open: stack[d].at, close: i, has: has})
				depth = d
				if d > 0 {
					stack[d-1].has |= has
				}
				break
			}
		default:
			if depth == 0 {
				continue
			}
			if dir, ok := c.strong(); ok {
				if dir == clsL {
					stack[depth-1].has |= hasL
				} else {
					stack[depth-1].has |= hasR
				}
			}
		}
	}
	if len(s.pairs) < 2 {
		return
	}
	slices.SortFunc(s.pairs, func(a, b pair) int { return cmp.Compare(a.open, b.open) })
}

func (s *sequence) char(i int) rune {
	r, _ := utf8.DecodeRuneInString(s.text[s.at[i]:])
	return r
}
