package site

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// asAtOnce builds the site again and complains where it is not as one that is made at once.
func (f *fixture) asAtOnce(what string) {
	f.t.Helper()
	again := f.build()
	other := *f
	other.o.To, other.o.Cache = filepath.Join(f.t.TempDir(), "site"), ""
	once := other.build()
	if problemsOf(again) != problemsOf(once) {
		f.t.Errorf("%s: the problems are %s\nnot %s", what, problemsOf(again), problemsOf(once))
	}
	if !slices.Equal(f.files(), other.files()) {
		f.t.Errorf("%s: there are %q\nnot %q", what, f.files(), other.files())
		return
	}
	for _, name := range f.files() {
		got, want := f.read(name), other.read(name)
		if got == want {
			continue
		}
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		f.t.Errorf("%s: %s has %.200q\nnot %.200q", what, name, got[max(0, at-60):], want[max(0, at-60):])
	}
}

// Each thing that a page or a feed is made from has it made anew when it changes.
func TestAnythingThatChanges(t *testing.T) {
	moment := past
	put := func(f *fixture, name, data string) {
		t.Helper()
		moment = moment.Add(time.Minute)
		write(t, f.lib.File(name), data)
		if err := os.Chtimes(f.lib.File(name), moment, moment); err != nil {
			t.Fatal(err)
		}
	}
	text := func(title, more, body string) string {
		return "---\ntitle: " + title + "\n" + more + "---\n" + body + "\n"
	}
	settings := func(more string) func(*fixture) {
		return func(f *fixture) { put(f, "site.toml", more) }
	}
	b := func(title, more string) func(*fixture) {
		return func(f *fixture) { put(f, "b.md", text(title, more, "Text b.")) }
	}
	ann := func(more, bio string) func(*fixture) {
		return func(f *fixture) { put(f, "authors/ann.md", "---\nname: Ann\n"+more+"---\n"+bio+"\n") }
	}
	for what, change := range map[string]func(*fixture){
		"the only author's name":     func(f *fixture) { put(f, "authors/ann.md", "---\nname: Anna\navatar: ann.png\n---\nBio.\n") },
		"the only author goes":       func(f *fixture) { f.remove("a.md") },
		"another author":             b("B", "date: 2026-01-02\nauthor: bob\ntags: [y]\n"),
		"a picture in a bio":         func(f *fixture) { put(f, "authors/own.png", pngOf(t, 9)) },
		"no picture in a bio":        func(f *fixture) { f.remove("authors/own.png") },
		"a picture in a bio as HTML": func(f *fixture) { ann("", "<img src=\"late.png\">")(f); f.build(); put(f, "authors/late.png", pixel) },
		"an avatar":                  func(f *fixture) { put(f, "authors/ann.png", pngOf(t, 9)) },
		"no avatar":                  func(f *fixture) { f.remove("authors/ann.png") },
		"an avatar that is none":     func(f *fixture) { put(f, "authors/ann.png", "none") },
		"an avatar's name":           func(f *fixture) { put(f, "authors/two.png", pixel); ann("avatar: two.png\n", "Bio.")(f) },
		"an avatar that comes late":  func(f *fixture) { ann("avatar: late.png\n", "Bio.")(f); f.build(); put(f, "authors/late.png", pixel) },
		"where a bio leads": func(f *fixture) {
			ann("", "See [c](../c.md).")(f)
			f.build()
			put(f, "c.md", text("C", "date: 2026-01-03\n", "c"))
		},
		"a draft goes":          func(f *fixture) { f.remove("c.md") },
		"a draft to the future": func(f *fixture) { put(f, "c.md", text("C", "date: 2027-01-03\n", "Text c.")) },
		"a draft no more":       func(f *fixture) { put(f, "c.md", text("C", "date: 2026-01-03\n", "Text c.")) },
		"with drafts":           func(f *fixture) { f.o.Drafts = true },
		"with drafts once":      func(f *fixture) { f.o.Drafts = true; f.build(); f.o.Drafts = false },
		"a date that comes": func(f *fixture) {
			put(f, "c.md", text("C", "date: 2026-12-03\n", "Text c."))
			f.build()
			f.o.Now = f.o.Now.AddDate(1, 0, 0)
		},
		"no description": func(f *fixture) {
			put(f, "a.md", text("A", "date: 2026-01-01\ntags: [x]\nauthor: ann\n", "See [b](b.md)."))
		},
		"the language":   settings("title = \"S\"\nlang = \"de\"\n"),
		"no language":    settings("title = \"S\"\n"),
		"no title":       settings("lang = \"en\"\n"),
		"the permalink":  settings("title = \"S\"\nlang = \"en\"\npermalink = \"/:slug.html\"\n"),
		"pages of lists": settings("title = \"S\"\nlang = \"en\"\nper_page = 1\n"),
		"trust":          settings("title = \"S\"\nlang = \"en\"\ntrust_html = true\n"),
		"a place": func(f *fixture) {
			put(f, "sub/b.md", text("B", "date: 2026-01-02\ntags: [y]\n", "Text b."))
			f.remove("b.md")
		},
		"a zone":                b("B", "date: 2026-01-02T00:00:00+02:00\ntags: [y]\n"),
		"an update":             b("B", "date: 2026-01-02\nupdated: 2026-01-05\ntags: [y]\n"),
		"a tag's case":          b("B", "date: 2026-01-02\ntags: [X]\n"),
		"a neighbour's name":    b("B2", "date: 2026-01-02\ntags: [y]\n"),
		"a neighbour's date":    b("B", "date: 2025-01-02\ntags: [y]\n"),
		"an article's language": b("B", "date: 2026-01-02\nlang: de\ntags: [y]\n"),
		"no address":            func(f *fixture) { f.o.BaseURL = "" },
		"another address":       func(f *fixture) { f.o.BaseURL = "https://example.net" },
		"a picture":             func(f *fixture) { put(f, "p0.png", pngOf(t, 40)) },
		"no picture":            func(f *fixture) { f.remove("p0.png") },
		"a folder":              func(f *fixture) { f.remove("p0.png"); put(f, "p0.png/x.png", pixel) },
		"texts that begin with much code": func(f *fixture) {
			settings("title = \"S\"\n")(f)
			for i := range 2 {
				put(f, fmt.Sprintf("%c.md", 'a'+i), text("T", "", "```\n"+strings.Repeat("code code code\n", 4000)+"```\n\nDas ist der Text und die Sache ist nicht so, wie es war, aber auch nicht von dem, was wir sind und werden.\n"))
			}
			f.build()
		},
	} {
		f := newFixture(t, map[string]string{
			"site.toml":      "title = \"S\"\nlang = \"en\"\n",
			"a.md":           text("A", "date: 2026-01-01\ntags: [x]\nauthor: ann\ndescription: what it is\n", "See [b](b.md) and [c](c.md). ![p](p0.png)"),
			"b.md":           text("B", "date: 2026-01-02\ntags: [y]\n", "Text b."),
			"c.md":           text("C", "date: 2026-01-03\ndraft: true\n", "Text c."),
			"authors/ann.md": "---\nname: Ann\navatar: ann.png\n---\nBio ![x](own.png) here.\n", "authors/ann.png": pixel, "authors/own.png": pixel, "p0.png": pixel,
		})
		f.build()
		change(f)
		f.asAtOnce(what)
	}
}
