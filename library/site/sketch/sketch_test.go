package sketch

import (
	"image/color"
	"strings"
	"testing"
)

const sheetOfAll = `
/* A theme: { not a rule } */
:root { --paper: #fbfaf7; --ink: #222; --accent: teal; --serif: "Source Serif 4", Georgia, serif; --size: clamp(1rem, 0.9rem + 1vw, 1.25rem); --muted: #666 }
@media (prefers-color-scheme: dark) { :root { --paper: rgb(10, 20, 30); --ink: #eee } }
@media print { body { background: red } }
@media (max-width: 30em) { .entries h2 { font-size: 8px } }
html { background: var(--paper); }
body { color: var(--ink); font: var(--size)/1.6 var(--serif); }
:any-link { color: var(--accent) }
h2, h3 { font-size: 2em; font-weight: 400 }
.entries h2 { font: 700 1.5rem/1.2 var(--none, Inter), sans-serif }
.meta { font: 0.8em/1.6 Inter, sans-serif; }
`

func TestRead(t *testing.T) {
	s := Read([]byte(sheetOfAll))
	if want := (color.NRGBA{0xfb, 0xfa, 0xf7, 0xff}); s.Day.Paper != want {
		t.Errorf("paper %v, want %v", s.Day.Paper, want)
	}
	if want := (color.NRGBA{10, 20, 30, 0xff}); s.Night.Paper != want {
		t.Errorf("paper by night %v, want %v", s.Night.Paper, want)
	}
	if s.Day.Ink.R != 0x22 || s.Night.Ink.R != 0xee || s.Day.Muted.R != 0x66 || s.Night.Muted.R != 0x66 {
		t.Errorf("inks: %v and %v", s.Day, s.Night)
	}
	if want := (color.NRGBA{0, 0x80, 0x80, 0xff}); s.Day.Accent != want {
		t.Errorf("accent %v, want %v", s.Day.Accent, want)
	}
	if s.Text.Size != 20 || strings.Join(s.Text.Families, "|") != "Source Serif 4|Georgia|serif" || s.Text.Bold {
		t.Errorf("text %+v", s.Text)
	}
	if s.Heading.Size != 24 || s.Heading.Families[0] != "Inter" || !s.Heading.Bold {
		t.Errorf("heading %+v", s.Heading)
	}
	if s.Small.Size != 16 || s.Small.Families[0] != "Inter" {
		t.Errorf("small %+v", s.Small)
	}
	if s.Grid {
		t.Error("posts stand side by side")
	}
	if !Read([]byte(sheetOfAll + ".list:is(.list-home, .list-tag, .list-author) .entries { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)) }")).Grid {
		t.Error("posts stand below one another")
	}
}

// What the writer changes in a line of CSS is seen, also without variables.
func TestReadPlainRules(t *testing.T) {
	s := Read([]byte(sheetOfAll + "body { background-color: pink; font-family: 'IBM Plex Mono', monospace } a { color: blue } a:link { color: #b00 } h2 { font-size: 60px }"))
	if s.Day.Paper != (color.NRGBA{0xff, 0xc0, 0xcb, 0xff}) || s.Day.Accent.R != 0xbb || s.Text.Families[0] != "IBM Plex Mono" || s.Heading.Size != 24 {
		t.Errorf("%+v", s)
	}
}

func TestReadNonsense(t *testing.T) {
	for _, style := range []string{
		"", "{", "}}}", "body {", "body { color: ", ":root { --a: var(--b); --b: var(--a) } body { color: var(--a) }",
		"@media (", "body { font: } h2 { font-size: clamp( }", "body { color: var(", strings.Repeat("a{", 5000), "\x00\xff",
		":root { --a: var(--b)var(--b); --b: var(--c)var(--c); --c: var(--d)var(--d); --d: var(--a)var(--a) } body { color: var(--a) }",
	} {
		s := Read([]byte(style))
		if s.Day.Paper.A != 0xff || s.Day.Ink == s.Day.Paper || s.Text.Size < 4 {
			t.Errorf("%.40q: %+v", style, s)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sheetOfAll)
	f.Fuzz(func(t *testing.T, style string) { Read([]byte(style)) })
}
