package app

import (
	"strings"
	"unicode"

	"longhand/editor/text"
	"longhand/library/merge"
)

// comparison is what is different between an earlier text and the one of now.
type comparison struct {
	old, now string
	passages []passage
}

// passage is a place in which the texts differ: whole lines of both.
type passage struct {
	edits    []merge.Edit
	old, now merge.Span
}

// compareTexts compares two texts word by word.
func compareTexts(old, now string) *comparison {
	c := &comparison{old: old, now: now}
	edits := merge.Diff(old, now)
	for len(edits) > 0 {
		n := 1
		for n < len(edits) && !strings.Contains(now[edits[n-1].New.End:edits[n].New.Start], "\n") {
			n++
		}
		c.passages = append(c.passages, c.passage(edits[:n]))
		edits = edits[n:]
	}
	return c
}

// passage makes one of changes that follow each other within lines.
func (c *comparison) passage(edits []merge.Edit) passage {
	first, last := edits[0], edits[len(edits)-1]
	before := first.Old.Start - lineBegin(c.old, first.Old.Start)
	p := passage{edits: edits, old: merge.Span{Start: first.Old.Start - before, End: last.Old.End}, now: merge.Span{Start: first.New.Start - before, End: last.New.End}}
	whole := func(s string, span merge.Span) bool {
		return span.End == 0 || span.End == len(s) || s[span.End-1] == '\n'
	}
	if !whole(c.old, p.old) || !whole(c.now, p.now) {
		rest := c.now[p.now.End:]
		after := len(rest)
		if i := strings.IndexByte(rest, '\n'); i >= 0 {
			after = i + 1
		}
		p.old.End, p.now.End = p.old.End+after, p.now.End+after
	}
	return p
}

// lineBegin is where the line begins in which an offset is.
func lineBegin(s string, offset int) int { return strings.LastIndexByte(s[:offset], '\n') + 1 }

// restore is what brings a passage back, in the text of now.
func (c *comparison) restore(p passage) text.Changes {
	var out text.Changes
	for _, e := range p.edits {
		out = append(out, text.Change{Start: e.New.Start, End: e.New.End, Insert: e.Old.Of(c.old)})
	}
	return out
}

// at is the index of the passage in which an offset of the text of now is, or of the next
// one; -1 for none.
func (c *comparison) at(offset int) int {
	for i, p := range c.passages {
		if offset <= p.now.End {
			return i
		}
	}
	return len(c.passages) - 1
}

// compared says of a stretch of text in which of the two texts it is.
type compared uint8

const (
	inBoth   compared = iota
	onlyThen          // removed since
	onlyNow           // added since
	nearby            // in both, and shown only for orientation
)

// stretch is a text that is in one or both.
type stretch struct {
	text string
	in   compared
}

const (
	mostPassages = 200     // that are shown
	mostStretch  = 4 << 10 // bytes of a stretch that are shown
	mostSame     = 800     // bytes of what is the same within a passage
)

// stretches are what is shown of a passage: its lines, with what was removed before what
// was added.
func (c *comparison) stretches(p passage) []stretch {
	var out []stretch
	add := func(s string, in compared, most int) {
		if s != "" {
			out = append(out, stretch{shorten(s, most), in})
		}
	}
	at := p.old.Start
	for _, e := range p.edits {
		add(c.old[at:e.Old.Start], inBoth, mostSame)
		add(visible(e.Old.Of(c.old)), onlyThen, mostStretch)
		if e.Old.Len() > 0 && e.New.Len() > 0 {
			add("\u2009", inBoth, mostStretch) // a thin space, lest they read as one word
		}
		add(visible(e.New.Of(c.now)), onlyNow, mostStretch)
		at = e.Old.End
	}
	add(c.old[at:p.old.End], inBoth, mostSame)
	return out
}

// before is the last line with words before a passage, if the passage before
// does not reach there.
func (c *comparison) before(i int) string {
	least := 0
	if i > 0 {
		least = c.passages[i-1].now.End
	}
	rest := c.now[least:c.passages[i].now.Start]
	for rest != "" {
		at := lineBegin(rest, len(rest)-1)
		if line := strings.TrimSpace(rest[at:]); strings.ContainsFunc(line, unicode.IsLetter) {
			return line
		}
		rest = rest[:at]
	}
	return ""
}

// visible makes line breaks seen in a text that has nothing else.
func visible(s string) string {
	if strings.TrimSpace(s) != "" {
		return s
	}
	return strings.ReplaceAll(s, "\n", "¶\n")
}

// shorten leaves out the middle of a text that is longer than so many bytes.
func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	head, tail := s[:most/2], s[len(s)-most/2:]
	if i := strings.LastIndexAny(head, " \n"); i > most/4 {
		head = head[:i]
	}
	if i := strings.IndexAny(tail, " \n"); i >= 0 && i < most/4 {
		tail = tail[i+1:]
	}
	return strings.ToValidUTF8(head, "") + " … " + strings.ToValidUTF8(tail, "")
}
