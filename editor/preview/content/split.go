package content

import "strings"

// A text longer than longText bytes is shown as several parts of about splitText, so that
// laying it out costs what is seen of it. A row ends where a part ends.
const (
	longText  = 8 << 10
	splitText = 4 << 10
)

// split cuts a part with a long text into several.
func (p *Part) split() []*Part {
	if len(p.Text.S) <= longText || p.Kind == Code || p.Kind == Source {
		return []*Part{p}
	}
	var out []*Part
	for at := 0; at < len(p.Text.S); {
		end := len(p.Text.S)
		if end-at > longText {
			end = at + cutAt(p.Text.S[at:at+longText])
		}
		piece := *p
		piece.Text = p.Text.slice(at, end)
		if at > 0 {
			piece.Top, piece.Marked, piece.IDs = 0, nil, nil
		}
		if m := piece.Text.Map; len(m) > 0 {
			if at > 0 {
				piece.Start = m[0].Source
			}
			if end < len(p.Text.S) {
				piece.End = m[len(m)-1].Source + m[len(m)-1].SourceLen
			}
		}
		out = append(out, &piece)
		at = end
	}
	return out
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
	start := 0
	for _, r := range t.Runs {
		if r.End > from && start < to {
			start = r.End
			r.End = min(r.End, to) - from
			out.Runs = append(out.Runs, r)
		} else {
			start = r.End
		}
	}
	for _, m := range t.Map {
		if m.At+m.Len <= from || m.At >= to {
			continue
		}
		if m.Len == m.SourceLen {
			cut := max(from-m.At, 0)
			m.At, m.Source, m.Len = m.At+cut, m.Source+cut, m.Len-cut
			m.Len = min(m.Len, to-m.At)
			m.SourceLen = m.Len
		}
		m.At -= from
		out.Map = append(out.Map, m)
	}
	return out
}
