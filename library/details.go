package library

import (
	"fmt"
	"slices"
	"strings"

	"longhand/editor/text"
)

// Details are what a writer can set of an article in a form: what stands in its
// front matter, empty where that says nothing.
type Details struct {
	Title       string
	Description string
	Date        string // a day or a moment, as 2026-11-12 or RFC 3339
	Draft       bool
	Tags        []string
	Authors     []string // as written: IDs, or plain names
	Lang        string
	Slug        string
	// FixedTags and FixedAuthors are set where these are written in a way that
	// only the text itself can be changed: in Zola's taxonomies, or with more told
	// of an author than a name.
	FixedTags, FixedAuthors bool
}

// detailKeys finds which keys of front matter say what, without case.
type detailKeys map[string]any

func keysOf(fm FrontMatter) detailKeys {
	values := make(detailKeys, len(fm.Values))
	for k, v := range fm.Values {
		values[strings.ToLower(k)] = v
	}
	return values
}

// first returns the first of the keys that says something; the first of all if
// none does.
func (k detailKeys) first(keys ...string) string {
	for _, key := range keys {
		if scalar(k[key]) != "" {
			return key
		}
	}
	return keys[0]
}

func (k detailKeys) description() string { return k.first("description", "summary", "excerpt") }
func (k detailKeys) lang() string        { return k.first("lang", "language", "locale") }

func (k detailKeys) date() string {
	for _, key := range []string{"date", "publishdate", "published", "published_at"} {
		if !toTime(k[key]).IsZero() {
			return key
		}
	}
	return "date"
}

// plain reports whether a list holds nothing but names.
func plain(v any) bool {
	items, ok := v.([]any)
	if !ok {
		return v == nil || scalar(v) != "" || v == ""
	}
	return !slices.ContainsFunc(items, func(item any) bool { return scalar(item) == "" && item != "" && item != nil })
}

// ReadDetails reads the front matter of a text with "\n" line breaks. An error is
// a [*FrontMatterError].
func ReadDetails(s string) (Details, error) {
	fm, err := ParseFrontMatter(s)
	if err != nil {
		return Details{}, err
	}
	k := keysOf(fm)
	d := Details{
		Title:        scalar(k["title"]),
		Description:  scalar(k[k.description()]),
		Date:         scalar(k[k.date()]),
		Draft:        fm.meta().Draft,
		Tags:         list(words(k["tags"]), k["tag"]),
		Authors:      list(k["authors"], k["author"]),
		Lang:         scalar(k[k.lang()]),
		Slug:         scalar(k["slug"]),
		FixedTags:    !plain(k["tags"]) || !plain(k["tag"]),
		FixedAuthors: !plain(k["authors"]) || !plain(k["author"]),
	}
	if t, ok := k["taxonomies"].(map[string]any); ok && len(d.Tags) == 0 {
		d.Tags = list(t["tags"])
		d.FixedTags = true
	}
	return d, nil
}

// WithDetails returns the text with what is different between two forms: no
// other key is touched. An error is a [*FrontMatterError].
func WithDetails(doc text.Doc, was, now Details) (text.Doc, error) {
	fm, err := ParseFrontMatter(doc.String())
	if err != nil {
		return doc, err
	}
	k := keysOf(fm)
	var keys []Key
	set := func(key, was, now string) {
		if now = oneLine(now); now != was {
			keys = append(keys, Key{key, orNone(now)})
		}
	}
	set("title", was.Title, now.Title)
	if now.Date = oneLine(now.Date); now.Date != was.Date {
		key := Key{Name: k.date()}
		if now.Date != "" {
			t := toTime(now.Date)
			if t.IsZero() {
				return doc, &FrontMatterError{Message: fmt.Sprintf("“%s” is no date", now.Date), Remedy: "write one such as 2026-11-30"}
			}
			key.Value = t
		}
		keys = append(keys, key)
	}
	if now.Draft != was.Draft {
		keys = append(keys, k.status(now.Draft)...)
	}
	set(k.description(), was.Description, now.Description)
	if !slices.Equal(now.Tags, was.Tags) && !was.FixedTags {
		keys = append(keys, k.tags(now.Tags)...)
	}
	if !slices.Equal(now.Authors, was.Authors) && !was.FixedAuthors {
		keys = append(keys, k.authors(now.Authors)...)
	}
	set(k.lang(), was.Lang, now.Lang)
	if now.Slug != was.Slug && strings.ContainsAny(now.Slug, `/\?#%:`) {
		return doc, &FrontMatterError{Message: fmt.Sprintf("“%s” is no slug", now.Slug), Remedy: "write one such as " + Slug(now.Slug)}
	}
	set("slug", was.Slug, now.Slug)
	return WithFrontMatter(doc, keys...)
}

// status are the keys that make an article a draft or not: those that say so
// already, else draft.
func (k detailKeys) status(draft bool) []Key {
	var keys []Key
	if _, ok := truth(k["published"]); ok {
		keys = append(keys, Key{"published", !draft})
	}
	if s := scalar(k["status"]); s != "" {
		word := "published"
		if draft {
			word = "draft"
		}
		keys = append(keys, Key{"status", word})
	}
	if _, ok := k["draft"]; ok || len(keys) == 0 {
		keys = append(keys, Key{"draft", draft})
	}
	return keys
}

func (k detailKeys) tags(tags []string) []Key {
	_, one := k["tag"]
	_, many := k["tags"]
	if one && !many && len(tags) == 1 {
		return []Key{{"tag", tags[0]}}
	}
	return inPlaceOf("tag", one, Key{"tags", names(tags)})
}

func (k detailKeys) authors(authors []string) []Key {
	_, one := k["author"]
	_, many := k["authors"]
	if one && !many && len(authors) == 1 && !strings.Contains(authors[0], ",") {
		return []Key{{"author", authors[0]}}
	}
	return inPlaceOf("author", one, Key{"authors", names(authors)})
}

// inPlaceOf sets a key and removes the one for a single name, if it is there.
func inPlaceOf(single string, there bool, key Key) []Key {
	if there {
		return []Key{key, {Name: single}}
	}
	return []Key{key}
}

// names is never nil, which would remove a key.
func names(list []string) []string { return append([]string{}, list...) }
