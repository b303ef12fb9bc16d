package content

import (
	"strconv"
	"strings"

	extast "github.com/yuin/goldmark/extension/ast"
)

// note builds a footnote's definition, which is shown at the end of the page.
func (b *builder) note(n *extast.Footnote) {
	b.end()
	label := string(n.Ref)
	number, references := b.ask.number(label)
	was, gap, marks, ids := b.env, b.gap, b.marks, b.ids
	var parts []*Part
	box := &Box{Kind: NoteBox, RTL: b.rtl, Indent: 1.35, Marker: strconv.Itoa(number) + "."}
	if number > 9 {
		box.Indent = 1.8
	}
	b.env = env{kind: Paragraph, space: 0.4, rtl: b.rtl, box: box, out: &parts}
	b.gap, b.marks, b.ids = gapNote, []*Box{box}, nil
	b.within(n)
	b.env, b.gap, b.marks, b.ids = was, gap, marks, append(ids, b.ids...)
	if number == 0 {
		return
	}
	if _, twice := b.block.notes[label]; !twice {
		if b.block.notes == nil {
			b.block.notes = map[string]int{}
		}
		b.block.notes[label] = len(b.block.Notes)
	}
	b.block.Notes = append(b.block.Notes, Note{Label: label, Parts: backlinks(parts, box, label, references)})
}

// backlinks ends a footnote with a way back for each reference to it.
func backlinks(parts []*Part, box *Box, label string, references int) []*Part {
	var last *Part
	if n := len(parts); n > 0 && parts[n-1].Kind == Paragraph {
		last = parts[n-1]
	} else {
		last = &Part{Kind: Paragraph, Box: box, RTL: box.RTL}
		if len(parts) == 0 {
			last.Marked = []*Box{box}
			last.Top = gapNote
		} else {
			last.Start, last.End = parts[n-1].End, parts[n-1].End
		}
		parts = append(parts, last)
	}
	t := &last.Text
	var all strings.Builder
	all.WriteString(t.S)
	for i := range references {
		s := "\u00a0↩\ufe0e"
		if i%16 == 15 { // many of them may go on in the next row
			s = " ↩\ufe0e"
		}
		t.Links = append(t.Links, Link{Address: BackAddress + strconv.Itoa(i) + ":" + label})
		t.Map = append(t.Map, Stretch{At: all.Len(), Len: len(s), Source: last.End, Made: true})
		all.WriteString(s)
		t.Runs = append(t.Runs, Run{End: all.Len(), Link: len(t.Links)})
	}
	t.S = all.String()
	return append(parts[:len(parts)-1], last.split()...)
}
