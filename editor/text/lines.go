package text

import "strings"

// Lines returns the number of lines: of line breaks, and one.
func (d Doc) Lines() int {
	if d.root == nil {
		return 1
	}
	return d.root.breaks + 1
}

// Line returns the line, counted from 0, that holds the offset, which is clamped
// to the text. A line holds its own break.
func (d Doc) Line(offset int) int {
	if offset <= 0 {
		return 0
	}
	if offset >= d.Len() {
		return d.Lines() - 1
	}
	n, line := d.root, 0
	for !n.isLeaf() {
		if at := n.left.bytes; offset < at {
			n = n.left
		} else {
			line += n.left.breaks
			n, offset = n.right, offset-at
		}
	}
	return line + strings.Count(n.text[:offset], "\n")
}

// LineStart returns where a line begins: 0 for lines below 0, the length of the
// text for those it does not have.
func (d Doc) LineStart(line int) int {
	if line <= 0 {
		return 0
	}
	if line >= d.Lines() {
		return d.Len()
	}
	n, at, k := d.root, 0, line-1 // the line begins after the break number k
	for !n.isLeaf() {
		if b := n.left.breaks; k < b {
			n = n.left
		} else {
			at += n.left.bytes
			n, k = n.right, k-b
		}
	}
	return at + nthBreak(n.text, k) + 1
}

// nthBreak returns where the break number k of s stands.
func nthBreak(s string, k int) int {
	at := 0
	for len(s) > 64 { // counting is much faster than finding
		half := len(s) / 2
		if c := strings.Count(s[:half], "\n"); k < c {
			s = s[:half]
		} else {
			s, k, at = s[half:], k-c, at+half
		}
	}
	for {
		i := strings.IndexByte(s, '\n')
		if k == 0 {
			return at + i
		}
		s, k, at = s[i+1:], k-1, at+i+1
	}
}

// LineEnd returns where a line ends, before its break. Lines are clamped to those
// of the text.
func (d Doc) LineEnd(line int) int {
	line = max(line, 0)
	if line >= d.Lines()-1 {
		return d.Len()
	}
	return d.LineStart(line+1) - 1
}

// LineText returns a line without its break: "" for one the text does not have.
func (d Doc) LineText(line int) string {
	if line < 0 {
		return ""
	}
	return d.Slice(d.LineStart(line), d.LineEnd(line))
}
