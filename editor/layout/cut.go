package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"longhand/editor/text"
)

// A line longer than longLine bytes is laid out in parts of about partSize, so
// that a key in a line of megabytes costs as little as in a short one. A row
// ends where a part ends.
const (
	longLine = 8 << 10
	partSize = 1 << 10
)

// cut appends the pieces of the bytes [start, end) of a text. joined tells that
// they begin within a line; last, that the text ends there.
func cut(list []piece, doc text.Doc, start, end int, joined, last bool) []piece {
	length := 0 // of the line so far
	flush := func(broken bool) {
		if length > longLine {
			list = cutLine(list, doc, start, start+length, joined)
		} else if length > 0 || last && !broken {
			list = append(list, piece{bytes: int32(length), joined: joined})
		}
		start += length
		length, joined = 0, !broken
	}
	for chunk := range doc.Chunks(start, end) {
		for len(chunk) > 0 {
			i := strings.IndexByte(chunk, '\n')
			if i < 0 {
				length += len(chunk)
				break
			}
			length += i + 1
			chunk = chunk[i+1:]
			flush(true)
		}
	}
	if length > 0 || last {
		flush(false)
	}
	return list
}

// cutLine appends the parts of one long line, which may end in a line break.
func cutLine(list []piece, doc text.Doc, start, end int, joined bool) []piece {
	for start < end {
		n := end - start
		if n > longLine {
			n = partLength(doc.Slice(start, start+longLine))
		}
		list = append(list, piece{bytes: int32(n), joined: joined})
		start += n
		joined = true
	}
	return list
}

// partLength is where to cut a part off the beginning of s: after a space, else
// between characters, where no mark, joiner or selector follows.
func partLength(s string) int {
	if i := strings.LastIndexByte(s[:partSize], ' '); i > partSize/2 {
		return i + 1
	}
	for n := partSize; n < len(s); n++ {
		if r, _ := utf8.DecodeRuneInString(s[n:]); utf8.RuneStart(s[n]) && !extends(r) {
			if before, _ := utf8.DecodeLastRuneInString(s[:n]); before != zwj {
				return n
			}
		}
	}
	return partSize
}

const zwj = '\u200d'

// extends reports whether r belongs to the character before it.
func extends(r rune) bool {
	return r == zwj || unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) ||
		r >= 0xfe00 && r <= 0xfe0f || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xe0020 && r <= 0xe007f
}
