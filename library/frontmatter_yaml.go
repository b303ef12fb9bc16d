package library

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"longhand/editor/text"
)

// setYAML sets a key. Where entries begin is what the parser says; where they end
// is where the next begins.
func setYAML(s string, fm FrontMatter, name string, value any) (text.Changes, error) {
	src := s[fm.Start:fm.End]
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(src), &doc); err != nil {
		return nil, fm.explain(err)
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode { // nothing but comments
		return text.Changes{{Start: fm.End, End: fm.End, Insert: yamlEntry("", name, value)}}, nil
	}
	root := doc.Content[0]
	if root.Style&yaml.FlowStyle != 0 {
		return nil, refused(root.Line+1, "the keys stand between braces, not in lines of their own")
	}
	entries, indent := yamlEntries(s, fm, root)
	i := find(entries, name)
	if i < 0 {
		at := fm.End
		switch n := place(entries, name); {
		case n < len(entries):
			at = entries[n].start
			if n > 0 {
				at = entries[n-1].after // above the comments of the next
			}
		}
		return text.Changes{{Start: at, End: at, Insert: yamlEntry(indent, name, value)}}, nil
	}
	e := entries[i]
	if value == nil {
		return text.Changes{{Start: e.start, End: e.after}}, nil
	}
	node := root.Content[2*i+1]
	old := s[e.value:e.end]
	insert := ""
	switch v := value.(type) {
	case []string:
		insert = yamlList(v, node, old)
	case []Link:
		insert = yamlLinks(v, indent)
	default:
		insert = yamlScalar(v, node, old)
	}
	if insert != "" && !strings.HasPrefix(insert, "\n") {
		if s[e.value-1] == ':' {
			insert = " " + insert
		}
	} else if strings.HasPrefix(insert, "\n") { // not behind "tags: "
		for s[e.value-1] == ' ' || s[e.value-1] == '\t' {
			e.value--
		}
	}
	if e.end < e.after-1 && s[e.end] == '#' { // a comment where no value was
		insert += " "
	}
	return text.Changes{{Start: e.value, End: e.end, Insert: insert}}, nil
}

// yamlEntries finds the entries of a mapping in block style, and its indentation.
func yamlEntries(s string, fm FrontMatter, root *yaml.Node) (entries []entry, indent string) {
	starts := yamlLines(s[fm.Start:fm.End])
	lineStart := func(line int) int {
		if line-1 < len(starts) {
			return fm.Start + starts[line-1]
		}
		return fm.End
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		e := entry{name: k.Value, start: lineStart(k.Line)}
		next := fm.End
		if i+2 < len(root.Content) {
			next = lineStart(root.Content[i+2].Line)
		}
		key := e.start
		for key < next && (s[key] == ' ' || s[key] == '\t') {
			key++
		}
		if i == 0 {
			indent = s[e.start:key]
		}
		e.after = trimmedEnd(s, key, next, len(indent), v.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0)
		e.value, e.end = yamlValue(s[:e.after], key, v)
		entries = append(entries, e)
	}
	return entries, indent
}

// yamlLines returns where lines begin, as the parser counts them.
func yamlLines(src string) []int {
	starts := []int{0}
	for i, r := range src {
		switch r {
		case '\n':
			starts = append(starts, i+1)
		case '\u0085':
			starts = append(starts, i+2)
		case '\u2028', '\u2029':
			starts = append(starts, i+3)
		}
	}
	return starts
}

// trimmedEnd leaves to the next entry the blank lines and comments in front of it.
// In a block of text what is indented is no comment.
func trimmedEnd(s string, start, end, indent int, block bool) int {
	for end > start {
		at := strings.LastIndexByte(s[start:end-1], '\n') + 1 + start
		line := s[at:end]
		if at == start || !blankOrComment(line) || block && strings.TrimSpace(line) != "" && len(line)-len(strings.TrimLeft(line, " ")) > indent {
			return end
		}
		end = at
	}
	return end
}

// yamlValue finds the value of the entry whose key begins there and with which the
// text ends.
func yamlValue(s string, key int, v *yaml.Node) (start, end int) {
	at := key
	if s[at] == '"' || s[at] == '\'' {
		at = quotedEnd(s, at)
	}
	colon := strings.IndexByte(s[at:], ':')
	if colon < 0 {
		return len(s), len(s) // "? key": found out when the result is read
	}
	start = at + colon + 1
	for start < len(s) && (s[start] == ' ' || s[start] == '\t') {
		start++
	}
	last := len(strings.TrimRight(s, "\n"))
	switch {
	case start >= last:
		return start, start
	case s[start] == '#' || s[start] == '\n': // what stands below, if anything
		if v.Kind == yaml.ScalarNode && v.Value == "" {
			return start, start
		}
		return start, last
	case strings.IndexByte(`"'`, s[start]) >= 0:
		return start, quotedYAMLEnd(s, start)
	case strings.IndexByte("[{", s[start]) >= 0:
		return start, valueEnd(s, start, "")
	case v.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return start, last
	}
	line := strings.LastIndexByte(s[start:last], '\n') + 1 + start
	if i := comment.FindStringIndex(s[line:last]); i != nil {
		last = line + i[0]
	}
	return start, len(strings.TrimRight(s[:last], " \t"))
}

