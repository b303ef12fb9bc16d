package bidi

// sequence is an isolating run sequence: classes, levels and places in text of
// its characters.
type sequence struct {
	text     string
	cls      []class
	lvl      []uint8
	at       []int32
	level    uint8
	sos, eos class // directions of its start and end
	pairs    []pair
}

func (s *sequence) resolve() {
	brackets, separators := s.weakFirst()
	if separators {
		s.separators()
	}
	s.weakLast()
	if brackets {
		s.brackets()
	}
	s.neutrals()
	s.implicit()
}

// weakFirst applies rules W1 to W3 and tells what else there is to do: brackets
// for N0, separators and terminators for W4 to W6.
func (s *sequence) weakFirst() (brackets, separators bool) {
	before, strong := s.sos, s.sos
	for i, c := range s.cls {
		if c == clsNSM { // W1
			switch before {
			case clsLRI, clsRLI, clsPDI:
				c = clsON
			case clsOpen, clsClose:
				c = clsMark
			default:
				c = before
			}
			s.cls[i] = c
		}
		before = c // as W1 leaves it
		switch c {
		case clsL, clsR:
			strong = c
		case clsAL: // W3
			strong = clsAL
			s.cls[i] = clsR
		case clsEN: // W2
			if strong == clsAL {
				s.cls[i] = clsAN
			}
		case clsOpen, clsClose:
			brackets = true
		case clsES, clsET, clsCS:
			separators = true
		}
	}
	return brackets, separators
}

// separators applies rules W4 to W6.
func (s *sequence) separators() {
	cls := s.cls
	for i := 1; i+1 < len(cls); i++ { // W4
		if c := cls[i]; c == clsCS || c == clsES {
			if n := cls[i-1]; n == cls[i+1] && (n == clsEN || n == clsAN && c == clsCS) {
				cls[i] = n
			}
		}
	}
	for i := 0; i < len(cls); i++ {
		switch cls[i] {
		case clsET: // W5
			end := i + 1
			for end < len(cls) && cls[end] == clsET {
				end++
			}
			to := clsON // W6
			if i > 0 && cls[i-1] == clsEN || end < len(cls) && cls[end] == clsEN {
				to = clsEN
			}
			for ; i < end; i++ {
				cls[i] = to
			}
			i--
		case clsES, clsCS:
			cls[i] = clsON // W6
		}
	}
}

// weakLast applies rule W7.
func (s *sequence) weakLast() {
	strong := s.sos
	for i, c := range s.cls {
		switch c {
		case clsL, clsR:
			strong = c
		case clsEN:
			if strong == clsL {
				s.cls[i] = clsL
			}
		}
	}
}

// neutrals applies rules N1 and N2.
func (s *sequence) neutrals() {
	before := s.sos
	for i := 0; i < len(s.cls); i++ {
		if dir, ok := s.cls[i].strong(); ok {
			before = dir
			continue
		}
		end := i + 1
		for end < len(s.cls) && s.cls[end].isNeutral() {
			end++
		}
		after := s.eos
		if end < len(s.cls) {
			after, _ = s.cls[end].strong()
		}
		to := direction(s.level)
		if before == after {
			to = before
		}
		for ; i < end; i++ {
			s.cls[i] = to
		}
		i--
	}
}

// implicit applies rules I1 and I2.
func (s *sequence) implicit() {
	up := [2][3]uint8{{0, 1, 2}, {1, 0, 1}}[s.level&1] // for L, R and numbers
	for i, c := range s.cls {
		kind := 0
		switch {
		case c == clsR:
			kind = 1
		case c.isNumber():
			kind = 2
		}
		s.lvl[i] = s.level + up[kind]
	}
}
