package content

import (
	"sort"
	"strings"
)

// A text longer than longText bytes is shown as several parts of about splitText, so that
// laying it out costs what is seen of it. A row ends where a part ends.
const (
	longText  = 8 << 10
	splitText = 4 << 10
)

// split cuts a part with a long text into several.
func (p *Part) split() []*Part {
	if p.Kind == Code || p.Kind == Source {
		return p.splitLines()
	}
	if len(p.Text.S) <= longText {
		return []*Part{p}
	}
	var out []*Part
	for at := 0; at < len(p.Text.S); {
		end, next := len(p.Text.S), len(p.Text.S)+1
		if end-at > longText {
			end = at + cutAt(p.Text.S[at:at+longText])
			next = end
		}
		out = append(out, p.piece(at, end, next))
		at = next
	}
	return out
}

// splitLines cuts code into parts of codeLines lines.
func (p *Part) splitLines() []*Part {
	if strings.Count(p.Text.S, "\n") < codeLines {
		return []*Part{p}
	}
	var out []*Part
	for at := 0; at <= len(p.Text.S); {
		end, next := lines(p.Text.S, at, codeLines)
		out = append(out, p.piece(at, end, next))
		at = next
	}
	return out
}

// lines returns the end of n lines from an offset on, and where the next one begins: beyond
// the text if there is none.
func lines(s string, at, n int) (end, next int) {
	for range n {
		i := strings.IndexByte(s[at:], '\n')
		if i < 0 {
			return len(s), len(s) + 1
		}
		at += i + 1
	}
	return at - 1, at
}

// piece returns the part of the bytes [at, end) of the text; the next one begins at next,
// beyond the text if there is none.
func (p *Part) piece(at, end, next int) *Part {
	piece := *p
	piece.Text = p.Text.slice(at, end)
	if at > 0 {
		piece.Top, piece.Marked, piece.IDs, piece.Label, piece.First = 0, nil, nil, "", false
		piece.Start = p.Text.SourceOf(at)
	}
	if next <= len(p.Text.S) {
		piece.Last = false
		piece.End = max(p.Text.SourceOf(next), piece.Start)
	}
	return &piece
}

// cutAt is where to cut a text: behind a space, else between characters.
func cutAt(s string) int {
	if i := strings.LastIndexAny(s[:splitText], " \n"); i > splitText/2 {
		return i + 1
	}
	for n := splitText; n < len(s); n++ {
		if s[n]&0xC0 != 0x80 { // the start of a character
			return n
		}
	}
	return len(s)
}

// slice returns the bytes [from, to) as a text.
func (t *Text) slice(from, to int) Text {
	out := Text{S: t.S[from:to], Links: t.Links, Objects: t.Objects, Titles: t.Titles}
	if from == to {
		return out
	}
	first := sort.Search(len(t.Runs), func(i int) bool { return t.Runs[i].End > from })
	for _, r := range t.Runs[first:] {
		end := r.End
		r.End = min(end, to) - from
		out.Runs = append(out.Runs, r)
		if end >= to {
			break
		}
	}
	first = sort.Search(len(t.Map), func(i int) bool { return t.Map[i].At+t.Map[i].Len > from })
	for _, m := range t.Map[first:] {
		if m.At >= to {
			break
		}
		exact := m.Len == m.SourceLen
		cut := max(from-m.At, 0)
		m.At, m.Len = m.At+cut-from, min(m.At+m.Len, to)-m.At-cut
		if exact {
			m.Source, m.SourceLen = m.Source+cut, m.Len
		}
		out.Map = append(out.Map, m)
	}
	return out
}
