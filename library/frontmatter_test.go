package library

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestFrontMatter(t *testing.T) {
	for _, c := range []struct {
		name, text string
		format     Format
		body       string
		title      string
	}{
		{"empty file", "", NoFrontMatter, "", ""},
		{"no front matter", "# Title\n\nText.\n", NoFrontMatter, "# Title\n\nText.\n", ""},
		{"yaml", "---\ntitle: One\n---\nText.\n", YAML, "Text.\n", "One"},
		{"yaml ended by dots", "---\ntitle: One\n...\nText.\n", YAML, "Text.\n", "One"},
		{"spaces behind delimiters", "---  \ntitle: One\n--- \t\nText.\n", YAML, "Text.\n", "One"},
		{"only front matter", "---\ntitle: One\n---", YAML, "", "One"},
		{"empty front matter", "---\n---\nText.\n", YAML, "Text.\n", ""},
		{"only comments", "---\n# nothing yet\n---\nText.\n", YAML, "Text.\n", ""},
		{"comment and blank line first", "---\n# mine\n\ntitle: One\n---\nText.\n", YAML, "Text.\n", "One"},
		{"delimiter inside a block", "---\ntitle: One\nnote: |\n  ---\n  more\n---\nText.\n", YAML, "Text.\n", "One"},
		{"unicode keys", "---\ntítulo: Uno\n標題: 一\ntitle: One\n---\nText.\n", YAML, "Text.\n", "One"},
		{"toml", "+++\ntitle = \"One\"\n[taxonomies]\ntags = [\"a\"]\n+++\nText.\n", TOML, "Text.\n", "One"},
		{"toml with dots in it", "+++\ntitle = \"\"\"\n...\"\"\"\n+++\nText.\n", TOML, "Text.\n", "..."},
		{"json", "{\n  \"title\": \"One\"\n}\nText.\n", JSON, "Text.\n", "One"},
		{"json and no more", `{"title": "One"}`, JSON, "", "One"},
		{"empty json", "{}\nText.\n", JSON, "Text.\n", ""},

		{"thematic break", "---\n\nText.\n", NoFrontMatter, "---\n\nText.\n", ""},
		{"thematic break alone", "---", NoFrontMatter, "---", ""},
		{"four dashes", "----\ntitle: One\n---\n", NoFrontMatter, "----\ntitle: One\n---\n", ""},
		{"prose between two breaks", "---\n\nOnce there was: \"nothing.\n\n---\n\nText.\n", NoFrontMatter, "---\n\nOnce there was: \"nothing.\n\n---\n\nText.\n", ""},
		{"heading between two breaks", "---\nA heading\n---\nText.\n", NoFrontMatter, "---\nA heading\n---\nText.\n", ""},
		{"list between two breaks", "---\n\n- one\n- two\n\n---\n", NoFrontMatter, "---\n\n- one\n- two\n\n---\n", ""},
		{"liquid", "{% include x %}\nText.\n", NoFrontMatter, "{% include x %}\nText.\n", ""},
		{"shortcode", "{{< figure src=\"x.png\" >}}\nText.\n", NoFrontMatter, "{{< figure src=\"x.png\" >}}\nText.\n", ""},
		{"json in a sentence", "{\"a\": 1} is JSON.\n", NoFrontMatter, "{\"a\": 1} is JSON.\n", ""},
		{"braces in a sentence", "{\"so\"} he said\n", NoFrontMatter, "{\"so\"} he said\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			fm, err := ParseFrontMatter(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if fm.Format != c.format || c.text[fm.Body:] != c.body || scalar(fm.Values["title"]) != c.title {
				t.Errorf("format %q, body %q, title %q; want %q, %q, %q", fm.Format, c.text[fm.Body:], scalar(fm.Values["title"]), c.format, c.body, c.title)
			}
		})
	}
}

