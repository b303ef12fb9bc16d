package site

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longhand/editor/html"
	"longhand/library"
	"longhand/resources"
)

func write(t *testing.T, file, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// open makes a library of the files and the site of it.
func open(t *testing.T, files map[string]string) (*library.Library, *Site, []*library.Problem) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
	lib, err := library.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	articles, _, err := lib.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, problems := New(lib, library.Articles(articles))
	return lib, s, problems
}

func theme(tb testing.TB) *html.Theme {
	tb.Helper()
	th, err := html.LoadTheme(resources.Theme(resources.DefaultTheme))
	if err != nil {
		tb.Fatal(err)
	}
	return th
}

func render(t *testing.T, lib *library.Library, s *Site, rel string, pages map[string]string) (string, []*library.Problem) {
	t.Helper()
	page, problems, err := s.RenderFile(theme(t), lib.File(rel), pages)
	if err != nil {
		t.Fatal(err)
	}
	return string(page), problems
}

var small = map[string]string{
	"one.md":             "---\ntitle: One\ndate: 2024-01-02\nauthors: [jane, Mary Major]\n---\nSee [two](posts/two/index.md#there), [its folder](posts/two/), [three](three), [gone](gone.md) and [out](https://example.org/one.md).\n",
	"posts/two/index.md": "---\ntitle: Two\ndate: 2024-01-03\nauthor: Jane Doe\n---\nBack to [one](../../one.md).\n",
	"three.md":           "---\ntitle: Three\nauthors: [jane]\n---\nNo date.\n",
	"draft.md":           "---\ntitle: Secret\ndate: 2024-01-04\ndraft: true\nauthors: [jane]\n---\nNot yet.\n",
	"authors/jane.md":    "---\nname: Jane Doe\n---\nWrites *a lot*.\n",
}

