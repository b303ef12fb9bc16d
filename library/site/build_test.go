package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"longhand/library"
)

// long ago, so that files count as not just written
var past = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

// fixture is a library with a site that is built again and again.
type fixture struct {
	t   *testing.T
	lib *library.Library
	o   Options
}

func newFixture(t *testing.T, files map[string]string) *fixture {
	t.Helper()
	dir := t.TempDir()
	lib, err := library.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{t, lib, Options{
		To: filepath.Join(t.TempDir(), "site"), Theme: siteTheme(t), BaseURL: "https://example.org/blog",
		Cache: t.TempDir(), Now: time.Date(2026, 11, 12, 0, 0, 0, 0, time.UTC),
	}}
	for name, data := range files {
		f.write(name, data)
	}
	return f
}

func (f *fixture) write(name, data string) {
	f.t.Helper()
	write(f.t, f.lib.File(name), data)
	if err := os.Chtimes(f.lib.File(name), past, past); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) build() *Report {
	f.t.Helper()
	r, err := Build(f.t.Context(), f.lib, f.o)
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

func (f *fixture) read(name string) string {
	f.t.Helper()
	data, err := os.ReadFile(filepath.Join(f.o.To, filepath.FromSlash(name)))
	if err != nil {
		f.t.Error(err)
	}
	return string(data)
}

func (f *fixture) has(name string) bool {
	_, err := os.Stat(filepath.Join(f.o.To, filepath.FromSlash(name)))
	return err == nil
}

// holds complains of texts that the file lacks.
func (f *fixture) holds(name string, texts ...string) {
	f.t.Helper()
	data := f.read(name)
	for _, text := range texts {
		if !strings.Contains(data, text) {
			f.t.Errorf("%s lacks %s:\n%s", name, text, data)
		}
	}
}

// files lists the site without what is our own.
func (f *fixture) files() []string {
	f.t.Helper()
	var names []string
	err := filepath.WalkDir(f.o.To, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(f.o.To, file)
		if rel = filepath.ToSlash(rel); !strings.HasPrefix(rel, ".longhand/") {
			names = append(names, rel)
		}
		return nil
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return names
}

func problemsOf(r *Report) string {
	var all []string
	for _, p := range r.Problems {
		all = append(all, p.Error())
	}
	return strings.Join(all, "\n")
}

var blog = map[string]string{
	"site.toml":             "title = \"Rivers\"\ndescription = \"All about water.\"\nlang = \"en\"\n",
	"one.md":                "---\ntitle: One\ndescription: The first.\ndate: 2024-01-02\ntags: [Water, C++]\nauthors: [jane, Mary Major]\naliases: [/old/one.html, 2019/one/]\n---\nSee [two](posts/two/index.md#there), [three](three) and [its address](/2024/01/two/).\n",
	"posts/two/index.md":    "---\ntitle: Two\ndate: 2024-01-03\ntags: [water]\nauthor: jane\n---\n## There\n\nBack to [one](../../one.md). ![A pixel](p/pixel.png) and [notes](notes.txt).\n",
	"posts/two/p/pixel.png": pixel,
	"posts/two/notes.txt":   "notes",
	"three.md":              "---\ntitle: Three\nauthors: [jane]\n---\nNo date.\n",
	"draft.md":              "---\ntitle: Secret\ndate: 2024-01-04\ndraft: true\nauthors: [jane]\n---\nNot yet.\n",
	"future.md":             "---\ntitle: Tomorrow\ndate: 2026-11-13\n---\nNot yet.\n",
	"about.md":              "---\ntitle: About\nlayout: page\n---\nWho we are.\n",
	"pages/imprint.md":      "---\ntitle: Imprint\n---\nWhere we are.\n",
	"authors/jane.md":       "---\nname: Jane Doe\navatar: jane.png\nlinks: [https://example.org/jane]\n---\nWrites *a lot*, see [one](../one.md).\n",
	"authors/jane.png":      pixel,
}

func TestBuild(t *testing.T) {
	f := newFixture(t, blog)
	r := f.build()
	if len(r.Problems) != 0 || len(r.Omitted) != 0 || r.Articles != 5 || r.Failed != 0 || r.Written != r.Files {
		t.Errorf("%+v\n%s", r, problemsOf(r))
	}
	want := []string{"2019/one/index.html", "2024/01/one/index.html", "2024/01/two/index.html", "2024/01/two/notes.txt", "2024/01/two/p/pixel.png", "404.html",
		"about/index.html", "archive/index.html", "authors/index.html", "authors/jane/feed.json", "authors/jane/feed.xml", "authors/jane/index.html", "authors/jane/jane.png",
		"authors/mary-major/feed.json", "authors/mary-major/feed.xml", "authors/mary-major/index.html", "feed.json", "feed.xml", "imprint/index.html", "index.html",
		"old/one.html", "robots.txt", "search/index.html", "search/index.js", "search/words-0.js", "sitemap.xml", "tags/c-plus-plus/feed.json", "tags/c-plus-plus/feed.xml", "tags/c-plus-plus/index.html",
		"tags/index.html", "tags/water/feed.json", "tags/water/feed.xml", "tags/water/index.html", "theme/search.js", "theme/style.css", "three/index.html"}
	if got := f.files(); !slices.Equal(got, want) {
		t.Errorf("files\n%q, want\n%q", got, want)
	}
	f.holds("2024/01/one/index.html", `href="../../../2024/01/two/index.html#there"`, `href="../../../three/index.html"`, `href="../../../2024/01/two/index.html">its address`,
		`rel="canonical" href="https://example.org/blog/2024/01/one/"`, "View all posts by Jane Doe", "View all posts by Mary Major", `href="../../../authors/mary-major/index.html"`,
		`src="../../../authors/jane/jane.png"`, `href="../../../tags/water/index.html"`, `href="../../../theme/style.css"`)
	f.holds("2024/01/two/index.html", `src="../../../2024/01/two/p/pixel.png"`, `href="../../../2024/01/two/notes.txt"`, `href="../../../2024/01/one/index.html"`)
	f.holds("authors/jane/index.html", "Writes <em>a lot</em>", "Three", "Two", "One", `href="../../2024/01/one/index.html">one`)
	f.holds("old/one.html", `content="0; url=../2024/01/one/index.html"`, `rel="canonical" href="https://example.org/blog/2024/01/one/"`)
	f.holds("404.html", `href="/blog/theme/style.css"`)
	f.holds("index.html", "<h1>Rivers</h1>", "All about water.", "About", "Imprint")
	if home := f.read("index.html"); strings.Index(home, "Two") > strings.Index(home, ">One<") || strings.Index(home, ">One<") > strings.Index(home, "Three") {
		t.Error("home is not in the order of dates, the newest first and the undated last")
	}
	for _, name := range f.files() {
		data := f.read(name)
		for _, not := range []string{"Secret", "Tomorrow", f.lib.Dir(), f.o.To} {
			if strings.Contains(data, not) {
				t.Errorf("%s holds %s", name, not)
			}
		}
	}
	// On a server the 404 page's links begin with the site's folder.
	for _, d := range deadLinks(t, f.o.To) {
		if d.page != missingFile {
			t.Errorf("%s: dead link %s", d.page, d.link)
		}
	}
}

func TestWithoutAnAddress(t *testing.T) {
	f := newFixture(t, blog)
	f.o.BaseURL = ""
	r := f.build()
	if len(r.Omitted) != 1 || !strings.Contains(r.Omitted[0], "--base-url") || f.has("feed.xml") || f.has("sitemap.xml") || f.has("tags/water/feed.xml") {
		t.Errorf("omitted %q, files %q", r.Omitted, f.files())
	}
	for _, name := range f.files() {
		if data := f.read(name); strings.HasSuffix(name, ".html") && (strings.Contains(data, "feed.xml") || strings.Contains(data, `="/`)) {
			t.Errorf("%s needs a server", name)
		}
	}
	for _, d := range deadLinks(t, f.o.To) {
		t.Errorf("%s: dead link %s", d.page, d.link)
	}
}

func TestDrafts(t *testing.T) {
	f := newFixture(t, blog)
	f.o.Drafts = true
	f.build()
	f.holds("2024/01/draft/index.html", "Secret", "noindex")
	f.holds("2026/11/future/index.html", "Tomorrow")
	if strings.Contains(f.read("sitemap.xml"), "draft") {
		t.Error("a draft is in the sitemap")
	}
	f.o.Drafts = false
	if r := f.build(); r.Removed == 0 || f.has("2024/01/draft") || f.has("2026") {
		t.Errorf("drafts stay: %+v", r)
	}
}

func TestOnlyWhatChanged(t *testing.T) {
	f := newFixture(t, blog)
	first := f.build()
	if r := f.build(); r.Written != 0 || r.Rendered != 0 || r.Files != first.Files || r.Unchanged != first.Files || r.Removed != 0 {
		t.Fatalf("nothing changed, but %+v", r)
	}
	// Without the cache pages are made, but none is written.
	cache := f.o.Cache
	f.o.Cache = ""
	if r := f.build(); r.Written != 0 || r.Rendered != 5 {
		t.Errorf("without the cache: %+v", r)
	}
	f.o.Cache = cache
	f.write("three.md", blog["three.md"]) // the same again
	if r := f.build(); r.Written != 0 || r.Rendered != 0 {
		t.Errorf("the same text written again: %+v", r)
	}
	// The body of one: its page, the feeds that hold it, and the words for the search.
	f.write("one.md", blog["one.md"]+"\nAnd more.\n")
	if r := f.build(); r.Rendered != 1 || r.Written != 1+2*5+2 {
		t.Errorf("one body changed: %+v", r)
	}
	f.holds("2024/01/one/index.html", "And more.")
	f.holds("feed.xml", "And more.")
	// Its title: its neighbours as well.
	f.write("one.md", strings.Replace(blog["one.md"], "title: One", "title: Uno", 1))
	if r := f.build(); r.Rendered != 3 {
		t.Errorf("one title changed: %+v", r)
	}
	// Where it lies: those that link to it.
	f.write("one.md", strings.Replace(blog["one.md"], "title: One", "title: One\nslug: first", 1))
	f.build()
	f.holds("2024/01/two/index.html", `href="../../../2024/01/first/index.html"`)
	if f.has("2024/01/one") {
		t.Error("the old page stays")
	}
	// An author's words are on the pages of all their articles.
	f.write("authors/jane.md", strings.Replace(blog["authors/jane.md"], "a lot", "seldom", 1))
	if r := f.build(); r.Rendered != 3 {
		t.Errorf("an author changed: %+v", r)
	}
	// A picture is copied again, with the page that shows it.
	f.write("posts/two/p/pixel.png", strings.Replace(pixel, "IHDR", "IHDR", 1))
	if err := os.Chtimes(f.lib.File("posts/two/p/pixel.png"), past.Add(time.Hour), past.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if r := f.build(); r.Rendered != 1 || r.Written != 0 {
		t.Errorf("a picture with another time: %+v", r)
	}
	if err := os.Remove(f.lib.File("posts/two/index.md")); err != nil {
		t.Fatal(err)
	}
	r := f.build()
	if f.has("2024/01/two") || !strings.Contains(problemsOf(r), "one.md:") {
		t.Errorf("an article that is gone: %s", problemsOf(r))
	}
	// A page that somebody removed comes back.
	if err := os.RemoveAll(filepath.Join(f.o.To, "2024/01/first")); err != nil {
		t.Fatal(err)
	}
	if r := f.build(); r.Rendered != 1 || !f.has("2024/01/first/index.html") {
		t.Errorf("a page that was removed: %+v", r)
	}
}

func TestFilesOfTheUserStay(t *testing.T) {
	f := newFixture(t, blog)
	f.build()
	write(t, filepath.Join(f.o.To, "CNAME"), "example.org")
	write(t, filepath.Join(f.o.To, "2024/01/one/mine.txt"), "mine")
	write(t, filepath.Join(f.o.To, "three/index.html"), "mine")
	f.write("three.md", blog["three.md"]+"More.\n")
	if err := os.Remove(f.lib.File("one.md")); err != nil {
		t.Fatal(err)
	}
	r := f.build()
	if f.read("CNAME") != "example.org" || f.read("2024/01/one/mine.txt") != "mine" || f.read("three/index.html") != "mine" {
		t.Error("a file of the user's is not as it was")
	}
	if f.has("2024/01/one/index.html") || r.Failed != 1 || !strings.Contains(problemsOf(r), "was changed since Longhand made it") {
		t.Errorf("%+v\n%s", r, problemsOf(r))
	}
}

func TestWarnings(t *testing.T) {
	f := newFixture(t, map[string]string{
		"a.md":      "---\ntitle: A\ndate: 2024-01-01\nslug: same\n---\nx\n",
		"b.md":      "---\ntitle: B\ndate: 2024-01-02\nslug: same\n---\nx\n",
		"c.md":      "---\ntitle: C\ndate: 2024-01-03\naliases: [/2024/01/same/]\n---\n\n[gone](gone.md) [draft](d.md) ![pic](none.png) <a href=\"lost.md\">x</a>\n",
		"d.md":      "---\ntitle: D\ndraft: true\n---\nx\n",
		"e.md":      "---\ntitle: a: b\n---\nx\n",
		"f.md":      "\xff\xfe\x00",
		"site.toml": "title = \"T\"\npermalink = \"/:year/:nonsense/\"\nper_page = -3\n",
	})
	r := f.build()
	got := strings.ReplaceAll(problemsOf(r), f.lib.Dir()+"/", "")
	for _, want := range []string{
		"b.md:4: a.md has the address /2024/01/same/ already; this article is at /2024/01/same-2/",
		"c.md:", "belongs to a.md", "c.md:7: the link to ‘gone.md’", "c.md:7: the link to ‘d.md’ leads to an article that is a draft",
		"c.md:7: picture ‘none.png’", "e.md:2:", "f.md", `site.toml:2: permalink "/:year/:nonsense/" has the unknown part ":nonsense"`, "site.toml:3: per_page -3",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no warning %s in\n%s", want, got)
		}
	}
	if !f.has("2024/01/same/index.html") || !f.has("2024/01/same-2/index.html") || !f.has("2024/01/c/index.html") {
		t.Errorf("the rest is not built: %q", f.files())
	}
	// The next build, which makes nothing, says the same.
	if again := strings.ReplaceAll(problemsOf(f.build()), f.lib.Dir()+"/", ""); again != got {
		t.Errorf("the second build says\n%s\nthe first\n%s", again, got)
	}
}

func TestHostile(t *testing.T) {
	f := newFixture(t, map[string]string{
		"a.md":     "---\ntitle: \"<script>alert(1)</script>\"\ndate: 2024-01-01\nslug: ../../../../tmp/evil\ntags: [con, \"..\", \"../x\", \"<b>\", \" \", \"a/b\"]\nauthors: [\"../../evil\", con]\naliases: [\"../../../evil.html\", \"/.longhand/manifest\", \"C:\\\\evil\", \"//evil.example/x\", \"\"]\n---\nx\n",
		"b.md":     "---\ntitle: B\nurl: ../../etc/passwd\ndate: 2024-01-01\n---\n[a](../../../../etc/passwd) [b](.git/config) [c](site.toml) [d](draft.md) ![x](../x.png)\n",
		"c.md":     "---\ntitle: C\nurl: /index.html\n---\nx\n",
		"d.md":     "---\ntitle: D\nurl: /tags/con-tag/\n---\nx\n",
		"e.md":     "---\ntitle: \"" + strings.Repeat("very long ", 1000) + "\"\nslug: \"" + strings.Repeat("long", 1000) + "\"\n---\nx\n",
		"draft.md": "---\ntitle: Secret\ndraft: true\n---\nx\n", ".git/config": "secret",
		"authors/x.md": "---\nname: X\navatar: ../../../etc/passwd\n---\n<script>alert(1)</script>\n",
		"pic/index.md": "---\ntitle: P\ndate: 2024-01-01\n---\n![s](s.svg) ![h](h.png)\n",
		"pic/s.svg":    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`,
		"pic/h.png":    "<html>not a picture</html>",
	})
	r := f.build()
	base := filepath.Dir(f.o.To)
	entries, _ := os.ReadDir(base)
	if len(entries) != 1 {
		t.Errorf("beside the site lies %v", entries)
	}
	for _, name := range f.files() {
		for part := range strings.SplitSeq(name, "/") {
			if strings.HasPrefix(part, ".") || len(part) > 200 || device.MatchString(part) || strings.ContainsAny(part, `\:*?"<>|`) {
				t.Errorf("the file %q has a name that not all systems take", name)
			}
		}
		data := f.read(name)
		if strings.Contains(data, "<script>alert") && !strings.HasSuffix(name, ".json") || strings.Contains(data, "root:") || strings.Contains(data, "Secret") || name == "pic/s.svg" || strings.HasSuffix(name, "h.png") {
			t.Errorf("%s holds what it must not", name)
		}
	}
	if !strings.Contains(f.read("index.html"), "&lt;script&gt;") {
		t.Error("the title is not shown as it is")
	}
	if !strings.Contains(problemsOf(r), "c.md:3: the address / belongs to a page of the site itself") {
		t.Errorf("problems\n%s", problemsOf(r))
	}
}

func TestStopped(t *testing.T) {
	f := newFixture(t, blog)
	ctx, cancel := context.WithCancel(t.Context())
	o := f.o
	o.Progress = func(done, total int) { cancel() }
	if _, err := Build(ctx, f.lib, o); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if r := f.build(); len(r.Problems) != 0 {
		t.Errorf("after a build that was stopped: %s", problemsOf(r))
	}
}

func TestProgress(t *testing.T) {
	f := newFixture(t, blog)
	last, all := 0, 0
	f.o.Progress = func(done, total int) {
		if done < last || done > total {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last, all = done, total
	}
	f.build()
	if last == 0 || last != all {
		t.Errorf("it ends with %d of %d", last, all)
	}
}

func TestEmptyLibrary(t *testing.T) {
	f := newFixture(t, nil)
	r := f.build()
	if r.Articles != 0 || !f.has("index.html") || len(r.Problems) != 0 {
		t.Errorf("%+v", r)
	}
	for _, d := range deadLinks(t, f.o.To) {
		if d.page != missingFile {
			t.Errorf("%s: dead link %s", d.page, d.link)
		}
	}
}

func TestPermalink(t *testing.T) {
	day := time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ pattern, path, want, undated string }{
		{"/:year/:month/:slug/", "x/a.md", "2024/03/a-b/index.html", "a-b/index.html"},
		{"/:year-:month-:day-:slug.html", "a.md", "2024-03-05-a-b.html", "a-b.html"},
		{"/:slug/", "a.md", "a-b/index.html", "a-b/index.html"},
		{"/blog/:path/", "x/y/a.md", "blog/x/y/a-b/index.html", "blog/x/y/a-b/index.html"},
		{":path", "x/a/index.md", "x/a-b/index.html", "x/a-b/index.html"},
	} {
		if got := permalink(c.pattern, "A b", c.path, day); got != c.want {
			t.Errorf("%s: %s, want %s", c.pattern, got, c.want)
		}
		if got := permalink(c.pattern, "A b", c.path, time.Time{}); got != c.undated {
			t.Errorf("%s without a date: %s, want %s", c.pattern, got, c.undated)
		}
	}
}

func TestPages(t *testing.T) {
	for n := range 60 {
		posts := make([]*post, n)
		for i := range posts {
			posts[i] = &post{}
		}
		cut := pages(posts, 7)
		if len(cut[0]) > 13 || n >= 7 && len(cut[0]) < 7 {
			t.Errorf("%d posts: the first page has %d", n, len(cut[0]))
		}
		if !slices.Equal(slices.Concat(cut...), posts) {
			t.Errorf("%d posts: %d are on pages", n, len(slices.Concat(cut...)))
		}
		for _, part := range cut[1:] {
			if len(part) != 7 {
				t.Errorf("%d posts: a page has %d", n, len(part))
			}
		}
		// The oldest page stays as it is when there are more.
		if n >= 14 && pageFile(homeFile, len(cut)-1, len(cut)) != "page/1/index.html" {
			t.Errorf("%d posts: the oldest page is %s", n, pageFile(homeFile, len(cut)-1, len(cut)))
		}
	}
}
