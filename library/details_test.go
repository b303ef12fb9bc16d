package library

import (
	"errors"
	"strings"
	"testing"

	"longhand/editor/text"
)

func TestWithDetails(t *testing.T) {
	for name, c := range map[string]struct {
		was    string
		change func(*Details)
		want   string // "" for an error
	}{
		"tags alone": {
			"---\ntitle: 'River' # mine\ndate: 2026-11-12\nTags: [a, b]\nx: {y: 1}\n---\n\nText\n",
			func(d *Details) { d.Tags = append(d.Tags, "c, d") },
			"---\ntitle: 'River' # mine\ndate: 2026-11-12\nTags: [a, b, \"c, d\"]\nx: {y: 1}\n---\n\nText\n",
		},
		"nothing": {"---\ntitle:   x\ndraft: yes\n---\n", func(*Details) {}, "---\ntitle:   x\ndraft: yes\n---\n"},
		"Hugo's draft": {
			"+++\ntitle = 'x'\ndraft = true\n+++\n", func(d *Details) { d.Draft = false },
			"+++\ntitle = 'x'\ndraft = false\n+++\n",
		},
		"Jekyll's published": {
			"---\npublished: false\n---\n", func(d *Details) { d.Draft = false }, "---\npublished: true\n---\n",
		},
		"a status": {"---\nstatus: draft\n---\n", func(d *Details) { d.Draft = false }, "---\nstatus: published\n---\n"},
		"a first draft": {
			"---\ntitle: x\n---\nText", func(d *Details) { d.Draft = true }, "---\ntitle: x\ndraft: true\n---\nText",
		},
		"a date as the other was written": {
			"---\ndate: 2026-11-12T10:00:00+01:00\n---\n", func(d *Details) { d.Date = "2026-11-13T11:30:00+01:00" },
			"---\ndate: 2026-11-13T11:30:00+01:00\n---\n",
		},
		"a day":         {"---\ntitle: x\n---\n", func(d *Details) { d.Date = " 30 November 2026 " }, "---\ntitle: x\ndate: 2026-11-30\n---\n"},
		"no date":       {"---\ntitle: x\n---\n", func(d *Details) { d.Date = "soon" }, ""},
		"the date goes": {"---\ntitle: x\ndate: 2026-01-01\n---\n", func(d *Details) { d.Date = "" }, "---\ntitle: x\n---\n"},
		"a summary":     {"---\nsummary: a\n---\n", func(d *Details) { d.Description = "b\nc" }, "---\nsummary: b c\n---\n"},
		"no slug":       {"---\ntitle: x\n---\n", func(d *Details) { d.Slug = "../x" }, ""},
		"one author":    {"---\nauthor: ana\n---\n", func(d *Details) { d.Authors = []string{"ben"} }, "---\nauthor: ben\n---\n"},
		"a second":      {"---\nauthor: ana\n---\n", func(d *Details) { d.Authors = append(d.Authors, "ben") }, "---\nauthors: [ana, ben]\n---\n"},
		"none":          {"---\nauthors: [ana]\n---\n", func(d *Details) { d.Authors = nil }, "---\nauthors: []\n---\n"},
		"all at once":   {"# River\n\nText\n", func(d *Details) { *d = Details{Title: "a: b", Tags: []string{"x"}, Lang: "de", Draft: true} }, "---\ntitle: \"a: b\"\ndraft: true\ntags: [x]\nlang: de\n---\n\n# River\n\nText\n"},
		"JSON":          {"{\"title\": \"x\"}\n", func(d *Details) { d.Title = "漢" }, "{\"title\": \"漢\"}\n"},
		"more of an author": {
			"---\nauthors:\n- {name: Ana, email: a@b.example}\n---\n",
			func(d *Details) { d.Authors, d.Slug = []string{"x"}, "s" },
			"---\nauthors:\n- {name: Ana, email: a@b.example}\nslug: s\n---\n",
		},
		"taxonomies": {
			"+++\n[taxonomies]\ntags = ['a']\n+++\n",
			func(d *Details) { d.Tags, d.Title = []string{"b"}, "x" },
			"+++\ntitle = \"x\"\n[taxonomies]\ntags = ['a']\n+++\n",
		},
		"broken": {"---\ntitle: [x\n---\n", func(d *Details) { d.Title = "y" }, ""},
	} {
		was, err := ReadDetails(c.was)
		now := was
		c.change(&now)
		doc := text.New(c.was)
		if err == nil {
			doc, err = WithDetails(doc, was, now)
		}
		var bad *FrontMatterError
		switch {
		case c.want == "" && (!errors.As(err, &bad) || bad.Remedy == ""):
			t.Errorf("%s: no error that helps, but %v", name, err)
		case c.want != "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && doc.String() != c.want:
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.ReplaceAll(doc.String(), "\n", "⏎"), strings.ReplaceAll(c.want, "\n", "⏎"))
		}
	}
}
