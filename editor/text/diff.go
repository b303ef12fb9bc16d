package text

import "strings"

// Diff returns the smallest single change that turns the text into the given
// one, whose line breaks are "\n". It serves what only knows the whole new text.
func (d Doc) Diff(to string) Change {
	start := 0
	for chunk := range d.Chunks(0, d.Len()) {
		n := commonPrefix(chunk, to[start:])
		start += n
		if n < len(chunk) {
			break
		}
	}
	for d.inside(start) {
		start--
	}
	a, b := d.Len(), len(to)
	for a > start && b > start {
		chunk := d.before(a)
		chunk = chunk[max(len(chunk)-(a-start), 0):]
		n := commonSuffix(chunk, to[start:b])
		a, b = a-n, b-n
		if n < len(chunk) {
			break
		}
	}
	for d.inside(a) {
		a, b = a+1, b+1
	}
	return Change{Start: start, End: a, Insert: strings.Clone(to[start:b])}
}

// before returns the leaf's text that ends at an offset greater than 0.
func (d Doc) before(offset int) string {
	n := d.root
	for !n.isLeaf() {
		if at := n.left.bytes; offset <= at {
			n = n.left
		} else {
			n, offset = n.right, offset-at
		}
	}
	return n.text[:offset]
}

func commonPrefix(a, b string) int {
	i, n := 0, min(len(a), len(b))
	for i+64 <= n && a[i:i+64] == b[i:i+64] {
		i += 64
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

func commonSuffix(a, b string) int {
	i, n := 0, min(len(a), len(b))
	for i+64 <= n && a[len(a)-i-64:len(a)-i] == b[len(b)-i-64:len(b)-i] {
		i += 64
	}
	for i < n && a[len(a)-1-i] == b[len(b)-1-i] {
		i++
	}
	return i
}
