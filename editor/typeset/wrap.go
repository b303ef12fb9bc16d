package typeset

// slack is how much longer than its width a row may be: the error of summing up lengths.
const slack = 1.0 / 128

// wrap fills rows with the atoms, greedily: a row ends at the last place where it may before it would be too long.
// White space at its end hangs over.
func (ln *line) wrap() {
	hard := false
	for i := 0; i < len(ln.atoms); {
		solid, j := ln.segment(i)
		segment := ln.atoms[i:solid]
		switch {
		case ln.fits(segment):
			ln.place(segment)
		default:
			if len(ln.row) > 0 {
				ln.end(int(segment[0].start))
			}
			if ln.fits(segment) {
				ln.place(segment)
			} else {
				ln.placeBroken(segment)
			}
		}
		ln.place(ln.atoms[solid:j])
		if hard = ln.atoms[j-1].word == &lineBreak; hard {
			ln.end(int(ln.atoms[j-1].start) + 1)
			ln.l.Rows[len(ln.l.Rows)-1].hard = true
		}
		i = j
	}
	if len(ln.row) > 0 || len(ln.l.Rows) == 0 || hard {
		ln.end(len(ln.p.Text))
	}
}

// segment returns the end of the atoms from i on that no row may end between, and where the white space at their end
// begins.
func (ln *line) segment(i int) (solid, end int) {
	end = i + 1
	for end < len(ln.atoms) && !ln.atoms[end].mayBreak {
		end++
	}
	solid = end
	for solid > i && ln.atoms[solid-1].space {
		solid--
	}
	return solid, end
}

// room returns how long the row may be. It is at least a pixel.
func (ln *line) room() float32 {
	if len(ln.l.Rows) == 0 {
		return max(ln.p.Width, 1)
	}
	return max(ln.p.Width-ln.indent, 1)
}

func (ln *line) fits(segment []atom) bool {
	if ln.p.Width <= 0 || len(segment) == 0 {
		return true
	}
	pen := ln.pen
	for i := range segment {
		pen += ln.advance(&segment[i], pen)
	}
	return pen <= ln.room()+slack
}

// advance returns how far an atom takes the pen.
func (ln *line) advance(a *atom, pen float32) float32 {
	if a.word != nil {
		return a.advance
	}
	distance := ln.p.TabWidth
	if distance <= 0 {
		distance = 4 * ln.s.piece(" ", 0, 1, ln.p.Base, false, ln.han).advance * ln.p.Base.Size
	}
	if distance <= 0 {
		distance = ln.p.Base.Size
	}
	if len(ln.l.Rows) > 0 {
		pen += ln.indent
	}
	// A stop that is hardly ahead is no stop: the pen may have got to it with an error.
	n := float32(int(pen/distance)) + 1
	if n*distance-pen < slack {
		n++
	}
	return n*distance - pen
}

func (ln *line) place(atoms []atom) {
	for i := range atoms {
		a := atoms[i]
		a.advance = ln.advance(&a, ln.pen)
		ln.pen += a.advance
		ln.row = append(ln.row, a)
	}
}

// placeBroken places a segment longer than a row, with rows ending between any grapheme clusters.
func (ln *line) placeBroken(segment []atom) {
	for i := 0; i < len(segment); i++ {
		a := segment[i]
		if a.space || ln.fits(segment[i:i+1]) {
			ln.place(segment[i : i+1])
			continue
		}
		if a.word.face == nil { // an object cannot be broken
			if len(ln.row) > 0 {
				ln.end(int(a.start))
			}
			ln.place(segment[i : i+1])
			continue
		}
		ln.breakWord(a, int(a.start)+int(a.word.bytes))
	}
}

// breakWord places a word that is longer than a row, up to a byte. Each part is shaped by itself, as it will be seen.
func (ln *line) breakWord(a atom, end int) {
	for at := int(a.start); at < end; {
		a.start = int32(at)
		room := ln.room() - ln.pen
		until := ln.guess(at, end, room/a.style.Size)
		ln.parts = ln.parts[:0]
		if ln.add(&ln.parts, a, until) <= room+slack {
			ln.place(ln.parts)
			at = until
			continue
		}
		// The last letter may be wider at the end of a row than within the word: then one less.
		cut := fitting(ln.parts, room+slack)
		for ; cut > at; cut = ln.step(cut, -1) {
			ln.parts = ln.parts[:0]
			if ln.add(&ln.parts, a, cut) <= room+slack {
				break
			}
		}
		if cut <= at {
			if len(ln.row) > 0 {
				ln.end(at)
				continue
			}
			cut = ln.step(at, +1) // wider than the row by itself
			ln.parts = ln.parts[:0]
			ln.add(&ln.parts, a, cut)
		}
		ln.place(ln.parts)
		if at = cut; at < end {
			ln.end(at)
		}
	}
}

// guess returns how far to shape a long word that is to fill some em: rather a little more, but not all of a long
// one, which would be shaped anew for each row.
func (ln *line) guess(at, end int, room float32) int {
	until := at + min(max(int(room*6), 0)+8, longestPiece)
	if until >= end {
		return end
	}
	for ln.marks[until]&clusterStart == 0 {
		until++
	}
	return until
}

// fitting returns the byte up to which words fit.
func fitting(words []atom, room float32) int {
	at := words[0].start
	for i := range words {
		w := words[i].word
		if words[i].advance <= room {
			room -= words[i].advance
			at = words[i].start + w.bytes
			continue
		}
		for _, stop := range w.stops {
			x := stop.x
			if w.rtl {
				x = w.advance - x
			}
			if x*words[i].style.Size > room {
				break
			}
			at = words[i].start + int32(stop.at)
		}
		break
	}
	return int(at)
}

// step returns the boundary of grapheme clusters after or before a byte.
func (ln *line) step(at, by int) int {
	for at += by; at > 0 && at < len(ln.p.Text) && ln.marks[at]&clusterStart == 0; at += by {
	}
	return at
}
