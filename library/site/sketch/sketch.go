// Package sketch reads from a theme's CSS what a small picture of it can show:
// colours by day and by night, fonts and sizes, and whether posts stand side by
// side. It follows CSS variables and knows the few selectors that matter; all
// else in a style is passed over.
package sketch

import (
	"image/color"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// Sketch is what is known of a theme.
type Sketch struct {
	Day, Night Colours
	Text       Type // of paragraphs
	Heading    Type // of posts in a list
	Small      Type // of what stands below them, and at the top
	// Grid tells that posts stand side by side, their pictures above them.
	Grid bool
}

// Colours are those of a page. What a style does not say is as in a page without one.
type Colours struct{ Paper, Ink, Muted, Hairline, Wash, Accent color.NRGBA }

// Type is how text is set.
type Type struct {
	Families []string // as the style names them, the preferred one first
	Size     float32  // in CSS pixels on a wide screen
	Bold     bool
}

// Read reads the style of a site: all that a page is shown with, in that order.
func Read(style []byte) Sketch {
	s := &sheet{}
	s.read(style)
	day, night := s.vars(false), s.vars(true)
	sk := Sketch{Day: s.colours(day, false), Night: s.colours(night, true)}
	base := Type{Size: 16}
	sk.Text = s.setIn(base, day, 16, "html", "body")
	em := sk.Text.Size
	heading := Type{Families: sk.Text.Families, Size: em * 1.5, Bold: true}
	sk.Heading = s.setIn(heading, day, em, "h2", ".entries h2")
	sk.Small = s.setIn(Type{Families: sk.Text.Families, Size: em * 0.8}, day, em, ".meta", ".entries .meta")
	display := s.last(day, false, "display", ".entries", ".list:is(.list-home,.list-tag,.list-author) .entries", ".list-home .entries", ".list .entries")
	columns := s.last(day, false, "grid-template-columns", ".entries", ".list:is(.list-home,.list-tag,.list-author) .entries", ".list-home .entries", ".list .entries")
	sk.Grid = display == "grid" && columns != "" && columns != "1fr" && columns != "none"
	return sk
}

// sheet is the declarations of a style, in order.
type sheet struct{ rules []rule }

type rule struct {
	selector string // without needless space
	name     string
	value    string
	night    bool // only by night
	day      bool // only by day
}

func (s *sheet) read(style []byte) {
	p := css.NewParser(parse.NewInputBytes(slices.Clone(style)), false)
	var selectors []string // of the rule under way
	var media []string     // conditions around it
	var pending []string
	for {
		kind, _, data := p.Next()
		switch kind {
		case css.ErrorGrammar:
			if p.HasParseError() {
				continue // what is wrong is passed over, as browsers do
			}
			return
		case css.BeginAtRuleGrammar:
			media = append(media, strings.ToLower(string(data)+" "+joined(p.Values())))
		case css.EndAtRuleGrammar:
			media = media[:max(len(media)-1, 0)]
		case css.QualifiedRuleGrammar:
			pending = append(pending, joined(p.Values()))
		case css.BeginRulesetGrammar:
			selectors = append(pending, joined(p.Values()))
			pending = nil
		case css.EndRulesetGrammar:
			selectors = nil
		case css.DeclarationGrammar, css.CustomPropertyGrammar:
			day, night, counts := condition(media)
			if !counts {
				continue
			}
			value := strings.TrimSpace(joined(p.Values()))
			if v, ok := strings.CutSuffix(value, "!important"); ok {
				value = strings.TrimSpace(v)
			}
			for _, sel := range selectors {
				s.rules = append(s.rules, rule{selector: sel, name: strings.ToLower(string(data)), value: value, day: day, night: night})
			}
		}
	}
}

func joined(tokens []css.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		if t.TokenType == css.WhitespaceToken {
			b.WriteByte(' ')
		} else if t.TokenType != css.CommentToken {
			b.Write(t.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// condition tells whether rules under these conditions hold on a screen, and if only
// by day or by night.
func condition(media []string) (day, night, counts bool) {
	for _, m := range media {
		m = strings.ReplaceAll(m, " ", "")
		switch {
		case strings.Contains(m, "prefers-color-scheme:dark"):
			night = true
		case strings.Contains(m, "prefers-color-scheme:light"):
			day = true
		case strings.HasPrefix(m, "@layer"), m == "@mediascreen", m == "@mediaall":
		default:
			return false, false, false // of the width of windows, print and the like
		}
	}
	return day, night, !(day && night)
}

// last is what the last rule for one of the selectors says; "" where none does.
func (s *sheet) last(vars map[string]string, night bool, name string, selectors ...string) string {
	value := ""
	for _, r := range s.rules {
		if r.name == name && slices.Contains(selectors, r.selector) && r.holds(night) {
			value = r.value
		}
	}
	return expand(value, vars, 0)
}

func (r rule) holds(night bool) bool { return !(r.night && !night) && !(r.day && night) }

// vars are the variables of the page.
func (s *sheet) vars(night bool) map[string]string {
	vars := map[string]string{}
	for _, r := range s.rules {
		if strings.HasPrefix(r.name, "--") && (r.selector == ":root" || r.selector == "html" || r.selector == "body") && r.holds(night) {
			vars[r.name] = r.value
		}
	}
	return vars
}

const mostNested = 16 // variables within variables; more is a circle

// expand puts the values of variables in their places.
func expand(value string, vars map[string]string, depth int) string {
	for depth < mostNested {
		i := strings.Index(value, "var(")
		if i < 0 {
			return strings.TrimSpace(value)
		}
		inner, rest, ok := enclosed(value[i+len("var("):])
		if !ok {
			return ""
		}
		name, fallback, _ := strings.Cut(inner, ",")
		with, known := vars[strings.TrimSpace(name)]
		if !known {
			with = fallback
		}
		value = value[:i] + strings.TrimSpace(with) + rest
		depth++
		const longest = 4096
		if len(value) > longest {
			return ""
		}
	}
	return ""
}

// enclosed parts a text at the bracket that closes one opened before it.
func enclosed(s string) (inner, rest string, ok bool) {
	depth := 1
	for i, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return s[:i], s[i+1:], true
			}
		}
	}
	return "", "", false
}
