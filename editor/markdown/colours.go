package markdown

// colours are what is known of the colours of code. Lexers are far too slow for the
// main thread (some hundred KB a second), so that code is first shown with the colours of
// the most similar code known, and Finish finds the true ones.
type colours struct {
	version uint64
	known   []*colouredCode // most recent last
	bytes   int
	wanted  []*colouredCode // most recent last
	// units are those whose colours changed, with the version since when.
	units map[uint64]uint64
}

type colouredCode struct {
	language, code string
	colours        []coloured
}

// Bounds of what is kept.
const (
	maxKnownCode  = 256
	maxKnownBytes = 2 << 20
	maxWantedCode = 32
)

func newColours() colours { return colours{units: map[uint64]uint64{}} }

func (c *cache) version() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.colours.version
}

func (c *cache) wantsColours() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.colours.wanted) > 0
}

// colour is a colourer that does not take time.
func (c *cache) colour(language, code string) ([]coloured, bool) {
	if language == "" || code == "" {
		return nil, true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var near *colouredCode
	nearest := -1
	for i := len(c.colours.known) - 1; i >= 0; i-- {
		k := c.colours.known[i]
		if k.language != language {
			continue
		}
		if k.code == code {
			return k.colours, true
		}
		if before, after := common(k.code, code); before+after > nearest {
			near, nearest = k, before+after
		}
	}
	c.colours.want(language, code)
	if near == nil || nearest < len(code)/2 {
		return nil, false
	}
	return near.adapt(code), false
}

// want notes code to be coloured, instead of what it was before some keys.
func (c *colours) want(language, code string) {
	kept := c.wanted[:0]
	for _, w := range c.wanted {
		before, after := common(w.code, code)
		if w.language != language || before+after < len(code)*3/4 || before+after < len(w.code)*3/4 {
			kept = append(kept, w)
		}
	}
	c.wanted = append(kept, &colouredCode{language: language, code: code})
	if n := len(c.wanted) - maxWantedCode; n > 0 {
		c.wanted = append(c.wanted[:0], c.wanted[n:]...)
	}
}

// common is how many bytes two codes have in common at the start and at the end.
func common(a, b string) (before, after int) {
	n := min(len(a), len(b))
	for before < n && a[before] == b[before] {
		before++
	}
	for after < n-before && a[len(a)-1-after] == b[len(b)-1-after] {
		after++
	}
	return before, after
}

// adapt gives code that differs in one place the same colours; what is new has that
// of the byte before it.
func (k *colouredCode) adapt(code string) []coloured {
	before, after := common(k.code, code)
	var out []coloured
	rest := before
	for _, c := range k.colours {
		if rest <= 0 {
			break
		}
		n := min(c.length, rest)
		out = append(out, coloured{n, c.class})
		rest -= n
	}
	middle := len(code) - before - after
	if len(out) > 0 && rest == 0 {
		out[len(out)-1].length += middle
	} else {
		out = append(out, coloured{middle + rest, NoToken})
	}
	skip := len(k.code) - after
	for _, c := range k.colours {
		n := c.length - min(skip, c.length)
		skip -= c.length - n
		if n > 0 {
			out = append(out, coloured{n, c.class})
		}
	}
	return out
}

// lexWanted colours all code that is wanted, the last first.
func (c *cache) lexWanted(stop func() bool) {
	for !stop() {
		c.mu.Lock()
		n := len(c.colours.wanted)
		if n == 0 {
			c.mu.Unlock()
			return
		}
		w := c.colours.wanted[n-1]
		c.colours.wanted = c.colours.wanted[:n-1]
		c.mu.Unlock()
		w.colours = lex(w.language, w.code, stop)
		c.mu.Lock()
		if stop() {
			c.colours.wanted = append(c.colours.wanted, w)
		} else {
			c.learn(w)
		}
		c.mu.Unlock()
	}
}

// learn makes colours known and notes the units whose styles they may change.
func (c *cache) learn(w *colouredCode) {
	k := &c.colours
	k.known = append(k.known, w)
	k.bytes += len(w.code)
	drop := 0
	for len(k.known)-drop > maxKnownCode || k.bytes > maxKnownBytes && len(k.known)-drop > 1 {
		k.bytes -= len(k.known[drop].code)
		drop++
	}
	k.known = append([]*colouredCode(nil), k.known[drop:]...)
	k.version++
	for e := c.recent.Front(); e != nil; e = e.Next() {
		if s := e.Value.(*cachedSheet); s.sheet.plain {
			k.units[s.key.unit] = k.version
		}
	}
	if len(k.units) > 4*maxSheets { // of units long gone
		for id, v := range k.units {
			if v != k.version {
				delete(k.units, id)
			}
		}
	}
}
