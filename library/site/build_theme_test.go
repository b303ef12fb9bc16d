package site

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"longhand/resources"
)

// changed is the built-in theme with other files.
func changed(t *testing.T, files map[string]string) fs.FS {
	t.Helper()
	m := fstest.MapFS{}
	for name, data := range files {
		m[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return overlay{m, resources.Theme(resources.DefaultTheme)}
}

func TestBrokenThemes(t *testing.T) {
	for _, c := range []struct{ file, data, want string }{
		{"list.html", "a\n{{.Nonsense}}", "list.html:2"},
		{"list.html", "a\n\n{{if}}", "list.html:3"},
		{"404.html", "{{template \"nowhere\" .}}", "404.html:1"},
		{"layout.html", "{{define \"top\"}}\n{{template \"a\" .}}{{end}}{{define \"bottom\"}}{{end}}{{define \"line\"}}{{end}}\n{{define \"a\"}}\n{{template \"top\" .}}{{end}}", "includes itself"},
		{"search.html", "{{template \"search.html\" .}}", "search.html:1"},
		{"archive.html", "{{range .Years}}{{range .Posts}}\n{{.Summery}}{{end}}{{end}}", "archive.html:2"},
		{"entry.html", "<a href={{.URL}} {{.Titel}}>", "entry.html:1"},
		{"site.css", "a{}\nb { background: url(https://example.org/x.png) }", "site.css:2"},
		{"theme.css", "\n@import 'x';", "theme.css:2"},
		{"page.html", "{{.Body}}\n{{.Boddy}}", "page.html:2"},
	} {
		_, err := LoadTheme(changed(t, map[string]string{c.file: c.data}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q: %v, want %s", c.file, c.data, err, c.want)
		}
	}
}

func TestThemes(t *testing.T) {
	entries, err := fs.ReadDir(resources.Themes(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		files, err := ThemeFiles(resources.Themes(), "", e.Name(), resources.DefaultTheme)
		if err != nil {
			t.Fatal(err)
		}
		th, err := LoadTheme(files)
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
			continue
		}
		f := newFixture(t, blog)
		f.o.Theme = th
		if r := f.build(); len(r.Problems) != 0 {
			t.Errorf("%s: %s", e.Name(), problemsOf(r))
		}
		if f.o.Theme = siteTheme(t); e.Name() != resources.DefaultTheme {
			if r := f.build(); r.Rendered != 5 {
				t.Errorf("from %s to another theme: %+v", e.Name(), r)
			}
		}
	}
}

func TestThemesOfTheUser(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{
		"longhand/theme.css": ":root { --accent: #123456 }", "mine/list.html": "<p>mine</p>", "file": "",
	} {
		write(t, filepath.Join(dir, name), data)
	}
	style := func(name string) string {
		t.Helper()
		files, err := ThemeFiles(resources.Themes(), dir, name, resources.DefaultTheme)
		if err != nil {
			t.Fatal(err)
		}
		th, err := LoadTheme(files)
		if err != nil {
			t.Fatal(err)
		}
		list, err := th.list(listTemplate, sample())
		if err != nil {
			t.Fatal(err)
		}
		return string(th.style) + string(list)
	}
	if !strings.Contains(style("longhand"), "#123456") || strings.Contains(style("plain"), "#123456") || !strings.Contains(style("mine"), "<p>mine</p>") {
		t.Error("the user's theme does not go before the built-in one")
	}
	for _, name := range []string{"nowhere", "file", "../x", "", "."} {
		if _, err := ThemeFiles(resources.Themes(), dir, name, resources.DefaultTheme); err == nil || !strings.Contains(err.Error(), "longhand, magazine, mine, plain") {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := ThemeFiles(resources.Themes(), filepath.Join(dir, "none"), "plain", resources.DefaultTheme); err != nil {
		t.Error(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
}
