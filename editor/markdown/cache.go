package markdown

import (
	"container/list"
	"sync"
	"sync/atomic"
)

// cache is what the indexes of all versions of a text share: the styles of the units last
// asked for, and the colours of code.
type cache struct {
	last atomic.Uint64 // id given
	work int           // bytes parsed at once where somebody waits

	mu      sync.Mutex
	sheets  map[sheetKey]*list.Element // of *cachedSheet
	recent  list.List                  // most recently used first
	held    int                        // bytes, about
	colours colours
}

// The cache holds the styles of so many units, and of so many bytes.
const (
	maxSheets     = 256
	maxSheetBytes = 16 << 20
)

type sheetKey struct {
	unit   uint64
	window int // of a huge unit
}

type cachedSheet struct {
	key     sheetKey
	sheet   *sheet
	first   int    // line of the unit that the sheet begins with
	defs    uint64 // version of the definitions
	colours uint64 // version of the colours
	bytes   int
}

func newCache() *cache {
	return &cache{work: maxWork, sheets: map[sheetKey]*list.Element{}, colours: newColours()}
}

// id returns a number that was never given before.
func (c *cache) id() uint64 { return c.last.Add(1) }

// get returns the sheet for a key if it still holds.
func (c *cache) get(key sheetKey, defs uint64) *cachedSheet {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.sheets[key]
	if !ok {
		return nil
	}
	s := e.Value.(*cachedSheet)
	if s.sheet.asked && s.defs != defs || s.sheet.plain && s.colours != c.colours.version {
		return nil
	}
	c.recent.MoveToFront(e)
	return s
}

func (c *cache) put(s *cachedSheet) {
	s.bytes = 24*len(s.sheet.spans) + 16*len(s.sheet.lines) + 200
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.sheets[s.key]; ok {
		c.remove(e)
	}
	c.sheets[s.key] = c.recent.PushFront(s)
	c.held += s.bytes
	for c.recent.Len() > maxSheets || c.held > maxSheetBytes && c.recent.Len() > 1 {
		c.remove(c.recent.Back())
	}
}

func (c *cache) remove(e *list.Element) {
	s := c.recent.Remove(e).(*cachedSheet)
	delete(c.sheets, s.key)
	c.held -= s.bytes
}
