package html

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"longhand/editor/markdown"
)

// finished is the body of a page, all of it cleaned, or only what needs it.
func finished(t testing.TB, source string, all bool) string {
	t.Helper()
	tree := markdown.Parse([]byte(source))
	d := &drawing{tree: tree, page: true, base: "ltr", language: "en"}
	var out bytes.Buffer
	if err := d.render(&out); err != nil {
		t.Fatal(err)
	}
	f := newFinisher(newAlbum(nil, nil, "none"), d)
	if all {
		f.finish(policy().SanitizeBytes(out.Bytes()))
	} else {
		f.clean(d, out.Bytes())
	}
	return f.done()
}

// isHarmless reports whether nothing of the text needs cleaning.
func isHarmless(source string) bool {
	_, to := harmful(markdown.Parse([]byte(source)))
	return to == 0
}

// sameCleaned holds what is cleaned only where it needs it to what the cleaning makes of all.
func sameCleaned(t testing.TB, source string) (wasHarmless bool) {
	t.Helper()
	if got, want := finished(t, source, false), finished(t, source, true); got != want {
		t.Errorf("%q\nis shown as %q\ncleaned     %q", source, got, want)
	}
	return isHarmless(source)
}

var uncleaned = []string{
	"", "# A \"title\" & 'more' <3\n\ntext\n", "[a](b.md#c \"d\")", "![a *b* \"c\"](d.png \"e & f\")", "<https://example.org/?a=1&b=2> and https://example.org/x_y(z).",
	"- [x] done\n- [ ] not\n\n1. a\n2. b\n", "| a | b |\n|:-:|--:|\n| `x|y` | c |\n", "```go\nfunc main() { println(\"<&>\") }\n```\n", "    indented <b>\n",
	"a[^1]\n\n[^1]: note\n", "term\n: what it is\n", "~~gone~~ **bold** _it_ `code`  \nbreak\\\nbreak", "a&nbsp;b &copy; &lt;b&gt; &#0; &quot;q&quot;", "## A {#own}\n", "é 日本語 \u00a0 \u0085 \u200b", "mail@example.org <a@b.c>",
	"```\"><script>\nx\n```\n", "> quote\n>> more\n", "***\n", "[a]: b\n\n[a]", "[a](%zz)", "\"quotes\" -- and --- ... 'x'",
	"[a](b \"<script>\")", "[a](b 'x\" onmouseover=\"y')", "[a](b \"&quot; onclick=&quot;x\")", "[a](b?x=&quot;onclick=1)",
	"```js\" onclick=\"x\nf()\n```\n", "~~~&quot;onclick=&quot;\nx\n~~~\n", "```<img/src=x>\n```\n", "a[^\"><b>]\n\n[^\"><b>]: note\n", "# a\" onclick=\"b\n\n[x](#a-onclickb)\n",
	"[a]: b \"</a><script>\"\n\n[a]", "[a][b]\n\n[b]: c?&lt;d\n", "| <|> |\n|--|\n| \"a=\" |\n", "- [ ] \"a\" <3 & 'b'\n",
	"# A {#b\"c}\n", "# A {#b&c}\n", "&lt;script&gt;alert(1)&lt;/script&gt;", "`<script>`", "\\<script>", "[![a](b.png)](c)", "[![a](b.png \"c\")](d)",
	"a<br>b", "<br>\n\nb", "<!-- a <b> -- c -->\n\nb", "a <!-- <script> --> b", "<!--\n\nlong\n\n-->\nb", "- <!-- a -->\n- b", "  <!-- a -->", "<!---->", "<!----->\n\nb",
}

