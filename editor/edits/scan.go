package edits

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spanKind is what a stretch of inline text is.
type spanKind uint8

const (
	strong spanKind = iota
	emphasis
	strike
	code
	link
	image
	raw // an address in <>, a bare address, an HTML tag, a footnote reference, an escape or an entity
)

// span is a construct of inline text: [start,open) and [close,end) are its marks,
// [open,close) is what they stand around.
type span struct {
	kind                    spanKind
	start, open, close, end int
}

// scan finds the inline constructs of a paragraph, given without the marks before
// its lines, as CommonMark (section 6 and the appendix, "Phase 2") and goldmark do:
// code spans, links, images, HTML, escapes, emphasis, strikethrough. Where one
// cannot tell without the rest of the text, "[a][b]" is a link and "[a]" is not.
func scan(s string) []span {
	sc := &scanner{s: s, unclosed: map[int]bool{}, missing: map[string]bool{}}
	for sc.at < len(s) {
		sc.step()
	}
	sc.pair(0)
	return sc.spans
}

type scanner struct {
	s        string
	at       int
	spans    []span
	runs     []delimiter
	brackets []bracket
	unclosed map[int]bool    // lengths of backtick runs that nothing closes
	missing  map[string]bool // what does not come any more
	node     int             // the place behind the last construct, where goldmark takes a bare address
	escaped  bool            // the character before is escaped
}

// delimiter is a delimiter run, or what is left of it.
type delimiter struct {
	at, n             int
	length            int // at first
	char              byte
	canOpen, canClose bool
}

// bracket is a "[" or "![" that may begin a link or an image.
type bracket struct {
	at, runs int
	image    bool
	inactive bool // a link lies in it
}

