package edits

import "strings"

// closeBracket reads a "]", which may end a link or an image.
func (sc *scanner) closeBracket() {
	sc.at++
	n := len(sc.brackets)
	if n == 0 {
		return
	}
	b := sc.brackets[n-1]
	sc.brackets = sc.brackets[:n-1]
	if b.inactive {
		return
	}
	size := destination(sc.s[sc.at:min(len(sc.s), sc.at+maxTag)])
	if size == 0 {
		size = referenceLabel(sc.s[sc.at:])
	}
	if size == 0 {
		return
	}
	l := span{link, b.at, b.at + 1, sc.at - 1, sc.at + size}
	if b.image {
		l.kind, l.open = image, b.at+2
	} else {
		for i := range sc.brackets {
			sc.brackets[i].inactive = sc.brackets[i].inactive || !sc.brackets[i].image
		}
	}
	sc.pair(b.runs)
	sc.spans = append(sc.spans, l)
	sc.at += size
	sc.node = sc.at
}

// destination returns the length of a link's "(destination "title")", or 0.
func destination(s string) int {
	if s == "" || s[0] != '(' {
		return 0
	}
	at := skipBlank(s, 1)
	switch {
	case at < len(s) && s[at] == '<':
		for at++; at < len(s) && s[at] != '>'; at++ {
			if s[at] == '\n' {
				return 0
			}
			if s[at] == '\\' {
				at++
			}
		}
		at++
	default:
		depth := 0
		for ; at < len(s) && s[at] > ' '; at++ {
			switch s[at] {
			case '\\':
				if at+1 < len(s) && isPunct(s[at+1]) {
					at++
				}
			case '(':
				depth++
			case ')':
				depth--
			}
			if depth < 0 {
				break
			}
		}
	}
	spaced := skipBlank(s, at)
	if spaced > at && spaced < len(s) && strings.IndexByte(`"'(`, s[spaced]) >= 0 {
		closer := s[spaced]
		if closer == '(' {
			closer = ')'
		}
		for spaced++; spaced < len(s) && s[spaced] != closer; spaced++ {
			if s[spaced] == '\\' {
				spaced++
			}
		}
		spaced = skipBlank(s, spaced+1)
	}
	if spaced < len(s) && s[spaced] == ')' {
		return spaced + 1
	}
	return 0
}

// referenceLabel returns the length of a reference's "[label]", or 0.
func referenceLabel(s string) int {
	if s == "" || s[0] != '[' || strings.HasPrefix(s, "[^") {
		return 0
	}
	for i := 1; i < min(len(s), 1000); i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			return 0
		case ']':
			return i + 1
		}
	}
	return 0
}

func skipBlank(s string, at int) int {
	for at < len(s) && (isSpace(s[at]) || s[at] == '\n') {
		at++
	}
	return min(at, len(s))
}
