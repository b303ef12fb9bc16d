package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// EncodingError tells that the bytes of a file are not a UTF-8 text.
type EncodingError struct {
	// Encoding is what the bytes look like: "UTF-16", "Latin-1" or "binary data".
	Encoding string
	// Line, counted from 1, and Offset, in bytes of the file, tell the first
	// place that is not UTF-8 text.
	Line, Offset int
}

func (e *EncodingError) Error() string {
	return fmt.Sprintf("not UTF-8 text: it looks like %s (line %d, byte %d)", e.Encoding, e.Line, e.Offset)
}

// Remedy tells what to do, for the file of the given name.
func (e *EncodingError) Remedy(name string) string {
	from := map[string]string{"UTF-16": "UTF-16", "Latin-1": "ISO-8859-1"}[e.Encoding]
	if from == "" {
		return "open it with the program that made it, or remove it from the library"
	}
	return fmt.Sprintf("convert a copy with: iconv -f %s -t UTF-8 %s > utf8-%s", from, name, name)
}

// Decode reads the bytes of a file as a text. The error is an [*EncodingError];
// the bytes themselves are never repaired.
func Decode(data []byte) (Doc, error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return Doc{}, &EncodingError{Encoding: "UTF-16", Line: 1}
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return Doc{}, &EncodingError{Encoding: nulKind(data), Line: lineOf(data, i), Offset: i}
	}
	if !utf8.Valid(data) {
		i := invalidAt(data)
		return Doc{}, &EncodingError{Encoding: "Latin-1", Line: lineOf(data, i), Offset: i}
	}
	return parse(string(data)), nil
}

// nulKind tells UTF-16 without a mark, where every other byte of Latin text is
// zero, from data that is no text.
func nulKind(data []byte) string {
	head := data[:min(len(data), 4096)]
	even, odd := 0, 0
	for i, b := range head {
		if b == 0 {
			if i%2 == 0 {
				even++
			} else {
				odd++
			}
		}
	}
	if n := len(head) / 2; (even > n*3/4 && odd <= n/8) || (odd > n*3/4 && even <= n/8) {
		return "UTF-16"
	}
	return "binary data"
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

func lineOf(data []byte, offset int) int { return 1 + bytes.Count(data[:offset], []byte("\n")) }

// parse splits off the byte order mark and normalises line endings.
func parse(s string) Doc {
	var d Doc
	s, d.bom = strings.CutPrefix(s, bom)
	if strings.IndexByte(s, '\r') < 0 {
		d.s = s
		return d
	}
	var b strings.Builder
	b.Grow(len(s))
	var count [3]int
	for i := 0; i < len(s); i++ {
		e := LF
		switch s[i] {
		case '\r':
			e = CR
			if i+1 < len(s) && s[i+1] == '\n' {
				e = CRLF
				i++
			}
		case '\n':
		default:
			b.WriteByte(s[i])
			continue
		}
		b.WriteByte('\n')
		d.ends = append(d.ends, e)
		count[e]++
	}
	d.s = b.String()
	for e := range count {
		if count[e] > count[d.eol] {
			d.eol = Ending(e)
		}
	}
	if count[d.eol] == len(d.ends) {
		d.ends = nil
	}
	return d
}
