package find

import (
	"bytes"
	"context"

	"unicode"
	"unicode/utf8"

	"longhand/editor/text"
)

// windowSize is how much of a text is looked at in one piece: enough that its
// borders cost nothing, little enough for the processor's cache.
const windowSize = 64 << 10

// pattern is a plain text to look for.
type pattern struct {
	needle  []byte
	fold    bool // look for letters; else for needle
	word    bool
	invalid bool // needle is not UTF-8: a match must not cut a character
	longest int  // no match is longer, in bytes

	letters []letter
	anchor  int        // the letter that a search looks for first: a rare one
	before  int        // letters[:anchor] are at most as many bytes
	ends    []byte     // the last bytes of the anchor's forms
	dense   bool       // ends are so frequent that a look at each byte is faster
	isEnd   [256]uint8 // 1 for each of ends, else 0
}

// letter is the ways to write a letter that folding makes one.
type letter struct {
	short  [2]byte // those of one byte, the same twice if there is one
	shorts int
	long   []string // the others
}

func newPattern(needle string, matchCase, word bool) *pattern {
	p := &pattern{needle: []byte(needle), word: word, invalid: !utf8.ValidString(needle)}
	least, before := 0, 0
	for rest := needle; rest != ""; {
		r, n := utf8.DecodeRuneInString(rest)
		l, size := newLetter(rest[:n], r, matchCase)
		p.fold = p.fold || l.shorts+len(l.long) > 1
		p.letters = append(p.letters, l)
		if w := l.weight(); len(p.letters) == 1 || w < least {
			least, p.anchor, p.before = w, len(p.letters)-1, before
		}
		before += size
		p.longest += size
		rest = rest[n:]
	}
	if needle == "" {
		return p
	}
	p.ends = p.letters[p.anchor].ends()
	for _, b := range p.ends {
		p.isEnd[b] = 1
	}
	p.dense = least > 50 || len(p.ends) > maxEnds
	return p
}

// newLetter returns the letter of a rune, written as s, and the length of its
// longest form.
func newLetter(s string, r rune, matchCase bool) (l letter, size int) {
	forms := []string{s} // a byte that is not UTF-8 stands for itself
	if r != utf8.RuneError && !matchCase {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			forms = append(forms, string(f))
		}
	}
	for _, form := range forms {
		if len(form) == 1 {
			if l.shorts == 0 {
				l.short[0] = form[0]
			}
			l.short[1] = form[0]
			l.shorts++
		} else {
			l.long = append(l.long, form)
		}
		size = max(size, len(form))
	}
	return l, size
}

// ends returns the last bytes of the letter's forms: those tell letters of one
// script apart, where the first bytes are much alike.
func (l letter) ends() []byte {
	ends := bytes.Clone(l.short[:l.shorts])
	for _, form := range l.long {
		if b := form[len(form)-1]; bytes.IndexByte(ends, b) < 0 {
			ends = append(ends, b)
		}
	}
	return ends
}

// frequencies of a to z in English, in thousandths. Only an order matters.
var frequencies = [...]uint8{82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24, 67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1}

// weight estimates how often the ends of the letter occur among a thousand bytes.
func (l letter) weight() (w int) {
	for _, b := range l.ends() {
		switch {
		case 'a' <= b && b <= 'z':
			w += int(frequencies[b-'a'])
		case b == ' ':
			w += 180
		case b >= utf8.RuneSelf:
			w += 12
		default:
			w += 3
		}
	}
	return w
}

