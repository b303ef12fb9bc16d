package library

import (
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"
)

// DateSource tells where an article's date was found.
type DateSource string

// The places a date is taken from, in this order.
const (
	DateFromFrontMatter DateSource = "front matter"
	DateFromName        DateSource = "file name"
	DateFromPath        DateSource = "path"
	DateFromFile        DateSource = "file time"
)

// Meta is what an article says of itself.
type Meta struct {
	Title       string
	Subtitle    string
	Description string
	Date        time.Time
	DateSource  DateSource
	Updated     time.Time
	Draft       bool
	Tags        []string // tags and categories, each once, in order
	Authors     []string // as written: IDs of authors/ID.md, or plain names
	Lang        string
	Slug        string
	Canonical   string // the address at which the article was first published, if elsewhere
	Contents    *bool  // whether the page has a table of contents; nil if the article does not say
	Imported    bool   // its HTML was written by others and is never trusted
}

// meta reads the keys of Hugo, Jekyll and Zola. Keys are matched without case:
// archives hold "Tags" and "Author" as well.
func (fm FrontMatter) meta() Meta {
	values := make(map[string]any, len(fm.Values))
	for k, v := range fm.Values {
		values[strings.ToLower(k)] = v
	}
	first := func(keys ...string) string {
		for _, k := range keys {
			if s := scalar(values[k]); s != "" {
				return s
			}
		}
		return ""
	}
	m := Meta{
		Title:       first("title"),
		Subtitle:    first("subtitle"),
		Description: first("description", "summary", "excerpt"),
		Lang:        first("lang", "language", "locale"),
		Slug:        first("slug"),
		Draft:       isTrue(values["draft"]),
		Authors:     list(values["authors"], values["author"]),
	}
	m.Canonical = first("canonical", "canonical_url", "canonicalurl")
	for _, k := range []string{"toc", "showtoc", "table_of_contents"} {
		if v, ok := truth(values[k]); ok && m.Contents == nil {
			m.Contents = &v
		}
	}
	if s := first("imported"); s != "" { // what it was imported from, or true
		v, isSwitch := truth(values["imported"])
		m.Imported = v || !isSwitch
	}
	if v, ok := truth(values["published"]); ok && !v { // Jekyll's; a date in Hugo
		m.Draft = true
	}
	if s := strings.ToLower(first("status")); s == "draft" {
		m.Draft = true
	}
	tags := []any{words(values["tags"]), values["tag"], words(values["categories"]), values["category"]}
	if t, ok := values["taxonomies"].(map[string]any); ok {
		tags = append(tags, t["tags"], t["categories"])
	}
	m.Tags = list(tags...)
	m.Date = date(values, "date", "publishdate", "published", "published_at")
	if !m.Date.IsZero() {
		m.DateSource = DateFromFrontMatter
	} else if t := dateInPath(first("path", "permalink", "url")); !t.IsZero() {
		m.Date, m.DateSource = t, DateFromPath
	}
	m.Updated = date(values, "updated", "lastmod", "last_modified_at", "modified")
	return m
}

// scalar returns a single value as text; lists and mappings are none.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return oneLine(v)
	case time.Time: // a title such as 2024-01-31
		if v.Equal(v.Truncate(24 * time.Hour)) {
			return v.Format(time.DateOnly)
		}
		return v.Format(time.RFC3339)
	case bool, int, int64, uint64, float64, json.Number, toml.LocalDate, toml.LocalDateTime, toml.LocalTime:
		return fmt.Sprint(v)
	}
	return ""
}

// truth reads a switch. Jekyll's YAML 1.1 and hand-written TOML know more words
// than our decoders.
func truth(v any) (value, ok bool) {
	switch v := v.(type) {
	case bool:
		return v, true
	case string:
		switch strings.ToLower(strings.TrimSpace(v)) {
		case "true", "yes", "on":
			return true, true
		case "false", "no", "off":
			return false, true
		}
	}
	return false, false
}

