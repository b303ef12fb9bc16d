package search

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"longhand/library/terms"
)

// longestQuery is how many bytes of a query are looked at; what is pasted by
// mistake is not searched.
const longestQuery = 1000

// mostTerms is how many words and phrases of a query are searched for; the others
// are left out, as what was pasted by mistake.
const mostTerms = 32

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
	begin   string // the words as they stand in a title that begins so; empty with anything else
	single  bool   // each word is one letter: initials, most likely
	wrong   *QueryError
}

// piece is a part of a query between spaces, quotation marks kept together.
type piece struct {
	text         string
	quoted, open bool
	last         bool // nothing stands behind it, not even a space
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
		if name, rest, ok := strings.Cut(s, ":"); ok && slices.Contains(fields, name) && !strings.HasPrefix(rest, " ") {
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
		p.last = s == "" && (!p.quoted || p.open)
		out = append(out, p)
	}
	return out
}

var fields = []string{"tag", "author", "status", "year", "before", "after"}

// cut is the part of a query that is looked at.
func cut(s string) string {
	return strings.ToValidUTF8(s[:min(len(s), longestQuery)], "")
}

// parse reads a query. It takes anything: what makes no sense as a filter is left
// out.
func parse(s string) query {
	var q query
	phrase, plain, words, runes := false, true, 0, 0
	var typed []string
	for _, p := range pieces(Fold(cut(s))) {
		if p.field != "" {
			if f, ok := p.filter(); ok && len(q.filters) < mostTerms {
				q.filters = append(q.filters, f)
			} else if !ok && !p.begun() {
				q.wrong = cmp.Or(q.wrong, p.wrong())
			}
			continue
		}
		if len(q.terms) == mostTerms {
			continue
		}
		t := term{text: strings.TrimSpace(p.text), quoted: p.quoted, not: p.not, open: p.open && !p.not}
		last := terms.Word
		terms.Scan(t.text, func(tok []byte, _, _ int, k terms.Kind) bool {
			t.tokens = append(t.tokens, string(tok))
			last = k
			return true
		})
		n := len(t.tokens)
		switch {
		case n == 0:
			continue
		case last == terms.Tail:
			if n > 1 && strings.HasSuffix(t.tokens[n-2], t.tokens[n-1]) && utf8.RuneCountInString(t.tokens[n-2]) == 2 {
				t.tokens = t.tokens[:n-1] // pairs say it all
				t.open = false
			} else {
				t.single = true
			}
		}
		plain = plain && !t.not && !t.quoted
		typed = append(typed, t.tokens...)
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
	if plain && len(q.filters) == 0 && runes > 1 {
		q.begin = strings.Join(typed, " ")
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

// begun reports whether the value of a field is none yet, but is still being typed.
func (p piece) begun() bool {
	if !p.last {
		return false
	}
	switch p.field {
	case "tag", "author", "status":
		return p.text == ""
	}
	const shape = "0000-00-00"
	for i, c := range []byte(p.text) {
		if i >= len(shape) || (c == '-') != (shape[i] == '-') || c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return len(p.text) != len("2026-13") && len(p.text) != len("2026-02-30") && len(p.text) != len("0000")
}

// wrong says what is wrong with the value of a field.
func (p piece) wrong() *QueryError {
	e := &QueryError{Part: p.field + ":" + strings.TrimSpace(p.text)}
	switch p.field {
	case "tag", "author":
		e.Message, e.Remedy = "names no "+p.field, "write a name behind it, in quotation marks if it has spaces"
	case "status":
		e.Message, e.Remedy = "is no status", "write status:draft or status:published"
	default:
		e.Message, e.Remedy = "is no date", fmt.Sprintf("write %s:2026, %[1]s:2026-03 or %[1]s:2026-03-14", p.field)
	}
	return e
}

// QueryError is a part of a query that makes no sense, and is not searched for.
type QueryError struct {
	Part    string // as "before:nonsense"
	Message string // what is wrong with it, to be put behind
	Remedy  string
}

func (e *QueryError) Error() string { return e.Part + " " + e.Message + "; " + e.Remedy }

// Check returns a [*QueryError] of the first part of a query that makes no sense.
// What is still being typed, up to the query's very end, is no error.
func Check(query string) error {
	if q := parse(query); q.wrong != nil {
		return q.wrong
	}
	return nil
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
		if err != nil || v < 1 || i == 0 && v < 2 || i == 1 && v > 12 || i == 2 && v > 31 {
			return from, until, false
		}
		n[i] = v
	}
	from = time.Date(n[0], time.Month(max(n[1], 1)), max(n[2], 1), 0, 0, 0, 0, time.UTC)
	if from.Day() != max(n[2], 1) { // the 30th of February
		return from, until, false
	}
	switch len(parts) {
	case 1:
		return from, from.AddDate(1, 0, 0), true
	case 2:
		return from, from.AddDate(0, 1, 0), true
	}
	return from, from.AddDate(0, 0, 1), true
}

// Empty reports whether a query asks for nothing.
func Empty(query string) bool {
	q := parse(query)
	return len(q.terms) == 0 && len(q.filters) == 0
}
