package pictures

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// The bounds of a drawing. What exceeds them is "too large".
const (
	mostElements = 50_000
	mostDepth    = 200
	mostUses     = 12            // within each other
	mostRewrite  = 16 << 20      // bytes: each <use> repeats what it uses
	mostWork     = 2_000_000_000 // about a nanosecond each
)

// element is one of a drawing.
type element struct {
	name   string
	attrs  map[string]string // without those of drawing programs
	parent *element
	kids   []*element
	text   []byte // of a style sheet
	size   int    // bytes of its attributes
}

// parseSVG reads the elements. It forgives what browsers forgive too, and more.
func parseSVG(data []byte) (*element, error) {
	x := newXML(data)
	var root, at *element
	count, depth := 0, 0
	for {
		token, err := x.RawToken()
		if err != nil {
			if root == nil {
				return nil, errBroken
			}
			return root, nil // up to where it is broken
		}
		switch t := token.(type) {
		case xml.StartElement:
			if root == nil && t.Name.Local != "svg" {
				return nil, errBroken
			}
			if count, depth = count+1, depth+1; count > mostElements || depth > mostDepth {
				return nil, errTooLarge
			}
			e := &element{name: t.Name.Local, attrs: make(map[string]string, len(t.Attr)), parent: at}
			for _, a := range t.Attr {
				if a.Name.Space == "" || a.Name.Local == "href" {
					e.attrs[a.Name.Local] = a.Value
				}
				e.size += 32 + len(a.Value)
			}
			if at == nil && root == nil {
				root = e
			} else if at != nil {
				at.kids = append(at.kids, e)
			}
			at = e
		case xml.EndElement:
			up := 1
			for e := at; e != nil; e, up = e.parent, up+1 {
				if e.name == t.Name.Local { // and those within it that were left open
					at, depth = e.parent, depth-up
					break
				}
			}
		case xml.CharData:
			if at != nil && at.name == "style" {
				at.text = append(at.text, t...)
			}
		}
	}
}

func newXML(data []byte) *xml.Decoder {
	x := xml.NewDecoder(bytes.NewReader(data))
	x.Strict = false
	// What matters in a drawing is ASCII whatever the encoding.
	x.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return x
}

// svgSize is the size of a drawing in CSS pixels.
func svgSize(data []byte) (width, height int, err error) {
	x := newXML(data)
	for {
		token, err := x.RawToken()
		if err != nil {
			return 0, 0, errBroken
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if start.Name.Local != "svg" {
			return 0, 0, errBroken
		}
		attrs := map[string]string{}
		for _, a := range start.Attr {
			if a.Name.Space == "" {
				attrs[a.Name.Local] = a.Value
			}
		}
		w, h := naturalSize(attrs)
		return max(1, int(w+0.5)), max(1, int(h+0.5)), nil
	}
}

// naturalSize follows the rules of browsers: what is not said follows from the
// shape of the view box, or is that of a frame.
func naturalSize(attrs map[string]string) (width, height float64) {
	side := func(name string) float64 {
		s := attrs[name]
		if strings.HasSuffix(strings.TrimSpace(s), "%") {
			return 0
		}
		if l, ok := length(s, 0); ok && l > 0 && l < 100_000 {
			return l
		}
		return 0
	}
	width, height = side("width"), side("height")
	box, ok := viewBox(attrs)
	ok = ok && box.w < 100_000 && box.h < 100_000
	switch {
	case width > 0 && height > 0:
	case ok && width > 0:
		height = width * box.h / box.w
	case ok && height > 0:
		width = height * box.w / box.h
	case ok:
		width, height = box.w, box.h
	case width > 0:
		height = 150
	case height > 0:
		width = 300
	default:
		width, height = 300, 150
	}
	return min(width, 100_000), min(height, 100_000)
}

type box struct{ x, y, w, h float64 }

func viewBox(attrs map[string]string) (box, bool) {
	n := numbers(attrs["viewBox"])
	if len(n) != 4 || !(n[2] > 0 && n[3] > 0) {
		return box{}, false
	}
	return box{n[0], n[1], n[2], n[3]}, true
}

// length reads a length in CSS pixels; a percentage is one of whole.
func length(s string, whole float64) (float64, bool) {
	f, unit, ok := number(strings.TrimSpace(s))
	if !ok {
		return 0, false
	}
	switch strings.ToLower(strings.TrimSpace(unit)) {
	case "", "px":
		return f, true
	case "pt":
		return f * 96 / 72, true
	case "pc":
		return f * 16, true
	case "in":
		return f * 96, true
	case "cm":
		return f * 96 / 2.54, true
	case "mm":
		return f * 96 / 25.4, true
	case "em", "rem":
		return f * 16, true
	case "ex", "ch":
		return f * 8, true
	case "%":
		return f * whole / 100, true
	}
	return 0, false
}

// number reads a number from the start of s and returns what follows it.
func number(s string) (f float64, rest string, ok bool) {
	i := 0
	digits := func() (some bool) {
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i, some = i+1, true
		}
		return some
	}
	sign := func() {
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
	}
	sign()
	some := digits()
	if i < len(s) && s[i] == '.' {
		i++
		some = digits() || some
	}
	if !some {
		return 0, s, false
	}
	if end := i; i < len(s) && s[i]|0x20 == 'e' { // an exponent, or the unit em
		i++
		sign()
		if !digits() {
			i = end
		}
	}
	f, _ = strconv.ParseFloat(s[:i], 64)
	return max(-1e9, min(f, 1e9)), s[i:], true
}

// numbers reads numbers with whatever stands between them.
func numbers(s string) []float64 {
	var all []float64
	for s != "" {
		f, rest, ok := number(s)
		if !ok {
			rest = s[1:]
		} else {
			all = append(all, f)
		}
		s = rest
	}
	return all
}