func TestPage(t *testing.T) {
	lib, s, problems := open(t, small)
	if len(problems) != 0 {
		t.Error(problems)
	}
	pages := map[string]string{"one.md": "one.html", "posts/two/index.md": "two.html", "three.md": "three.html"}
	page, warnings := render(t, lib, s, "one.md", pages)
	if len(warnings) != 0 {
		t.Error(warnings)
	}
	for _, want := range []string{
		"Jane Doe, Mary Major", "Writes <em>a lot</em>", "View all posts by Jane Doe", "View all posts by Mary Major",
		`href="two.html#there"`, `href="two.html">its folder`, `href="three.html"`, `href="gone.md"`, `href="https://example.org/one.md"`, "2 January 2024",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, not := range []string{"Secret", lib.Dir()} {
		if strings.Contains(page, not) {
			t.Errorf("the page holds %s", not)
		}
	}
	back, _ := render(t, lib, s, "posts/two/index.md", pages)
	if !strings.Contains(back, `href="one.html">one`) {
		t.Error("no link back")
	}
	alone, _ := render(t, lib, s, "one.md", nil)
	if !strings.Contains(alone, `href="posts/two/index.md#there"`) || strings.Contains(alone, `href="two.html`) {
		t.Error("a page alone links to pages that are not there")
	}
	undated, _ := render(t, lib, s, "three.md", nil)
	if strings.Count(undated, "<time") != 2 { // those of the two others in the list of posts
		t.Errorf("a date is shown that nobody wrote: %d", strings.Count(undated, "<time"))
	}
}

func TestPostsOfAuthors(t *testing.T) {
	lib, s, _ := open(t, small)
	articles, _, _ := lib.Load(t.Context())
	titles := func(s *Site, rel string) string {
		a, doc := library.Read(lib.File(rel), rel)
		var out []string
		for _, by := range s.Page(a, doc.String()[a.Body:], lib.File(rel), nil).Authors {
			line := by.Name + ":"
			for _, p := range by.Posts {
				line += " " + p.Title
				if p.Date.IsZero() {
					line += "(undated)"
				}
			}
			out = append(out, line)
		}
		return strings.Join(out, "; ")
	}
	// Three's only date is its file's, which is the newest.
	if got, want := titles(s, "one.md"), "Jane Doe: Three(undated) Two One; Mary Major: One"; got != want {
		t.Errorf("posts %q, want %q", got, want)
	}
	var fewer []library.Loaded
	for _, a := range articles {
		if a.Path != "three.md" {
			fewer = append(fewer, a)
		}
	}
	if got, want := titles(s.With(library.Articles(fewer)), "one.md"), "Jane Doe: Two One; Mary Major: One"; got != want {
		t.Errorf("posts %q, want %q", got, want)
	}
	if got, want := titles(&Site{}, "one.md"), "jane:; Mary Major:"; got != want {
		t.Errorf("outside a library %q, want %q", got, want)
	}
}

func TestPostsURL(t *testing.T) {
	for base, want := range map[string]string{
		"https://example.org":             "https://example.org/authors/jane%20doe/",
		"https://example.org/":            "https://example.org/authors/jane%20doe/",
		"http://example.org/my%20blog/?q": "http://example.org/my%20blog/authors/jane%20doe/",
		"":                                "",
	} {
		s := &Site{Config: Config{BaseURL: base}}
		if got := s.postsURL("jane doe"); got != want {
			t.Errorf("on %q %q, want %q", base, got, want)
		}
	}
	s := &Site{Config: Config{BaseURL: "https://example.org/blog"}}
	if got, want := s.postsURL("a/../é?#"), "https://example.org/blog/authors/a%2F..%2F%C3%A9%3F%23/"; got != want {
		t.Errorf("%q, want %q", got, want)
	}

	files := map[string]string{"site.toml": "title = \"Mine\"\nbase_url = \"https://example.org\"\nlang = \"de\"\n"}
	for name, data := range small {
		files[name] = data
	}
	lib, s, problems := open(t, files)
	page, _ := render(t, lib, s, "one.md", nil)
	if len(problems) != 0 || !strings.Contains(page, `href="https://example.org/authors/jane/"`) || strings.Contains(page, ">Three<") || !strings.Contains(page, `lang="de"`) {
		t.Errorf("problems %v; the page does not lead to the author's", problems)
	}
}

func TestBrokenConfig(t *testing.T) {
	for _, c := range []struct {
		toml    string
		line    int
		message string
	}{
		{"title = \"Mine\"\nbase_url = https://example.org\n", 2, "cannot be read"},
		{"# mine\n\nlang = 7\n", 3, "the settings cannot be read: ‘lang’ must be a text in quotes"},
		{"per_page = \"ten\"\n", 1, "the settings cannot be read: ‘per_page’ must be a whole number"},
		{"trust_html = \"yes\"\n", 1, "the settings cannot be read: ‘trust_html’ must be true or false"},
		{"[title]\na = 1\n", 0, "‘title’ must be a text in quotes"},
		{"title = \"Mine\"\nbase_url = \"example.org\"\n", 2, "no address"},
		{"base_url = \"javascript:alert(1)\"", 1, "no address"},
		{"base_url = \"file:///etc\"", 1, "no address"},
		{"title = \"\xe9\"\n", 0, "cannot be read"},
	} {
		lib, s, problems := open(t, map[string]string{"site.toml": c.toml, "one.md": "---\nauthor: x\n---\nOne.\n"})
		if len(problems) != 1 || problems[0].Path != lib.File("site.toml") || c.line > 0 && problems[0].Line != c.line || !strings.Contains(problems[0].Message, c.message) || problems[0].Remedy == "" {
			t.Errorf("%q: %v", c.toml, problems)
		}
		if page, _ := render(t, lib, s, "one.md", nil); !strings.Contains(page, "One.") || s.BaseURL != "" {
			t.Errorf("%q: the rest does not work", c.toml)
		}
	}
	if _, s, problems := open(t, map[string]string{"site.toml": "\ufefftitle = \"Mine\"\n"}); len(problems) != 0 || s.Title != "Mine" {
		t.Errorf("with a byte order mark: %v", problems)
	}
	if _, _, problems := open(t, map[string]string{"site.toml/x": ""}); len(problems) != 1 || problems[0].Remedy == "" {
		t.Errorf("a folder: %v", problems)
	}
}

func TestWarningsNameTheLine(t *testing.T) {
	lib, s, _ := open(t, map[string]string{
		"one.md":        "---\ntitle: One\ndate: 2024-01-02\n---\n\nText.\n\n![gone](gone.png)\n\n[bad](javascript:alert(1))\n",
		"crlf.md":       "\ufeff---\r\ntitle: One\r\n---\r\n![gone](gone.png)\r\n",
		"broken.md":     "---\ntitle: a: b\n---\n![gone](gone.png)\n",
		"unreadable.md": "\xff",
	})
	for rel, want := range map[string]string{"one.md": "8 10", "crlf.md": "4", "broken.md": "2 4"} {
		_, warnings := render(t, lib, s, rel, nil)
		var lines []string
		for _, w := range warnings {
			if w.Path != lib.File(rel) {
				t.Errorf("%s: %v", rel, w)
			}
			lines = append(lines, strings.TrimPrefix(strings.SplitN(strings.TrimPrefix(w.Error(), w.Path), ": ", 2)[0], ":"))
		}
		if got := strings.Join(lines, " "); got != want {
			t.Errorf("%s: warnings for lines %q, want %q: %v", rel, got, want, warnings)
		}
	}
	var p *library.Problem
	if _, _, err := s.RenderFile(theme(t), lib.File("unreadable.md"), nil); !errors.As(err, &p) || p.Line != 1 {
		t.Errorf("unreadable: %v", err)
	}
}

// A PNG of one pixel.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"

func TestPicturesStayInTheFolder(t *testing.T) {
	lib, s, _ := open(t, map[string]string{
		"post/index.md": "![here](here.png)\n\n![linked](linked.png)\n\n![in](in.png)\n\n![up](../up.png)\n",
		"post/here.png": pixel, "up.png": pixel,
	})
	outside := filepath.Join(t.TempDir(), "secret.png")
	write(t, outside, pixel)
	if err := os.Symlink(outside, lib.File("post/linked.png")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("here.png", lib.File("post/in.png")); err != nil {
		t.Fatal(err)
	}
	page, warnings := render(t, lib, s, "post/index.md", nil)
	if n := strings.Count(page, "data:image/png"); n != 2 {
		t.Errorf("%d pictures are in the page, want the one here and the link to it", n)
	}
	if len(warnings) != 2 || warnings[0].Line != 3 || warnings[1].Line != 7 {
		t.Errorf("warnings %v", warnings)
	}
}

func TestFreeNameAndWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	lib, s, _ := open(t, small)
	page, _ := render(t, lib, s, "one.md", nil)
	name := FreeName(dir, "../../One")
	if name != filepath.Join(dir, "one.html") {
		t.Fatalf("free name %s", name)
	}
	if err := Write(name, []byte(page), false); err != nil {
		t.Fatal(err)
	}
	if got := FreeName(dir, "one"); got != name {
		t.Errorf("an own page is not free: %s", got)
	}
	if err := Write(name, []byte(page+" "), false); err != nil {
		t.Errorf("an own page is not replaced: %v", err)
	}

	foreign := filepath.Join(dir, "two.html")
	write(t, foreign, "<p>mine</p>")
	write(t, filepath.Join(dir, "two-2.html", "x"), "")
	if err := os.Symlink(foreign, filepath.Join(dir, "two-3.html")); err == nil {
		if got, want := FreeName(dir, "two"), filepath.Join(dir, "two-4.html"); got != want {
			t.Errorf("free name %s, want %s", got, want)
		}
	}
	if err := Write(foreign, []byte(page), false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a foreign file: %v", err)
	}
	if err := Write(foreign, []byte(page), true); err != nil {
		t.Errorf("by name: %v", err)
	}
	// A folder that cannot be looked into must not be looked into for ever.
	if got := FreeName(foreign, "x"); got != filepath.Join(foreign, "x.html") {
		t.Errorf("below a file: %s", got)
	}
	var p *library.Problem
	if err := Write(filepath.Join(foreign, "x.html"), nil, false); !errors.As(err, &p) || p.Remedy == "" {
		t.Errorf("below a file: %v", err)
	}
	long := strings.Replace(small["one.md"], "title: One", "title: "+strings.Repeat("long ", 2000), 1)
	write(t, lib.File("long.md"), long)
	page, _ = render(t, lib, s, "long.md", nil)
	if err := Write(name, []byte(page), false); err != nil {
		t.Fatal(err)
	}
	if err := Write(name, []byte("x"), false); err != nil {
		t.Errorf("an own page with a long title is taken for another's: %v", err)
	}
}
