package html

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/feature/plural"

	"longhand/editor/markdown"
)

func TestLoadThemeErrors(t *testing.T) {
	for name, c := range map[string]struct{ page, style, want string }{
		"template does not parse":  {"<p>\n{{if}}", "", "page.html:2"},
		"template asks for more":   {"<p>\n\n{{.Bodyy}}", "", "page.html:3"},
		"author asks for more":     {"{{range .Authors}}\n{{.Nome}}{{end}}", "", "page.html:2"},
		"style loads from the net": {"{{.Title}}", "a{}\nb{background:url(https://x)}", "style.css:2"},
		"style picks from the net": {"{{.Title}}", "a{}\nb{background:image-set('//x' 1x)}", "style.css:2"},
		"style imports":            {"{{.Title}}", "@import 'x'", "style.css:1"},
		"style ends":               {"{{.Title}}", "a{}\n\n</style>", "style.css:3"},
	} {
		_, err := LoadTheme(fstest.MapFS{"page.html": {Data: []byte(c.page)}, "style.css": {Data: []byte(c.style)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := LoadTheme(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "page.html") {
		t.Errorf("empty folder: %v", err)
	}
}

func TestTitle(t *testing.T) {
	theme := loadTheme(t)
	for _, c := range []struct{ title, body, want, kept string }{
		{"Don't \"panic\"", "# Don't \"panic\"\n\ntext", "Don&#39;t &#34;panic&#34;", ""},
		{"One", "# Two\n\ntext", "One", "<h2"},
		{"", "# From *the* body\n\ntext", "From the body", ""},
		{"", "text first\n\n## Then a heading", "Then a heading", "<h2"},
		{"", "[x]: y\n\n# After a definition", "After a definition", ""},
		{"", "only text", "only text", ""},
		{"", "", "Untitled", ""},
		{" \n", "***", "Untitled", ""},
		{"What the river took", "What the river took\n===\n\ntext", "What the river took", ""},
	} {
		page, _ := render(t, theme, Page{Title: c.title, Body: markdown.Parse([]byte(c.body))})
		if !strings.Contains(page, "<title>"+c.want+"</title>") || strings.Count(page, "<h1>"+c.want) != 1 {
			t.Errorf("%q, %q: %s", c.title, c.body, page[strings.Index(page, "<title>"):][:60])
		}
		body := page[strings.Index(page, `<div class="body">`):]
		if c.kept != "" && !strings.Contains(body, c.kept) || c.kept == "" && strings.Contains(body, "<h1") {
			t.Errorf("%q, %q: body %s", c.title, c.body, body)
		}
	}
}

func TestDatesAndMinutes(t *testing.T) {
	first := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	for lang, want := range map[string][3]string{
		"en": {"1 November 2026", "1 minute", "6 minutes"}, "en-US": {"November 1, 2026", "1 minute", "6 minutes"},
		"fr": {"1er novembre 2026", "1 minute", "6 minutes"}, "de-AT": {"1. November 2026", "1 Minute", "6 Minuten"},
		"es": {"1 de noviembre de 2026", "1 minuto", "6 minutos"}, "it": {"1º novembre 2026", "1 minuto", "6 minuti"},
		"pt-BR": {"1º de novembro de 2026", "1 minuto", "6 minutos"}, "nl": {"1 november 2026", "1 minuut", "6 minuten"},
		"zh": {"2026年11月1日", "1分钟", "6分钟"}, "zh-TW": {"2026年11月1日", "1分鐘", "6分鐘"}, "ja": {"2026年11月1日", "1分", "6分"},
		"ko": {"2026년 11월 1일", "1분", "6분"}, "ar": {"1 نوفمبر 2026", "دقيقة واحدة", "6 دقائق"},
		"ru": {"1 ноября 2026 г.", "1 минута", "6 минут"}, "pl": {"1 listopada 2026", "1 minuta", "6 minut"},
		"fa": {"۱ نوامبر ۲۰۲۶", "۱ دقیقه", "۶ دقیقه"}, "xx": {"1 November 2026", "1 minute", "6 minutes"},
	} {
		w := WordsFor(lang)
		if got := [3]string{w.Date(first), w.Minutes(1), w.Minutes(6)}; got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
	for lang, w := range words {
		if n := len(strings.Fields(w.months)); n != 0 && n != 12 {
			t.Errorf("%s has %d months", lang, n)
		}
		for _, s := range []string{w.AboutAuthor, w.AboutAuthors, w.Draft, w.Untitled, w.NoPicture, w.Previous, w.Next, w.Contents, w.Tags, w.date, w.minutes[plural.Other]} {
			if s == "" {
				t.Errorf("%s lacks a word", lang)
			}
		}
		for _, s := range []string{w.ViewAll, w.PostsBy, w.Updated} {
			if strings.Count(s, "%s") != 1 {
				t.Errorf("%s: %q", lang, s)
			}
		}
	}
}

func TestLanguageAndDirection(t *testing.T) {
	theme := loadTheme(t)
	for _, c := range []struct{ lang, body, want string }{
		{"", "Plain words", `<html lang="und" dir="ltr">`},
		{"", "This is the house that we have built, and it is not for sale.", `<html lang="en" dir="ltr">`},
		{"", "Das ist das Haus, das wir nicht für den Verkauf gebaut haben.", `<html lang="de" dir="ltr">`},
		{"", "C’est la maison que nous avons bâtie, et elle n’est pas dans la ville.", `<html lang="fr" dir="ltr">`},
		{"", "Tämä on talo, jonka me rakensimme, eikä se ole myytävänä.", `<html lang="und" dir="ltr">`},
		{"", "Это дом, который мы построили, и он не продаётся никому, кроме тех, кто был с нами.", `<html lang="ru" dir="ltr">`},
		{"", "Це будинок, який ми збудували, і він не продається нікому, крім тих, хто був із нами.", `<html lang="und" dir="ltr">`},
		{"de_CH", "Wörter", `<html lang="de-CH" dir="ltr">`},
		{"he", "x", `<html lang="he" dir="rtl">`},
		{"pa-Arab", "x", `<html lang="pa-Arab" dir="rtl">`},
		{"\"><script>", "x", `<html lang="und" dir="ltr">`},
		{"", "これは日本語の文章です", `<html lang="ja" dir="ltr">`},
		{"", "这是中文", `<html lang="zh" dir="ltr">`},
		{"", "هذا نص عربي", `<html lang="ar" dir="rtl">`},
		{"", "این یک نوشتهٔ پارسی است که گفت", `<html lang="fa" dir="rtl">`},
		{"", "זה עברית", `<html lang="he" dir="rtl">`},
	} {
		page, _ := render(t, theme, Page{Lang: c.lang, Body: markdown.Parse([]byte(c.body))})
		if !strings.Contains(page, c.want) {
			t.Errorf("%q %q: %s", c.lang, c.body, page[:70])
		}
	}
}

func TestDefaultLanguage(t *testing.T) {
	for _, c := range []struct{ lang, usual, body, want string }{
		{"", "en-GB", "This is the house that we have built, and it is not for sale.", "en-GB"},
		{"", "en-GB", "Plain words", "en-GB"},
		{"", "en", "هذا نص عربي", "ar"},
		{"", "de", "This is the house that we have built, and it is not for sale.", "en"},
		{"fr", "de", "This is the house that we have built, and it is not for sale.", "fr"},
		{"<", "de", "Wörter", "de"},
		{"", "<", "Wörter", ""},
	} {
		if got := (Page{Lang: c.lang, DefaultLang: c.usual}).Language(c.body); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestHeadingsLeaveNoLevelOut(t *testing.T) {
	body := "### Three\n\n#### Four\n\n# One\n\n<h6>Six</h6>\n\n## Two\n\n##### Five\n"
	page, _ := render(t, loadTheme(t), Page{Title: "t", Body: markdown.Parse([]byte(body)), Authors: []Author{{Name: "A", Bio: []byte("#### Bio")}}})
	var levels []string
	for _, m := range regexp.MustCompile(`<(h[1-6])[ >]`).FindAllStringSubmatch(page, -1) {
		levels = append(levels, m[1])
	}
	if got, want := strings.Join(levels, " "), "h1 h2 h3 h2 h3 h3 h4 h2 h3"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if strings.Count(page, "</h2>") != 3 || strings.Count(page, "</h3>") != 4 {
		t.Error(page)
	}
}

// A program that replaces files looks for this near the beginning, whatever the title.
func TestGeneratorStandsFirst(t *testing.T) {
	for _, title := range []string{"Short", strings.Repeat(`<b>"`, 20_000)} {
		p := samplePage(t, "everything")
		p.Title = title
		page, _ := render(t, loadTheme(t), p)
		if i := strings.Index(page, `<meta name="generator" content="Longhand`); i < 0 || i > 512 {
			t.Errorf("at %d", i)
		}
		checkSafe(t, page)
	}
}

func TestUnknownLanguageOfCodeStaysPlain(t *testing.T) {
	page, _ := render(t, loadTheme(t), Page{Body: markdown.Parse([]byte("```nonsense\nx := 1\n```\n\n```\ny\n```\n"))})
	if strings.Contains(page, "<span class=\"k\"") || strings.Contains(page, ".chroma .k{") || !strings.Contains(page, `<code class="language-nonsense">x := 1`) {
		t.Error(page)
	}
}

func TestOneThemeManyPages(t *testing.T) {
	theme := loadTheme(t)
	p := samplePage(t, "everything")
	want, _ := render(t, theme, p)
	done := make(chan string)
	for range 4 {
		go func() {
			var b bytes.Buffer
			_, _ = theme.Page(&b, p)
			done <- b.String()
		}()
	}
	for range 4 {
		if got := <-done; got != want {
			t.Error("two pages of one tree at once differ\n" + firstDifference(got, want))
		}
	}
}

func BenchmarkPage(b *testing.B) {
	theme := loadTheme(b)
	source, err := os.ReadFile("testdata/everything.md")
	if err != nil {
		b.Fatal(err)
	}
	for name, size := range map[string]int{"10KB": 10 << 10, "180KB": 180 << 10} {
		long := bytes.Repeat(source, 1+size/len(source))[:size]
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				render(b, theme, Page{Title: "t", Body: markdown.Parse(long), Files: sampleFiles()})
			}
		})
	}
}