var comment = regexp.MustCompile(`[ \t]#`)

// quotedYAMLEnd is quotedEnd where no quote is threefold and a single one is
// written twice.
func quotedYAMLEnd(s string, at int) int {
	for i := at + 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && s[at] == '"':
			i++
		case s[i] == s[at] && s[at] == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		case s[i] == s[at]:
			return i + 1
		}
	}
	return len(s)
}

func yamlEntry(indent, name string, value any) string {
	switch v := value.(type) {
	case []string:
		return indent + name + ": " + yamlList(v, &yaml.Node{}, "") + "\n"
	case []Link:
		list := yamlLinks(v, indent)
		if !strings.HasPrefix(list, "\n") {
			list = " " + list
		}
		return indent + name + ":" + list + "\n"
	}
	return indent + name + ": " + yamlScalar(value, &yaml.Node{}, "") + "\n"
}

// yamlScalar writes a single value with the quotes of the old one.
func yamlScalar(value any, node *yaml.Node, old string) string {
	switch v := value.(type) {
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		s := dateText(v, old)
		if node.Kind == yaml.ScalarNode && node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			return yamlString(s, node.Style)
		}
		if toTime(s).IsZero() {
			return yamlString(s, 0)
		}
		return s
	case string:
		return yamlString(v, node.Style)
	}
	return ""
}

func yamlString(s string, style yaml.Style) string {
	switch {
	case style&yaml.DoubleQuotedStyle != 0:
	case style&yaml.SingleQuotedStyle != 0 && isSimple(s):
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	case style&yaml.SingleQuotedStyle == 0 && isPlain(s, "k: ", ""):
		return s
	}
	return quotedText(s)
}

// isSimple reports whether a text needs no escapes.
func isSimple(s string) bool {
	return quotedText(s) == `"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)+`"`
}

// isPlain reports whether a text may stand without quotes between what is given.
// Jekyll reads YAML 1.1, where more words and numbers than ours are none.
func isPlain(s, open, shut string) bool {
	if !isSimple(s) || strings.TrimSpace(s) != s || yaml11.MatchString(s) {
		return false
	}
	var doc yaml.Node
	if yaml.Unmarshal([]byte(open+s+shut+"\n"), &doc) != nil || len(doc.Content) != 1 || len(doc.Content[0].Content) != 2 {
		return false
	}
	n := doc.Content[0].Content[1]
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
		n = n.Content[0]
	}
	return n.Kind == yaml.ScalarNode && n.Tag == "!!str" && n.Style == 0 && n.Value == s && n.Anchor == "" &&
		n.LineComment == "" && n.HeadComment == "" && n.FootComment == ""
}

var yaml11 = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|[-+.\d][-+.:_,\dtzex ]*|[<=])$`)

// yamlList writes a list as the old one was written, and the items that were in
// it as they were.
func yamlList(items []string, node *yaml.Node, old string) string {
	block := node.Kind == yaml.SequenceNode && node.Style&yaml.FlowStyle == 0 && len(node.Content) > 0
	if block && len(items) > 0 {
		return yamlBlockList(items, node, old)
	}
	known := map[string]yaml.Style{}
	if node.Kind == yaml.SequenceNode {
		for _, n := range node.Content {
			known[n.Value] = n.Style
		}
	}
	words := make([]string, len(items))
	for i, item := range items {
		style := known[item]
		if words[i] = yamlString(item, style); words[i] == item && !isPlain(item, "k: [", "]") {
			words[i] = quotedText(item)
		}
	}
	if block {
		old = ""
	}
	return laidOut(words, old, "[", "]")
}

// yamlBlockList writes one item a line, in front of each what stood before the
// first. A comment behind the key stays.
func yamlBlockList(items []string, node *yaml.Node, old string) string {
	lines := strings.Split(old, "\n")
	out := lines[0] // nothing, or a comment
	first := 1
	for first < len(lines)-1 && blankOrComment(lines[first]) {
		out += "\n" + lines[first]
		first++
	}
	if first >= len(lines) {
		return quotedText("") // not a list that was read: refused when read again
	}
	dash := strings.IndexByte(lines[first], '-')
	prefix := lines[first][:max(dash, 0)] + "- "
	known := map[string]string{}
	for i, n := range node.Content {
		at := n.Line - node.Content[0].Line + first
		alone := i+1 == len(node.Content) || node.Content[i+1].Line == n.Line+1
		if n.Kind == yaml.ScalarNode && alone && at >= 0 && at < len(lines) && (i+1 < len(node.Content) || at == len(lines)-1) {
			known[n.Value] = lines[at]
		}
	}
	for _, item := range items {
		if line, ok := known[item]; ok {
			out += "\n" + line
		} else {
			out += "\n" + prefix + yamlString(item, 0)
		}
	}
	return out
}

func yamlLinks(links []Link, indent string) string {
	if len(links) == 0 {
		return "[]"
	}
	out := ""
	for _, l := range links {
		out += "\n" + indent + "  - "
		if l.Label == "" {
			out += yamlString(l.URL, 0)
		} else {
			out += "name: " + yamlString(l.Label, 0) + "\n" + indent + "    url: " + yamlString(l.URL, 0)
		}
	}
	return out
}