func TestFrontMatterBroken(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for i := 'b'; i < 'k'; i++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c,", i-1), 9), ","))
	}
	deep := strings.Repeat("[", 1000) + strings.Repeat("]", 1000)
	for _, c := range []struct {
		name, text string
		line       int
		message    string // a part of it
		remedy     string
		body       string
		title      string // what is salvaged
		draft      bool
	}{
		{"unclosed", "---\ntitle: One\ndraft: true\n\nText: more.\n", 1, "never closed", "add a line with ---", "---\ntitle: One\ndraft: true\n\nText: more.\n", "One", true},
		{"unclosed toml", "+++\ntitle = \"One\"\ndraft = true\n", 1, "never closed", "add a line with +++", "+++\ntitle = \"One\"\ndraft = true\n", "One", true},
		{"unclosed json", "{\n \"title\": \"One\",\n \"draft\": true,\n\nText.\n", 5, "not valid JSON", "mend", "{\n \"title\": \"One\",\n \"draft\": true,\n\nText.\n", "One", true},
		{"json that just ends", "{\n \"title\": \"One\",\n \"draft\": true", 1, "never closed", "}", "{\n \"title\": \"One\",\n \"draft\": true", "One", true},
		{"json with a comma too many", "{\n \"title\": \"One\",\n \"draft\": true,\n}\nText.\n", 4, "not valid JSON", "mend", "Text.\n", "One", true},
		{"colon in the title", "---\nlayout: post\ntitle: One: two\ndraft: true # yet\n---\nText.\n", 3, "not valid YAML", "quotes", "Text.\n", "One: two", true},
		{"tab", "---\ntitle: One\nx:\n\t- a\n---\nText.\n", 4, "not valid YAML", "mend", "Text.\n", "One", false},
		{"duplicate key", "---\ntitle: One\ndate: 2024-01-02\ntitle: Two\n---\nText.\n", 4, "in line 2", "remove one", "Text.\n", "One", false},
		{"duplicate toml key", "+++\ntitle = \"One\"\ntitle = \"Two\"\n+++\nText.\n", 3, "not valid TOML", "remove one", "Text.\n", "One", false},
		{"toml without quotes", "+++\nx = 1\ntitle = One\n+++\nText.\n", 3, "not valid TOML", "quotes", "Text.\n", "One", false},
		{"list", "---\n- one\n- two\n---\nText.\n", 2, "list, not keys", "title: My title", "Text.\n", "", false},
		{"alias bomb", "---\ntitle: One\n" + bomb + "---\nText.\n", 2, "excessive aliasing", "mend", "Text.\n", "One", false},
		{"endless", "---\ntitle: One\n" + strings.Repeat("x: y\n", 100_000) + "---\nText.\n", 1, "too long", "closed", "Text.\n", "One", false},
		{"deep to no end", "---\ntitle: One\nx: " + strings.Repeat("[", 20_000) + "\n---\nText.\n", 3, "depth", "mend", "Text.\n", "One", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			fm, err := ParseFrontMatter(c.text)
			var bad *FrontMatterError
			if !errors.As(err, &bad) {
				t.Fatalf("no error; values %v", fm.Values)
			}
			if bad.Line != c.line || !strings.Contains(bad.Message, c.message) || !strings.Contains(bad.Remedy, c.remedy) {
				t.Errorf("line %d: %q; %q, want line %d: %q; %q", bad.Line, bad.Message, bad.Remedy, c.line, c.message, c.remedy)
			}
			if strings.Contains(bad.Message, "\n") || strings.Contains(bad.Message, "unmarshal") {
				t.Errorf("not for readers: %q", bad.Message)
			}
			m := fm.meta()
			if c.text[fm.Body:] != c.body || m.Title != c.title || m.Draft != c.draft {
				t.Errorf("body %.40q, title %q, draft %v; want %.40q, %q, %v", c.text[fm.Body:], m.Title, m.Draft, c.body, c.title, c.draft)
			}
		})
	}
	for _, text := range []string{"---\ntitle: One\nx: " + deep + "\n---\n", "+++\ntitle = \"One\"\nx = " + deep + "\n+++\n", "{\"title\": \"One\", \"x\": " + deep + "}\n"} {
		if fm, err := ParseFrontMatter(text); err != nil || scalar(fm.Values["title"]) != "One" {
			t.Errorf("nested 1,000 deep: %.40q: %v", text, err)
		}
	}
}

