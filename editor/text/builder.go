package text

// builder makes a tree from left to right, out of pieces and of trees that are
// taken over as they are.
type builder struct {
	eol    ending
	root   *node
	pieces []piece // to come after root
	size   int     // bytes of pieces
}

// add appends a piece.
func (b *builder) add(p piece) {
	if p.text == "" {
		return
	}
	b.pieces = append(b.pieces, p)
	b.size += len(p.text)
	if b.size >= 4*maxLeaf {
		b.flush(nil)
	}
}

// tree appends a tree.
func (b *builder) tree(n *node) {
	if n == nil {
		return
	}
	if b.size == 0 && b.root != nil && meet(b.root.last().text, n.first().text) {
		b.pullLast()
	}
	n = b.flush(n)
	b.root = join(b.root, n)
}

// pullLast makes the last leaf a piece again.
func (b *builder) pullLast() {
	p := b.root.last()
	b.root = b.root.withoutLast()
	b.add(p)
}

// flush makes leaves of the pieces, and of the neighbouring leaves where these are
// small. It returns what it left of the tree to follow.
func (b *builder) flush(next *node) *node {
	if b.size == 0 {
		return next
	}
	whole := concat(b.eol, b.pieces...)
	b.pieces, b.size = b.pieces[:0], 0
	if b.root != nil {
		if p := b.root.last(); meet(p.text, whole.text) {
			b.root = b.root.withoutLast()
			whole = concat(b.eol, p, whole)
		}
	}
	if next != nil {
		if p := next.first(); meet(whole.text, p.text) {
			next = next.withoutFirst()
			whole = concat(b.eol, whole, p)
		}
	}
	b.root = join(b.root, grow(whole, b.eol))
	return next
}

// lastEnding returns the ending of the line break the text built so far ends in.
func (b *builder) lastEnding() (ending, bool) {
	var p piece
	switch {
	case b.size > 0:
		p = b.pieces[len(b.pieces)-1]
	case b.root != nil:
		p = b.root.last()
	}
	n := len(p.text)
	switch {
	case n == 0 || p.text[n-1] != '\n':
		return 0, false
	case p.ends == "":
		return b.eol, true
	}
	return ending(p.ends[len(p.ends)-1]), true
}

// setLastEnding changes what lastEnding returns.
func (b *builder) setLastEnding(e ending) {
	if b.size == 0 {
		b.pullLast()
	}
	p := &b.pieces[len(b.pieces)-1]
	ends := []byte(p.explicit(b.eol))
	ends[len(ends)-1] = byte(e)
	p.ends = string(ends)
}

// remainder is the part of a tree that has not yet gone into a builder.
type remainder struct {
	head piece
	tree *node
}

// skip drops the first n bytes.
func (r *remainder) skip(n int) {
	if k := len(r.head.text); n > k {
		_, _, r.head, r.tree = split(r.tree, n-k)
		return
	}
	_, r.head = r.head.cut(n)
}

// keep moves the first n bytes to the builder.
func (r *remainder) keep(n int, b *builder) {
	k := len(r.head.text)
	if n <= k {
		var p piece
		p, r.head = r.head.cut(n)
		b.add(p)
		return
	}
	b.add(r.head)
	l, p, q, t := split(r.tree, n-k)
	b.tree(l)
	b.add(p)
	r.head, r.tree = q, t
}

// firstEnding returns the ending of the line break it begins with.
func (r *remainder) firstEnding(eol ending) (ending, bool) {
	p := r.head
	if p.text == "" && r.tree != nil {
		p = r.tree.first()
	}
	switch {
	case p.text == "" || p.text[0] != '\n':
		return 0, false
	case p.ends == "":
		return eol, true
	}
	return ending(p.ends[0]), true
}
