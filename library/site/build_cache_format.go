package site

import (
	"encoding/binary"
	"maps"
	"slices"
	"time"

	"longhand/library/site/target"
)

// encodeCache appends sources, without those that are nil, and lists. The same
// ones give the same bytes.
func encodeCache(data []byte, sources []*source, lists map[string]made) []byte {
	c := &coder{writing: true, out: data}
	n := 0
	for _, s := range sources {
		if s != nil {
			n++
		}
	}
	c.count(&n)
	for _, s := range sources {
		if s != nil {
			s.code(c)
		}
	}
	n = len(lists)
	c.count(&n)
	for _, file := range slices.Sorted(maps.Keys(lists)) {
		m := lists[file]
		c.text(&file)
		m.code(c)
	}
	return c.out
}

// decodeCache is the inverse of encodeCache; it is false if the data are none. The
// texts of the sources are parts of the data.
func decodeCache(data string) (sources []source, lists map[string]made, ok bool) {
	c := &coder{in: data}
	n := c.length()
	sources = make([]source, 0, min(n, len(data)/leastSource))
	for range n {
		sources = append(sources, source{})
		sources[len(sources)-1].code(c)
		if c.failed {
			return nil, nil, false
		}
	}
	n = c.length()
	lists = make(map[string]made, min(n, len(c.in)/leastList))
	for range n {
		var file string
		var m made
		c.text(&file)
		m.code(c)
		if c.failed {
			return nil, nil, false
		}
		lists[file] = m
	}
	return sources, lists, !c.failed && c.in == ""
}

// What a source and a list take at least, in bytes: no number in damaged data can
// ask for more memory than what there is would fill.
const (
	leastSource = 100
	leastList   = 33
)

// coder writes values, or reads them: what does both names each value once.
type coder struct {
	writing bool
	out     []byte // written so far
	in      string // still to be read
	failed  bool   // what was to be read is not there
}

// The values of what a cache holds, in the order of its file.

func (s *source) code(c *coder) {
	c.text(&s.Path)
	c.number(&s.Size)
	c.number(&s.ModTime)
	c.sum(&s.Sum)
	c.count(&s.Body)
	c.count(&s.HeadLines)

	m := &s.Meta
	c.text(&m.Title)
	c.text(&m.Subtitle)
	c.text(&m.Description)
	c.time(&m.Date)
	c.text((*string)(&m.DateSource))
	c.time(&m.Updated)
	c.flag(&m.Draft)
	list(c, &m.Tags, c.text)
	list(c, &m.Authors, c.text)
	c.text(&m.Lang)
	c.text(&m.Slug)
	c.text(&m.Canonical)
	optional(c, &m.Contents, c.flag)
	c.flag(&m.Imported)

	c.flag(&s.Undated)
	c.text(&s.Place)
	c.text(&s.Pattern)
	c.flag(&s.Page)
	c.text(&s.URL)
	list(c, &s.Aliases, c.text)
	c.text(&s.Picture)
	c.text(&s.Remote)
	c.count(&s.URLLine)
	c.flag(&s.Unreadable)
	optional(c, &s.Problem, c.fault)
	c.page(&s.Made)
}

func (c *coder) page(p *pageRecord) {
	c.text(&p.File)
	c.sum(&p.Key)
	c.sum(&p.Sum)
	c.count(&p.BodyAt)
	c.count(&p.BodyLen)
	list(c, &p.Links, func(l *linkRecord) {
		c.text(&l.Destination)
		c.text(&l.To)
	})
	list(c, &p.Assets, func(a *assetRecord) {
		c.text(&a.From)
		c.number(&a.Size)
		c.number(&a.ModTime)
		c.text(&a.File)
		c.sum(&a.Sum)
	})
	c.text(&p.Picture)
	c.text(&p.Lang)
	c.text(&p.Description)
	c.count(&p.Words)
	list(c, &p.Faults, c.fault)
}

func (c *coder) fault(f *fault) {
	c.count(&f.Line)
	c.text(&f.Message)
	c.text(&f.Remedy)
}

func (m *made) code(c *coder) {
	c.sum(&m.Key)
	c.sum(&m.Sum)
}

func (c *coder) number(n *int64) {
	if c.writing {
		c.out = binary.AppendVarint(c.out, *n)
		return
	}
	u := c.uvarint()
	*n = int64(u>>1) ^ -int64(u&1)
}

// uvarint reads what binary.AppendUvarint wrote.
func (c *coder) uvarint() (n uint64) {
	for i, shift := 0, 0; i < len(c.in) && shift < 64; i, shift = i+1, shift+7 {
		n |= uint64(c.in[i]&0x7f) << shift
		if c.in[i] < 0x80 {
			c.in = c.in[i+1:]
			return n
		}
	}
	c.fail()
	return 0
}

func (c *coder) fail() { c.failed, c.in = true, "" }

func (c *coder) count(n *int) {
	wide := int64(*n)
	c.number(&wide)
	*n = int(wide)
}

// take reads n bytes.
func (c *coder) take(n int) string {
	if n < 0 || n > len(c.in) {
		c.fail()
		return ""
	}
	s := c.in[:n]
	c.in = c.in[n:]
	return s
}

func (c *coder) text(s *string) {
	n := len(*s)
	c.count(&n)
	if c.writing {
		c.out = append(c.out, *s...)
		return
	}
	*s = c.take(n)
}

func (c *coder) flag(b *bool) {
	switch {
	case !c.writing:
		*b = c.take(1) == "\x01"
	case *b:
		c.out = append(c.out, 1)
	default:
		c.out = append(c.out, 0)
	}
}

func (c *coder) sum(s *target.Sum) {
	if c.writing {
		c.out = append(c.out, s[:]...)
		return
	}
	copy(s[:], c.take(len(s)))
}

// time keeps the moment and the distance from UTC, which is what dates are written by.
func (c *coder) time(t *time.Time) {
	seconds, part := t.Unix(), t.Nanosecond()
	_, east := t.Zone()
	c.number(&seconds)
	c.count(&part)
	c.count(&east)
	if c.writing {
		return
	}
	*t = time.Unix(seconds, int64(part)).UTC()
	if east != 0 {
		*t = t.In(time.FixedZone("", east))
	}
}

// length reads how many values follow, each of a byte at least.
func (c *coder) length() int {
	n := 0
	c.count(&n)
	if n < 0 || n > len(c.in) {
		c.fail()
		return 0
	}
	return n
}

// list codes values, each with one.
func list[T any](c *coder, all *[]T, one func(*T)) {
	if c.writing {
		n := len(*all)
		c.count(&n)
		for i := range *all {
			one(&(*all)[i])
		}
		return
	}
	n := c.length()
	if n > 0 {
		*all = make([]T, 0, min(n, 16))
	}
	for range n {
		if c.failed {
			return
		}
		var next T
		one(&next)
		*all = append(*all, next)
	}
}

// optional codes what may be nil.
func optional[T any](c *coder, p **T, one func(*T)) {
	there := *p != nil
	c.flag(&there)
	if there {
		if !c.writing {
			*p = new(T)
		}
		one(*p)
	}
}
