package check

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"longhand/library"
)

var update = flag.Bool("update", false, "write the golden files anew")

// picturePNG is what a file with the content PNG becomes.
func picturePNG() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2)))
	return b.Bytes()
}

// open makes a library of the files.
func open(tb testing.TB, files map[string]string) *library.Library {
	tb.Helper()
	dir := tb.TempDir()
	for name, data := range files {
		if strings.TrimSpace(data) == "PNG" {
			data = string(picturePNG())
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	lib, err := library.Open(dir)
	if err != nil {
		tb.Fatal(err)
	}
	return lib
}

func check(tb testing.TB, lib *library.Library, only ...string) *Report {
	tb.Helper()
	r, err := checked(tb.Context(), lib, Options{Only: only})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func checked(ctx context.Context, lib *library.Library, opt Options) (*Report, error) {
	articles, problems, err := lib.Load(ctx)
	if err != nil {
		return nil, err
	}
	return Library(ctx, lib, articles, problems, opt)
}

// short is what was found, in the article unless another file is named.
func short(r *Report) string {
	var all []string
	for _, f := range r.Findings {
		s := fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Code)
		if f.Path != "a.md" {
			s = f.Path + ":" + s
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

// head is the front matter of an article without fault, three lines.
const head = "---\n{title: A, date: 2024-01-01}\n---\n"

// others are what the article of a case may link to.
var others = map[string]string{
	"b.md":                  "---\ntitle: B\ndate: 2024-01-02\nslug: bee\n---\n## Über uns\n\n<a name=\"old\"></a>\n\n<p id=\"raw\">x</p>\n\n# 日本語 の 見出し\n",
	"dir/c/index.md":        "---\ntitle: C\ndate: 2024-01-03\nurl: /2024/c-page/\naliases: [/old/c.html]\n---\nText.\n",
	"with space.md":         "---\ntitle: S\ndate: 2024-01-04\n---\nText.\n",
	"draft.md":              "---\ntitle: D\ndate: 2024-01-05\ndraft: true\n---\nText.\n",
	"100%.md":               "---\ntitle: P\ndate: 2024-01-05\n---\nText.\n",
	"file.pdf":              "x",
	"pic.png":               "PNG",
	"notes.png":             "not a picture",
	"dir/other.png":         "PNG",
	"dir/_index.md":         "",
	"static/in-static.png":  "PNG",
	"dir/2024-01-06-day.md": "---\ntitle: Day\n---\nText.\n",
}

func TestBody(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"links to files", "[b](b.md) [b](./b) [c](dir/c/) [c](dir/c/index.md) [c](dir/c) [f](file.pdf) [d](dir/)", ""},
		{"dead", "[x](gone.md)\n\nSee [x](gone/).", "4:1 dead-link, 6:5 dead-link"},
		{"by slug", "[b](bee) [b](../posts/bee/) [day](day) [day](2024-01-06-day.html)", ""},
		{"moved", "[day](2024-01-06-day.md)", "4:1 moved-link"},
		{"no address", "[x]() [x](<>)", "4:1 dead-link, 4:7 dead-link"},
		{"spaces", "[s](<with space.md>) [s](with%20space.md) [s](with%20space)", ""},
		{"spaces written", "[s](with space.md) ![s](my pic.png) [s](see this) [s](a b.c)", "4:1 broken-link, 4:21 broken-link"},
		{"percent", "[p](100%25.md) [p](100%.md) [b](%62.md) [x](%zz.md)", "4:41 dead-link"},
		{"query", "[b](b.md?x=1#raw) [b](b.md?x=1#gone)", "4:19 dead-anchor"},
		{"anchors", "[b](b.md#über-uns) [b](b.md#%C3%BCber-uns) [b](b#old) [b](b#raw) [b](b.md#日本語-の-見出し) [b](bee#raw)", ""},
		{"dead anchors", "[b](b.md#Über-uns) [b](b.md#no)\n[here](#nowhere) [top](#) [top](#top)", "4:1 dead-anchor, 4:21 dead-anchor, 5:1 dead-anchor"},
		{"own anchors", "# One\n\n## One\n\n## Two {#zwei}\n\nText{: #iv .x}\n\n[1](#one) [2](#one-1) [3](#zwei) [4](#two) [5](#iv)", "12:34 dead-anchor"},
		{"text fragment", "[b](b.md#:~:text=x) [b](b.md#raw:~:text=x)", ""},
		{"footnote anchors", "x[^1] [back](#fnref:1) [note](#fn:1)\n\n[^1]: N", ""},
		{"case", "[b](B.md) [c](dir/C/index.md) ![p](Pic.png)", "4:1 wrong-case, 4:11 wrong-case, 4:31 wrong-case"},
		{"up", "[b](../b.md) [x](../../gone)", "4:1 moved-link, 4:14 dead-link"},
		{"site address", "[c](/2024/c-page/) [c](/2024/c-page.html) [c](/old/c) [b](/posts/bee/) [x](/about/) [s](/in-static.png)", ""},
		{"site anchors", "[b](/bee/#raw) [b](/posts/bee#no) [x](/about/#x)", "4:16 dead-anchor"},
		{"site draft", "[d](/posts/draft/) [d](/tags/draft/)", "4:1 links-to-draft"},
		{"zola", "[c](@/dir/c/index.md) [i](@/dir/_index.md) [x](@/gone.md) [b](@/b.md#no)", "4:44 dead-link, 4:59 dead-anchor"},
		{"templates", "[a]({{page.url}}) [b]({%post_url 2016-01-01-x%}) [c]({% post_url x %}) [d]({{< ref \"x.md\" >}}) ![e]({{x}}) [x][{{y}}]", ""},
		{"network", "<https://x.org/gone> [a](//x.org/b) [m](mailto:a@b.c) www.example.org ![x](https://x.org/a.png) ![x](data:image/png;base64,AA)", ""},
		{"refused", "[x](javascript:x) [x](file:///etc) <a href=\"mail-to:x@y.z\">x</a> [x](tel:1) [x](https://[y)", "4:1 refused-link, 4:19 refused-link, 4:36 refused-link, 4:77 refused-link"},
		{"host", "[x](github.com/epage)", "4:1 dead-link"},
		{"draft", "[d](draft.md)", "4:1 links-to-draft"},
		{"code", "`[x](gone.md)` `[x][y]` `[^z]`\n\n    [x](gone.md) [x][y]\n\n```\n[x](gone.md) ![](gone.png) [^z]\n```\n", ""},
		{"comments", "<!-- [x](gone.md) <img src=\"gone.png\"> <a href=\"gone.md\"> -->\n\nText <!-- <a href=\"gone\"> --> more", ""},
		{"scripts", "<script src=\"gone.js\">var a = '<img src=\"gone.png\">'</script>\n", ""},
		{"references", "[x][no] and [x *y*][also no] and [no][]\n\n[x][yes] [yes][] [yes] [no]\n\n[yes]: b.md\n[unused]: b.md", "4:1 undefined-reference, 4:13 undefined-reference, 4:34 undefined-reference"},
		{"reference to nothing", "A [x][r].\n\n[r]: gone.md", "4:3 dead-link"},
		{"reference of code", "[`f`][`f`] [`g`][]\n\n[`g`]: b.md", "4:1 undefined-reference"},
		{"no references", "a[i][j] f()[0] [1][2] [ ][ ] \\[x][y] [x]\\[y] [a][b\n\n- [ ] [x](b.md)", ""},
		{"references in quotes", "> See [x][no]\n> and [long\n> label][no too].\n\n| a |\n|---|\n| [x][no] |", "4:7 undefined-reference, 5:7 undefined-reference, 10:3 undefined-reference"},
		{"references of an include", "[x][no]\n\n{% include references.md %}", ""},
		{"anchors of an include", "[x](#no)\n\n{% include x.md %}", ""},
		{"footnotes", "a[^1] b[^no] ![^no]\n\n[^1]: One.\n[^2]: Two.\n[^1]: Again.", "4:8 undefined-footnote, 4:15 undefined-footnote, 7:1 unused-footnote, 8:1 unused-footnote"},
		{"footnotes in quotes", "> a[^1] b[^q]\n>\n> [^1]: One.\n> [^2]: Two.\n", "4:10 undefined-footnote, 7:3 unused-footnote"},
		{"footnotes only", "a[^x]", "4:2 undefined-footnote"},
		{"no footnotes", "[^a b] \\[^c] [^]", ""},
		{"pictures", "![p](pic.png) ![p](./pic.png?x=1) ![p](dir/other.png) ![p](pic%2epng)", ""},
		{"bad pictures", "![p](gone.png)\n![p](notes.png)\n![p](dir)\n![](pic.png)\n![p]()", "4:1 missing-picture, 5:1 bad-picture, 6:1 bad-picture, 7:1 empty-alt, 8:1 missing-picture"},
		{"pictures outside", "![p](/in-static.png) ![p](../gone.png)", "4:1 picture-outside, 4:22 missing-picture"},
		{"picture in a link", "[![p](gone.png)](gone.md)", "4:1 dead-link, 4:2 missing-picture"},
		{"picture by reference", "![p][r] ![q][s]\n\n[r]: gone.png", "4:1 missing-picture, 4:10 undefined-reference"},
		{"raw HTML", "<p>\n  <img src=gone.png alt=x><IMG SRC='pic.png'>\n  <a href=\"gone.md\">x</a> <a href='b.md#raw'>b</a> <img src=pic.png alt=\"\">\n</p>\n\nIn <a\nhref=\"#no\">a</a> <video src=gone.mp4 poster=pic.png></video>",
			"5:3 missing-picture, 5:27 empty-alt, 6:3 dead-link, 9:4 dead-anchor, 10:18 missing-file"},
		{"raw HTML in a quote", "> <div>\n> <img src=\"gone.png\" alt=\"x\">\n> </div>", "5:3 missing-picture"},
		{"wide letters", "Ü日 [x](gone.md)", "4:7 dead-link"},
	} {
		files := map[string]string{"a.md": head + c.body}
		for name, data := range others {
			files[name] = data
		}
		if got := short(check(t, open(t, files), "a.md")); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestHead(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"whole", map[string]string{"a.md": "---\ntitle: A\ndate: 2024-01-01\n---\n", "2024-01-02-b.md": "# B\n"}, ""},
		{"nothing", map[string]string{"a.md": "Text.\n"}, "1:0 missing-date, 1:0 missing-title"},
		{"draft", map[string]string{"a.md": "---\ndraft: true\n---\nText.\n"}, ""},
		{"date", map[string]string{"a.md": "+++\ntitle = \"A\"\ndate = \"soon\"\n+++\n", "2024-01-01-b.md": "---\ntitle: B\ndate: 32.13.2024\n---\n"}, "2024-01-01-b.md:3:0 bad-date, 3:0 bad-date"},
		{"broken", map[string]string{"a.md": "---\ntitle: one: two\n---\n"}, "2:0 front-matter"},
		{"encoding", map[string]string{"a.md": "---\ntitle: A\n---\ncaf\xe9\n"}, "4:0 not-utf8"},
		{"slugs", map[string]string{"a.md": head, "x/a.md": head, "y/a/index.md": "---\ntitle: A\ndate: 2024-01-01\nslug: A\n---\n"}, "x/a.md:1:0 duplicate-slug, y/a/index.md:4:0 duplicate-slug"},
		{"languages", map[string]string{"en/a.md": "---\ntitle: A\ndate: 2024-01-01\nlang: en\n---\n", "fr/a.md": "---\ntitle: A\ndate: 2024-01-01\nlang: fr\n---\n",
			"x/index.md": head, "x/index.fr.md": head, "y/index.md": head, "y/index.fr.md": head}, ""},
		{"language folders", map[string]string{"en/a.md": head, "pt-BR/a.md": head}, ""},
		{"conflict copy", map[string]string{"a.md": head, "a.sync-conflict-20260818-173636-D4LGQYW.md": head}, "a.sync-conflict-20260818-173636-D4LGQYW.md:1:0 conflict-copy"},
		{"days", map[string]string{"2024-01-01-a.md": "# A\n", "2024-01-02-a.md": "# A\n"}, "2024-01-02-a.md:1:0 duplicate-slug"},
		{"one page", map[string]string{"a.md": head, "a/index.md": head}, "a/index.md:1:0 same-page"},
		{"permalinks", map[string]string{"a.md": "+++\npath = \"x/y\"\ntitle = \"A\"\ndate = 2024-01-01\n+++\n", "b.md": "---\ntitle: B\npermalink: /x/y.html\ndate: 2024-01-01\n---\n", "c/a.md": "---\n{title: C, date: 2024-01-01, url: /x/z/}\n---\n"}, "b.md:3:0 same-page"},
		{"authors", map[string]string{"a.md": "---\ntitle: A\ndate: 2024-01-01\nauthors: [jane, Jane Doe, Mary]\n---\n", "authors/jane.md": "---\nname: Jane Doe\navatar: jane.png\n---\n", "authors/jane.png": "PNG"}, "4:0 unknown-author"},
		{"no authors", map[string]string{"a.md": "---\ntitle: A\ndate: 2024-01-01\nauthors: [Mary]\n---\n"}, ""},
		{"avatars", map[string]string{
			"authors/a.md": "---\nname: A\navatar: gone.png\n---\n", "authors/b.md": "---\navatar: no.png\n---\n", "authors/no.png": "x",
			"authors/c.md": "---\navatar: https://x.org/c.png\n---\n", "authors/d.md": "---\nname: a: b\n---\n", "authors/e.md": "---\navatar: NO.png\n---\n",
		}, "authors/a.md:3:0 missing-avatar, authors/b.md:2:0 bad-picture, authors/d.md:2:0 front-matter, authors/e.md:2:0 wrong-case"},
		{"settings", map[string]string{"site.toml": "title = \"x\"\nbase_url = \"nothing\"\n"}, "site.toml:2:0 settings"},
		{"base address", map[string]string{"site.toml": "base_url = \"https://x.org/blog\"\n", "a.md": head + "# In\n\n[a](/a/) [no](/gone/) [no](https://x.org/blog/gone/) [t](https://x.org/blog/tags/x/) [o](https://x.org/other) [a](https://x.org/blog/a/#in) [a](https://x.org/blog/a/#no) [f](/feed.xml)"},
			"6:10 dead-link, 6:23 dead-link, 6:141 dead-anchor"},
		{"unused", map[string]string{
			"p/index.md": head + "![x](used.png) {{< figure src=\"short.png\" >}} <a href=\"a%20b.png\">x</a>\n", "p/used.png": "PNG", "p/short.png": "PNG", "p/a b.png": "PNG",
			"p/no.png": "PNG", "p/img/no too.jpg": "PNG", "p/cover.png": "PNG", "p/data.csv": "1", "p/.hidden.png": "PNG",
			"shared/index.md": head, "shared/a.md": head, "shared/free.png": "PNG", "free.png": "PNG", "section/_index.md": "", "section/free.png": "PNG",
		}, "p/img/no too.jpg:0:0 unused-picture, p/no.png:0:0 unused-picture"},
		{"used elsewhere", map[string]string{"p/index.md": head, "p/x.png": "PNG", "p/y z.png": "PNG", "a.md": head + "[x](p/x.png) <img src='p/y%20z.png' alt=y>\n"}, ""},
		{"unused in two languages", map[string]string{"p/index.md": head + "![x](x.png)", "p/index.de.md": head + "![y](y.png)", "p/x.png": "PNG", "p/y.png": "PNG", "p/z.png": "PNG"}, "p/z.png:0:0 unused-picture"},
	} {
		if got := short(check(t, open(t, c.files))); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// The golden holds what a user reads, once for each code.
func TestGolden(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/library.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	files["latin.md"] = "caf\xe9\n"
	lib := open(t, files)
	if err := os.Symlink("nowhere.txt", lib.File("lost.md")); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	r := check(t, lib)
	for _, f := range r.Findings {
		fmt.Fprintf(&out, "%s:%d:%d: %s: %s\n\t%s; %s\n", f.Path, f.Line, f.Column, f.Level, f.Code, f.Message, f.Remedy)
	}
	errors, warnings := r.Count()
	fmt.Fprintf(&out, "%d errors and %d warnings in %d articles\n", errors, warnings, r.Articles)
	const golden = "testdata/library.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("got:\n%s\nwant:\n%s", out.String(), want)
	}
}

func TestFile(t *testing.T) {
	lib := open(t, map[string]string{"a.md": "[b](b.md#x) [b](B.md) [x](gone.md) [s](/anywhere/)\n\n![p](p.png)\n", "b.md": "", "p.png": "PNG"})
	r, err := File(t.Context(), lib.Dir(), "a.md")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := short(r), "1:0 missing-date, 1:0 missing-title, 1:13 wrong-case, 1:23 dead-link"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestNothingIsChangedAndLinksLeadNotOut(t *testing.T) {
	lib := open(t, map[string]string{"p/index.md": head + "![x](link.png) ![y](pipe.png)\n"})
	outside := filepath.Join(t.TempDir(), "x.png")
	if err := os.WriteFile(outside, picturePNG(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, lib.File("p/link.png")); err != nil {
		t.Fatal(err)
	}
	if got, want := short(check(t, lib)), "p/index.md:4:1 picture-outside, p/index.md:4:16 missing-picture"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	lib := open(t, others)
	articles, problems, err := lib.Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Library(ctx, lib, articles, problems, Options{Progress: func(int, int) { cancel() }})
	if err != context.Canceled {
		t.Error(err)
	}
}

// Nothing that one article can say takes time in proportion to its square, but for what
// goldmark itself does.
func TestHugeArticles(t *testing.T) {
	const n = 200_000
	for name, body := range map[string]string{
		"open": strings.Repeat("[](", n/50), "nested": strings.Repeat("[", n/4) + strings.Repeat("][]", n/4), "labels": strings.Repeat("[a][b] ", n/4),
		"notes": strings.Repeat("[^a] ", n/4), "anchors": strings.Repeat("# a b\n\n[x](#c-d-e-f)\n\n", n/20), "braces": strings.Repeat("{#", n), "tags": strings.Repeat("<a href=x><img>\n", n/8),
	} {
		lib := open(t, map[string]string{"a.md": head + body})
		start := time.Now()
		r := check(t, lib)
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s: %d findings in %v", name, len(r.Findings), d)
		} else {
			t.Logf("%s: %d findings in %v", name, len(r.Findings), d)
		}
	}
}

func BenchmarkLibrary(b *testing.B) {
	files := map[string]string{}
	for i := range 200 {
		files[fmt.Sprintf("dir/p%d/index.md", i)] = head + strings.Repeat("Some words with [a link](../p7/index.md#there), a [dead one](gone.md) and ![a picture](p.png).\n\n## There\n\n", 20)
		files[fmt.Sprintf("dir/p%d/p.png", i)] = "PNG"
	}
	lib := open(b, files)
	b.ReportAllocs()
	for b.Loop() {
		check(b, lib)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(files)/2), "µs/article")
}

func TestProgress(t *testing.T) {
	var done [20]bool
	r, err := checked(t.Context(), open(t, others), Options{Progress: func(n, all int) { done[n] = all > n-1 }})
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= r.Articles; n++ {
		if !done[n] {
			t.Error("not told of", n)
		}
	}
}
