package html

import (
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
)

// noHarm complains of what no article may bring into a page, however it came there.
func noHarm(t *testing.T, src, page string) {
	t.Helper()
	z := nethtml.NewTokenizer(strings.NewReader(page))
	for z.Next() != nethtml.ErrorToken {
		token := z.Token()
		if token.Type != nethtml.StartTagToken && token.Type != nethtml.SelfClosingTagToken {
			if token.Type == nethtml.CommentToken || token.Type == nethtml.DoctypeToken {
				t.Errorf("%q: comment %q", src, token.Data)
			}
			continue
		}
		switch token.Data {
		case "script", "style", "object", "embed", "base", "link", "meta", "form", "svg", "math", "template", "textarea", "title", "noscript", "xmp", "plaintext", "select", "button", "body", "html":
			t.Errorf("%q: element %s in %q", src, token.Data, page)
		}
		for _, a := range token.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "srcdoc" || a.Key == "srcset" || a.Key == "formaction" || (a.Key == "style" && !strings.HasPrefix(a.Val, "text-align")) {
				t.Errorf("%q: attr %s=%q in %q", src, a.Key, a.Val, page)
			}
			v := strings.ToLower(squeeze(a.Val))
			if (a.Key == "href" || a.Key == "src" || a.Key == "cite") && (strings.HasPrefix(v, "javascript:") || strings.HasPrefix(v, "vbscript:") || strings.HasPrefix(v, "data:text")) {
				t.Errorf("%q: %s=%q", src, a.Key, a.Val)
			}
		}
	}
}

