package library

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"longhand/editor/text"
)

// Key is a top-level key of front matter with the value that it shall have: a
// string, a bool, a time.Time, a []string or a []Link; nil removes the key.
type Key struct {
	Name  string
	Value any
}

// In makes the error one of the file.
func (e *FrontMatterError) In(file string) *Problem {
	return &Problem{Path: file, Line: e.Line, Message: e.Message, Remedy: e.Remedy, Err: e}
}

// WithFrontMatter returns the text with keys set, one after the other, as
// [SetFrontMatter] does. With an error (a [*FrontMatterError]) it is the text as
// it was.
func WithFrontMatter(d text.Doc, keys ...Key) (text.Doc, error) {
	out := d
	for _, k := range keys {
		changes, err := SetFrontMatter(out.String(), k.Name, k.Value)
		if err != nil {
			return d, err
		}
		if out, _, err = out.ApplyAll(changes); err != nil {
			return d, &FrontMatterError{Line: 1, Message: err.Error(), Remedy: remedyByHand}
		}
	}
	return out, nil
}

// SetFrontMatter returns the changes that set one top-level key in the front
// matter of a text with "\n" line breaks, such as [text.Doc.String] gives. Values
// are those of [Key]. Only the bytes of that value change: comments, order,
// quoting and unknown keys stay. The key is found without case, as it is read; a
// new one comes after title and date, or last; a text without front matter gets
// some in YAML. A date is written in the notation and as precise as the one it
// replaces, else as a day, with the time where it has one. A key that has the
// value already is left as it is written.
//
// The error is a [*FrontMatterError]: the front matter is broken, or written in
// a way in which the one value cannot be changed without the others.
func SetFrontMatter(s, key string, value any) (text.Changes, error) {
	if !plainKey.MatchString(key) {
		return nil, refused(1, "%q is no key for front matter", key)
	}
	value, err := cleanValue(value)
	if err != nil {
		return nil, err
	}
	fm, err := ParseFrontMatter(s)
	if err != nil {
		return nil, err
	}
	name, found := findKey(fm.Values, key)
	if found && value != nil && holds(fm.Values[name], value) || !found && value == nil {
		return nil, nil
	}
	if !found {
		name = key
	}
	var changes text.Changes
	switch fm.Format {
	case NoFrontMatter:
		gap := "\n"
		if strings.HasPrefix(s, "\n") || s == "" {
			gap = ""
		}
		changes = text.Changes{{Insert: "---\n" + yamlEntry("", key, value) + "---\n" + gap}}
	case YAML:
		changes, err = setYAML(s, fm, name, value)
	case TOML:
		changes, err = setTOML(s, fm, name, value)
	case JSON:
		changes, err = setJSON(s, fm, name, value)
	}
	if err != nil {
		return nil, err
	}
	return changes, verify(s, fm, changes, name, value)
}

var plainKey = regexp.MustCompile(`^[\p{L}_][\p{L}\p{M}\p{N}_-]*$`)

const remedyByHand = "change it in the text"

func refused(line int, format string, args ...any) *FrontMatterError {
	return &FrontMatterError{Line: line, Message: fmt.Sprintf(format, args...), Remedy: remedyByHand}
}

// cleanValue makes text valid UTF-8, which all notations ask for.
func cleanValue(v any) (any, error) {
	clean := func(s string) string { return strings.ToValidUTF8(s, "\ufffd") }
	switch v := v.(type) {
	case nil, bool:
		return v, nil
	case string:
		return clean(v), nil
	case time.Time:
		if sane(v).IsZero() {
			return nil, refused(1, "%s is no date for an article", v.Format(time.DateOnly))
		}
		return v, nil
	case []string:
		out := make([]string, len(v))
		for i, item := range v {
			out[i] = clean(item)
		}
		return out, nil
	case []Link:
		out := make([]Link, len(v))
		for i, l := range v {
			out[i] = Link{clean(l.Label), clean(l.URL)}
		}
		return out, nil
	}
	return nil, refused(1, "front matter has no way to write a %T", v)
}

// findKey finds the key as it is written.
func findKey(values map[string]any, key string) (string, bool) {
	if _, ok := values[key]; ok {
		return key, true
	}
	var alike []string
	for k := range values {
		if strings.EqualFold(k, key) {
			alike = append(alike, k)
		}
	}
	if len(alike) == 0 {
		return "", false
	}
	return slices.Min(alike), true
}

// holds reports whether what the decoder read is the value.
func holds(read, value any) bool {
	switch value := value.(type) {
	case string, bool:
		return read == value
	case time.Time:
		t := toTime(read)
		return !t.IsZero() && (t.Equal(value) || dayOnly(read) && t.Format(time.DateOnly) == value.Format(time.DateOnly))
	case []string:
		items, ok := read.([]any)
		if !ok || len(items) != len(value) {
			return false
		}
		for i, item := range items {
			if item != value[i] {
				return false
			}
		}
		return true
	case []Link:
		if len(value) == 0 {
			items, ok := read.([]any)
			return ok && len(items) == 0
		}
		return slices.Equal(links(read), labelled(value))
	}
	return false
}

