package text

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Change replaces the bytes [Start,End) of a text by Insert. Line breaks in Insert
// are normalised, and end as most of the text does.
type Change struct {
	Start, End int
	Insert     string

	// An inverse restores the very bytes of the file, so it also knows the endings
	// of Insert's line breaks where these differ from the default, and may begin
	// and end anywhere: the change before it may have made a character of two
	// halves. prior, if not 0, is 1 + the ending that the break just before Start
	// gets back.
	ends  string
	prior uint8
	exact bool
}

// IsZero reports whether the change does nothing.
func (c Change) IsZero() bool { return c.Start == c.End && c.Insert == "" }

// inserted returns how many bytes the change inserts.
func (c Change) inserted() int {
	if c.exact || strings.IndexByte(c.Insert, '\r') < 0 {
		return len(c.Insert)
	}
	return len(c.Insert) - strings.Count(c.Insert, "\r\n")
}

// Changes are made to a text at once: in ascending order, not overlapping, and all
// in offsets of the text before. Two may touch, and several may insert at one
// place, in their order.
type Changes []Change

// ErrRange tells that a change does not fit the text it is applied to.
var ErrRange = errors.New("change outside the text, out of order or inside a character")

// Apply returns the changed text and the inverse of the change, which applied to
// the result gives back d, byte for byte of the file. The error is [ErrRange].
func (d Doc) Apply(c Change) (Doc, Change, error) {
	out, inverse, err := d.ApplyAll(Changes{c})
	if err != nil || len(inverse) == 0 {
		return out, Change{}, err
	}
	return out, inverse[0], nil
}

// ApplyAll returns the changed text and the inverse of the changes, which applied
// to the result gives back d, byte for byte of the file. The error is [ErrRange];
// then the text is d itself. It takes O(k log n) steps for k changes to n bytes.
func (d Doc) ApplyAll(cs Changes) (Doc, Changes, error) {
	if err := d.check(cs); err != nil {
		return d, nil, err
	}
	a := applying{doc: d, rest: remainder{tree: d.root}, b: builder{eol: d.eol}, inverse: make(Changes, 0, len(cs))}
	for _, c := range cs {
		if !c.IsZero() {
			a.change(c)
		}
	}
	if len(a.inverse) == 0 {
		return d, nil, nil
	}
	out := d
	out.root = a.finish()
	return out, a.inverse, nil
}

// Map returns where an offset of the text before lands in the text after. What
// stands at an insertion stays before it, or goes after it if told so. The edges of
// what is replaced stay its edges; what lies within goes to the start, or to the
// end if after.
func (cs Changes) Map(offset int, after bool) int {
	m := Mapper{changes: cs}
	return m.Map(offset, after)
}

// Mapper returns a mapper through the changes.
func (cs Changes) Mapper() *Mapper { return &Mapper{changes: cs} }

// Mapper maps ascending offsets through changes, in one pass over them all, where
// [Changes.Map] would begin anew for each.
type Mapper struct {
	changes Changes // not yet wholly before the offset
	shift   int
}

// Map is [Changes.Map] for an offset that is not before the last one.
func (m *Mapper) Map(offset int, after bool) int {
	for len(m.changes) > 0 {
		c := m.changes[0]
		if c.Start > offset || c.Start == offset && (c.End > offset || !after) {
			break
		}
		if offset < c.End {
			if after {
				return c.Start + m.shift + c.inserted()
			}
			return c.Start + m.shift
		}
		m.shift += c.inserted() - (c.End - c.Start)
		m.changes = m.changes[1:]
	}
	return offset + m.shift
}

func (d Doc) check(cs Changes) error {
	at := 0
	for _, c := range cs {
		if c.Start < at || c.End < c.Start || c.End > d.Len() || !c.exact && (d.inside(c.Start) || d.inside(c.End)) {
			return fmt.Errorf("%w: [%d,%d) of %d bytes", ErrRange, c.Start, c.End, d.Len())
		}
		at = c.End
	}
	return nil
}

// inside reports whether an offset lies within a valid UTF-8 character.
func (d Doc) inside(offset int) bool {
	start := max(offset-utf8.UTFMax+1, 0)
	return inside(d.Slice(start, offset+utf8.UTFMax-1), offset-start)
}
