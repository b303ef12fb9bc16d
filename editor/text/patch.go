package text

import (
	"bytes"
	"slices"
)

// Patch replaces Deleted bytes of a file at Offset by Insert.
type Patch struct {
	Offset, Deleted int
	Insert          []byte
}

// maxWhole is up to how many bytes of a text are compared as one: where more lies
// between the first and the last difference, what is the same there is looked for.
const maxWhole = 16 * maxLeaf

// Patches returns what turns the bytes of the text's file into those of another's,
// in ascending order, with offsets in the bytes before, as in [Changes]. Between a text and one
// that was made of it by editing it costs about what was edited, whatever the size:
// they share all leaves that were not. Between others it is one patch.
func (d Doc) Patches(to Doc) []Patch {
	if d == to {
		return nil
	}
	if d.mark != to.mark || d.eol != to.eol {
		return appendPatch(nil, 0, d.Bytes(), to.Bytes())
	}
	a, b := walker{rest: d.Len()}, walker{rest: to.Len()}
	start := skipShared(&a, &b, d.root, to.root)
	a, b = walker{rest: a.rest, back: true}, walker{rest: b.rest, back: true}
	skipShared(&a, &b, d.root, to.root)
	gaps := []gap{{start, start + a.rest, start, start + b.rest}}
	if max(a.rest, b.rest) > maxWhole {
		gaps = d.gaps(to, gaps[0])
	}
	var patches []Patch
	for _, g := range gaps {
		patches = appendPatch(patches, d.fileOffset(g.a), d.fileBytes(g.a, g.aEnd), to.fileBytes(g.b, g.bEnd))
	}
	return patches
}

// Between returns what turns the bytes of a file into others: one patch at most.
func Between(was, now []byte) []Patch { return appendPatch(nil, 0, was, now) }

// gap is a part of a text that takes the place of a part of another.
type gap struct{ a, aEnd, b, bEnd int }

// gaps divides a gap at the leaves that both texts have in it. Editing keeps their order.
func (d Doc) gaps(to Doc, g gap) []gap {
	had := map[*node]int{} // where each leaf of d begins
	d.root.leaves(0, g.a, g.aEnd, func(n *node, at int) { had[n] = at })
	var out []gap
	to.root.leaves(0, g.b, g.bEnd, func(n *node, at int) {
		was, ok := had[n]
		if !ok || was < g.a {
			return
		}
		if was > g.a || at > g.b {
			out = append(out, gap{g.a, was, g.b, at})
		}
		g.a, g.b = was+n.bytes, at+n.bytes
	})
	return append(out, g)
}

// leaves calls yield with the leaves that lie in [start,end) wholly; n begins at at.
func (n *node) leaves(at, start, end int, yield func(n *node, at int)) {
	switch {
	case n == nil || at+n.bytes <= start || at >= end:
	case n.isLeaf():
		if at >= start && at+n.bytes <= end {
			yield(n, at)
		}
	default:
		n.left.leaves(at, start, end, yield)
		n.right.leaves(at+n.left.bytes, start, end, yield)
	}
}

// walker goes through a tree from one end.
type walker struct {
	stack []*node // of subtrees that lie one after another, the next on top
	rest  int     // bytes that are not passed
	back  bool
}

func (w *walker) top() *node {
	if len(w.stack) == 0 {
		return nil
	}
	return w.stack[len(w.stack)-1]
}

func (w *walker) descend() {
	n := w.top()
	near, far := n.left, n.right
	if w.back {
		near, far = far, near
	}
	w.stack = append(w.stack[:len(w.stack)-1], far, near)
}

func (w *walker) pass() {
	w.rest -= w.top().bytes
	w.stack = w.stack[:len(w.stack)-1]
}

// skipShared passes what two trees share at the ends from which they are walked, as
// far as their rests go, and returns how many bytes that is.
func skipShared(a, b *walker, of, to *node) (passed int) {
	a.stack, b.stack = append(a.stack, of), append(b.stack, to)
	for {
		x, y := a.top(), b.top()
		switch {
		case x == nil || y == nil:
			return passed
		case x.bytes <= min(a.rest, b.rest) && (x == y || x.isLeaf() && y.isLeaf() && x.piece == y.piece):
			passed += x.bytes
			a.pass()
			b.pass()
		case x.isLeaf() && y.isLeaf():
			return passed
		case y.isLeaf() || !x.isLeaf() && x.bytes >= y.bytes:
			a.descend()
		default:
			b.descend()
		}
	}
}

// fileOffset returns where an offset of the text lies in the bytes of the file.
func (d Doc) fileOffset(offset int) int {
	at := offset
	if d.mark {
		at += len(mark)
	}
	switch {
	case d.mixed():
		d.root.walk(0, offset, func(p piece) bool {
			for _, e := range []byte(p.explicit(d.eol)) {
				at += len(endingBytes[e]) - 1
			}
			return true
		})
	case d.eol == endCRLF:
		at += d.Line(offset)
	}
	return at
}

// fileBytes returns [start,end) of the text as it stands in the file.
func (d Doc) fileBytes(start, end int) []byte {
	b := make([]byte, 0, end-start)
	d.root.walk(start, end, func(p piece) bool {
		b = d.appendFile(b, p)
		return true
	})
	return b
}

// appendPatch appends the patch that replaces bytes at an offset by others.
func appendPatch(patches []Patch, offset int, was, now []byte) []Patch {
	if bytes.Equal(was, now) {
		return patches
	}
	n := 0
	for n < len(was) && n < len(now) && was[n] == now[n] {
		n++
	}
	was, now = was[n:], now[n:]
	k := 0
	for k < len(was) && k < len(now) && was[len(was)-1-k] == now[len(now)-1-k] {
		k++
	}
	return append(patches, Patch{Offset: offset + n, Deleted: len(was) - k, Insert: slices.Clone(now[:len(now)-k])})
}
