package html

import (
	"regexp"
	"strings"
	"testing"

	"longhand/editor/markdown"
)

func TestContents(t *testing.T) {
	theme := loadTheme(t)
	long := strings.Repeat("word ", longArticle)
	three := "## One\n\n" + long + "\n\n### A *b*\n\n#### too deep\n\n> ## quoted\n\n## 1 < 2 & three\n"
	for name, c := range map[string]struct {
		body string
		ask  *bool
		want string // the links, joined
	}{
		"long":              {three, nil, "#one One, #a-b A b, #1-2-three 1 &lt; 2 &amp; three"},
		"short":             {"## One\n\n## Two\n\n## Three\n", nil, ""},
		"short but wanted":  {"# One\n\ntext\n", new(true), "#one One"},
		"long but unwanted": {three, new(false), ""},
		"no headings":       {long, new(true), ""},
		"two headings":      {long + "\n\n## One\n\n## Two\n", nil, ""},
		"Chinese":           {strings.Repeat("字", longArticle) + "\n\n## 一\n\n## 二\n\n## 三\n", nil, "#%e4%b8%80 一, #%e4%ba%8c 二, #%e4%b8%89 三"},
	} {
		page, _ := render(t, theme, Page{Title: "t", Lang: "en", Body: markdown.Parse([]byte(c.body)), Contents: c.ask})
		var got []string
		if _, nav, ok := strings.Cut(page, `<nav aria-label="Contents">`); ok {
			nav, _, _ = strings.Cut(nav, "</nav>")
			for _, m := range regexp.MustCompile(`<a href="([^"]*)">([^\n]*?)</a>`).FindAllStringSubmatch(nav, -1) {
				got = append(got, m[1]+" "+m[2])
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", name, strings.Join(got, ", "), c.want)
		}
	}
	many := strings.Repeat("## Chapter\n\n### Section\n\n", 30)
	page, _ := render(t, theme, Page{Body: markdown.Parse([]byte(many)), Contents: new(true)})
	if n := strings.Count(page, `<li><a href="#`); n != 30 || strings.Contains(page, `<details class="contents" open>`) {
		t.Errorf("%d entries of 60", n)
	}
}

func TestParagraphsInOtherLanguages(t *testing.T) {
	body := "This is the text of an article that is in English, as most of it is to be.\n\n" +
		"> C’est la maison que nous avons bâtie pour les autres, et elle n’est pas dans la ville.\n\n" +
		"これは日本語の文章です。\n\nAls.\n\n- Das ist nicht für die anderen, die es mit dem Zug von hier nach Hause haben.\n"
	page, _ := render(t, loadTheme(t), Page{Lang: "en-GB", Body: markdown.Parse([]byte(body))})
	for _, want := range []string{`<blockquote lang="fr">`, `<p>C’est`, `<p lang="ja">これ`, `<p>Als.`, `<ul lang="de">`, `<p>This is`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in %s", want, page[strings.Index(page, `<div class="body">`):])
		}
	}
}

func TestLinkedPictureWithCaption(t *testing.T) {
	body := "[![A bridge](bridge.png \"In *March*\")](https://example.org/?a=1&b=2)"
	page, _ := render(t, loadTheme(t), Page{Body: markdown.Parse([]byte(body)), Files: sampleFiles()})
	if !strings.Contains(page, `<figure><a href="https://example.org/?a=1&amp;b=2"`) || !strings.Contains(page, `</a><figcaption>In *March*</figcaption></figure>`) {
		t.Error(page[strings.Index(page, `<div class="body">`):])
	}
}
