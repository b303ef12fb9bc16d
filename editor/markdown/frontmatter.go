package markdown

import (
	"encoding/json"
	"io"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

// maxFrontMatter is the size up to which front matter is decoded to tell it from prose.
const maxFrontMatter = 256 << 10

// FrontMatterEnd returns where the Markdown of a text begins: behind front matter in
// YAML, TOML or JSON, or 0. The rules are those of library.ParseFrontMatter.
func FrontMatterEnd(s string) int {
	end, _ := frontMatter(s)
	return end
}

// unclosed is how much of a text was looked at in search of the delimiter that
// closes front matter, when there is none.
const unclosed = -1

// frontMatter returns also how many bytes of the text decide: what comes behind
// them does not matter.
func frontMatter(s string) (end, seen int) {
	switch {
	case strings.HasPrefix(s, "---"):
		return delimited(s, "---", "...", yamlKeys)
	case strings.HasPrefix(s, "+++"):
		return delimited(s, "+++", "+++", tomlKeys)
	case strings.HasPrefix(s, "{"):
		return jsonFrontMatter(s)
	}
	return 0, 3
}

func delimited(s, open, otherClose string, keys func(string) bool) (end, seen int) {
	first, _, _ := strings.Cut(s, "\n")
	start := min(len(first)+1, len(s))
	if !isDelimiter(first, open) {
		return 0, start
	}
	for at := start; at < len(s); {
		line, _, found := strings.Cut(s[at:], "\n")
		next := at + len(line)
		if found {
			next++
		}
		if isDelimiter(line, open) || isDelimiter(line, otherClose) {
			seen := at + len(line) + 1
			src := s[start:at]
			if beginsWithKey(s[start:]) || usualKey.MatchString(src) || len(src) <= maxFrontMatter && keys(src) {
				return next, seen
			}
			return 0, seen // prose between two thematic breaks
		}
		at = next
	}
	return 0, unclosed
}

func isDelimiter(line, delimiter string) bool { return strings.TrimRight(line, " \t") == delimiter }

var (
	keyLine   = regexp.MustCompile(`^\s*["']?([\p{L}_][\p{L}\p{M}\p{N}_.-]*)["']?\s*[:=]\s*(.*?)\s*$`)
	usualKey  = regexp.MustCompile(`(?im)^(?:title|date|draft|published|layout|tags|authors?)\s*[:=]`)
	tableLine = regexp.MustCompile(`^\[\[?[\w."-]+\]\]?\s*$`)
	jsonStart = regexp.MustCompile(`^\{\s*(?:\}|"(?:[^"\\\n]|\\.)*"\s*:)`)
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

// yamlKeys reports whether YAML is a mapping, nothing, or a list that begins at once.
func yamlKeys(src string) (ok bool) {
	defer func() { // the decoder panics on some input
		if recover() != nil {
			ok = false
		}
	}()
	var doc yaml.Node
	if yaml.Unmarshal([]byte(src), &doc) != nil {
		return false
	}
	if len(doc.Content) == 0 {
		return true
	}
	root := doc.Content[0]
	switch {
	case root.Kind == yaml.SequenceNode:
		return strings.HasPrefix(src, "-")
	case root.Kind == yaml.ScalarNode:
		return root.Tag == "!!null"
	}
	keepNumbers(root)
	var values map[string]any
	return root.Kind == yaml.MappingNode && root.Decode(&values) == nil
}

// keepNumbers makes numbers strings: what they say does not matter.
func keepNumbers(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && (n.Tag == "!!int" || n.Tag == "!!float") {
		n.Tag = "!!str"
	}
	for _, child := range n.Content {
		keepNumbers(child)
	}
}

func tomlKeys(src string) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	var values map[string]any
	return toml.Unmarshal([]byte(src), &values) == nil
}

func jsonFrontMatter(s string) (end, seen int) {
	all := min(len(s), maxFrontMatter) + 1
	if !jsonStart.MatchString(s) {
		return 0, all
	}
	dec := json.NewDecoder(io.LimitReader(strings.NewReader(s), maxFrontMatter))
	dec.UseNumber()
	var values map[string]any
	if err := dec.Decode(&values); err != nil {
		// It was meant to end at a line with the closing brace alone.
		if i := strings.Index(s[:min(len(s), maxFrontMatter)], "\n}\n"); i >= 0 {
			return i + len("\n}\n"), all
		}
		return 0, all
	}
	end = int(dec.InputOffset())
	rest, _, found := strings.Cut(s[end:], "\n")
	if found {
		seen = end + len(rest) + 1
	} else {
		seen = unclosed
	}
	if strings.TrimSpace(rest) != "" {
		return 0, seen // a sentence about JSON
	}
	return min(end+len(rest)+1, len(s)), seen
}
