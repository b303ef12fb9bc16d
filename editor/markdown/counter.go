package markdown

import "context"

// Counter counts the words that a reader reads in a text that is edited: only what changed is
// read again. It belongs to one goroutine at a time.
type Counter struct {
	index *Index
	words []int // by unit
	total int
}

// NewCounter returns a counter.
func NewCounter() *Counter { return &Counter{} }

// Count returns the words of a text, as Words counts those of Tree.PlainText. The first time
// it takes as long as parsing the text. When the context is done it returns what it has.
func (c *Counter) Count(ctx context.Context, x *Index) int {
	from, to, was := 0, x.UnitCount(), len(c.words)
	if c.index != nil {
		from, to, was = x.Changed(c.index)
	}
	fresh := make([]int, 0, to-from)
	for _, u := range x.Units(from, to) {
		if ctx.Err() != nil {
			return c.total
		}
		n := 0
		if u.Kind != FrontMatterBlock {
			t := x.Parse(u)
			n = Words(t.NodeText(t.Root))
		}
		fresh = append(fresh, n)
	}
	for _, n := range c.words[from:was] {
		c.total -= n
	}
	for _, n := range fresh {
		c.total += n
	}
	c.words = append(append(append(make([]int, 0, len(c.words)+len(fresh)), c.words[:from]...), fresh...), c.words[was:]...)
	c.index = x
	return c.total
}