// harmfuls must be cleaned.
var harmfuls = []string{
	"<b>x</b>", "a <i>b</i>", "<!--> <script>x</script> -->", "<!---> <script>x</script> -->", "<!-- a --!> <script>x</script> -->", "<!-- a --> <b> <!-- c -->", "<!-- a -->\n<!-- b --><script>x</script>",
	"<!-- a", "<!-- a --> b", "<!-- a <!--> <b>x</b> -->", "<br onclick=x>", "<br/>", "<BR>", "<br><b>", "<!-- a --><br>", "[a](javascript:alert)", "[a](JaVaScRiPt:alert)", "![a](data:text/html,x)", "[a](vbscript:x)", "[a](file:///etc/passwd)", "<javascript:alert>", "# A {onclick=x}", "# A {style=x}", "[a](//example.org)",
	"[a](\x01javascript:x)", "[a](https:x)", "[a](http://)", "[a](<x y>)", "[a](é)", "[a](a\\b)", "[a](java&Tab;script:x)",
	"[a](&#106;avascript:x)", "[a](javascript&colon;x)", "[a](&#x6a;avascript&#58;x)", "[a][b]\n\n[b]: javascript:x\n", "[a][b]\n\n[b]: &#106;avascript:x\n", "[b]\n\n[b]: <java&NewLine;script:x>\n", "![a][b]\n\n[b]: data:text/html,x\n",
	"[a](java\\script:x)", "[a](\\javascript:x)", "[a](javascript\\:x)", "[a](<javascript:x>)", "[a](\x0bjavascript:x)", "[a](\x7fjavascript:x)", "[a](&#1;javascript:x)", "<vbscript:x>", "<data:text/html,x>", "[a](blob:x)", "[a](/\\example.org)", "[a](&#47;/example.org)", "[a](/&#47;example.org)",
	"# A {#b onclick=x}\n", "# A {.c}\n", "# A {#b .c}\n", "# A {onclick=\"x\"}\n", "A {onclick=x}\n===\n", "[![a](javascript:x)](b)", "a[^1]\n\n[^1]: [x](javascript:y)\n", "| [a](javascript:x) |\n|--|\n", "t\n: [a](javascript:x)\n", "> - [a](javascript:x)\n",
	"a\x00b", "a\fb", "a\rb", "\xff",
}

// either may be cleaned or not.
var either = []string{
	"![<b onclick=x>](c.png \"\\\" onerror=\\\"x\")", "<https://example.org/\"onclick=x>", "https://example.org/?a=<b>\"c", "[b](tel:1) [c](#d) [e](?f)", "# A {#\"b c\"}\n",
	"[a](mailto:a@b.c?subject=<b>)", "[a](https://a@b.c:80/)", "[a](https://[::1]/)", "[a](https://example.org:x/)", "[a](x:y)", "[a](http:example.org)", "[a](#\"onclick=x)",
}

// unbalanced open in one block what they close in no other, or close what none opened.
var unbalanced = []string{
	"<span>\n\ntext <b>x</b>\n\nlast *em*", "<a>\n\nx\n\n[l](m)\n", "<div>\n\nx", "</div>\n\nx", "<details><summary>a\n\nx\n\n*y*\n\n- z", "<iframe src=x>\n\n`c`", "<script>\n\nlast\n\n# h\n",
	"<table><tr><td>\n\n*x*\n\ny", "<a name=x>\n\n[l](m)", "<font color=red>\n\nx *y*", "<b\n\nx", "text <b\n\nx", "<p>\n\nx\n\ny", "<ul><li>\n\n- x\n- y\n\nz", "a <i>b\n\nc *d*", "a </em> b\n\n*c* d", "<pre>\n\n&amp; b\n\n&#39;",
	"first\n\n<svg><path>\n\n*x*", "first\n\n<math>\n\n*x*", "first\n\n<style>\n\n*x*", "first\n\n<textarea>\n\n*x*", "first\n\n<video>\n\n![a](b.png)", "<h2>\n\n### x\n\n## y", "<blockquote>\n\n> x\n\ny", "<del>\n\n~~x~~ y",
	"x\n\n<span title=a>b\n\n`c`\n\n```go\nfunc\n```\n", "<span></span></span>\n\n```go\nfunc f() {}\n```\n",
}

