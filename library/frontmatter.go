package library

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// Format is the notation of an article's front matter.
type Format string

// The notations that Hugo, Jekyll and Zola use, told by their delimiters.
const (
	NoFrontMatter Format = ""
	YAML          Format = "yaml" // between --- and ---
	TOML          Format = "toml" // between +++ and +++
	JSON          Format = "json" // { to its }
)

// maxFrontMatter is the size in bytes up to which front matter is decoded: what
// is longer is a mistake, and costs the decoders much time and memory.
const maxFrontMatter = 256 << 10

// FrontMatter is the head of an article. Offsets are bytes of the text.
type FrontMatter struct {
	Format Format
	// Start and End are the span of the values without the delimiters; for JSON
	// the braces belong to them.
	Start, End int
	// Body is where the article's Markdown begins.
	Body int
	// Values are the keys as the notation decodes them, but numbers of YAML and
	// JSON as they are written: a title 1.10 is not 1.1. Of front matter that is
	// broken they hold what single lines could still tell.
	Values map[string]any
}

// FrontMatterError tells what is wrong with an article's front matter.
type FrontMatterError struct {
	Line    int // in the file, from 1
	Message string
	Remedy  string
}

func (e *FrontMatterError) Error() string { return e.Message }

// ParseFrontMatter reads the head of a text with "\n" line breaks. With an error
// (a [*FrontMatterError]) the result still tells where the body begins and what
// could be read.
func ParseFrontMatter(s string) (FrontMatter, error) {
	switch {
	case strings.HasPrefix(s, "---"):
		return delimited(s, YAML, "---", "...")
	case strings.HasPrefix(s, "+++"):
		return delimited(s, TOML, "+++", "+++")
	case strings.HasPrefix(s, "{"):
		return jsonFrontMatter(s)
	}
	return FrontMatter{}, nil
}

func delimited(s string, format Format, open, otherClose string) (FrontMatter, error) {
	first, _, _ := strings.Cut(s, "\n")
	if strings.TrimRight(first, " \t") != open {
		return FrontMatter{}, nil
	}
	fm := FrontMatter{Format: format, Start: min(len(first)+1, len(s))}
	meant := beginsWithKey(s[fm.Start:])
	for at := fm.Start; at < len(s); {
		line, _, found := strings.Cut(s[at:], "\n")
		next := at + len(line)
		if found {
			next++
		}
		if bare := strings.TrimRight(line, " \t"); bare == open || bare == otherClose {
			fm.End, fm.Body = at, next
			err := fm.decode(s)
			var kind *notKeysError
			list := errors.As(err, &kind) && kind.list && s[fm.Start] == '-'
			if err != nil && !meant && !list && !usualKey.MatchString(s[fm.Start:fm.End]) {
				return FrontMatter{}, nil // prose between two thematic breaks
			}
			return fm, fm.explain(err)
		}
		at = next
	}
	// A text may begin with a thematic break: only what looks like a key was
	// meant as front matter.
	if !meant {
		return FrontMatter{}, nil
	}
	head, _, _ := strings.Cut(s[fm.Start:min(len(s), fm.Start+maxFrontMatter)], "\n\n")
	return FrontMatter{Values: salvage(head, false)}, &FrontMatterError{
		Line:    1,
		Message: fmt.Sprintf("the front matter that opens with %s is never closed", open),
		Remedy:  fmt.Sprintf("add a line with %s after its last key", open),
	}
}

var (
	keyLine   = regexp.MustCompile(`^\s*["']?([\p{L}_][\p{L}\p{M}\p{N}_.-]*)["']?\s*[:=]\s*(.*?)\s*$`)
	usualKey  = regexp.MustCompile(`(?im)^(?:title|date|draft|published|layout|tags|authors?)\s*[:=]`)
	tableLine = regexp.MustCompile(`^\[\[?[\w."-]+\]\]?\s*$`)
)

// beginsWithKey reports whether the first line that says something is a key.
func beginsWithKey(s string) bool {
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			return keyLine.MatchString(line) || tableLine.MatchString(line)
		}
	}
	return false
}

func jsonFrontMatter(s string) (FrontMatter, error) {
	if !jsonStart.MatchString(s) {
		return FrontMatter{}, nil // a Liquid tag or a shortcode, say
	}
	fm := FrontMatter{Format: JSON}
	in := io.LimitReader(strings.NewReader(s), maxFrontMatter)
	dec := json.NewDecoder(in)
	dec.UseNumber()
	if err := dec.Decode(&fm.Values); err != nil {
		return jsonBroken(s, err)
	}
	fm.End = int(dec.InputOffset())
	rest, _, found := strings.Cut(s[fm.End:], "\n")
	if strings.TrimSpace(rest) != "" {
		return FrontMatter{}, nil // a sentence about JSON
	}
	fm.Body = fm.End + len(rest)
	if found {
		fm.Body++
	}
	return fm, nil
}

// jsonStart is a brace and a key, or braces around nothing.
var jsonStart = regexp.MustCompile(`^\{\s*(?:\}|"(?:[^"\\\n]|\\.)*"\s*:)`)

func jsonBroken(s string, err error) (FrontMatter, error) {
	bad := &FrontMatterError{Line: 1, Message: "the front matter is not valid JSON: " + err.Error(), Remedy: "mend that line"}
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) && len(s) > maxFrontMatter:
		bad.Message, bad.Remedy = tooLong, remedyTooLong
	case errors.Is(err, io.ErrUnexpectedEOF):
		bad.Message, bad.Remedy = "the front matter that opens with { is never closed", "add a line with } after its last key"
	case errors.As(err, &syntax):
		bad.Line = lineAt(s, int(syntax.Offset)-1)
	}
	// Where it was meant to end: at a line with the closing brace alone.
	head, _, closed := strings.Cut(s[:min(len(s), maxFrontMatter)], "\n}\n")
	if !closed {
		head, _, _ = strings.Cut(head, "\n\n")
		return FrontMatter{Values: salvage(head, true)}, bad
	}
	end := len(head) + len("\n}")
	return FrontMatter{Format: JSON, End: end, Body: end + 1, Values: salvage(head, true)}, bad
}

const (
	tooLong       = "the front matter is too long"
	remedyTooLong = "check that it is closed above the text of the article"
)

// salvage reads the simple "key: value" lines of front matter that is broken, so
// that an article keeps its title and stays a draft if it was one.
func salvage(src string, indented bool) map[string]any {
	values := map[string]any{}
	for line := range strings.Lines(src) {
		if !indented && strings.TrimLeft(line, " \t") != line {
			continue
		}
		m := keyLine.FindStringSubmatch(strings.TrimPrefix(line, "{"))
		if m == nil || m[2] == "" {
			continue
		}
		if _, known := values[m[1]]; !known {
			values[m[1]] = salvageValue(m[2])
		}
	}
	return values
}

func salvageValue(s string) any {
	if !strings.HasPrefix(s, `"`) && !strings.HasPrefix(s, "'") {
		if i := strings.Index(s, " #"); i >= 0 {
			s = strings.TrimSpace(s[:i])
		}
	}
	s = strings.TrimSuffix(s, ",")
	if b, ok := truth(s); ok {
		return b
	}
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		var items []any
		for item := range strings.SplitSeq(s[1:len(s)-1], ",") {
			items = append(items, unquote(item))
		}
		return items
	}
	return unquote(s)
}

func unquote(s string) string { return strings.Trim(strings.TrimSpace(s), `"'`) }

func lineAt(s string, offset int) int {
	return 1 + strings.Count(s[:min(max(offset, 0), len(s))], "\n")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
