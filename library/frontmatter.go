package library

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
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

// FrontMatter is the head of an article. Offsets are bytes of the text.
type FrontMatter struct {
	Format Format
	// Start and End are the span of the values without the delimiters; for JSON
	// the braces belong to them.
	Start, End int
	// Body is where the article's Markdown begins.
	Body int
	// Values are the keys as the notation decodes them. Of front matter that is
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
		return delimited(s, TOML, "+++")
	case strings.HasPrefix(s, "{"):
		return jsonFrontMatter(s)
	}
	return FrontMatter{}, nil
}

func delimited(s string, format Format, open string, closings ...string) (FrontMatter, error) {
	first, _, _ := strings.Cut(s, "\n")
	if strings.TrimRight(first, " \t") != open {
		return FrontMatter{}, nil
	}
	fm := FrontMatter{Format: format, Start: min(len(first)+1, len(s))}
	for at := fm.Start; at < len(s); {
		line, _, found := strings.Cut(s[at:], "\n")
		next := at + len(line)
		if found {
			next++
		}
		bare := strings.TrimRight(line, " \t")
		if bare == open || len(closings) > 0 && bare == closings[len(closings)-1] {
			fm.End, fm.Body = at, next
			return fm, fm.decode(s)
		}
		at = next
	}
	// A text may begin with a thematic break: only what looks like a key was
	// meant as front matter.
	second, _, _ := strings.Cut(s[fm.Start:], "\n")
	if !keyLine.MatchString(second) {
		return FrontMatter{}, nil
	}
	return FrontMatter{}, &FrontMatterError{
		Line:    1,
		Message: fmt.Sprintf("the front matter that opens with %s is never closed", open),
		Remedy:  fmt.Sprintf("add a line with %s after its last key", open),
	}
}

func jsonFrontMatter(s string) (FrontMatter, error) {
	if rest := strings.TrimLeft(s[1:], " \t\n"); !strings.HasPrefix(rest, `"`) && !strings.HasPrefix(rest, "}") {
		return FrontMatter{}, nil // a Liquid tag or a shortcode, say
	}
	fm := FrontMatter{Format: JSON}
	dec := json.NewDecoder(strings.NewReader(s))
	if err := dec.Decode(&fm.Values); err != nil {
		line := 1
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line = lineAt(s, int(syntax.Offset))
		}
		return FrontMatter{}, &FrontMatterError{line, "the front matter is not valid JSON: " + err.Error(), "mend that line"}
	}
	fm.End = int(dec.InputOffset())
	fm.Body = fm.End
	if line, _, found := strings.Cut(s[fm.End:], "\n"); found && strings.TrimSpace(line) == "" {
		fm.Body += len(line) + 1
	}
	return fm, nil
}

func (fm *FrontMatter) decode(s string) error {
	src := s[fm.Start:fm.End]
	var err error
	line := 0
	if fm.Format == YAML {
		err = decodeYAML(src, &fm.Values)
		line = yamlErrorLine(err)
	} else {
		err = toml.Unmarshal([]byte(src), &fm.Values)
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ = at.Position()
		}
	}
	if err == nil {
		return nil
	}
	fm.Values = salvage(src)
	message := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "yaml: "), "toml: ")
	message = yamlLine.ReplaceAllString(message, "")
	return &FrontMatterError{
		Line:    max(line, 1) + 1, // the opening delimiter is line 1
		Message: fmt.Sprintf("the front matter is not valid %s: %s", strings.ToUpper(string(fm.Format)), oneLine(message)),
		Remedy:  "mend that line; a value with a colon or a quote in it needs quotes around it",
	}
}

// decodeYAML guards against the panics that the decoder keeps for itself.
func decodeYAML(src string, out *map[string]any) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: %v", r)
		}
	}()
	return yaml.Unmarshal([]byte(src), out)
}

var (
	yamlLine = regexp.MustCompile(`line (\d+): `)
	keyLine  = regexp.MustCompile(`^\s*["']?([A-Za-z_][\w-]*)["']?\s*[:=]\s*(.*?)\s*$`)
)

func yamlErrorLine(err error) int {
	if err == nil {
		return 0
	}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// salvage reads the simple "key: value" lines of front matter that is broken, so
// that an article keeps its title and stays a draft if it was one.
func salvage(src string) map[string]any {
	values := map[string]any{}
	for line := range strings.Lines(src) {
		if strings.TrimLeft(line, " \t") != line {
			continue
		}
		m := keyLine.FindStringSubmatch(line)
		if m == nil || m[2] == "" {
			continue
		}
		var v any = strings.Trim(m[2], `"'`)
		if b, err := strconv.ParseBool(m[2]); err == nil {
			v = b
		}
		values[m[1]] = v
	}
	return values
}

func lineAt(s string, offset int) int {
	return 1 + strings.Count(s[:min(max(offset, 0), len(s))], "\n")
}

func oneLine(s string) string { return string(bytes.Join(bytes.Fields([]byte(s)), []byte(" "))) }
