// Package text holds one text as a value: its content, the changes made to it,
// and how it lies in a file.
//
// Offsets are bytes throughout, and count the text as the editor sees it: UTF-8
// without a byte order mark, each line break one "\n". What the file really
// holds (the mark, CRLF, lone CR, a mixture) is remembered beside the text and
// comes back with [Doc.Bytes], so that the lines nobody touched keep their bytes.
package text

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Ending is the bytes that end a line in the file.
type Ending uint8

// The line endings of the CommonMark specification, section 2.1.
const (
	LF Ending = iota
	CRLF
	CR
)

var endingBytes = [...]string{LF: "\n", CRLF: "\r\n", CR: "\r"}

// String returns the bytes of the ending.
func (e Ending) String() string { return endingBytes[e] }

const bom = "\ufeff"

// Doc is an immutable text. The zero value is an empty text with LF endings.
type Doc struct {
	s   string
	bom bool
	eol Ending
	// ends holds the ending of each line break of s, and is nil when all are eol.
	ends []Ending
}

// New returns a text with LF endings. Line breaks in s are normalised.
func New(s string) Doc {
	d := parse(s)
	return Doc{s: d.s}
}

// String returns the text, each line break as one "\n".
func (d Doc) String() string { return d.s }

// Len returns the length of [Doc.String] in bytes.
func (d Doc) Len() int { return len(d.s) }

// Bytes returns the text as it stands in a file, with its byte order mark and
// line endings.
func (d Doc) Bytes() []byte {
	var b strings.Builder
	b.Grow(len(d.s) + len(bom))
	if d.bom {
		b.WriteString(bom)
	}
	if d.eol == LF && d.ends == nil {
		b.WriteString(d.s)
		return []byte(b.String())
	}
	rest := d.s
	for i := 0; ; i++ {
		n := strings.IndexByte(rest, '\n')
		if n < 0 {
			b.WriteString(rest)
			return []byte(b.String())
		}
		b.WriteString(rest[:n])
		b.WriteString(d.ending(i).String())
		rest = rest[n+1:]
	}
}

func (d Doc) ending(i int) Ending {
	if d.ends == nil {
		return d.eol
	}
	return d.ends[i]
}

// Line returns the line, counted from 0, that holds the offset, which is
// clamped to the text.
func (d Doc) Line(offset int) int {
	return strings.Count(d.s[:min(max(offset, 0), len(d.s))], "\n")
}

// Change replaces the bytes [Start,End) of a text by Insert.
type Change struct {
	Start, End int
	Insert     string
	// ends are the endings of Insert's line breaks where they differ from the
	// text's own; only inverses carry them.
	ends []Ending
}

// IsZero reports whether the change does nothing.
func (c Change) IsZero() bool { return c.Start == c.End && c.Insert == "" }

// ErrRange tells that a change does not fit the text it is applied to.
var ErrRange = errors.New("change outside the text or inside a character")

// Apply returns the changed text and the inverse of the change, which applied to
// the result gives d back, byte for byte. New lines end as most of the text does.
func (d Doc) Apply(c Change) (Doc, Change, error) {
	if c.Start < 0 || c.End < c.Start || c.End > len(d.s) || !boundary(d.s, c.Start) || !boundary(d.s, c.End) {
		return d, Change{}, fmt.Errorf("%w: [%d,%d) of %d bytes", ErrRange, c.Start, c.End, len(d.s))
	}
	insert := c.Insert
	if strings.IndexByte(insert, '\r') >= 0 {
		insert = parse(insert).s
	}
	out := d
	out.s = d.s[:c.Start] + insert + d.s[c.End:]
	inverse := Change{Start: c.Start, End: c.Start + len(insert), Insert: d.s[c.Start:c.End]}
	if d.ends == nil && c.ends == nil {
		return out, inverse, nil
	}
	first := strings.Count(d.s[:c.Start], "\n")
	gone := strings.Count(inverse.Insert, "\n")
	added := c.ends
	if added == nil {
		added = uniform(d.eol, strings.Count(insert, "\n"))
	}
	before := d.ends
	if before == nil {
		before = uniform(d.eol, strings.Count(d.s, "\n"))
	}
	inverse.ends = before[first : first+gone : first+gone]
	out.ends = append(append(append(make([]Ending, 0, len(before)+len(added)), before[:first]...), added...), before[first+gone:]...)
	return out, inverse, nil
}

func uniform(e Ending, n int) []Ending {
	ends := make([]Ending, n)
	for i := range ends {
		ends[i] = e
	}
	return ends
}

// boundary reports whether a change may begin or end at i: not within a character.
func boundary(s string, i int) bool {
	return i == 0 || i == len(s) || utf8.RuneStart(s[i])
}

// Diff returns the smallest single change that turns the text into the given
// one. It serves editors that only tell the whole new text.
func (d Doc) Diff(to string) Change {
	from := d.s
	start := 0
	for n := min(len(from), len(to)); start < n && from[start] == to[start]; {
		start++
	}
	for start > 0 && (!boundary(from, start) || !boundary(to, start)) {
		start--
	}
	a, b := len(from), len(to)
	for a > start && b > start && from[a-1] == to[b-1] {
		a--
		b--
	}
	for a < len(from) && (!boundary(from, a) || !boundary(to, b)) {
		a++
		b++
	}
	return Change{Start: start, End: a, Insert: to[start:b]}
}
