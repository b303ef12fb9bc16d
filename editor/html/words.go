package html

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Words are the fixed words of a page in one language. %s stands for a name.
type Words struct {
	AboutAuthor, AboutAuthors string
	ViewAll, PostsBy          string
	Updated                   string // %s is a date
	Draft, Untitled           string
	NoPicture                 string
	Previous, Next            string // article
	Contents, Tags            string

	tag     language.Tag
	minutes map[plural.Form]string // %d is a number
	date    string                 // {d}, {m} and {y}: day, month's name and year
	months  string
	first   string // how the first day of a month is written, if unlike the others
	digits  string // the digits 0 to 9, if not these
}

// WordsFor returns the words for a BCP 47 tag, in English for a language that is
// not in the table.
func WordsFor(lang string) *Words {
	lower := strings.ToLower(lang)
	base, rest, _ := strings.Cut(lower, "-")
	if w, ok := traditional(base, rest); ok {
		return w
	}
	if lower == "en-us" || lower == "en-ca" {
		return words["en-us"]
	}
	if w, ok := words[base]; ok {
		return w
	}
	return words["en"]
}

func traditional(base, rest string) (*Words, bool) {
	if base != "zh" {
		return nil, false
	}
	for _, part := range strings.Split(rest, "-") {
		switch part {
		case "hant", "tw", "hk", "mo":
			return words["zh-hant"], true
		}
	}
	return nil, false
}

func (w *Words) named(format, name string) string { return strings.ReplaceAll(format, "%s", name) }

// Minutes is the time that reading takes, such as "6 minutes".
func (w *Words) Minutes(n int) string {
	form := plural.Cardinal.MatchPlural(w.tag, n, 0, 0, 0, 0)
	text, ok := w.minutes[form]
	if !ok {
		text = w.minutes[plural.Other]
	}
	return strings.ReplaceAll(text, "%d", w.number(n))
}

// Date is the day written out, such as "12 November 2026".
func (w *Words) Date(t time.Time) string {
	day := w.number(t.Day())
	if t.Day() == 1 && w.first != "" {
		day = w.first
	}
	month := w.number(int(t.Month()))
	n := time.January
	for name := range strings.FieldsSeq(w.months) {
		if n == t.Month() {
			month = name
			break
		}
		n++
	}
	var out strings.Builder
	for rest := w.date; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "{d}"):
			out.WriteString(day)
		case strings.HasPrefix(rest, "{m}"):
			out.WriteString(month)
		case strings.HasPrefix(rest, "{y}"):
			out.WriteString(w.number(t.Year()))
		default:
			out.WriteByte(rest[0])
			rest = rest[1:]
			continue
		}
		rest = rest[3:]
	}
	return out.String()
}

func (w *Words) number(n int) string {
	s := strconv.Itoa(n)
	if w.digits == "" {
		return s
	}
	digits := []rune(w.digits)
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		return digits[r-'0']
	}, s)
}
