package html

import "sync"

// Codes keeps coloured code for pages of which many hold the same, as the commands do
// that install something: to colour it takes longer than all else of a page. The zero
// value is ready; it may be used by many goroutines.
type Codes struct {
	mu sync.Mutex
	// What was asked for lately, and what was before: of that nothing is added, and it
	// goes when there is too much of the other.
	late, before map[codeKey]string
	bytes        int // in late
}

type codeKey struct{ language, code string }

// maxCodes is how many bytes, at most twice, are kept.
const maxCodes = 4 << 20

// colour is colour, from what is kept if it can be.
func (c *Codes) colour(code, language string) string {
	if c == nil || language == "" || len(code) > maxCodes/64 {
		return colour(code, language)
	}
	key := codeKey{language, code}
	c.mu.Lock()
	html, ok := c.late[key]
	if !ok {
		if html, ok = c.before[key]; ok {
			c.keep(key, html)
		}
	}
	c.mu.Unlock()
	if ok {
		return html
	}
	html = colour(code, language)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(key, html)
	return html
}

func (c *Codes) keep(key codeKey, html string) {
	if c.late == nil || c.bytes > maxCodes {
		c.before, c.late, c.bytes = c.late, map[codeKey]string{}, 0
	}
	if _, there := c.late[key]; !there {
		c.late[key] = html
		c.bytes += len(key.code) + len(html)
	}
}
