package search

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// longestQuery is how many bytes of a query are looked at; what is pasted by
// mistake is not searched.
const longestQuery = 1000

// term is a word or a phrase of a query.
type term struct {
	text   string   // folded, as it was typed
	tokens []string // more than one for a phrase, and for "well-known"
	quoted bool
	not    bool // must not be there
	open   bool // still being typed
	// single is set when the last token is one character of a script without
	// spaces, which stands in the index as the first of a pair.
	single bool
}

// filter restricts a query to articles with a property.
type filter struct {
	field  string   // tag, author, status, or date
	value  string   // folded
	values []string // that it stands for
	// from and until bound the date, from included.
	from, until time.Time
	not         bool
}

// query is what was asked for.
type query struct {
	terms   []term
	filters []filter
	letters string // of all wanted words, one behind the other; empty with a phrase
	single  bool   // each word is one letter: initials, most likely
}

// piece is a part of a query between spaces, quotation marks kept together.
type piece struct {
	text         string
	quoted, open bool
	not          bool
	field        string
}

// pieces splits a folded query.
func pieces(s string) []piece {
	var out []piece
	for s = strings.TrimLeft(s, " "); s != ""; s = strings.TrimLeft(s, " ") {
		var p piece
		if s[0] == '-' && len(s) > 1 && s[1] != ' ' && s[1] != '-' {
			p.not, s = true, s[1:]
		}
		if name, rest, ok := strings.Cut(s, ":"); ok && slices.Contains(fields, name) {
			p.field, s = name, rest
		}
		if strings.HasPrefix(s, `"`) {
			p.quoted = true
			var closed bool
			p.text, s, closed = strings.Cut(s[1:], `"`)
			p.open = !closed
		} else {
			n := strings.IndexAny(s, ` "`)
			if n < 0 {
				n = len(s)
			}
			p.text, s = s[:n], s[n:]
			p.open = strings.TrimSpace(s) == ""
		}
		out = append(out, p)
	}
	return out
}

var fields = []string{"tag", "author", "status", "year", "before", "after"}

// cut is the part of a query that is looked at.
func cut(s string) string {
	if len(s) > longestQuery {
		s = strings.ToValidUTF8(s[:longestQuery], "")
	}
	return s
}

// parse reads a query. It takes anything: what makes no sense as a filter is
// searched for as words.
func parse(s string) query {
	var q query
	phrase, words, runes := false, 0, 0
	for _, p := range pieces(Fold(cut(s))) {
		if p.field != "" {
			if f, ok := p.filter(); ok {
				q.filters = append(q.filters, f)
				continue
			}
			p.text = p.field + " " + p.text
		}
		t := term{text: strings.TrimSpace(p.text), quoted: p.quoted, not: p.not, open: p.open && !p.not}
		last := word
		scan(t.text, func(tok []byte, _, _ int, k kind) bool {
			t.tokens = append(t.tokens, string(tok))
			last = k
			return true
		})
		n := len(t.tokens)
		switch {
		case n == 0:
			continue
		case last == tail:
			if n > 1 && strings.HasSuffix(t.tokens[n-2], t.tokens[n-1]) && utf8.RuneCountInString(t.tokens[n-2]) == 2 {
				t.tokens = t.tokens[:n-1] // pairs say it all
				t.open = false
			} else {
				t.single = true
			}
		}
		if !t.not {
			letters := strings.Join(t.tokens, "")
			q.letters += letters
			phrase = phrase || t.quoted && n > 1 || t.single
			words++
			runes += utf8.RuneCountInString(letters)
		}
		if !slices.ContainsFunc(q.terms, func(o term) bool {
			return o.not == t.not && o.quoted == t.quoted && o.open == t.open && slices.Equal(o.tokens, t.tokens)
		}) {
			q.terms = append(q.terms, t)
		}
	}
	q.single = words >= 3 && runes == words
	if phrase {
		q.letters = ""
	}
	return q
}

// filter reads the value of a field; not ok when it is none.
func (p piece) filter() (filter, bool) {
	f := filter{field: p.field, value: whole(p.text), not: p.not}
	switch p.field {
	case "tag", "author":
		return f, f.value != ""
	case "status":
		for _, known := range []string{"draft", "published"} {
			if f.value != "" && strings.HasPrefix(known, f.value) {
				f.value = known
				return f, true
			}
		}
		return f, false
	}
	from, until, ok := period(strings.TrimSpace(p.text))
	f.field = "date"
	switch p.field {
	case "before":
		f.until = from
	case "after":
		f.from = until
	default:
		f.from, f.until = from, until
	}
	return f, ok
}

// period reads a year, a month or a day, and returns when it begins and ends.
func period(s string) (from, until time.Time, ok bool) {
	parts := strings.Split(s, "-")
	var n [3]int
	if len(parts) > 3 || len(parts[0]) != 4 {
		return from, until, false
	}
	for i, part := range parts {
		v, err := strconv.Atoi(part)
		if err != nil || v < 1 || i == 1 && v > 12 || i == 2 && v > 31 {
			return from, until, false
		}
		n[i] = v
	}
	from = time.Date(n[0], time.Month(max(n[1], 1)), max(n[2], 1), 0, 0, 0, 0, time.UTC)
	switch len(parts) {
	case 1:
		return from, from.AddDate(1, 0, 0), true
	case 2:
		return from, from.AddDate(0, 1, 0), true
	}
	return from, from.AddDate(0, 0, 1), true
}

// Keywords are the folded words and phrases that a query wants to be there.
func Keywords(query string) []string {
	var words []string
	for _, t := range parse(query).terms {
		if !t.not && strings.ContainsFunc(t.text, tells) && !slices.Contains(words, t.text) {
			words = append(words, t.text)
		}
	}
	return words
}

// Empty reports whether a query asks for nothing.
func Empty(query string) bool {
	q := parse(query)
	return len(q.terms) == 0 && len(q.filters) == 0
}

// tells reports whether a character is worth searching for: punctuation alone
// is in every article, but an emoji is not.
func tells(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r > unicode.MaxASCII && !unicode.IsPunct(r) && !unicode.IsControl(r) && r != utf8.RuneError
}