func TestHarmless(t *testing.T) {
	for _, source := range unbalanced {
		sameCleaned(t, source)
	}
	for _, source := range either {
		sameCleaned(t, source)
	}
	for _, source := range uncleaned {
		if !sameCleaned(t, source) {
			t.Errorf("%q is cleaned without need", source)
		}
	}
	for _, source := range harmfuls {
		if isHarmless(source) {
			t.Errorf("%q is taken for harmless", source)
		}
	}
}

func FuzzHarmless(f *testing.F) {
	for _, source := range slices.Concat(unbalanced, uncleaned, harmfuls, either) {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if len(source) < 4<<10 {
			sameCleaned(t, source)
		}
	})
}

func TestHarmlessRealData(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA names no collection of articles")
	}
	all, without := 0, 0
	look := func(source string) {
		all++
		if sameCleaned(t, source) {
			without++
		}
	}
	_ = filepath.WalkDir(filepath.Join(data, "library"), func(file string, _ os.DirEntry, err error) error {
		if text, err := os.ReadFile(file); err == nil && strings.HasSuffix(file, ".md") {
			look(string(text))
		}
		return nil
	})
	var examples []struct{ Markdown string }
	if spec, err := os.ReadFile(filepath.Join(data, "markdown", "commonmark-spec.json")); err == nil && json.Unmarshal(spec, &examples) == nil {
		for _, e := range examples {
			look(e.Markdown)
		}
	}
	t.Logf("%d of %d texts need no cleaning", without, all)
}

func TestUsualAddress(t *testing.T) {
	usual := 0
	for _, address := range []string{
		"https://example.org", "https://example.org/", "https://example.org/a/b-c_d.html#top", "https://example.org#x", "a/b.md", "../a", "#note-1", "/a//b", ".", "a#b",
		"", "#", "a#", "a#b#c", "//example.org", "https:///a", "https://", "https://A.org", "https://a_b.org", "http://example.org", "https://example.org/a?b", "https://example.org/%41",
		"javascript:alert(1)", "a:b", "https://a.org:80/", "https://user@a.org/", "https://a.org/\"", "mailto:a@b.org", "https://a.org/ä", "https://a..org", "https://-", "https://.",
	} {
		if !isUsualAddress(address) {
			continue
		}
		usual++
		u, err := url.Parse(address)
		if err != nil || u.String() != address || !hostName.MatchString(u.Host) || !(u.Scheme == "" && !strings.HasPrefix(address, "//") || u.Scheme == "https" && u.Host != "") {
			t.Errorf("%q is taken for a usual one: %v", address, err)
		}
	}
	if usual < 10 {
		t.Errorf("only %d are usual", usual)
	}
}

func FuzzUsualAddress(f *testing.F) {
	f.Add("https://example.org/a/b#c")
	f.Add("../a#b")
	f.Fuzz(func(t *testing.T, address string) {
		if !isUsualAddress(address) || address == "" {
			return
		}
		u, err := url.Parse(address)
		if err != nil || u.String() != address || !hostName.MatchString(u.Host) || strings.HasPrefix(address, "//") || u.Scheme == "https" && u.Host == "" || u.Scheme != "" && u.Scheme != "https" {
			t.Errorf("%q: %v", address, err)
		}
	})
}

func TestMixed(t *testing.T) {
	for text, want := range map[string]bool{"": false, "abc": false, "abc שלום": true, "שלום": false, "漢字かな": false, "漢字 سلام": true, "ﷲ a": true, "é ñ 😀 – ’": false, "\U0001e900 a": true, "\xff\xd6 a": false} {
		c := countScripts(text)
		if got := mixed(text); got != want || got != (c.ltr > 0 && c.rtl > 0) {
			t.Errorf("%q: %v, counted %+v", text, got, c)
		}
	}
}
