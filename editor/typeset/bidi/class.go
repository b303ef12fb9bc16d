package bidi

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// class is the bidirectional class of a character while it is being resolved:
// Unicode's classes, and a few finer ones for ON.
type class uint8

const (
	clsL   = class(bidi.L)
	clsR   = class(bidi.R)
	clsEN  = class(bidi.EN)
	clsES  = class(bidi.ES)
	clsET  = class(bidi.ET)
	clsAN  = class(bidi.AN)
	clsCS  = class(bidi.CS)
	clsB   = class(bidi.B)
	clsS   = class(bidi.S)
	clsWS  = class(bidi.WS)
	clsON  = class(bidi.ON)
	clsBN  = class(bidi.BN)
	clsNSM = class(bidi.NSM)
	clsAL  = class(bidi.AL)
	clsLRO = class(bidi.LRO)
	clsRLO = class(bidi.RLO)
	clsLRE = class(bidi.LRE)
	clsRLE = class(bidi.RLE)
	clsPDF = class(bidi.PDF)
	clsLRI = class(bidi.LRI)
	clsRLI = class(bidi.RLI)
	clsFSI = class(bidi.FSI)
	clsPDI = class(bidi.PDI)

	clsOpen  class = 32  // ON: opens a bracket pair
	clsClose class = 33  // ON: closes a bracket pair
	clsMark  class = 34  // ON by rule W1: an NSM after a bracket, which follows it in N0
	clsRest  class = 255 // not a character: the bytes of one after the first
)

// classOf returns the class of the first character of s and its length in bytes.
// A byte that is not UTF-8 counts as U+FFFD.
func classOf(s string) (class, int) {
	if c := s[0]; c >= utf8.RuneSelf {
		if r, n := utf8.DecodeRuneInString(s); r == utf8.RuneError {
			return clsON, n
		}
	}
	p, n := bidi.LookupString(s)
	c := class(p.Class())
	if c == clsON && p.IsBracket() {
		if p.IsOpeningBracket() {
			return clsOpen, n
		}
		return clsClose, n
	}
	return c, n
}

func (c class) isNumber() bool { return c == clsEN || c == clsAN }

// isNeutral reports whether the class is one of "NI" in rules N1 and N2.
func (c class) isNeutral() bool {
	switch c {
	case clsB, clsS, clsWS, clsON, clsLRI, clsRLI, clsFSI, clsPDI, clsOpen, clsClose, clsMark:
		return true
	}
	return false
}

// strong returns the direction that a class stands for in rules N0 to N2, where
// numbers count as R; ok is false for neutrals.
func (c class) strong() (dir class, ok bool) {
	switch c {
	case clsL:
		return clsL, true
	case clsR, clsEN, clsAN:
		return clsR, true
	}
	return c, false
}

// closing returns the bracket that closes what r opens, of Unicode's
// BidiBrackets.txt, with canonical equivalents made one (as BD16 asks).
func closing(r rune) rune {
	switch r {
	case '[', '{', '\uff3b', '\uff5b':
		return r + 2
	case '\u298d':
		return '\u2990'
	case '\u298f':
		return '\u298e'
	}
	return canonical(r + 1)
}

// canonical makes the two brackets that have canonical equivalents one with them.
func canonical(r rune) rune {
	switch r {
	case '\u2329':
		return '\u3008'
	case '\u232a':
		return '\u3009'
	}
	return r
}