// each does what [Finder.each] does. The text passes through a window, which
// keeps what a match over its end needs, and the character before.
func (p *pattern) each(ctx context.Context, d text.Doc, start, end int, emit func(start, end int) bool) error {
	if err := ctx.Err(); err != nil || len(p.needle) == 0 {
		return err
	}
	size := windowSize + 2*p.longest
	window := make([]byte, 0, min(end-start, size+windowSize/8))
	base, from := start, 0
	for chunk := range d.Chunks(start, end) {
		window = append(window, chunk...)
		if len(window) < size {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		next, more := p.scan(window, from, len(window)-p.longest-utf8.UTFMax, base, emit)
		if !more {
			return nil
		}
		done := max(next-utf8.UTFMax, 0)
		window = window[:copy(window, window[done:])]
		base += done
		from = next - done
	}
	p.scan(window, from, len(window), base, emit)
	return nil
}

// scan emits the matches in window that begin in [from,limit), and returns where
// to go on. What surrounds them must be in the window or outside of the text.
func (p *pattern) scan(window []byte, from, limit, base int, emit func(start, end int) bool) (next int, more bool) {
	switch {
	case p.dense && !p.word && len(p.letters) == 1 && len(p.letters[0].long) == 0:
		return p.scanLetter(window, from, limit, base, emit)
	case p.fold:
		return p.scanFolded(window, from, limit, base, emit)
	}
	last := min(limit+len(p.needle)-1, len(window))
	for from < limit {
		i := bytes.Index(window[from:last], p.needle)
		if i < 0 {
			break
		}
		start := from + i
		end := start + len(p.needle)
		if !p.accepts(window, start, end) {
			from = start + 1
			continue
		}
		if !emit(base+start, base+end) {
			return end, false
		}
		from = end
	}
	return max(from, limit), true
}

// scanLetter is scan for one frequent letter, with a match every few bytes. It
// gathers them without a branch on each byte, which no processor would foresee.
func (p *pattern) scanLetter(window []byte, from, limit, base int, emit func(start, end int) bool) (next int, more bool) {
	var found [256]uint8
	for ; from < limit; from += len(found) {
		n := 0
		for i, b := range window[from:min(from+len(found), limit)] {
			found[n&0xff] = uint8(i)
			n += int(p.isEnd[b])
		}
		for _, i := range found[:n] {
			start := from + int(i)
			if !emit(base+start, base+start+1) {
				return start + 1, false
			}
		}
	}
	return limit, true
}

// maxEnds is how many bytes are looked for one by one.
const maxEnds = 4

func (p *pattern) scanFolded(window []byte, from, limit, base int, emit func(start, end int) bool) (next int, more bool) {
	text := window[:min(max(limit+p.before+utf8.UTFMax, 0), len(window))]
	var upcoming [maxEnds]int // the next of each of p.ends
	at := from - 1
	if !p.dense {
		for i := range p.ends {
			upcoming[i] = at
		}
	}
	for {
		if p.dense {
			for at++; at < len(text) && p.isEnd[text[at]] == 0; at++ {
			}
		} else {
			at = p.step(text, at, &upcoming)
		}
		if at >= len(text) {
			return max(from, limit), true
		}
		start, end := p.around(window, at)
		if start < from || start >= limit || (p.word || p.invalid) && !p.accepts(window, start, end) {
			continue
		}
		if !emit(base+start, base+end) {
			return end, false
		}
		from = end
	}
}

// step returns the first place after at that holds one of p.ends.
func (p *pattern) step(text []byte, at int, upcoming *[maxEnds]int) int {
	nearest := len(text)
	for i, b := range p.ends {
		if upcoming[i] <= at {
			if n := bytes.IndexByte(text[at+1:], b); n >= 0 {
				upcoming[i] = at + 1 + n
			} else {
				upcoming[i] = len(text)
			}
		}
		nearest = min(nearest, upcoming[i])
	}
	return nearest
}

// around returns the match whose anchor ends with the byte at, or -1.
func (p *pattern) around(window []byte, at int) (start, end int) {
	start = p.letters[p.anchor].before(window, at+1)
	for i := p.anchor - 1; i >= 0 && start >= 0; i-- {
		start = p.letters[i].before(window, start)
	}
	if start < 0 {
		return -1, -1
	}
	end = at + 1
	for i := p.anchor + 1; i < len(p.letters); i++ {
		if end = p.letters[i].after(window, end); end < 0 {
			return -1, -1
		}
	}
	return start, end
}

// after returns where the letter ends that begins at i, or -1.
func (l *letter) after(b []byte, i int) int {
	if i < len(b) && (b[i] == l.short[0] || b[i] == l.short[1]) && l.shorts > 0 {
		return i + 1
	}
	for _, long := range l.long {
		if end := i + len(long); end <= len(b) && string(b[i:end]) == long {
			return end
		}
	}
	return -1
}

// before returns where the letter begins that ends before i, or -1.
func (l *letter) before(b []byte, i int) int {
	if i > 0 && (b[i-1] == l.short[0] || b[i-1] == l.short[1]) && l.shorts > 0 {
		return i - 1
	}
	for _, long := range l.long {
		if start := i - len(long); start >= 0 && string(b[start:i]) == long {
			return start
		}
	}
	return -1
}

// accepts reports whether what matches is a whole word, where that is asked for.
func (p *pattern) accepts(window []byte, start, end int) bool {
	if p.word && (cutsWord(window, start) || cutsWord(window, end)) {
		return false
	}
	return !p.invalid || !cutsCharacter(window, start) && !cutsCharacter(window, end)
}
