package html

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

var errSVG = errors.New("holds what a drawing may not: definitions of its own in the DOCTYPE")

// cleanSVG removes what a drawing could do besides being seen, were it opened by itself: scripts,
// event handlers, HTML in it and addresses of scripts; and paths of the machine it was drawn
// on. All else keeps its bytes. A drawing that is no XML to the end is refused where it
// would have to be cleaned.
func cleanSVG(data []byte) ([]byte, error) {
	data = svgPaths.ReplaceAll(data, nil)
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	d.Strict = false
	var out bytes.Buffer
	var inside string // an element that is left out
	depth, kept := 0, int64(0)
	drop := func(from, to int64) {
		out.Write(data[kept:from])
		kept = to
	}
	for {
		at := d.InputOffset()
		token, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			if needsCleaning(data[at:]) {
				return nil, errBroken
			}
			break
		}
		end := d.InputOffset()
		switch t := token.(type) {
		case xml.StartElement:
			name := t.Name.Local
			switch {
			case inside != "":
				if name == inside {
					depth++
				}
			case slices.Contains(svgForbidden, strings.ToLower(name)):
				drop(at, end)
				inside, depth = name, 1
			default:
				if attrs := svgAttributes(t.Attr); len(attrs) < len(t.Attr) {
					drop(at, end)
					out.WriteString(svgTag(t.Name, attrs, bytes.HasSuffix(data[at:end], []byte("/>"))))
				}
			}
		case xml.EndElement:
			if inside != "" && t.Name.Local == inside {
				if depth--; depth == 0 {
					inside = ""
					drop(kept, end)
					continue
				}
			}
		case xml.ProcInst:
			if t.Target == "xml-stylesheet" {
				drop(at, end)
			}
		case xml.Directive:
			if bytes.Contains(t, []byte("<!ENTITY")) && needsCleaning(entities(t)) {
				return nil, errSVG
			}
		}
		if inside != "" {
			kept = end
		}
	}
	if inside == "" {
		out.Write(data[kept:])
	}
	return out.Bytes(), nil
}

// svgForbidden are elements that run something or hold HTML.
var svgForbidden = []string{"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"}

// needsCleaning reports whether there may be something to clean, in what could not be read.
func needsCleaning(data []byte) bool {
	lower := strings.ToLower(string(data))
	for _, word := range []string{"<", "&#60", "&#x3c", "&lt", "script", "onload"} {
		if strings.Contains(lower, word) {
			return true
		}
	}
	return false
}

// entities are the values that a DOCTYPE defines; of them drawing programs need only names.
func entities(directive []byte) []byte {
	var values []byte
	for i, part := range bytes.Split(directive, []byte("<!ENTITY")) {
		if i > 0 {
			values = append(values, part...)
		}
	}
	return values
}

func svgAttributes(attrs []xml.Attr) []xml.Attr {
	var kept []xml.Attr
	for _, a := range attrs {
		value := strings.ToLower(squeeze(a.Value))
		if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || strings.Contains(value, "javascript:") ||
			strings.HasPrefix(value, "data:text/html") || strings.HasPrefix(value, "data:image/svg") {
			continue
		}
		kept = append(kept, a)
	}
	return kept
}

func svgTag(name xml.Name, attrs []xml.Attr, closed bool) string {
	var b strings.Builder
	b.WriteString("<" + qualified(name))
	for _, a := range attrs {
		b.WriteString(" " + qualified(a.Name) + `="` + escapeAttribute(a.Value) + `"`)
	}
	if closed {
		b.WriteString("/")
	}
	b.WriteString(">")
	return b.String()
}

func qualified(name xml.Name) string {
	if name.Space != "" {
		return name.Space + ":" + name.Local
	}
	return name.Local
}
