package edits

import (
	"testing"

	"longhand/editor/text"
)

func TestFromHTML(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"empty", "", ""},
		{"only style", "<style>p{}</style><meta charset=utf-8>", ""},
		{"text", "one two", "one two"},
		{"paragraphs", "<p>one</p><p>two</p>", "one\n\ntwo"},
		{"marks", "<p>a <b>b</b> <i>c</i> <del>d</del> <code>e</code></p>", "a **b** *c* ~~d~~ `e`"},
		{"headings", "<h1>A</h1><h3>B</h3>", "# A\n\n### B"},
		{"link", `<a href="https://a.org/x?utm_source=n&amp;id=3&amp;fbclid=1">one</a>`, "[one](https://a.org/x?id=3)"},
		{"link with a space inside", `<p>a <a href="https://a.org"> b </a> c</p>`, "a [b](https://a.org) c"},
		{"empty link", `a<a href="https://a.org"></a><a name="x"></a>b`, "ab"},
		{"script link", `<a href="javascript:alert(1)">one</a>`, "one"},
		{"inner link", `<a href="#top">one</a>`, "one"},
		{"redirect", `<a href="https://www.google.com/url?q=https://a.org/b%3Fc%3D1&amp;sa=D">one</a>`, "[one](https://a.org/b?c=1)"},
		{"picture", `<img src="https://a.org/b.png" alt="c">`, "![c](https://a.org/b.png)"},
		{"pictures left out", `a<img src="data:image/png;base64,AAAA"><img src="https://t.org/p" width=1 height=1><img src="file:///c.png">`, "a"},
		{"list", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"},
		{"loose list of Google Docs", `<ul><li dir="ltr"><p>a</p></li><li><p>b</p></li></ul>`, "- a\n- b"},
		{"numbers", "<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"},
		{"tasks", `<ul><li><input type="checkbox" checked> a</li><li><input type=checkbox> b</li></ul>`, "- [x] a\n- [ ] b"},
		{"quote", "<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"},
		{"code", "<pre><code class=\"language-go\">a := 1\nb</code></pre>", "```go\na := 1\nb\n```"},
		{"table", "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>", "| a | b |\n|---|---|\n| c | d |"},
		{"table without header", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "| a | b |\n|---|---|\n| c | d |"},
		{"frame", "<table><tr><td><p>a</p></td></tr></table>", "a"},
		{"rule", "<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"},
		{"break", "<p>a<br>b<br></p>c", "a\\\nb\n\nc"},
		{"Google Docs", `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-size:11pt;font-weight:400;">one </span><span style="font-weight:700;">two</span><span style="font-style:italic"> three</span></p></b>`, "one **two** *three*"},
		{"bold heading", `<h2><span style="font-weight:700">One</span></h2>`, "## One"},
		{"Word", `<p class=MsoNormal>one<o:p></o:p></p><!--[if gte mso 9]><xml></xml><![endif]--><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>two</p>`, "one\n\ntwo"},
		{"Word list", `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>a</p>` +
			`<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span></span>b</p>` +
			`<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>c</p>`, "- a\n  - b\n- c"},
		{"Word numbers", `<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>a</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>b</p>`, "1. a\n2. b"},
		{"VS Code", `<div style="color:#ccc;font-family:'Droid Sans Mono', monospace;white-space: pre;"><div><span>a := 1</span></div><div><span>  b</span></div></div>`, "```\na := 1\n  b\n```"},
		{"hidden", `a<span style="display:none">b</span><span hidden>c</span>`, "a"},
		{"escapes", "<p>1*2*3 and [x] _y_ # z</p><p># a</p><p>1. b</p><p>- c</p>", "1\\*2\\*3 and \\[x] \\_y_ # z\n\n\\# a\n\n1\\. b\n\n\\- c"},
		{"spaces", "<p>a&nbsp;b\u200bc</p>", "a bc"},
		{"Windows", "Version:0.9\r\nStartHTML:00\r\n<html><body><!--StartFragment--><p>a</p><!--EndFragment--></body></html>", "a"},
		{"scripts", "<script>alert(1)</script><p onclick=x>a</p>", "a"},
		{"marks side by side", "<p><b>a</b><i>b</i> <b>c </b><i> d</i></p>", "**a***b* **c** *d*"},
		{"marks within words", "<p>好<b>「人」</b>好 a<b>(b)</b>c</p>", "好「**人**」好 a(**b**)c"},
		{"marks around marks", "<p><b>a <i>b</i></b> <b>,</b></p>", "**a *b*** **,**"},
		{"space in marks", "<p>a<b> </b>b</p>", "a b"},
		{"Chinese", "<p>你好，<b>世界</b>。</p>", "你好，**世界**。"},
		{"Arabic", `<p dir="rtl">سلام <em>عليكم</em></p>`, "سلام *عليكم*"},
		{"emoji", "<h1>👩‍👩‍👧</h1>", "# 👩‍👩‍👧"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := FromHTML(c.html); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestPasteHTML(t *testing.T) {
	html := func(source, plain string) command {
		return func(s text.State, c Context) text.Transaction { return PasteHTML(s, c, source, plain) }
	}
	run(t, html("<p>a <b>b</b></p>", "a b"), []edit{
		{"x|y", "xa **b**|y"},
		{"‹x›", "a **b**|"},
		{"```\n|\n```", "```\na b|\n```"},
		{"- |", "- a **b**|"},
	})
	run(t, html("<p>a</p><p>b</p>", "a\nb"), []edit{
		{"|", "a\n\nb|"},
		{"x|y", "x\n\na\n\nb|\n\ny"},
		{"x\n|\ny", "x\n\na\n\nb|\n\ny"},
		{"> |", "> a\n>\n> b|"},
		{"> x|", "> x\n>\n> a\n>\n> b|"},
		{"- |", "- a\n\n  b|"},
		{"- x|", "- x\n\n  a\n\n  b|"},
	})
	run(t, html("<h2>a</h2>", "a"), []edit{{"x|", "x\n\n## a|"}})
	run(t, html("<style></style>", "a"), []edit{{"x|", "xa|"}})
	run(t, html(`<a href="https://a.org">https://a.org</a>`, "https://a.org"), []edit{{"‹x›", "[x](https://a.org)|"}})
}
