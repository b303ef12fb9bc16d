package sketch

import (
	"image/color"
	"strconv"
	"strings"

	"github.com/fyne-io/oksvg"
)

// colours of the page, by day or by night.
func (s *sheet) colours(vars map[string]string, night bool) Colours {
	c := Colours{
		Paper: color.NRGBA{0xff, 0xff, 0xff, 0xff}, Ink: color.NRGBA{0, 0, 0, 0xff},
		Accent: color.NRGBA{0, 0, 0xee, 0xff},
	}
	if night && strings.Contains(s.last(vars, night, "color-scheme", ":root", "html"), "dark") {
		c.Paper, c.Ink, c.Accent = color.NRGBA{0x12, 0x12, 0x12, 0xff}, color.NRGBA{0xff, 0xff, 0xff, 0xff}, color.NRGBA{0x9e, 0x9e, 0xff, 0xff}
	}
	pick := func(to *color.NRGBA, values ...string) {
		for _, v := range values {
			if found, ok := parseColour(v); ok {
				*to = found
			}
		}
	}
	of := func(name string, selectors ...string) string { return s.last(vars, night, name, selectors...) }
	pick(&c.Paper, of("background", "html"), of("background-color", "html"), of("background", "body"), of("background-color", "body"))
	pick(&c.Ink, of("color", "html"), of("color", "body"))
	pick(&c.Accent, of("color", "a"), of("color", ":any-link"), of("color", "a:link"))
	c.Muted, c.Hairline, c.Wash = mix(c.Ink, c.Paper, 0.62), mix(c.Ink, c.Paper, 0.14), mix(c.Ink, c.Paper, 0.06)
	pick(&c.Muted, vars["--muted"])
	pick(&c.Hairline, vars["--hairline"])
	pick(&c.Wash, vars["--wash"])
	return c
}

// mix is that much of a on b.
func mix(a, b color.NRGBA, much float64) color.NRGBA {
	one := func(x, y uint8) uint8 { return uint8(float64(x)*much + float64(y)*(1-much) + 0.5) }
	return color.NRGBA{one(a.R, b.R), one(a.G, b.G), one(a.B, b.B), 0xff}
}

// parseColour reads a colour: hexadecimal, rgb() or a name.
func parseColour(value string) (color.NRGBA, bool) {
	value = strings.ToLower(strings.TrimSpace(value))
	switch value {
	case "", "none", "transparent", "inherit", "currentcolor":
		return color.NRGBA{}, false
	}
	if strings.HasPrefix(value, "#") {
		switch len(value) {
		case 5: // with how much shows through, which a page's ground has nothing for
			value = value[:4]
		case 9:
			value = value[:7]
		case 4, 7:
		default:
			return color.NRGBA{}, false
		}
	}
	read, err := oksvg.ParseSVGColor(value)
	if err != nil || read == nil {
		return color.NRGBA{}, false
	}
	c := color.NRGBAModel.Convert(read).(color.NRGBA)
	c.A = 0xff
	return c, true
}

// setIn is a type with what rules for the selectors say of it, of which the later are
// the stronger; em is the size around.
func (s *sheet) setIn(t Type, vars map[string]string, em float32, selectors ...string) Type {
	for _, r := range s.of(selectors) {
		if r.night {
			continue
		}
		value := expand(r.value, vars, 0)
		switch r.name {
		case "font-family":
			t.Families = families(value)
		case "font-size":
			if px, ok := length(value, em); ok {
				t.Size = px
			}
		case "font-weight":
			t.Bold = isBold(value)
		case "font":
			t = t.shorthand(value, em)
		}
	}
	return t
}

// of are the rules for the selectors, selector by selector.
func (s *sheet) of(selectors []string) []rule {
	var out []rule
	for _, sel := range selectors {
		for _, r := range s.rules {
			if r.selector == sel {
				out = append(out, r)
			}
		}
	}
	return out
}

// shorthand reads "700 1.3rem/1.2 Inter, sans-serif".
func (t Type) shorthand(value string, em float32) Type {
	t.Bold = false
	words := fields(value)
	for i, w := range words {
		size, _, _ := strings.Cut(w, "/")
		if strings.Contains(w, "(") {
			size = w
			if at := strings.LastIndex(w, ")"); at >= 0 {
				size = w[:at+1]
			}
		}
		if px, ok := length(size, em); ok && !isNumber(size) {
			t.Size = px
			t.Families = families(strings.Join(words[i+1:], " "))
			return t
		}
		t.Bold = t.Bold || isBold(w)
	}
	return t
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 32)
	return err == nil
}

func isBold(weight string) bool {
	n, err := strconv.Atoi(weight)
	return weight == "bold" || weight == "bolder" || err == nil && n >= 600
}

// fields parts a value at spaces, but not within brackets or quotation marks.
func fields(s string) []string {
	var out []string
	depth, from := 0, 0
	var quote rune
	for i, r := range s + " " {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ' ' && depth <= 0:
			if i > from {
				out = append(out, s[from:i])
			}
			from = i + 1
		}
	}
	return out
}

func families(value string) []string {
	var out []string
	for name := range strings.SplitSeq(value, ",") {
		if name = strings.Trim(strings.TrimSpace(name), `"'`); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// length reads a length in CSS pixels; of clamp() the largest, as a wide screen has it.
func length(value string, em float32) (float32, bool) {
	value = strings.TrimSpace(value)
	if inner, ok := strings.CutPrefix(value, "clamp("); ok {
		parts := strings.Split(strings.TrimSuffix(inner, ")"), ",")
		return length(parts[len(parts)-1], em)
	}
	for _, u := range []struct {
		name string
		px   float32
	}{{"rem", 16}, {"em", em}, {"px", 1}, {"pt", 4.0 / 3}, {"%", em / 100}} {
		if number, ok := strings.CutSuffix(value, u.name); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(number), 32)
			px := float32(n) * u.px
			return px, err == nil && px >= 4 && px <= 200
		}
	}
	return 0, false
}
