package edits

import "strings"

// startsItem reports whether a line begins a list item or a footnote.
func startsItem(s string) bool {
	m, ok := readMarker(s, 0, 0)
	return ok && !m.quote() || footnoteLabel(s) > 0
}

// footnoteLabel returns the length of "[^label]:" at the beginning, or 0.
func footnoteLabel(s string) int {
	if !strings.HasPrefix(s, "[^") {
		return 0
	}
	end := strings.Index(s, "]:")
	if end < 3 || strings.ContainsAny(s[:end], " \t") {
		return 0
	}
	return end + 2
}

// startsBlock reports whether a line is the start of a block that no paragraph
// takes in: a fence, a heading, a thematic break or a quote.
func startsBlock(s string) bool {
	return fenceMark(s) != "" || headingLevel(s) > 0 || isBreak(s) || s[0] == '>'
}

// fenceMark returns the backticks or tildes that open a fence at the beginning.
func fenceMark(s string) string {
	if s == "" || s[0] != '`' && s[0] != '~' {
		return ""
	}
	n := len(s) - len(strings.TrimLeft(s, s[:1]))
	if n < 3 || s[0] == '`' && strings.Contains(s[n:], "`") {
		return ""
	}
	return s[:n]
}

// closesFence reports whether a line ends the fence that mark opened.
func closesFence(s, mark string) bool {
	return strings.HasPrefix(s, mark) && strings.Trim(strings.TrimRight(s, " \t"), mark[:1]) == ""
}

// headingLevel returns the level of the ATX heading that s begins, or 0.
func headingLevel(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "#"))
	if n > 6 || n < len(s) && !isSpace(s[n]) {
		return 0
	}
	return n
}
