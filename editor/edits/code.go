package edits

import (
	"strings"

	"longhand/editor/text"
)

// toggleCode does for code what toggle does for other marks.
func toggleCode(s string, spans []span, a, b int, on bool) (cs text.Changes, from, to int) {
	if !on {
		for _, sp := range spans {
			if sp.kind == code && a < sp.end && sp.start < b {
				pad := padding(s[sp.open:sp.close])
				cs = append(cs, text.Change{Start: sp.start, End: sp.open + pad}, text.Change{Start: sp.close - pad, End: sp.end})
			}
		}
		return tidy(cs), a, b
	}
	if a > 0 && s[a-1] == '\\' {
		a-- // or it would escape the backtick
	}
	var content strings.Builder
	at := a
	for _, sp := range spans {
		if sp.kind == code && a <= sp.start && sp.end <= b {
			pad := padding(s[sp.open:sp.close])
			content.WriteString(s[at:sp.start] + s[sp.open+pad:sp.close-pad])
			at = sp.end
			cs = append(cs, text.Change{Start: sp.start, End: sp.open + pad}, text.Change{Start: sp.close - pad, End: sp.end})
		}
	}
	content.WriteString(s[at:b])
	mark := ticksFor(content.String())
	left, right := mark, mark
	if c := content.String(); strings.HasPrefix(c, "`") || strings.HasSuffix(c, "`") || padding(c) > 0 {
		left, right = mark+" ", " "+mark
	}
	cs = append(cs, text.Change{Start: a, End: a, Insert: left}, text.Change{Start: b, End: b, Insert: right})
	out := s[:a] + left + content.String() + right + s[b:]
	for _, sp := range scan(out) {
		if sp.kind == code && sp.start == a && sp.open == a+len(mark) && sp.close == a+len(left)+content.Len()+len(right)-len(mark) {
			return tidy(cs), a, b
		}
	}
	return nil, a, b
}

// padding returns 1 if a space at each end of a code span does not belong to the
// code.
func padding(content string) int {
	if len(content) > 2 && strings.HasPrefix(content, " ") && strings.HasSuffix(content, " ") && strings.Trim(content, " ") != "" {
		return 1
	}
	return 0
}

// ticksFor returns the fewest backticks that may stand around a text.
func ticksFor(content string) string {
	used := map[int]bool{}
	for i := 0; i < len(content); i++ {
		if n := runLength(content[i:], '`'); n > 0 {
			used[n] = true
			i += n
		}
	}
	n := 1
	for used[n] {
		n++
	}
	return strings.Repeat("`", n)
}