func isTrue(v any) bool {
	value, _ := truth(v)
	return value
}

// words makes a list of Jekyll's form "a b". A string with commas is left to list.
func words(v any) any {
	s, ok := v.(string)
	if !ok || strings.Contains(s, ",") {
		return v
	}
	var out []any
	for _, w := range strings.Fields(s) {
		out = append(out, w)
	}
	return out
}

// list gathers names from lists, mappings with a name, and strings; a string
// with commas holds several.
func list(values ...any) []string {
	var out []string
	seen := map[string]bool{}
	add := func(s string) {
		if s = oneLine(s); s != "" && !seen[strings.ToLower(s)] {
			seen[strings.ToLower(s)] = true
			out = append(out, s)
		}
	}
	for _, v := range values {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				if m, ok := item.(map[string]any); ok {
					item = named(m)
				}
				add(scalar(item))
			}
		case map[string]any:
			add(scalar(named(v)))
		case string:
			for part := range strings.SplitSeq(v, ",") {
				add(part)
			}
		default:
			add(scalar(v))
		}
	}
	return out
}

// named returns what a mapping such as {name, email} calls itself.
func named(m map[string]any) any {
	for _, k := range []string{"name", "Name", "id", "title"} {
		if s := scalar(m[k]); s != "" {
			return s
		}
	}
	return nil
}

// layouts are the ways dates were found written in front matter.
var layouts = []string{
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05 -07:00",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05 MST",
	"2006-01-02 15:04:05 -0700 MST",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04 -0700",
	"2006-01-02 15:04",
	"2006-01-02",
	"2006-1-2",
	"2006/01/02",
	"2006/1/2",
	"2006.01.02",
	"20060102",
	"2.1.2006",
	time.RFC1123Z,
	time.RFC1123,
	"January 2, 2006",
	"Jan 2, 2006",
	"2 January 2006",
	"2 Jan 2006",
}

func date(values map[string]any, keys ...string) time.Time {
	for _, k := range keys {
		if t := toTime(values[k]); !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

func toTime(v any) time.Time {
	switch v := v.(type) {
	case time.Time:
		return sane(v)
	case toml.LocalDate:
		return sane(v.AsTime(time.UTC))
	case toml.LocalDateTime:
		return sane(v.AsTime(time.UTC))
	case string:
		v = oneLine(v)
		for _, layout := range layouts {
			if t, err := time.Parse(layout, v); err == nil {
				return sane(t)
			}
		}
	}
	return time.Time{}
}

// sane drops the dates that exports write for "none", such as -0001 and 0000, and
// the zones that are none, which JSON could not hold.
func sane(t time.Time) time.Time {
	if t.Year() < 1000 || t.Year() > 9998 {
		return time.Time{}
	}
	if _, offset := t.Zone(); offset < -16*3600 || offset > 16*3600 {
		return t.UTC()
	}
	return t
}

var (
	nameDate = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(?:[-_ ]|$)`)
	pathDate = regexp.MustCompile(`(?:^|/)(\d{4}/\d{1,2}/\d{1,2})(?:/|$)`)
)

func dateInPath(p string) time.Time {
	if m := pathDate.FindStringSubmatch(p); m != nil {
		return toTime(m[1])
	}
	return time.Time{}
}

// stem is the name by which a file stands for its article: the folder's for
// slug/index.md, else the file's without its extension.
func stem(rel string) string {
	name := strings.TrimSuffix(path.Base(rel), path.Ext(rel))
	if name == "index" && path.Dir(rel) != "." {
		name = path.Base(path.Dir(rel))
	}
	return name
}

// slugAndDate splits Jekyll's YYYY-MM-DD-slug.
func slugAndDate(stem string) (slug string, t time.Time) {
	m := nameDate.FindStringSubmatch(stem)
	if m == nil {
		return stem, t
	}
	t = toTime(m[1])
	if slug = strings.TrimLeft(stem[len(m[1]):], "-_ "); slug == "" || t.IsZero() {
		return stem, t
	}
	return slug, t
}