func TestMeta(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		name, path, text string
		want             Meta
		slug             string
	}{
		{"hugo", "posts/one/index.md", "---\ntitle: \"One\"\ndate: 2024-01-02\nlastmod: 2024-02-03\ndraft: true\nslug: uno\ntags: [a, B, \"a\"]\ncategories: [C]\nauthors: [jane, joe]\nsummary: S\n---\n",
			Meta{Title: "One", Date: day("2024-01-02"), DateSource: DateFromFrontMatter, Updated: day("2024-02-03"), Draft: true, Slug: "uno", Tags: []string{"a", "B", "C"}, Authors: []string{"jane", "joe"}, Description: "S"}, "uno"},
		{"hugo's published is a date", "one.md", "---\ntitle: One\npublished: 2024-01-02\n---\n",
			Meta{Title: "One", Date: day("2024-01-02"), DateSource: DateFromFrontMatter}, "one"},
		{"jekyll", "_posts/2024-01-02-one.md", "---\nlayout: post\ntitle: One\npublished: false\ncategories: a b\ntags: c, d e\nauthor: jane\nexcerpt: E\n---\n",
			Meta{Title: "One", Date: day("2024-01-02"), DateSource: DateFromName, Draft: true, Tags: []string{"c", "d e", "a", "b"}, Authors: []string{"jane"}, Description: "E"}, "one"},
		{"jekyll's old yaml", "one.md", "---\ntitle: One\npublished: no\n---\n", Meta{Title: "One", Draft: true, DateSource: DateFromFile}, "one"},
		{"jekyll draft", "_drafts/one.md", "---\ntitle: One\ncategory: Machine Learning\n---\n",
			Meta{Title: "One", Draft: true, DateSource: DateFromFile, Tags: []string{"Machine Learning"}}, "one"},
		{"zola", "one.md", "+++\ntitle = \"One\"\ndate = 2024-01-02\nupdated = 2024-02-03T04:05:06Z\nauthors = [\"Jane Doe\"]\n[taxonomies]\ntags = [\"a\"]\ncategories = [\"b\"]\n[extra]\nx = 1\n+++\n",
			Meta{Title: "One", Date: day("2024-01-02"), DateSource: DateFromFrontMatter, Updated: time.Date(2024, 2, 3, 4, 5, 6, 0, time.UTC), Tags: []string{"a", "b"}, Authors: []string{"Jane Doe"}}, "one"},
		{"zola path", "One.md", "+++\ntitle = \"One\"\npath = \"2014/12/12/One\"\n+++\n",
			Meta{Title: "One", Date: day("2014-12-12"), DateSource: DateFromPath}, "One"},
		{"authors are mappings", "one.md", "---\nTitle: One\nAuthors:\n  - name: Jane Doe\n    email: j@example.org\n  - id: joe\n---\n",
			Meta{Title: "One", DateSource: DateFromFile, Authors: []string{"Jane Doe", "joe"}}, "one"},
		{"one author as a mapping", "one.md", "---\ntitle: One\nauthor: {name: Jane}\n---\n",
			Meta{Title: "One", DateSource: DateFromFile, Authors: []string{"Jane"}}, "one"},
		{"json", "one.md", "{\"title\": \"One\", \"date\": \"2024-01-02\", \"tags\": [\"a\", 7]}\n",
			Meta{Title: "One", Date: day("2024-01-02"), DateSource: DateFromFrontMatter, Tags: []string{"a", "7"}}, "one"},
		{"numbers as written", "one.md", "---\ntitle: 1.10\nslug: 007\ntags: [2024, 1.0]\n---\n",
			Meta{Title: "1.10", Slug: "007", DateSource: DateFromFile, Tags: []string{"2024", "1.0"}}, "007"},
		{"a date for a title", "one.md", "---\ntitle: 2024-01-02\n---\n", Meta{Title: "2024-01-02", DateSource: DateFromFile}, "one"},
		{"a mapping for a title", "one.md", "---\ntitle: {a: b}\ntags: {1: 2}\n---\n", Meta{Title: "one", DateSource: DateFromFile}, "one"},
		{"heading for a title", "one.md", "Words.\n\n## The *heading*\n", Meta{Title: "The heading", DateSource: DateFromFile}, "one"},
		{"name for a title", "2024-01-02 one.md", "Words.\n", Meta{Title: "one", Date: day("2024-01-02"), DateSource: DateFromName}, "one"},
		{"date in the path", "2024/1/02/one/index.md", "", Meta{Title: "one", Date: day("2024-01-02"), DateSource: DateFromPath}, "one"},
		{"no date in the name", "2024-13-45-one.md", "", Meta{Title: "2024-13-45-one", DateSource: DateFromFile}, "2024-13-45-one"},
		{"a name that is a date", "2024-01-02.md", "", Meta{Title: "2024-01-02", Date: day("2024-01-02"), DateSource: DateFromName}, "2024-01-02"},
		{"page", "one.md", "---\ntitle: One\ntoc: no\ncanonical_url: https://example.org/one\nimported: ghost\n---\n", Meta{Title: "One", Contents: new(false), Canonical: "https://example.org/one", Imported: true, DateSource: DateFromFile}, "one"},
		{"page switches", "one.md", "+++\ntitle = 'One'\nshowToc = true\nimported = false\n+++\n", Meta{Title: "One", Contents: new(true), DateSource: DateFromFile}, "one"},
		{"status", "one.md", "---\ntitle: One\nstatus: Draft\nlang: de\nsubtitle: Two\n---\n", Meta{Title: "One", Subtitle: "Two", Lang: "de", Draft: true, DateSource: DateFromFile}, "one"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := Describe(c.text, "/x/"+c.path, c.path)
			got := a.Meta
			if !got.Date.Equal(c.want.Date) || !got.Updated.Equal(c.want.Updated) {
				t.Errorf("dates %v, %v; want %v, %v", got.Date, got.Updated, c.want.Date, c.want.Updated)
			}
			got.Date, got.Updated, c.want.Date, c.want.Updated = time.Time{}, time.Time{}, time.Time{}, time.Time{}
			if !reflect.DeepEqual(got, c.want) || a.Slug != c.slug {
				t.Errorf("%#v, slug %q; want\n%#v, slug %q", got, a.Slug, c.want, c.slug)
			}
			if a.Problem != nil {
				t.Error(a.Problem)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for value, want := range map[string]string{
		"2024-01-02":                      "2024-01-02T00:00:00Z",
		"'2024-1-2'":                      "2024-01-02T00:00:00Z",
		"2024-01-02T03:04:05Z":            "2024-01-02T03:04:05Z",
		"2024-01-02T03:04:05+02:00":       "2024-01-02T03:04:05+02:00",
		"2024-01-02T03:04:05.678+0200":    "2024-01-02T03:04:05+02:00",
		"2024-01-02 03:04:05 +0200":       "2024-01-02T03:04:05+02:00",
		"2024-01-02 03:04":                "2024-01-02T03:04:00Z",
		"2024-01-02 03:04:05 UTC":         "2024-01-02T03:04:05Z",
		"2024/01/02":                      "2024-01-02T00:00:00Z",
		"2.1.2024":                        "2024-01-02T00:00:00Z",
		"20240102":                        "2024-01-02T00:00:00Z",
		"January 2, 2024":                 "2024-01-02T00:00:00Z",
		"2 Jan 2024":                      "2024-01-02T00:00:00Z",
		"Tue, 02 Jan 2024 03:04:05 +0200": "2024-01-02T03:04:05+02:00",
		"2024-01-02 00:00:00 +2400":       "2024-01-01T00:00:00Z", // no zone that JSON can hold

		"-0001-11-30 00:00:00": "", "0000-00-00": "", "0000-00-00 00:00:00": "", "2024-02-31": "", "99999-01-01": "", "9999-12-31": "",
		"soon": "", "12": "", "''": "", "[2024]": "", "true": "", "~": "",
	} {
		a := Describe("---\ndate: "+value+"\n---\n", "/x/one.md", "one.md")
		got := ""
		if a.DateSource == DateFromFrontMatter {
			got = a.Date.Truncate(time.Second).Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("date: %s is %q, want %q", value, got, want)
		}
		if _, err := a.Date.MarshalJSON(); err != nil {
			t.Errorf("date: %s: %v", value, err)
		}
	}
}

func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{
		"", "---\ntitle: One\n---\nText", "+++\ntitle = \"One\"\ndate = 2024-01-02\n+++\n", "{\"title\": \"One\"}\nText", "{% raw %}", "---\n- a\n---\n",
		"---\n\nProse.\n\n---\n", "---\na: &a [*a]\n---\n", "---\nx: [[[[{{{{\n---\n", "+++\na = [[[[[\n+++\n", "{\"a\":{\"a\":{\"a\":", "---\ntitle: One: two\n---",
		"---\n? [a]\n: b\n1: 2\n---\n", "---\n<<: {a: b}\ndate: 0000-00-00\n---\n", "---\ntitle: !!binary x\nauthors: [{name: {a: b}}]\n---\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		fm, err := ParseFrontMatter(s)
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20+uint64(2000*len(s)) {
			t.Errorf("%d bytes took %d bytes of memory", len(s), used)
		}
		if took > 10*time.Second {
			t.Errorf("%d bytes took %v", len(s), took)
		}
		if fm.Body < 0 || fm.Body > len(s) || fm.Start < 0 || fm.Start > fm.End || fm.End > fm.Body {
			t.Fatalf("spans out of bounds: %+v of %d bytes", fm, len(s))
		}
		if fm.Body > 0 && fm.Body < len(s) && s[fm.Body-1] != '\n' {
			t.Errorf("the body begins within a line: %q", s[:fm.Body])
		}
		if (fm.Format == NoFrontMatter) != (fm.Body == 0) {
			t.Errorf("format %q, body at %d", fm.Format, fm.Body)
		}
		var bad *FrontMatterError
		if errors.As(err, &bad) && (bad.Line < 1 || bad.Line > 1+strings.Count(s, "\n") || bad.Message == "" || bad.Remedy == "") {
			t.Errorf("error %+v in %d lines", bad, 1+strings.Count(s, "\n"))
		}
		a := Describe(s, "/x/one.md", "one.md")
		if a.Title == "" || a.Slug == "" || strings.Contains(a.Title, "\n") {
			t.Errorf("title %q, slug %q", a.Title, a.Slug)
		}
		if _, err := a.Date.MarshalJSON(); err != nil {
			t.Error(err)
		}
	})
}
