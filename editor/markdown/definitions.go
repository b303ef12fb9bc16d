package markdown

import "maps"

// definitions are the labels of the link references and footnotes that a text
// defines, and how often. A nil *definitions is empty. It is not changed once it is
// in use.
type definitions struct {
	references, footnotes map[string]int
	// version differs where the labels differ, not only how often they are defined.
	version uint64
	// notes is a number for the set of the footnotes.
	notes uint64
}

func (d *definitions) hasReference(label string) bool { return d != nil && d.references[label] > 0 }

func (d *definitions) hasFootnote(label string) bool { return d != nil && d.footnotes[label] > 0 }

// labelChanges counts labels that came, or went if the count is negative.
type labelChanges struct{ references, footnotes map[string]int }

func (c *labelChanges) add(l *labels, n int) {
	if l == nil {
		return
	}
	if c.references == nil {
		c.references, c.footnotes = map[string]int{}, map[string]int{}
	}
	for _, r := range l.references {
		c.references[r.name()] += n
	}
	for _, label := range l.footnotes {
		c.footnotes[label] += n
	}
}

// changed returns the definitions after the changes.
func (d *definitions) changed(c labelChanges, version func() uint64) *definitions {
	maps.DeleteFunc(c.references, func(_ string, n int) bool { return n == 0 })
	maps.DeleteFunc(c.footnotes, func(_ string, n int) bool { return n == 0 })
	if len(c.references)+len(c.footnotes) == 0 {
		return d
	}
	if d == nil {
		d = &definitions{}
	}
	out := &definitions{version: d.version}
	var links, notes bool
	out.references, links, _ = counted(d.references, c.references)
	out.footnotes, notes, out.notes = counted(d.footnotes, c.footnotes)
	out.notes += d.notes
	if links || notes {
		out.version = version()
	}
	return out
}

// counted returns the sum, and whether any label is defined that was not, or the reverse; set
// is what such labels add to a number for their set.
func counted(counts, changes map[string]int) (sum map[string]int, differ bool, set uint64) {
	if len(changes) == 0 {
		return counts, false, 0
	}
	sum = maps.Clone(counts)
	if sum == nil {
		sum = map[string]int{}
	}
	for label, n := range changes {
		before := sum[label]
		if before+n <= 0 {
			delete(sum, label)
		} else {
			sum[label] = before + n
		}
		if was, is := before > 0, before+n > 0; is != was {
			differ = true
			if is {
				set += hashOf(label)
			} else {
				set -= hashOf(label)
			}
		}
	}
	return sum, differ, set
}
