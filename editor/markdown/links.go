package markdown

import (
	"sync"

	"github.com/yuin/goldmark/parser"
)

// labels are the definitions in a unit, in their order.
type labels struct {
	references []reference
	footnotes  []string
	order      sequence // of the references
}

// order is that of all link references of the text.
func (us units) order() sequence {
	var s sequence
	for i := range us {
		if o := us[i].order; o != nil {
			s = s.then(*o)
		}
	}
	return s
}

// links finds the link reference that counts for a label: the first in the text. It serves all
// indexes of a text with the same references, and is made when it is first asked.
type links struct {
	once  sync.Once
	order sequence
	first map[string]*reference
}

func (l *links) make(us units) {
	l.first = map[string]*reference{}
	for i := range us {
		if us[i].order == nil {
			continue
		}
		for _, u := range us[i].units {
			if u.labels == nil {
				continue
			}
			for j := range u.labels.references {
				r := &u.labels.references[j]
				if _, taken := l.first[r.name()]; !taken {
					l.first[r.name()] = r
				}
			}
		}
	}
}

// reference returns the definition that counts for a label.
func (x *Index) reference(label string) (parser.Reference, bool) {
	x.links.once.Do(func() { x.links.make(x.units) })
	r := x.links.first[label]
	switch {
	case r == nil:
		return nil, false
	case r.long != 0:
		return x.longReference(label)
	}
	return r.parsed(), true
}

// define brings the definitions up to date after changes.
func (x *Index) define(changes labelChanges) {
	if changes.references == nil { // no unit with any was touched
		return
	}
	if order := x.units.order(); order != x.links.order {
		x.links = &links{order: order}
	}
	x.defs = x.defs.changed(changes, x.cache.id)
}
