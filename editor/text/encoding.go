package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// EncodingError tells that the bytes of a file are not a clean UTF-8 text.
type EncodingError struct {
	// Encoding is what the bytes look like: "UTF-16", "UTF-32", "Latin-1" or
	// "binary data".
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
	from := map[string]string{"UTF-16": "UTF-16", "UTF-32": "UTF-32", "Latin-1": "ISO-8859-1"}[e.Encoding]
	if from == "" {
		return "open it with the program that made it, or remove it from the library"
	}
	return fmt.Sprintf("convert a copy with: iconv -f %s -t UTF-8 %s > utf8-%s", from, name, name)
}

// Check returns the first place that is not valid UTF-8 or holds a NUL, which the
// editor keeps and shows but a page cannot have, or nil. The result is no error
// value on purpose: assigned to one unchecked it would never be nil.
func (d Doc) Check() *EncodingError {
	at := 0
	for chunk := range d.Chunks(0, d.Len()) {
		nul := strings.IndexByte(chunk, 0)
		if nul < 0 && utf8.ValidString(chunk) {
			at += len(chunk)
			continue
		}
		encoding, i := "Latin-1", invalidAt(chunk)
		if nul >= 0 && nul < i {
			encoding, i = "binary data", nul
		}
		return &EncodingError{Encoding: encoding, Line: d.Line(at+i) + 1, Offset: d.fileOffset(at + i)}
	}
	return nil
}

// invalidAt returns the first byte of s that is not UTF-8, or its length.
func invalidAt(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(s)
}

// magics begin files of kinds that are no text. Each holds a byte that a text has
// not, or is followed by such bytes soon.
var magics = []string{
	"\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF87a", "GIF89a", "RIFF", "%PDF-", "PK\x03\x04", "PK\x05\x06", "\x1f\x8b\x08",
	"BZh", "\xfd7zXZ\x00", "7z\xbc\xaf\x27\x1c", "\x28\xb5\x2f\xfd", "\x7fELF", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
	"SQLite format 3\x00", "OggS", "ID3", "\x00\x01\x00\x00\x00", "wOFF", "wOF2", "\x00asm",
}

// headSize is how much of a file tells what it is.
const headSize = 4096

// refuse returns an error for bytes that are no text or UTF-16.
func refuse(data []byte) error {
	for _, m := range []struct{ mark, encoding string }{
		{"\xff\xfe\x00\x00", "UTF-32"}, {"\x00\x00\xfe\xff", "UTF-32"}, {"\xff\xfe", "UTF-16"}, {"\xfe\xff", "UTF-16"},
	} {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return &EncodingError{Encoding: m.encoding, Line: 1}
		}
	}
	head := data[:min(len(data), headSize)]
	first, controls := bytes.IndexByte(head, 0), 0
	for i, c := range head {
		if c < ' ' && c != '\t' && c != '\n' && c != '\v' && c != '\f' && c != '\r' || c == 0x7f {
			controls++
			if first < 0 {
				first = i
			}
		}
	}
	known := false
	for _, m := range magics {
		known = known || bytes.HasPrefix(data, []byte(m))
	}
	switch {
	case looksUTF16(head):
		return &EncodingError{Encoding: "UTF-16", Line: lineOf(data, first), Offset: first}
	case controls*10 > len(head)*3, known && controls > 0:
		return &EncodingError{Encoding: "binary data", Line: lineOf(data, first), Offset: first}
	}
	return nil
}

// looksUTF16 tells UTF-16 without a mark, where every other byte of Latin text is
// zero.
func looksUTF16(head []byte) bool {
	var zero [2]int
	for i, b := range head {
		if b == 0 {
			zero[i%2]++
		}
	}
	n := len(head) / 2
	return len(head)%2 == 0 && (zero[0] > n*3/4 && zero[1] <= n/8 || zero[1] > n*3/4 && zero[0] <= n/8)
}

func lineOf(data []byte, offset int) int { return 1 + bytes.Count(data[:offset], []byte("\n")) }
