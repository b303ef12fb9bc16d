package text

import "strings"

// applying is changes being made to a text.
//
// Care is needed where a file mixes line endings: a lone CR that comes to stand
// before the LF of an empty line would be read back as one CRLF. Of such a pair
// the first break becomes CRLF, or the second if only that is new. So no text has
// such a pair, and an inverse never makes one.
type applying struct {
	doc     Doc
	at      int       // up to here doc is done
	rest    remainder // what is not
	b       builder   // the text after
	shift   int       // from offsets in doc to those in the text after
	inverse Changes

	// Since a byte of doc was last kept:
	first int  // the number of the first change
	fresh bool // something was inserted
}

// change makes a change at or behind the place reached.
func (a *applying) change(c Change) {
	a.keep(c.Start - a.at)
	old, insert := a.doc.endings(c.Start, c.End), piece{c.Insert, c.ends}
	if len(old.text) <= maxLeaf {
		old.text = strings.Clone(old.text) // not to hold the leaf in the history
	}
	inverse := Change{Start: c.Start + a.shift, Insert: old.text, ends: old.ends, exact: true}
	switch {
	case c.prior != 0:
		e, _ := a.b.lastEnding()
		inverse.prior = 1 + uint8(e)
		a.b.setLastEnding(ending(c.prior - 1))
	case !c.exact:
		insert.text = normalise(insert.text)
		if a.doc.mixed() && a.doc.eol == endLF && strings.HasPrefix(insert.text, "\n") && a.afterCR() {
			insert.ends = string(rune(endCRLF)) + insert.explicit(endLF)[1:]
		}
	}
	a.b.add(insert)
	inverse.End = inverse.Start + len(insert.text)
	a.inverse = append(a.inverse, inverse)
	a.rest.skip(c.End - c.Start)
	a.at = c.End
	a.shift += len(insert.text) - (c.End - c.Start)
	a.fresh = a.fresh || insert.text != ""
}

// keep takes over the next n bytes of the text.
func (a *applying) keep(n int) {
	if n == 0 {
		return
	}
	if a.first < len(a.inverse) && a.doc.mixed() {
		if e, ok := a.rest.firstEnding(a.doc.eol); ok && e == endLF && a.afterCR() {
			a.b.setLastEnding(endCRLF)
			if !a.fresh {
				a.inverse[a.first].prior = 1 + uint8(endCR)
			}
		}
	}
	a.rest.keep(n, &a.b)
	a.at += n
	a.first, a.fresh = len(a.inverse), false
}

// afterCR reports whether the text built so far ends in a lone CR.
func (a *applying) afterCR() bool {
	e, ok := a.b.lastEnding()
	return ok && e == endCR
}

// finish returns the tree of the text after.
func (a *applying) finish() *node {
	a.keep(a.doc.Len() - a.at)
	a.b.flush(nil)
	return a.b.root
}
