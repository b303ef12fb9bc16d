package typeset

// Measure returns how long the longest piece is that no row may end within, and how long the longest row is when rows
// end only at line breaks: at a width of the first, [Shaper.Layout] breaks no word, at a width of the second nothing
// else. White space at the end of a row does not count. Of the paragraph, Width, RowHeight, Hang and Align do not matter.
func (s *Shaper) Measure(p Paragraph) (longestWord, whole float32) {
	if p.Base.Size <= 0 {
		p.Base.Size = 1
	}
	ln := &s.line
	ln.reset(s, &Layout{}, &p)
	ln.cut()
	pen := float32(0)
	for i := 0; i < len(ln.atoms); {
		solid, end := ln.segment(i)
		word := float32(0)
		for j := i; j < solid; j++ {
			word += ln.advance(&ln.atoms[j], word)
			pen += ln.advance(&ln.atoms[j], pen)
		}
		if solid > i {
			longestWord, whole = max(longestWord, word), max(whole, pen)
		}
		for j := solid; j < end; j++ {
			pen += ln.advance(&ln.atoms[j], pen)
		}
		if ln.atoms[end-1].word == &lineBreak {
			pen = 0
		}
		i = end
	}
	ln.release()
	return longestWord, whole
}