// Whatever stands wherever in an article: where only what needs it is cleaned, the page is the
// one of which all is, and has nothing in it that does harm.
func TestHarmlessInEveryPlace(t *testing.T) {
	inner := []string{
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=x>", "<a href=javascript:x>y</a>", "<iframe srcdoc='<script>x</script>'></iframe>", "<b onclick=x>y</b>",
		"<!-- x --><script>y</script><!-- z -->", "<!--><img src=x onerror=y>-->", "<!---><img src=x onerror=y>-->", "<!-- x --!><img src=x onerror=y><!-- -->", "<!--x--!--><img src=x onerror=y>-->", "<!-- <!-- --> <img src=x onerror=y> -->",
		"<!--a\n--!\n>\n<img src=x onerror=y>-->", "<!--a--!\n><script>x</script>-->", "<?php <script>x</script> ?>", "<?xml <!-- ?> <script>x</script> -->", "<!DOCTYPE <!-- > <script>x</script> -->", "<![CDATA[<script>x</script>]]>", "<![CDATA[ > <img src=x onerror=y> ]]>",
		"</p><script>", "</div></main></body>", "<br>", "<br >", "<br\n>", "<br><br>", "<br>\n<br>", "<!-- a -->\n<br>", "<!--\u00a0-->", "<!-- \t -->", "\t<!-- x -->",
		"[x](javascript:alert(1))", "[x](<javascript:alert(1)>)", "![x](javascript:y)", "[x](data:text/html,<script>)", "<javascript:alert(1)>", "<a@b.c>", "<mailto:a\"onclick=x@b.c>", "<http://a/\"onclick=x>", "<http://a/?<b>", "<http://a/'>", "<http://a/`>", "http://a.bc/\"onclick=x", "www.a.bc/\"x", "http://a.bc/<b", "ftp://a.bc/&quot;x",
		"<http://[::1]/>", "<http://a.bc/&quot;onclick=x>", "<http://a&#58;b>", "<x:&#106;>", "<https://&#x22;onclick=x>", "<https://a%22b.c/>", "[x](https://a%22b.c/)", "[x](https://a%00b/)", "[x](/%0ajavascript:x)", "[x](%6aavascript:x)", "[x](j&#x09;avascript:x)", "[x](?javascript:x)", "[x](./javascript:x)", "[x](x/javascript:x)", "[x](#javascript:x)",
		"[x](y \"&lt;script&gt;&quot; onclick=z\")", "[x](y 'a\" onclick=\"b')", "[x](y (a\" onclick=\"b))", "![a\" onerror=\"b](c)", "![<script>x</script>](c)", "![a](c \"</figcaption><script>x</script>\")", "![a](c \"&#60;script&#62;\")", "![&quot; onerror=x](c \"t\")",
		"`<script>`", "`` ` <script> ``", "\\<script\\>", "&lt;script&gt;", "&#60;script&#62;", "&#x3c;img src=x onerror=y&#x3e;", "&lt", "&#0;", "&#xd800;", "&#x110000;", "&NotEqualTilde;", "\"<\" '>' << >>", "<<script>>", "a<b>c", "<\u200bscript>",
		"[^1]", "[^\"><script>]", "[^<script>]\n\n[^<script>]: x", "~~<script>~~", "**<!-- x -->**", "*<!-- x --*>-->*", "| <!-- x |", "x <!-- | --> y",
		"***bold* <!-- a -->**", "[<!-- a -->](b)", "[<br>](b)", "[<b>](c)", "![<br>](b)", "![<!-- x -->](c 'd')", "\ufeff<script>", "\u0085", "\u2028<b>", "a\u0001b", "[x](a\u0001b)",
		"[x](<a b>)", "[x](a&amp;b)", "[x](a&b=c)", "[x](a;b)", "[x](a,b:c)", "[x](1:2)", "[x](a.b:c)", "[x](tel:+1)", "[x](TEL:1)", "[x](mailto:)", "[x](geo:1,2)", "[x](https:///a)",
		"[x](https://a..b/)", "[x](https://a/b#c#d)", "[x](https://a/?)", "[x](#)", "[x](a#)", "[x](.)", "[x](%)", "[x](a%2)", "[x](*)", "[x](~a)", "[x](a+b)", "[x](@)", "[x](a@b:c)",
		"[x](https://a:b@c/)", "[x](https://a:99999/)", "[x](https://a:/)", "[x](https://[fe80::1%25en0]/)", "[x](!$&'()*+,;=)", "[x](\\*)", "[x](a\\&b)", "[x](a&amp;amp;b)", "[x](a&#38;lt;b)",
	}
	wraps := []string{
		"%", "x % y", "- %", "- a\n\n  %\n\n  b", "> %", "> - %", "1. %\n2. %", "| a |\n|---|\n| % |", "| % | % |\n|---|:-:|\n| a | b |", "t\n: %", "t\n:   a\n\n    %", "a[^z]\n\n[^z]: %",
		"a[^z]\n\n[^z]: a\n\n    %\n", "# %", "# % {#x}", "%\n===", "% \n---", "# % {#\"%\"}", "# a {title=\"%\"}", "# a {#a-%}", "```\n%\n```", "```%\nx\n```", "~~~ %\nx\n~~~",
		"``` {.%}\nx\n```", "```go {%}\nx\n```", "    %", "- [ ] %", "- [x] % `a`", "[r]\n\n[r]: %", "[r]\n\n[r]: <%> \"t\"", "[r]\n\n[r]: u '%'", "![r]\n\n[r]: u\n '%'", "[%](u)", "![%](u)",
		"![%](u 'v')", "[![%](u 'v')](w)", "*%*", "**%**", "~~%~~", "\"%\" -- '%'...", "%\n%", "%\n\n%", "before\n\n%\n\nafter *x* `y`\n\n```go\nfunc f() {}\n```", "<b>\n\n%\n\n</b>\n\n*x*",
		"<div>%", "<!-- a\n% -->\n\nx", "<!-- a -->\n%\n\nx", "<!-- a --> %", "% <!-- a -->", "x %{.c}", "> <!-- %\n> -->\n\ny", "- <!-- %\n-->\n\ny", "- <!--\n\n  % -->\n", "<br>\n%\n",
		"[%]: u\n\n[%]", "[^%]: note\n\ntext[^%]\n", "a [^q]\n\n[^q]:\n    ```\n    %\n    ```\n", "<iframe src=\"https://www.youtube.com/embed/x\">\n\n%\n\n</iframe>",
		"<details><summary>%\n\n%\n\n</details>", "<table><tr><td>\n\n%", "<a name=%>\n\n%",
	}
	for _, w := range wraps {
		for _, in := range inner {
			for _, variant := range []string{w, strings.ReplaceAll(w, "\n", "\r\n")} {
				src := strings.ReplaceAll(variant, "%", in)
				sameCleaned(t, src)
				noHarm(t, src, finished(t, src, false))
			}
		}
	}
}
