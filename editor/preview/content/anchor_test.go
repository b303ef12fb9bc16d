package content

import (
	"strings"
	"testing"

	"longhand/editor/text"
)

func TestAnchor(t *testing.T) {
	for source, want := range map[string]string{
		"one x\n\n<a id=\"x\"></a>\n\ntwo\n":                                    "<a id",
		"one x\n\ntwo <a name='x'>three</a>\n":                                  "two",
		"`<a id=\"x\">`\n\n```\n<a id=\"x\">\n```\n\ntwo <b id=x>b</b>\n":       "two <b id",
		"<div id = \"x\">\n\ntwo\n\n</div>\n":                                   "<div",
		"one\n\n<p>first</p>\n<p id=\"x\">second</p>\n":                         "<p id",
		"<table><tr><td>a</td></tr>\n<tr><td id=x>b</td></tr></table>\n":        "<tr><td id",
		"<table><tr><td>a</td></tr>\n<tr><td id=x></td><td>b</td></tr></table>": "<tr><td id",
		"<table><tr><td>a</td></tr>\n<tr><td>b</td><td id=x></td></tr></table>": "<tr><td>b",
		"| a | b |\n|---|---|\n| c | <a id=\"x\"></a> |\n":                      "| c",
		"| a | b |\n|---|---|\n| c | <a id=\"x\">d</a> |\n":                     "| c",
		"one[^1]\n\n[^1]: note <i id=x>i</i>\n":                                 "[^1]: note",
		"<details id=x><summary>s</summary>t</details>\n":                       "<details",
		"one <div id=x>two</div>\n":                                             "one",
		"<A ID=\"x\">one</A>\n":                                                 "<A",
		"<hr id=\"x\">\n":                                                       "<hr",
		"<xx id=\"xx\">\n\n<b id=\"xxx\">\n\nthis <b id=x>":                     "this",
		"x = x <b>\n":           "",
		"<!-- <a id=\"x\"> -->": "",
		"\\<a id=\"x\">":        "",
		"<a title=\"x\">a</a>":  "",
		"<b name=\"x\">a</b>":   "",
		"<a id=\"X\">a</a>":     "",
	} {
		at, ok := fresh(text.New(source)).Anchor("x")
		if ok != (want != "") {
			t.Errorf("%q: %d, %v", source, at, ok)
			continue
		}
		from := strings.LastIndex(source[:strings.Index(source, want)], "\n") + 1
		if ok && (at < from || strings.Contains(source[from:at], "\n")) {
			t.Errorf("%q: %d, not in the line from %d", source, at, from)
		}
	}
}
