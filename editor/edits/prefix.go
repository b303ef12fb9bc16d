package edits

import (
	"strings"

	"longhand/editor/text"
)

// headSize is how much of a line is read for its markers.
const headSize = 1 << 10

// head returns the beginning of a line.
func head(d text.Doc, line int) string {
	start := d.LineStart(line)
	return d.Slice(start, min(d.LineEnd(line), start+headSize))
}

// marker is a quote mark or a list marker at the beginning of a line. Columns
// count from the start of the line, tabs going to stops of 4.
type marker struct {
	kind       byte // '>', a bullet '-', '*' or '+', or the delimiter '.' or ')' of a number
	start, end int  // the bytes of the marker
	text       int  // the byte where its content begins
	column     int  // of start
	textColumn int  // of text; what belongs to a list item is indented up to here
	digits     string
	code       bool // the text is so far off that it is indented code
}

func (m marker) quote() bool   { return m.kind == '>' }
func (m marker) ordered() bool { return m.kind == '.' || m.kind == ')' }

// number returns the number of an ordered item.
func (m marker) number() int {
	n := 0
	for _, c := range []byte(m.digits) {
		n = 10*n + int(c-'0')
	}
	return n
}

// prefix is what stands in a line before its own text: quote marks, list markers
// and a task box, as CommonMark 5.1 and 5.2 write them, at any indentation.
type prefix struct {
	line   string // the head of the line
	marks  []marker
	box    int // the byte of the task box "[ ]", or -1
	ticked bool
	text   int  // the byte where the text begins
	blank  bool // there is no text
}

// readPrefix takes the beginning of a line apart.
func readPrefix(line string) prefix {
	p := prefix{line: line, box: -1}
	at, column := 0, 0
	for {
		start, col := skipSpace(line, at, column)
		m, ok := readMarker(line, start, col)
		if !ok {
			if n := len(p.marks); n == 0 || p.marks[n-1].quote() {
				at = start
			}
			break
		}
		p.marks = append(p.marks, m)
		at, column = m.text, m.textColumn
		if m.code {
			break
		}
	}
	p.text = at
	if n := len(p.marks); n > 0 && !p.marks[n-1].quote() {
		if rest := line[at:]; len(rest) >= 3 && rest[0] == '[' && rest[2] == ']' && strings.IndexByte(" xX", rest[1]) >= 0 &&
			(len(rest) == 3 || isSpace(rest[3])) {
			p.box, p.ticked = at, rest[1] != ' '
			p.text = at + 3
			if p.text < len(line) {
				p.text++
			}
		}
	}
	p.blank = strings.TrimLeft(line[p.text:], " \t") == ""
	return p
}

// readMarker reads the marker at a place where white space has been skipped.
func readMarker(line string, at, column int) (marker, bool) {
	if at >= len(line) {
		return marker{}, false
	}
	m := marker{kind: line[at], start: at, end: at + 1, column: column}
	switch c := line[at]; {
	case c == '>':
		m.text, m.textColumn = m.end, column+1
		if m.end < len(line) && isSpace(line[m.end]) {
			m.text++
			m.textColumn++
		}
		return m, true
	case c == '-' || c == '*' || c == '+':
		if isBreak(line[at:]) {
			return marker{}, false
		}
	case '0' <= c && c <= '9':
		for m.end < len(line) && '0' <= line[m.end] && line[m.end] <= '9' {
			m.end++
		}
		m.digits = line[at:m.end]
		if len(m.digits) > 9 || m.end == len(line) || line[m.end] != '.' && line[m.end] != ')' {
			return marker{}, false
		}
		m.kind = line[m.end]
		m.end++
	default:
		return marker{}, false
	}
	if m.end < len(line) && !isSpace(line[m.end]) {
		return marker{}, false
	}
	after := column + m.end - m.start
	text, textColumn := skipSpace(line, m.end, after)
	switch width := textColumn - after; {
	case m.end == len(line): // nothing, not even a space
		m.text, m.textColumn = m.end, after+1
	case width > 4 || text == len(line):
		m.text, m.textColumn, m.code = m.end+1, after+1, text < len(line)
	default:
		m.text, m.textColumn = text, textColumn
	}
	return m, true
}

// isBreak reports whether a line, from its first character on, is a thematic break.
func isBreak(s string) bool {
	c, n := s[0], 0
	if c != '-' && c != '*' && c != '_' {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == c:
			n++
		case !isSpace(s[i]):
			return false
		}
	}
	return n >= 3
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// skipSpace returns the first byte from at on that is no white space, and its column.
func skipSpace(s string, at, column int) (int, int) {
	for ; at < len(s) && isSpace(s[at]); at++ {
		if s[at] == '\t' {
			column += 4 - column%4
		} else {
			column++
		}
	}
	return at, column
}

func spaceWidth(s string, at, column int) int {
	_, after := skipSpace(s, at, column)
	return after - column
}

// isBlank reports whether a line holds nothing but white space.
func isBlank(line string) bool { return strings.TrimLeft(line, " \t") == "" }

// continuation returns what another line of the container that marks[:n] make
// begins with: quote marks as they stand, list markers as spaces.
func (p prefix) continuation(n int) string {
	if n == 0 {
		return ""
	}
	var b strings.Builder
	at := 0
	for _, m := range p.marks[:n] {
		if m.quote() {
			b.WriteString(p.line[at:m.text])
		} else {
			b.WriteString(p.line[at:m.start])
			b.WriteString(strings.Repeat(" ", m.textColumn-m.column))
		}
		at = m.text
	}
	return b.String()
}

// quotes returns how many of the marks are quote marks.
func (p prefix) quotes() int {
	n := 0
	for _, m := range p.marks {
		if m.quote() {
			n++
		}
	}
	return n
}

// list returns the number of the innermost list marker, or -1 if the innermost
// mark is a quote mark or there is none.
func (p prefix) list() int {
	n := len(p.marks) - 1
	if n >= 0 && p.marks[n].quote() {
		return -1
	}
	return n
}
