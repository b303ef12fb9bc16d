package library

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
)

var errTooLong = errors.New(tooLong)

// notKeysError tells that front matter is valid but no mapping.
type notKeysError struct {
	list bool
	line int // of the front matter, from 1
}

func (e *notKeysError) Error() string {
	if e.list {
		return "it is a list, not keys with values"
	}
	return "it is a text, not keys with values"
}

// decode fills Values. The decoders panic on some input that is not theirs to
// refuse; that is an error like others.
func (fm *FrontMatter) decode(s string) (err error) {
	src := s[fm.Start:fm.End]
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		if err != nil {
			fm.Values = salvage(src[:min(len(src), maxFrontMatter)], false)
		}
	}()
	switch {
	case len(src) > maxFrontMatter:
		return errTooLong
	case fm.Format == TOML:
		return toml.Unmarshal([]byte(src), &fm.Values)
	}
	return decodeYAML(src, &fm.Values)
}

func decodeYAML(src string, out *map[string]any) error {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(src), &doc); err != nil {
		return err
	}
	if len(doc.Content) == 0 {
		return nil
	}
	root := doc.Content[0]
	switch {
	case root.Kind == yaml.SequenceNode:
		return &notKeysError{list: true, line: root.Line}
	case root.Kind == yaml.ScalarNode && root.Tag == "!!null":
		return nil
	case root.Kind != yaml.MappingNode:
		return &notKeysError{line: root.Line}
	}
	keepNumbers(root)
	return root.Decode(out)
}

// keepNumbers makes numbers strings, as they are written. Aliases are left out:
// their anchors come by themselves, and following them could take for ever.
func keepNumbers(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && (n.Tag == "!!int" || n.Tag == "!!float") {
		n.Tag = "!!str"
	}
	for _, child := range n.Content {
		keepNumbers(child)
	}
}

var (
	yamlLine   = regexp.MustCompile(`line (\d+): `)
	yamlAtLine = regexp.MustCompile(`at line (\d+)`)
)

// explain makes what a decoder says an error that names the line of the file. The
// opening delimiter is line 1.
func (fm *FrontMatter) explain(err error) error {
	if err == nil {
		return nil
	}
	bad := &FrontMatterError{Line: 2, Remedy: "mend that line; a value with a colon or a quote in it needs quotes around it"}
	if errors.Is(err, errTooLong) {
		bad.Line, bad.Message, bad.Remedy = 1, tooLong, remedyTooLong
		return bad
	}
	message := err.Error()
	var kind *notKeysError
	var at *toml.DecodeError
	var many *yaml.TypeError
	switch {
	case errors.As(err, &kind):
		bad.Line, bad.Remedy = kind.line+1, "write lines such as: title: My title"
	case errors.As(err, &at):
		line, _ := at.Position()
		bad.Line = max(line, 1) + 1
	case errors.As(err, &many) && len(many.Errors) > 0:
		message = many.Errors[0]
	}
	if m := yamlLine.FindStringSubmatch(message); m != nil && fm.Format == YAML {
		line, _ := strconv.Atoi(m[1])
		bad.Line = max(line, 1) + 1
		message = strings.Replace(message, m[0], "", 1)
	}
	if strings.Contains(message, "already defined") || strings.Contains(message, "duplicate") {
		bad.Remedy = "remove one of the two lines"
	}
	message = strings.TrimPrefix(strings.TrimPrefix(message, "yaml: "), "toml: ")
	message = yamlAtLine.ReplaceAllStringFunc(message, func(s string) string {
		line, _ := strconv.Atoi(yamlAtLine.FindStringSubmatch(s)[1])
		return fmt.Sprintf("in line %d", line+1)
	})
	bad.Message = fmt.Sprintf("the front matter is not valid %s: %s", strings.ToUpper(string(fm.Format)), oneLine(message))
	return bad
}
