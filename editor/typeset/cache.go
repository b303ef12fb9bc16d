package typeset

import "strings"

// key is all that the shape of a piece of text depends on.
type key struct {
	text string // the piece with the characters around it that influence it
	from uint16 // the piece in text
	to   uint16
	cut  uint8
	rtl  bool
	han  han
	fam  uint8
}

// cache remembers shaped pieces. What was not asked for while mostWords others were met is forgotten.
type cache struct {
	young, old map[key]*word
}

const mostWords = 8192 // in each of the two generations

func (c *cache) get(k key) *word {
	if w := c.young[k]; w != nil {
		return w
	}
	w := c.old[k]
	if w != nil {
		c.add(k, w)
	}
	return w
}

// put remembers a piece. It keeps no reference to the paragraph that the key's text is cut from.
func (c *cache) put(k key, w *word) {
	k.text = strings.Clone(k.text)
	c.add(k, w)
}

func (c *cache) add(k key, w *word) {
	if len(c.young) >= mostWords {
		c.old, c.young = c.young, nil
	}
	if c.young == nil {
		c.young = make(map[key]*word, mostWords/8)
	}
	c.young[k] = w
}