// labelled gives links without a label the one that they are shown with.
func labelled(all []Link) []Link {
	out := slices.Clone(all)
	for i, l := range all {
		if read := links(l.URL); l.Label == "" && len(read) == 1 {
			out[i].Label = read[0].Label
		}
	}
	return out
}

// dayOnly reports whether a date that was read has no time of day.
func dayOnly(read any) bool {
	t := toTime(read)
	return t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location()))
}

// verify reads the changed text again: that one value has changed, all else is as
// it was.
func verify(s string, was FrontMatter, changes text.Changes, name string, value any) error {
	line := lineAt(s, was.Start)
	if len(changes) > 0 {
		line = lineAt(s, changes[0].Start)
	}
	bad := refused(line, "the front matter is written in a way in which %s cannot be changed alone", name)
	after := applied(s, changes)
	now, err := ParseFrontMatter(after)
	if err != nil {
		return bad
	}
	body := after[now.Body:]
	if was.Format == NoFrontMatter {
		body = strings.TrimPrefix(body, "\n")
		if strings.HasPrefix(s, "\n") {
			body = "\n" + body
		}
	} else if now.Format != was.Format {
		return bad
	}
	if body != s[was.Body:] {
		return bad
	}
	read, there := now.Values[name]
	if there != (value != nil) || there && !written(read, value) {
		return bad
	}
	for k, v := range was.Values {
		if k != name && !reflect.DeepEqual(now.Values[k], v) {
			return bad
		}
	}
	for k := range now.Values {
		if _, known := was.Values[k]; !known && k != name {
			return bad
		}
	}
	return nil
}

// written is holds for what was just written, where a date may be less precise.
func written(read, value any) bool {
	if t, ok := value.(time.Time); ok {
		got := toTime(read)
		return got.Format(time.DateOnly) == t.Format(time.DateOnly) || t.Sub(got).Abs() < time.Minute
	}
	if l, ok := value.([]Link); ok && len(l) > 0 {
		return slices.EqualFunc(links(read), l, func(a, b Link) bool { return a.URL == oneLine(b.URL) })
	}
	return holds(read, value)
}

// applied returns the text after the changes, which ascend and do not overlap.
func applied(s string, changes text.Changes) string {
	var b strings.Builder
	at := 0
	for _, c := range changes {
		b.WriteString(s[at:c.Start])
		b.WriteString(c.Insert)
		at = c.End
	}
	b.WriteString(s[at:])
	return b.String()
}

// entry is a key with its value in the text. Offsets are bytes of it.
type entry struct {
	name       string
	start      int // of the key; of its line in YAML and TOML
	value, end int // of the value; the same where there is none
	after      int // where what belongs to the entry ends, with its line break
}

func find(entries []entry, name string) int {
	return slices.IndexFunc(entries, func(e entry) bool { return e.name == name })
}

// before are the keys after which a new one is put, the likelier last.
var before = map[string][]string{
	"title": {},
	"date":  {"subtitle", "title"},
	"draft": {"title", "date"},
	"slug":  {"title", "date", "draft"},
	"name":  {},
}

// place returns the number of entries in front of a new key.
func place(entries []entry, name string) int {
	names, known := before[strings.ToLower(name)]
	if !known {
		return len(entries)
	}
	n := 0
	for i, e := range entries {
		if slices.Contains(names, strings.ToLower(e.name)) {
			n = i + 1
		}
	}
	if n == 0 && len(names) > 0 {
		return len(entries)
	}
	return n
}

// dateText writes a date as the one that was written there before.
func dateText(t time.Time, old string) string {
	old = unquote(old)
	for _, layout := range layouts {
		if _, err := time.Parse(layout, old); err == nil && !strings.Contains(layout, "MST") {
			return t.Format(layout)
		}
	}
	if dayOnly(t) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

// laidOut joins items as a list was laid out: in one line, or one in each.
func laidOut(items []string, old, open, shut string) string {
	if len(items) == 0 {
		return open + shut
	}
	_, lines, broken := strings.Cut(old, "\n")
	if !broken || !strings.HasPrefix(old, open) {
		return open + strings.Join(items, ", ") + shut
	}
	indent := lines[:len(lines)-len(strings.TrimLeft(lines, " \t"))]
	last := old[strings.LastIndexByte(old, '\n')+1:]
	comma := ""
	if strings.HasSuffix(strings.TrimRight(strings.TrimSuffix(old, shut), " \t\n"), ",") {
		comma = ","
	}
	tail := "\n" + last[:len(last)-len(strings.TrimLeft(last, " \t"))]
	return open + "\n" + indent + strings.Join(items, ",\n"+indent) + comma + tail + shut
}
