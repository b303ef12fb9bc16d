package html

import (
	"strings"
	"testing"

	"longhand/editor/markdown"
)

// What is said to be left out is not on the page, and the rest is.
func TestLeavesOut(t *testing.T) {
	theme := loadTheme(t)
	for _, c := range []struct{ name, src string }{
		{"script", ""}, {"noscript", ""}, {"object", ""}, {"svg", ""}, {"math", ""}, {"select", ""}, {"template", ""}, {"canvas", ""},
		{"video", "https://example.org/film.mp4"}, {"audio", "https://example.org/a.mp3"}, {"details", ""}, {"kbd", ""},
		{"iframe", "https://www.youtube.com/embed/abc"}, {"iframe", " https://www.youtube.com/embed/abc\n"}, {"iframe", "https://example.org/map"}, {"iframe", ""},
	} {
		tag := "<" + c.name
		if c.src != "" {
			tag += ` src="` + c.src + `"`
		}
		page, _ := render(t, theme, Page{Title: "T", Body: markdown.Parse([]byte("<div>" + tag + ">marker</" + c.name + "></div>\n"))})
		_, body, _ := strings.Cut(string(page), "<div>")
		if there := strings.Contains(body[:min(len(body), 200)], "<"+c.name); there == LeavesOut(c.name, c.src) {
			t.Errorf("%s %q: on the page is %v, left out %v: %.120s", c.name, c.src, there, LeavesOut(c.name, c.src), body)
		}
	}
}
