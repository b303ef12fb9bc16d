package content

import (
	"slices"
	"sort"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"longhand/editor/markdown"
)

// notes are the footnotes of a text: they are numbered as they are referred to.
type notes struct {
	units   []noted
	behind  bool   // some units are still to be read
	labels  uint64 // version of the labels that are defined: others make other references
	version uint64

	numbers map[string]int // from 1
	counts  map[string]int // of references
	order   []string       // labels by number, of those defined
	defined map[string]int // the unit that defines a label first
}

// noted is a unit with footnotes in it.
type noted struct {
	n     int
	unit  markdown.Unit
	read  bool
	marks []noteMark
}

// noteMark is a reference, or a definition with the references in it.
type noteMark struct {
	label      string
	at         int // in the unit
	definition bool
	inner      []noteMark
}

// readAtOnce is how many units are read for footnotes where somebody waits.
const readAtOnce = 48

// follow brings the footnotes up to the units.
func (s *notes) follow(x *markdown.Index, from, to, was int, units []markdown.Unit) {
	relabelled := x.FootnoteLabels() != s.labels
	s.labels = x.FootnoteLabels()
	if relabelled {
		defer s.reread(x)
	}
	first := sort.Search(len(s.units), func(i int) bool { return s.units[i].n >= from })
	last := sort.Search(len(s.units), func(i int) bool { return s.units[i].n >= was })
	known := map[uint64]noted{}
	for _, u := range s.units[first:last] {
		known[u.unit.ID] = u
	}
	var fresh []noted
	read := 0
	for i, u := range units {
		if !u.Footnotes || u.Kind == markdown.FrontMatterBlock {
			continue
		}
		n, ok := known[u.ID]
		n.n, n.unit = from+i, u
		if !ok && read < readAtOnce && u.End-u.Start < 64<<10 {
			n.readFrom(x)
			read++
		}
		s.behind = s.behind || !n.read
		fresh = append(fresh, n)
	}
	same := len(fresh) == last-first
	for i := 0; same && i < len(fresh); i++ {
		same = fresh[i].read && slices.EqualFunc(fresh[i].marks, s.units[first+i].marks, noteMark.equal)
	}
	if to == was && same {
		copy(s.units[first:last], fresh)
		return
	}
	rest := slices.Clone(s.units[last:])
	s.units = append(append(s.units[:first:first], fresh...), rest...)
	for i := first + len(fresh); i < len(s.units); i++ {
		s.units[i].n += to - was
	}
	s.count()
}

// reread reads all units again, those beyond some later.
func (s *notes) reread(x *markdown.Index) {
	for i := range s.units {
		s.units[i].read = false
	}
	for i := range min(len(s.units), readAtOnce) {
		n := s.units[i]
		n.unit = x.Units(n.n, n.n+1)[0]
		n.readFrom(x)
		s.units[i] = n
	}
	s.behind = len(s.units) > readAtOnce
	s.count()
}

func (m noteMark) equal(o noteMark) bool {
	return m.label == o.label && m.definition == o.definition && slices.EqualFunc(m.inner, o.inner, noteMark.equal)
}

// catchUp reads what was left for later.
func (s *notes) catchUp(x *markdown.Index) bool {
	if !s.behind {
		return false
	}
	s.behind = false
	for i := range s.units {
		if !s.units[i].read {
			n := s.units[i]
			n.unit = x.Units(n.n, n.n+1)[0]
			n.readFrom(x)
			s.units[i] = n
		}
	}
	s.count()
	return true
}

// readFrom finds the footnotes of a unit.
func (n *noted) readFrom(x *markdown.Index) {
	n.read, n.marks = true, nil
	tree := x.Parse(n.unit)
	definition := -1
	_ = ast.Walk(tree.Root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		switch node := node.(type) {
		case *extast.Footnote:
			if !entering {
				definition = -1
			} else if definition < 0 {
				definition = len(n.marks)
				n.marks = append(n.marks, noteMark{label: string(node.Ref), definition: true})
			}
		case *markdown.FootnoteReference:
			m := noteMark{label: string(node.Label), at: node.Start}
			switch {
			case !entering:
			case definition >= 0:
				n.marks[definition].inner = append(n.marks[definition].inner, m)
			default:
				n.marks = append(n.marks, m)
			}
		}
		return ast.WalkContinue, nil
	})
}

// references calls visit for the references in the order in which goldmark reads them: it
// reads what all definitions say where the first of them stands.
func (s *notes) references(visit func(unit int, m noteMark)) {
	first := true
	for _, u := range s.units {
		for _, m := range u.marks {
			switch {
			case !m.definition:
				visit(u.n, m)
			case first:
				first = false
				s.inner(visit)
			}
		}
	}
}

// inner calls visit for the references in definitions.
func (s *notes) inner(visit func(unit int, m noteMark)) {
	for _, u := range s.units {
		for _, m := range u.marks {
			for _, i := range m.inner {
				visit(u.n, i)
			}
		}
	}
}

// count numbers the footnotes as goldmark does.
func (s *notes) count() {
	numbers, counts, defined := map[string]int{}, map[string]int{}, map[string]int{}
	for _, u := range s.units {
		for _, m := range u.marks {
			if _, twice := defined[m.label]; m.definition && !twice {
				defined[m.label] = u.n
			}
		}
	}
	var order []string
	s.references(func(_ int, m noteMark) {
		if _, ok := defined[m.label]; !ok {
			return
		}
		if numbers[m.label] == 0 {
			numbers[m.label] = len(order) + 1
			order = append(order, m.label)
		}
		counts[m.label]++
	})
	same := slices.Equal(order, s.order) && len(counts) == len(s.counts)
	for label, n := range counts {
		same = same && s.counts[label] == n
	}
	s.numbers, s.counts, s.order, s.defined = numbers, counts, order, defined
	if !same {
		s.version++
	}
}

func (s *notes) number(label string) (number, references int) {
	return s.numbers[label], s.counts[label]
}