var (
	tagPattern     = regexp.MustCompile("^(?s:<[A-Za-z][A-Za-z0-9-]*(?:\\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\\s*=\\s*(?:[^\"'=<>`\\x00-\\x20]+|'[^']*'|\"[^\"]*\"))?)*\\s*/?>|</[A-Za-z][A-Za-z0-9-]*\\s*>)")
	addressPattern = regexp.MustCompile(`^<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[a-zA-Z0-9.!#$%&'*+/=?^_{|}~` + "`" + `-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*)>`)
	entityPattern  = regexp.MustCompile(`^&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	endEntity      = regexp.MustCompile(`&[A-Za-z0-9]+;$`)
	barePattern    = regexp.MustCompile(`^(?:(?:https?|ftp)://|www\.)[-a-zA-Z0-9@:%._+~#=]{1,256}\.[a-z]+(?::\d+)?(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=(),;'">^{}\[\]` + "`" + `]*)?`)
)

// maxTag is how long a tag or the rest of a link may be; longer ones are text.
const maxTag = 8 << 10

// step reads the construct at the place reached.
func (sc *scanner) step() {
	s, at := sc.s, sc.at
	if at == sc.node || strings.IndexByte(" \n\"'", s[at-1]) >= 0 || (s[at-1] == '(' || s[at-1] == '~') && !sc.escaped {
		if n := bareAddress(s[at:]); n > 0 && len(sc.brackets) == 0 {
			sc.take(raw, n)
			return
		}
	}
	sc.escaped = false
	switch c := s[at]; c {
	case '\\':
		if at+1 < len(s) && isPunct(s[at+1]) {
			node := sc.node
			sc.take(raw, 2)
			sc.node, sc.escaped = node, true
			return
		}
	case '&':
		if n := len(entityPattern.FindString(s[at:min(at+40, len(s))])); n > 0 {
			node := sc.node
			sc.take(raw, n)
			sc.node = node
			return
		}
	case '`':
		sc.codeSpan()
		return
	case '<':
		if n := sc.tag(); n > 0 {
			sc.take(raw, n)
			return
		}
	case '!':
		if strings.HasPrefix(s[at:], "![") {
			sc.brackets = append(sc.brackets, bracket{at: at, runs: len(sc.runs), image: true})
			sc.at += 2
			return
		}
	case '[':
		if n := footnoteReference(s[at:]); n > 0 {
			sc.take(raw, n)
			return
		}
		sc.brackets = append(sc.brackets, bracket{at: at, runs: len(sc.runs)})
	case ']':
		sc.closeBracket()
		return
	case '*', '_', '~':
		sc.delimiters(c)
		return
	}
	sc.at++
}

// tag returns the length of the address in <> or the HTML at the place reached, or 0.
func (sc *scanner) tag() int {
	s := sc.s[sc.at:]
	for _, t := range [][2]string{{"<!-->", ""}, {"<!--->", ""}, {"<!--", "-->"}, {"<?", "?>"}, {"<![CDATA[", "]]>"}, {"<!", ">"}} {
		if !strings.HasPrefix(s, t[0]) {
			continue
		}
		if t[0] == "<!" && (len(s) < 3 || s[2] < 'A' || 'Z' < s[2]) {
			return 0
		}
		return sc.upTo(t[1], len(t[0]))
	}
	near := s[:min(len(s), maxTag)]
	if sc.upTo(">", 1) == 0 {
		return 0
	}
	if n := len(addressPattern.FindString(near)); n > 0 {
		return n
	}
	return len(tagPattern.FindString(near))
}

// upTo returns the length up to the end of the next closer behind the first n bytes,
// or 0 if there is none.
func (sc *scanner) upTo(closer string, n int) int {
	if sc.missing[closer] {
		return 0
	}
	i := strings.Index(sc.s[sc.at+n:], closer)
	if i < 0 {
		sc.missing[closer] = true
		return 0
	}
	return n + i + len(closer)
}

func (sc *scanner) take(kind spanKind, n int) {
	sc.spans = append(sc.spans, span{kind, sc.at, sc.at, sc.at + n, sc.at + n})
	sc.at += n
	sc.node = sc.at
}

func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// bareAddress returns the length of the address that goldmark makes a link, or 0.
func bareAddress(s string) int {
	if s[0] != 'h' && s[0] != 'f' && s[0] != 'w' {
		return 0
	}
	found := barePattern.FindString(s[:min(len(s), maxTag)])
	for found != "" {
		n := len(found) - 1
		switch found[n] {
		case '?', '!', '.', ',', ':', '*', '_', '~':
		case ')':
			if strings.Count(found, ")") <= strings.Count(found, "(") {
				return len(found)
			}
		case ';':
			entity := endEntity.FindString(found)
			if entity == "" {
				return len(found)
			}
			n -= len(entity) - 1
		default:
			return len(found)
		}
		found = found[:n]
	}
	return 0
}

func footnoteReference(s string) int {
	if !strings.HasPrefix(s, "[^") {
		return 0
	}
	end := strings.IndexAny(s[2:], "[] \t\n")
	if end < 1 || s[2+end] != ']' {
		return 0
	}
	return end + 3
}

func (sc *scanner) codeSpan() {
	rest := sc.s[sc.at:]
	n := runLength(rest, '`')
	if !sc.unclosed[n] {
		for i := n; i < len(rest); {
			k := strings.IndexByte(rest[i:], '`')
			if k < 0 {
				break
			}
			i += k
			m := runLength(rest[i:], '`')
			if m == n {
				sc.spans = append(sc.spans, span{code, sc.at, sc.at + n, sc.at + i, sc.at + i + n})
				sc.at += i + n
				sc.node = sc.at
				return
			}
			i += m
		}
		sc.unclosed[n] = true
	}
	sc.at += n
	sc.node = sc.at
}

func runLength(s string, c byte) int {
	n := 0
	for n < len(s) && s[n] == c {
		n++
	}
	return n
}

func (sc *scanner) delimiters(c byte) {
	s, at := sc.s, sc.at
	n := runLength(s[at:], c)
	sc.at += n
	if c == '~' && (n > 2 || at > 0 && s[at-1] == '~') { // the latter was escaped
		return
	}
	sc.node = sc.at
	before, after := '\n', '\n'
	if at > 0 {
		before, _ = utf8.DecodeLastRuneInString(s[:at])
	}
	if at+n < len(s) {
		after, _ = utf8.DecodeRuneInString(s[at+n:])
	}
	left := !unicode.IsSpace(after) && (!isMark(after) || unicode.IsSpace(before) || isMark(before))
	right := !unicode.IsSpace(before) && (!isMark(before) || unicode.IsSpace(after) || isMark(after))
	r := delimiter{at: at, n: n, length: n, char: c, canOpen: left, canClose: right}
	if c == '_' {
		r.canOpen = left && (!right || isMark(before))
		r.canClose = right && (!left || isMark(after))
	}
	sc.runs = append(sc.runs, r)
}

// isMark reports whether a character is punctuation for CommonMark.
func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// pair makes emphasis of the delimiter runs from the given one on.
func (sc *scanner) pair(bottom int) {
	runs := sc.runs[bottom:]
	// Openers below this are known not to match a closer of the same sort.
	floor := map[[3]int]int{}
	for k := 0; k < len(runs); k++ {
		closer := &runs[k]
		if !closer.canClose {
			continue
		}
		sort := [3]int{int(closer.char), closer.length % 3, 0}
		if closer.canOpen {
			sort[2] = 1
		}
		found := false
		for i := k - 1; i >= floor[sort]; i-- {
			opener := &runs[i]
			if opener.n == 0 || opener.char != closer.char || !opener.canOpen {
				continue
			}
			if (opener.canClose || closer.canOpen) && (opener.length+closer.length)%3 == 0 && closer.length%3 != 0 {
				continue
			}
			n, kind := 1, emphasis
			if opener.n >= 2 && closer.n >= 2 {
				n, kind = 2, strong
			}
			if closer.char == '~' {
				kind = strike
			}
			open := opener.at + opener.n
			sc.spans = append(sc.spans, span{kind, open - n, open, closer.at, closer.at + n})
			opener.n -= n
			closer.n -= n
			closer.at += n
			for j := i + 1; j < k; j++ {
				runs[j].n = 0
			}
			found = true
			break
		}
		switch {
		case !found:
			floor[sort] = k
			if !closer.canOpen {
				closer.n = 0
			}
		case closer.n > 0:
			k-- // the rest of the run may close more
		}
	}
	sc.runs = sc.runs[:bottom]
}
