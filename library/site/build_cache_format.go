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
	c.counts(&n)
	for _, s := range sources {
		if s != nil {
			s.code(c)
		}
	}
	n = len(lists)
	c.counts(&n)
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
	leastSource = 80
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
	m := &s.Meta
	c.numbers(&s.Size, &s.ModTime)
	c.sums(&s.Sum)
	c.counts(&s.Body, &s.HeadLines, &s.URLLine)
	c.flags(&s.Undated, &s.Page, &s.Unreadable, &m.Draft, &m.Imported)
	c.times(&m.Date, &m.Updated)
	c.texts(&s.Path, &s.Place, &s.Pattern, &s.URL, &s.Picture, &s.Remote)
	c.texts(&m.Title, &m.Subtitle, &m.Description, &m.Lang, &m.Slug, &m.Canonical, (*string)(&m.DateSource))
	for _, names := range [...]*[]string{&m.Tags, &m.Authors, &s.Aliases} {
		list(c, names, c.text)
	}
	optional(c, &m.Contents, c.flag)
	optional(c, &s.Problem, c.fault)
	c.page(&s.Made)
}

func (c *coder) page(p *pageRecord) {
	c.sums(&p.Key, &p.Sum)
	c.counts(&p.BodyAt, &p.BodyLen, &p.Words)
	c.texts(&p.File, &p.Picture, &p.Lang, &p.Description)
	list(c, &p.Links, func(l *linkRecord) { c.texts(&l.Destination, &l.To) })
	list(c, &p.Assets, func(a *assetRecord) {
		c.texts(&a.From, &a.File)
		c.numbers(&a.Size, &a.ModTime)
		c.sums(&a.Sum)
	})
	list(c, &p.Faults, c.fault)
	c.flag(&p.Drafts)
}

func (c *coder) fault(f *fault) {
	c.counts(&f.Line)
	c.texts(&f.Message, &f.Remedy)
}

func (m *made) code(c *coder) {
	c.sums(&m.Key, &m.Sum)
}

func (c *coder) numbers(all ...*int64) {
	for _, n := range all {
		if c.writing {
			c.out = binary.AppendVarint(c.out, *n)
			continue
		}
		u := c.uvarint()
		*n = int64(u>>1) ^ -int64(u&1)
	}
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

func (c *coder) counts(all ...*int) {
	for _, n := range all {
		wide := int64(*n)
		c.numbers(&wide)
		*n = int(wide)
	}
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
	c.counts(&n)
	if c.writing {
		c.out = append(c.out, *s...)
		return
	}
	*s = c.take(n)
}

func (c *coder) texts(all ...*string) {
	for _, s := range all {
		c.text(s)
	}
}

func (c *coder) flags(all ...*bool) {
	for _, b := range all {
		c.flag(b)
	}
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

func (c *coder) sums(all ...*target.Sum) {
	for _, s := range all {
		if c.writing {
			c.out = append(c.out, s[:]...)
			continue
		}
		copy(s[:], c.take(len(s)))
	}
}

// times keeps moments and their distance from UTC, which is what dates are written by.
func (c *coder) times(all ...*time.Time) {
	for _, t := range all {
		seconds, part := t.Unix(), t.Nanosecond()
		_, east := t.Zone()
		c.numbers(&seconds)
		c.counts(&part, &east)
		if c.writing {
			continue
		}
		*t = time.Unix(seconds, int64(part)).UTC()
		if east != 0 {
			*t = t.In(time.FixedZone("", east))
		}
	}
}

// length reads how many values follow, each of a byte at least.
func (c *coder) length() int {
	n := 0
	c.counts(&n)
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
		c.counts(&n)
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
