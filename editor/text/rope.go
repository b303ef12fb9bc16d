package text

import (
	"strings"
	"unicode/utf8"
)

// The sizes of leaves, in bytes.
const (
	maxLeaf  = 4096
	fillLeaf = 3072 // aimed at when a longer string is cut, so that leaves have room to grow
	halfLeaf = maxLeaf / 2
)

// piece is a part of a text: its bytes and the endings of its line breaks, one
// byte each, or "" when all are the default of the text.
type piece struct {
	text, ends string
}

// cut divides the piece before byte i.
func (p piece) cut(i int) (piece, piece) {
	a, b := piece{text: p.text[:i]}, piece{text: p.text[i:]}
	if p.ends != "" {
		k := strings.Count(a.text, "\n")
		a.ends, b.ends = p.ends[:k], p.ends[k:]
	}
	return a, b
}

// explicit returns the ending of each line break.
func (p piece) explicit(eol ending) string {
	if p.ends != "" {
		return p.ends
	}
	return uniform(eol, strings.Count(p.text, "\n"))
}

func uniform(e ending, n int) string { return strings.Repeat(string(rune(e)), n) }

// canonical returns "" for endings that are all the default.
func canonical(ends string, eol ending) string {
	if strings.Count(ends, string(rune(eol))) == len(ends) {
		return ""
	}
	return ends
}

// concat returns the pieces as one.
func concat(eol ending, pieces ...piece) piece {
	if len(pieces) == 1 {
		return pieces[0]
	}
	var text, ends strings.Builder
	size, mixed := 0, false
	for _, p := range pieces {
		size += len(p.text)
		mixed = mixed || p.ends != ""
	}
	text.Grow(size)
	for _, p := range pieces {
		text.WriteString(p.text)
		if mixed {
			ends.WriteString(p.explicit(eol))
		}
	}
	return piece{text.String(), ends.String()}
}

// node is a node of the tree that holds a text: a height-balanced (AVL) tree with
// the text in its leaves ("Ropes: an Alternative to Strings", Boehm, Atkinson and
// Plass, 1995). Nodes never change. A nil node is an empty text, a leaf never is.
//
// No leaf begins or ends inside a UTF-8 character. Of a text in several leaves
// each has more than a quarter of maxLeaf, and two neighbours together about three
// quarters of it, see [meet].
type node struct {
	left, right *node // both nil in a leaf
	piece             // of a leaf
	bytes       int
	breaks      int  // line breaks
	height      int8 // 0 for a leaf
	mixed       bool // some leaf has endings of its own
}

func (n *node) isLeaf() bool { return n.left == nil }

func newLeaf(p piece, eol ending) *node {
	p.ends = strings.Clone(canonical(p.ends, eol))
	return &node{piece: p, bytes: len(p.text), breaks: strings.Count(p.text, "\n"), mixed: p.ends != ""}
}

func newBranch(l, r *node) *node {
	return &node{
		left: l, right: r,
		bytes:  l.bytes + r.bytes,
		breaks: l.breaks + r.breaks,
		height: max(l.height, r.height) + 1,
		mixed:  l.mixed || r.mixed,
	}
}

// join returns the tree of all leaves of l, then of r, in time proportional to the
// difference of their heights ("Just Join for Parallel Ordered Sets", Blelloch,
// Ferizovic and Sun, 2016, here without the keys in the branches).
func join(l, r *node) *node {
	switch {
	case l == nil:
		return r
	case r == nil:
		return l
	case l.height > r.height+1:
		return balance(l.left, join(l.right, r))
	case r.height > l.height+1:
		return balance(join(l, r.left), r.right)
	}
	return newBranch(l, r)
}

// balance joins two trees whose heights differ by at most two.
func balance(l, r *node) *node {
	switch {
	case l.height > r.height+1:
		if l.right.height > l.left.height {
			return newBranch(newBranch(l.left, l.right.left), newBranch(l.right.right, r))
		}
		return newBranch(l.left, newBranch(l.right, r))
	case r.height > l.height+1:
		if r.left.height > r.right.height {
			return newBranch(newBranch(l, r.left.left), newBranch(r.left.right, r.right))
		}
		return newBranch(newBranch(l, r.left), r.right)
	}
	return newBranch(l, r)
}

// split divides the tree before byte i: into the whole leaves before it, the two
// parts of the leaf it falls into, and the whole leaves after.
func split(n *node, i int) (l *node, p, q piece, r *node) {
	switch {
	case n == nil || i <= 0:
		return nil, p, q, n
	case i >= n.bytes:
		return n, p, q, nil
	case n.isLeaf():
		p, q = n.cut(i)
		return nil, p, q, nil
	case i < n.left.bytes:
		l, p, q, r = split(n.left, i)
		return l, p, q, join(r, n.right)
	}
	l, p, q, r = split(n.right, i-n.left.bytes)
	return join(n.left, l), p, q, r
}

func (n *node) first() piece {
	for !n.isLeaf() {
		n = n.left
	}
	return n.piece
}

func (n *node) last() piece {
	for !n.isLeaf() {
		n = n.right
	}
	return n.piece
}

func (n *node) withoutFirst() *node {
	if n.isLeaf() {
		return nil
	}
	return join(n.left.withoutFirst(), n.right)
}

func (n *node) withoutLast() *node {
	if n.isLeaf() {
		return nil
	}
	return join(n.left, n.right.withoutLast())
}

// walk calls yield with the leaves' parts in [start,end), until it returns false.
func (n *node) walk(start, end int, yield func(piece) bool) bool {
	switch {
	case n == nil || start >= end:
		return true
	case n.isLeaf():
		p := n.piece
		if end < n.bytes {
			p, _ = p.cut(end)
		}
		if start > 0 {
			_, p = p.cut(start)
		}
		return yield(p)
	}
	at := n.left.bytes
	return n.left.walk(start, min(end, at), yield) && n.right.walk(max(start-at, 0), end-at, yield)
}

// grow returns the tree of a text of any size.
func grow(p piece, eol ending) *node {
	if p.text == "" {
		return nil
	}
	if len(p.text) <= maxLeaf {
		return newLeaf(p, eol)
	}
	parts := (len(p.text) + fillLeaf - 1) / fillLeaf
	var of func(p piece, parts int) *node
	of = func(p piece, parts int) *node {
		if parts == 1 {
			return newLeaf(p, eol)
		}
		i := len(p.text) * (parts / 2) / parts
		for inside(p.text, i) {
			i--
		}
		l, r := p.cut(i)
		return newBranch(of(l, parts/2), of(r, parts-parts/2))
	}
	return of(p, parts)
}

// meet reports whether two neighbouring leaves should be made anew from both:
// because one is small, or because their seam would lie within a character.
func meet(a, b string) bool {
	if min(len(a), halfLeaf)+min(len(b), halfLeaf) <= fillLeaf {
		return true
	}
	if utf8.RuneStart(b[0]) {
		return false
	}
	a = a[max(len(a)-utf8.UTFMax, 0):]
	return inside(a+b[:min(len(b), utf8.UTFMax)], len(a))
}

// inside reports whether i lies within a valid UTF-8 character of s. A byte that
// is not part of one is a character by itself.
func inside(s string, i int) bool {
	if i <= 0 || i >= len(s) || utf8.RuneStart(s[i]) {
		return false
	}
	for j := i - 1; j >= max(i-utf8.UTFMax+1, 0); j-- {
		if utf8.RuneStart(s[j]) {
			_, n := utf8.DecodeRuneInString(s[j:])
			return j+n > i
		}
	}
	return false
}
