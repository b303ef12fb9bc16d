package find

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"longhand/editor/text"
)

// Replace returns the changes that replace matches in d, which the finder found
// there, by with: all of them at once.
//
// For plain text, with stands as it is. For a regular expression $0 is the whole
// match, $1 or ${1} a group, ${name} a named one and $$ a dollar; \n is a line
// break, \t a tab, \\ a backslash. A group that the expression does not have stays
// as written. Matches that the finder does not find in d are left alone.
func (f *Finder) Replace(d text.Doc, ms Matches, with string) text.Changes {
	if ms.n == 0 || f.marks != nil {
		return nil
	}
	changes := make(text.Changes, 0, ms.n)
	if f.plain != nil {
		for _, m := range ms.From(0) {
			changes = append(changes, text.Change{Start: m.Start, End: m.End, Insert: with})
		}
		return changes
	}
	parts := template(with, f.expr.re)
	start, end := 0, d.Len()
	if f.lines {
		start = d.LineStart(d.Line(ms.At(0).Start))
		end = d.LineEnd(d.Line(ms.At(ms.n - 1).End))
	}
	next := 0
	_ = f.expr.each(context.Background(), d, start, end, (*regexp.Regexp).FindAllSubmatchIndex, func(base int, b []byte, loc []int) bool {
		found := Match{base + loc[0], base + loc[1]}
		for next < ms.n && ms.At(next).Start < found.Start {
			next++
		}
		if next < ms.n && ms.At(next) == found {
			changes = append(changes, text.Change{Start: found.Start, End: found.End, Insert: expand(parts, b, loc)})
		}
		return next < ms.n
	})
	return changes
}

// part is a literal text, or a group if it is not -1.
type part struct {
	literal string
	group   int
}

// template reads what replaces the matches of an expression.
func template(with string, re *regexp.Regexp) []part {
	var parts []part
	var literal strings.Builder
	for with != "" {
		i := strings.IndexAny(with, `$\`)
		if i < 0 || i+1 == len(with) {
			break
		}
		literal.WriteString(with[:i])
		with = with[i:]
		if with[0] == '\\' {
			n := 2
			switch with[1] {
			case 'n':
				literal.WriteByte('\n')
			case 't':
				literal.WriteByte('\t')
			case '\\':
				literal.WriteByte('\\')
			default:
				n = 1
				literal.WriteByte('\\')
			}
			with = with[n:]
			continue
		}
		group, n := reference(with, re)
		if group < 0 {
			literal.WriteByte('$')
		} else {
			parts = append(parts, part{literal.String(), -1}, part{"", group})
			literal.Reset()
		}
		with = with[n:]
	}
	literal.WriteString(with)
	return append(parts, part{literal.String(), -1})
}

// reference reads what begins with a dollar: a group, or -1 for the dollar itself,
// and its length.
func reference(s string, re *regexp.Regexp) (group, length int) {
	if s[1] == '$' {
		return -1, 2
	}
	if s[1] == '{' {
		name, _, ok := strings.Cut(s[2:], "}")
		if !ok {
			return -1, 1
		}
		group := re.SubexpIndex(name)
		if n, err := strconv.ParseUint(name, 10, 16); err == nil && int(n) <= re.NumSubexp() {
			group = int(n)
		}
		if group < 0 {
			return -1, 1
		}
		return group, len("${}") + len(name)
	}
	// The longest number of a group: of one group, $12 is $1 and a 2.
	group, length = -1, 1
	for i, n := 1, 0; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		n = n*10 + int(s[i]-'0')
		if n > re.NumSubexp() {
			break
		}
		group, length = n, i+1
	}
	return group, length
}

func expand(parts []part, b []byte, loc []int) string {
	var s strings.Builder
	for _, p := range parts {
		switch {
		case p.group < 0:
			s.WriteString(p.literal)
		case loc[2*p.group] >= 0:
			s.Write(b[loc[2*p.group]:loc[2*p.group+1]])
		}
	}
	return s.String()
}
