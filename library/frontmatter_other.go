package library

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"longhand/editor/text"
)

// setTOML sets a key above the tables.
func setTOML(s string, fm FrontMatter, name string, value any) (text.Changes, error) {
	entries, top := tomlEntries(s, fm)
	i := find(entries, name)
	if i >= 0 {
		e := entries[i]
		if value == nil {
			return text.Changes{{Start: e.start, End: e.after}}, nil
		}
		return text.Changes{{Start: e.value, End: e.end, Insert: tomlNotation.value(value, s[e.value:e.end])}}, nil
	}
	if _, there := fm.Values[name]; there {
		return nil, refused(lineAt(s, fm.Start), "%s is a table, not one value", name)
	}
	at := top
	if n := place(entries, name); n == 0 && len(entries) > 0 {
		at = entries[0].start
	} else if n > 0 {
		at = entries[n-1].after
	}
	return text.Changes{{Start: at, End: at, Insert: name + " = " + tomlNotation.value(value, "") + "\n"}}, nil
}

// tomlEntries finds the keys above the first table, and where that begins.
func tomlEntries(s string, fm FrontMatter) (entries []entry, top int) {
	for at := fm.Start; at < fm.End; {
		end := fm.End
		if n := strings.IndexByte(s[at:fm.End], '\n'); n >= 0 {
			end = at + n + 1
		}
		line := strings.TrimLeft(s[at:end], " \t")
		if blankOrComment(line) {
			at = end
			continue
		}
		if line[0] == '[' {
			return entries, at
		}
		e := entry{start: at}
		key := end - len(line)
		equals := key
		for equals < fm.End && s[equals] != '=' {
			if s[equals] == '"' || s[equals] == '\'' {
				equals = quotedEnd(s[:fm.End], equals)
				continue
			}
			equals++
		}
		if equals >= fm.End {
			return entries, at
		}
		e.name = unquote(s[key:equals])
		e.value = equals + 1
		for e.value < fm.End && (s[e.value] == ' ' || s[e.value] == '\t') {
			e.value++
		}
		e.end = e.value + len(strings.TrimRight(s[e.value:valueEnd(s[:fm.End], e.value, "#\n")], " \t"))
		e.after = fm.End
		if n := strings.IndexByte(s[e.end:fm.End], '\n'); n >= 0 {
			e.after = e.end + n + 1
		}
		entries = append(entries, e)
		at = e.after
	}
	return entries, fm.End
}

// notation is how TOML or JSON writes values.
type notation struct {
	text func(s, old string) string
	date func(date, old string) string
	link string // the format of one with a label
}

// value writes a value in the place of an old one.
func (n notation) value(value any, old string) string {
	switch v := value.(type) {
	case bool:
		return strconv.FormatBool(v)
	case string:
		return n.text(v, old)
	case time.Time:
		return n.date(dateText(v, old), old)
	case []string:
		words := make([]string, len(v))
		for i, item := range v {
			words[i] = quotedText(item)
		}
		return laidOut(words, old, "[", "]")
	case []Link:
		words := make([]string, len(v))
		for i, l := range v {
			if words[i] = quotedText(l.URL); l.Label != "" {
				words[i] = fmt.Sprintf(n.link, quotedText(l.Label), quotedText(l.URL))
			}
		}
		return laidOut(words, old, "[", "]")
	}
	return ""
}

var tomlNotation = notation{
	text: func(s, old string) string {
		if strings.HasPrefix(old, "'") && !strings.Contains(s, "'") && isSimple(s) {
			return "'" + s + "'"
		}
		return quotedText(s)
	},
	date: func(date, old string) string {
		if old != "" && (old[0] == '"' || old[0] == '\'') {
			return old[:1] + date + old[:1]
		}
		return date
	},
	link: "{ name = %s, url = %s }",
}

var jsonNotation = notation{
	text: func(s, _ string) string { return quotedText(s) },
	date: func(date, _ string) string { return quotedText(date) },
	link: `{"name": %s, "url": %s}`,
}

// setJSON sets a key of the object.
func setJSON(s string, fm FrontMatter, name string, value any) (text.Changes, error) {
	entries := jsonEntries(s[:fm.End], fm.Start)
	i := find(entries, name)
	if i < 0 {
		return text.Changes{jsonNew(s, fm, entries, name, value)}, nil
	}
	e := entries[i]
	switch {
	case value != nil:
		return text.Changes{{Start: e.value, End: e.end, Insert: jsonNotation.value(value, s[e.value:e.end])}}, nil
	case i+1 < len(entries):
		return text.Changes{{Start: e.start, End: entries[i+1].start}}, nil
	case i > 0:
		return text.Changes{{Start: entries[i-1].end, End: e.end}}, nil
	}
	return text.Changes{{Start: e.start, End: e.end}}, nil
}

func jsonNew(s string, fm FrontMatter, entries []entry, name string, value any) text.Change {
	pair := quotedText(name) + ": " + jsonNotation.value(value, "")
	if len(entries) == 0 {
		return text.Change{Start: fm.Start, End: fm.End, Insert: "{\n  " + pair + "\n}"}
	}
	n := place(entries, name)
	if n == 0 {
		at := entries[0].start
		return text.Change{Start: at, End: at, Insert: pair + "," + spaceBefore(s, fm.Start, at)}
	}
	at := entries[n-1].end
	space := spaceBefore(s, fm.Start, entries[n-1].start)
	if space == "" && n > 1 {
		space = " "
	}
	return text.Change{Start: at, End: at, Insert: "," + space + pair}
}

// spaceBefore is the white space in front of an offset.
func spaceBefore(s string, start, at int) string {
	return s[start+len(strings.TrimRight(s[start:at], " \t\n")) : at]
}

// jsonEntries finds the keys of the object that begins there.
func jsonEntries(s string, start int) []entry {
	var entries []entry
	skip := func(at int, more string) int {
		for at < len(s) && strings.IndexByte(" \t\n"+more, s[at]) >= 0 {
			at++
		}
		return at
	}
	for at := skip(start+1, ""); at < len(s) && s[at] == '"'; at = skip(at, ",") {
		e := entry{start: at}
		at = jsonStringEnd(s, at)
		if json.Unmarshal([]byte(s[e.start:at]), &e.name) != nil {
			return entries
		}
		e.value = skip(at, ":")
		if e.end = jsonStringEnd(s, e.value); e.end == e.value {
			e.end = jsonValueEnd(s, e.value)
		}
		e.after, at = e.end, e.end
		entries = append(entries, e)
	}
	return entries
}

// jsonStringEnd is where the string ends that begins there; there, if none does.
func jsonStringEnd(s string, at int) int {
	if at >= len(s) || s[at] != '"' {
		return at
	}
	for i := at + 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

func jsonValueEnd(s string, at int) int {
	dec := json.NewDecoder(strings.NewReader(s[at:]))
	var raw json.RawMessage
	if dec.Decode(&raw) != nil {
		return at
	}
	return at + int(dec.InputOffset())
}
