// Package text holds one text as a value: its content, the changes made to it,
// what is selected in it, and how it lies in a file.
//
// Offsets are bytes throughout, and count the text as the editor sees it: without
// a byte order mark, each line break one "\n". What the file really holds (the
// mark, CRLF, lone CR, a mixture, bytes that are not UTF-8) is remembered and
// comes back with [Doc.Bytes], so that the lines nobody touched keep their bytes.
//
// A [Doc] is a persistent balanced tree, so an edit costs the same at every size
// and old versions stay valid. Nothing here is ever changed in place: all values
// may be shared by goroutines.
package text

import (
	"io"
	"iter"
	"slices"
	"strings"
)

// ending is what ends a line in the file, as in the CommonMark specification,
// section 2.1.
type ending uint8

const (
	endLF ending = iota
	endCRLF
	endCR
)

var endingBytes = [...]string{endLF: "\n", endCRLF: "\r\n", endCR: "\r"}

const mark = "\ufeff"

// Doc is an immutable text. The zero value is an empty text with LF endings.
type Doc struct {
	root *node
	mark bool   // the file begins with a byte order mark
	eol  ending // of new line breaks, and of all that a leaf says nothing else of
}

// New returns a text with LF endings. Line breaks in s are normalised, a byte
// order mark at its start is dropped.
func New(s string) Doc {
	return Doc{root: grow(piece{text: normalise(strings.TrimPrefix(s, mark))}, endLF)}
}

// normalise makes each line break one "\n".
func normalise(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return breaks.Replace(s)
}

var breaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// Len returns the length of the text in bytes.
func (d Doc) Len() int {
	if d.root == nil {
		return 0
	}
	return d.root.bytes
}

// String returns the whole text, each line break as one "\n". It copies a text of
// more than a few KB: what looks at a part should use [Doc.Slice] or [Doc.Chunks].
func (d Doc) String() string { return d.Slice(0, d.Len()) }

// clamp puts a range into the text.
func (d Doc) clamp(start, end int) (int, int) {
	start = min(max(start, 0), d.Len())
	return start, min(max(end, start), d.Len())
}

// Slice returns the bytes [start,end) of the text, which are clamped to it. Within
// a leaf of the tree (up to 4 KB) nothing is copied: the result then keeps the leaf
// in memory.
func (d Doc) Slice(start, end int) string {
	start, end = d.clamp(start, end)
	if start == end {
		return ""
	}
	n := d.root
	for !n.isLeaf() {
		at := n.left.bytes
		switch {
		case end <= at:
			n = n.left
		case start >= at:
			n, start, end = n.right, start-at, end-at
		default:
			var b strings.Builder
			b.Grow(end - start)
			n.walk(start, end, func(p piece) bool {
				b.WriteString(p.text)
				return true
			})
			return b.String()
		}
	}
	return n.text[start:end]
}

// Chunks yields the bytes [start,end) of the text, clamped to it, in pieces of up
// to 4 KB without copying. No piece ends inside a UTF-8 character but the last.
func (d Doc) Chunks(start, end int) iter.Seq[string] {
	start, end = d.clamp(start, end)
	return func(yield func(string) bool) {
		d.root.walk(start, end, func(p piece) bool { return yield(p.text) })
	}
}

// Same reports cheaply whether the two are one value: neither was edited since.
// A text edited and edited back is not the same as before, though [Doc.Equal].
func (d Doc) Same(e Doc) bool { return d == e }

// Equal reports whether both would be written as the same file, byte for byte.
func (d Doc) Equal(e Doc) bool {
	if d == e {
		return true
	}
	if d.mark != e.mark || d.Len() != e.Len() || d.Lines() != e.Lines() {
		return false
	}
	at := 0
	for a := range d.Chunks(0, d.Len()) {
		for b := range e.Chunks(at, at+len(a)) {
			if a[:len(b)] != b {
				return false
			}
			a, at = a[len(b):], at+len(b)
		}
	}
	return d.Lines() == 1 || d.eol == e.eol && !d.mixed() && !e.mixed() ||
		d.endings(0, d.Len()).explicit(d.eol) == e.endings(0, e.Len()).explicit(e.eol)
}

func (d Doc) mixed() bool { return d.root != nil && d.root.mixed }

// endings returns [start,end) of the text with the endings of its line breaks.
func (d Doc) endings(start, end int) piece {
	if !d.mixed() {
		return piece{text: d.Slice(start, end)}
	}
	var parts []piece
	d.root.walk(start, end, func(p piece) bool {
		parts = append(parts, p)
		return true
	})
	p := concat(d.eol, parts...)
	p.ends = canonical(p.ends, d.eol)
	return p
}

// Index returns the offset of the first needle that begins at or after from, or -1.
func (d Doc) Index(needle string, from int) int {
	from, _ = d.clamp(from, from)
	if needle == "" {
		return from
	}
	over := len(needle) - 1
	var seam []byte // the last bytes before the chunk, as many as may begin a match
	at := from
	for chunk := range d.Chunks(from, d.Len()) {
		before := len(seam)
		if over > 0 && before > 0 {
			seam = append(seam, chunk[:min(over, len(chunk))]...)
			if i := strings.Index(string(seam), needle); i >= 0 {
				return at - before + i
			}
			seam = seam[:before]
		}
		if i := strings.Index(chunk, needle); i >= 0 {
			return at + i
		}
		seam = append(seam, chunk[max(len(chunk)-over, 0):]...)
		seam = slices.Delete(seam, 0, max(len(seam)-over, 0))
		at += len(chunk)
	}
	return -1
}

// Bytes returns the text as it stands in a file, with its byte order mark and line
// endings.
func (d Doc) Bytes() []byte {
	size := d.Len() + len(mark)
	if d.eol == endCRLF || d.mixed() {
		size += d.Lines() - 1
	}
	b := make([]byte, 0, size)
	if d.mark {
		b = append(b, mark...)
	}
	d.root.walk(0, d.Len(), func(p piece) bool {
		b = d.appendFile(b, p)
		return true
	})
	return b
}

// WriteTo writes what [Doc.Bytes] returns.
func (d Doc) WriteTo(w io.Writer) (written int64, err error) {
	b := make([]byte, 0, 16*maxLeaf)
	flush := func() bool {
		var n int
		n, err = w.Write(b)
		written, b = written+int64(n), b[:0]
		return err == nil
	}
	if d.mark {
		b = append(b, mark...)
	}
	d.root.walk(0, d.Len(), func(p piece) bool {
		b = d.appendFile(b, p)
		return len(b) < 12*maxLeaf || flush()
	})
	if err == nil && len(b) > 0 {
		flush()
	}
	return written, err
}

// appendFile appends a piece as it stands in a file.
func (d Doc) appendFile(b []byte, p piece) []byte {
	if d.eol == endLF && p.ends == "" {
		return append(b, p.text...)
	}
	for i, rest := 0, p.text; ; i++ {
		n := strings.IndexByte(rest, '\n')
		if n < 0 {
			return append(b, rest...)
		}
		e := d.eol
		if p.ends != "" {
			e = ending(p.ends[i])
		}
		b = append(append(b, rest[:n]...), endingBytes[e]...)
		rest = rest[n+1:]
	}
}
