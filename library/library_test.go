package library

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func testLibrary(t *testing.T, files map[string]string) *Library {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), data)
	}
	lib, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func write(t *testing.T, file, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readString(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
	}
	return string(data)
}

// noTemps fails when a temporary file is left in the folder or below.
func noTemps(t *testing.T, dir string) {
	t.Helper()
	for name := range snapshot(t, dir) {
		if strings.Contains(filepath.Base(name), tempPrefix) {
			t.Errorf("left behind: %s", name)
		}
	}
}

// snapshot is all that can be seen of a tree without having been there.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		var sum [32]byte
		if info.Mode().IsRegular() {
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			sum = sha256.Sum256(data)
		}
		out[name] = fmt.Sprint(info.Mode(), info.ModTime().UnixNano(), sum)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func paths(articles []Loaded) []string {
	var out []string
	for _, a := range articles {
		out = append(out, a.Path)
	}
	slices.Sort(out)
	return out
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	write(t, file, "")
	for dir, message := range map[string]string{file: "this is a file", filepath.Join(dir, "gone"): "does not exist", filepath.Join(file, "x"): "cannot be opened"} {
		_, err := Open(dir)
		var p *Problem
		if !errors.As(err, &p) || p.Path != dir || !strings.Contains(p.Message, message) || !strings.Contains(p.Remedy, "--library") {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestInitKeepsFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "library")
	write(t, filepath.Join(dir, "welcome.md"), "mine")
	lib, err := Init(dir, map[string][]byte{"welcome.md": []byte("theirs"), "authors/you.md": []byte("you")})
	if err != nil || readString(t, lib.File("welcome.md")) != "mine" || readString(t, lib.File("authors/you.md")) != "you" {
		t.Errorf("init: %v", err)
	}
	if _, err := Init(filepath.Join(dir, "welcome.md", "x"), nil); err == nil || !strings.Contains(err.Error(), "--library") {
		t.Errorf("init below a file: %v", err)
	}
}

func TestWalk(t *testing.T) {
	lib := testLibrary(t, map[string]string{
		"one.md": "", "two.markdown": "", "THREE.MD": "", "posts/four/index.md": "", "posts/four/picture.png": "", "folder.md/five.md": "", "posts/authors/six.md": "",
		".hidden.md": "", ".git/x.md": "", "node_modules/x/README.md": "", "posts/node_modules/x.md": "", "_index.md": "", "posts/_index.md": "", "posts/_index.fr.md": "",
		"authors/jane.md": "", "site.toml": "", "notes.txt": "", "x.md~": "", "a.mdx": "",
	})
	outside := t.TempDir()
	write(t, filepath.Join(outside, "seven.md"), "")
	links := true
	for from, to := range map[string]string{
		"a-link": "posts", "loop": ".", "up": "..", "far": outside, "posts/back": "../posts", "link.md": "one.md", "nowhere.md": "gone.md", "self.md": "self.md",
	} {
		if err := os.Symlink(filepath.FromSlash(to), lib.File(from)); err != nil {
			links = false
		}
	}
	articles, problems, err := lib.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"THREE.MD", "folder.md/five.md", "one.md", "posts/authors/six.md", "posts/four/index.md", "two.markdown"}
	if links {
		want = append(want, "far/seven.md", "link.md", "nowhere.md", "self.md")
		slices.Sort(want)
		if len(problems) != 2 || problems[0].Remedy == "" {
			t.Errorf("problems %v, want those of two links that lead nowhere", problems)
		}
	}
	if got := paths(articles); !slices.Equal(got, want) {
		t.Errorf("articles %q\nwant     %q", got, want)
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := lib.Load(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if articles, _, err := (&Library{}).Load(t.Context()); len(articles) != 0 || err != nil {
		t.Errorf("no library has %d articles, %v", len(articles), err)
	}
}

func TestUnreadableFolderAndFile(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may read everything; run the tests as another user to see this one")
	}
	lib := testLibrary(t, map[string]string{"one.md": "", "closed/two.md": "", "three.md": ""})
	for _, name := range []string{"closed", "three.md"} {
		if err := os.Chmod(lib.File(name), 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(lib.File(name), 0o755) })
	}
	articles, problems, err := lib.Load(t.Context())
	if err != nil || !slices.Equal(paths(articles), []string{"one.md", "three.md"}) || len(problems) != 2 {
		t.Errorf("%v, %v, %v", paths(articles), problems, err)
	}
	for _, p := range problems {
		if !strings.Contains(p.Remedy, "permissions") {
			t.Error(p)
		}
	}
}

func TestBadFiles(t *testing.T) {
	big := "# Big\n\n" + strings.Repeat("Ten words of text that fill this line to its end.\n", 200_000)
	bad := map[string]struct {
		data    string
		line    int
		message string
	}{
		"latin1.md":  {"---\ntitle: x\n---\ncaf\xe9\n", 4, "Latin-1"},
		"utf16.md":   {"\xff\xfea\x00b\x00", 1, "UTF-16"},
		"utf16be.md": {"\x00a\x00b\x00c\x00d\x00e\x00\n\x00a", 1, "UTF-16"},
		"nul.md":     {"one\ntwo\x00\n", 2, "binary"},
		"binary.md":  {"\x89PNG\r\n\x1a\n\x00\x00", 3, "binary"},
		"broken.md":  {"---\ntitle: a: b\n---\nText.\n", 2, "not valid YAML"},
	}
	files := map[string]string{
		"good.md": "---\ntitle: Good\n---\nText.\n", "bom.md": "\ufeff---\r\ntitle: Marked\r\n---\r\nText.\r\n", "empty.md": "", "blank.md": " \n\n", "big.md": big,
		"authors/jane.md": "---\nname: Jane\n---\n", "authors/joe.md": "\xe9", "site.toml": "title = 1",
	}
	for name, b := range bad {
		files[name] = b.data
	}
	lib := testLibrary(t, files)
	before := snapshot(t, lib.Dir())
	start := time.Now()
	articles, problems, err := lib.Load(t.Context())
	if err != nil || len(articles) != len(files)-3 {
		t.Fatalf("%d articles, %v", len(articles), err)
	}
	t.Logf("loaded with an article of %d bytes in %v", len(big), time.Since(start))
	if len(problems) != len(bad) {
		t.Errorf("%d problems, want %d: %v", len(problems), len(bad), problems)
	}
	for _, p := range problems {
		want, ok := bad[filepath.Base(p.Path)]
		if !ok || !filepath.IsAbs(p.Path) || p.Line != want.line || !strings.Contains(p.Message, want.message) || p.Remedy == "" {
			t.Errorf("%v; want line %d: %s", p, want.line, want.message)
		}
	}
	for _, a := range articles {
		if a.Title == "" || a.Slug == "" || a.ModTime.IsZero() {
			t.Errorf("%s has title %q, slug %q", a.Path, a.Title, a.Slug)
		}
		if a.Path == "bom.md" && (a.Title != "Marked" || a.Body != "Text.\n") {
			t.Errorf("with a mark and CRLF: %q, %q", a.Title, a.Body)
		}
		if a.Path == "big.md" && (a.Words < 2_000_000 || a.Title != "Big") {
			t.Errorf("the big one: %q, %d words", a.Title, a.Words)
		}
	}
	authors, problems := lib.Authors()
	if len(authors) != 2 || len(problems) != 1 || problems[0].Line != 1 {
		t.Errorf("%d authors, %v", len(authors), problems)
	}
	if after := snapshot(t, lib.Dir()); !maps.Equal(before, after) {
		t.Error("files changed by being looked at")
	}
}

func TestTooLarge(t *testing.T) {
	lib := testLibrary(t, map[string]string{"large.md": ""})
	if err := os.Truncate(lib.File("large.md"), MaxSize+1); err != nil {
		t.Skip(err)
	}
	if a, _ := Read(lib.File("large.md"), "large.md"); !a.Unreadable || !strings.Contains(a.Problem.Error(), "64 MiB") || a.Problem.Remedy == "" {
		t.Errorf("%v", a.Problem)
	}
}

func TestAbsurdFileTime(t *testing.T) {
	lib := testLibrary(t, map[string]string{"one.md": ""})
	for _, year := range []int{1, 1800, 12000} {
		then := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		if err := os.Chtimes(lib.File("one.md"), then, then); err != nil {
			continue
		}
		a, _ := Read(lib.File("one.md"), "one.md")
		if _, err := a.Date.MarshalJSON(); err != nil {
			t.Errorf("in the year %d: %v", year, err)
		}
	}
}

func TestResolve(t *testing.T) {
	lib := testLibrary(t, map[string]string{
		"one.md": "---\nslug: uno\n---\n", "posts/two/index.md": "", "posts/2024-01-02-three.md": "", "a/same.md": "", "b/same.md": "",
	})
	articles, _, _ := lib.Load(t.Context())
	t.Chdir(t.TempDir())
	write(t, "here.md", "")
	write(t, "folder/index.md", "")
	for ref, want := range map[string]string{
		"one.md": "one.md", "./one.md": "one.md", "uno": "one.md", "one": "one.md", "two": "posts/two/index.md", "posts/two": "posts/two/index.md", "posts/two/": "posts/two/index.md",
		"three": "posts/2024-01-02-three.md", "2024-01-02-three": "posts/2024-01-02-three.md", "a/same": "a/same.md", lib.File("b/same.md"): "b/same.md",
	} {
		if got, err := lib.Resolve(ref, articles); err != nil || got != lib.File(want) {
			t.Errorf("%s is %s, %v; want %s", ref, got, err, want)
		}
	}
	for ref, want := range map[string]string{"here.md": "here.md", "folder": "folder/index.md"} {
		abs, _ := filepath.Abs(want)
		if got, err := lib.Resolve(ref, articles); err != nil || got != abs {
			t.Errorf("%s is %s, %v; want %s", ref, got, err, abs)
		}
	}
	for ref, want := range map[string]string{"same": "2 articles", "gone": "no such file", "": "no such file"} {
		var p *Problem
		if _, err := lib.Resolve(ref, articles); !errors.As(err, &p) || !strings.Contains(p.Message, want) || p.Remedy == "" {
			t.Errorf("%q: %v", ref, err)
		}
	}
}

func TestRel(t *testing.T) {
	lib := testLibrary(t, map[string]string{"posts/one.md": ""})
	if rel, ok := lib.Rel(lib.File("posts/one.md")); !ok || rel != "posts/one.md" {
		t.Errorf("%q, %v", rel, ok)
	}
	if _, ok := lib.Rel(filepath.Join(filepath.Dir(lib.Dir()), "x.md")); ok {
		t.Error("a file beside the library is in it")
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(lib.Dir(), link); err != nil {
		t.Skip(err)
	}
	if rel, ok := lib.Rel(filepath.Join(link, "posts", "one.md")); !ok || rel != "posts/one.md" {
		t.Errorf("through a link: %q, %v", rel, ok)
	}
	if rel, ok := lib.Within(filepath.Join(link, "posts", "one.md")); ok {
		t.Errorf("by its name alone: %q", rel)
	}
	linked, err := Open(link)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(link); err != nil { // both names are known without a look
		t.Fatal(err)
	}
	for _, dir := range []string{link, lib.Dir()} {
		if rel, ok := linked.Within(filepath.Join(dir, "posts", "one.md")); !ok || rel != "posts/one.md" {
			t.Errorf("by its name alone: %q, %v", rel, ok)
		}
		if rel, ok := linked.Within(dir + "-other"); ok {
			t.Errorf("%q of a folder beside it", rel)
		}
	}
}

func TestAuthors(t *testing.T) {
	lib := testLibrary(t, map[string]string{
		"authors/jane.md":  "---\nname: Jane Doe\navatar: jane.png\nlinks:\n  - https://example.org/\n  - name: Mail\n    url: mailto:j@example.org\n  - Code: https://code.example.org\n---\n\nWrites.\n",
		"authors/joe.md":   "+++\ntitle = \"Joe\"\n[links]\nb = \"https://b.example.org\"\na = \"https://a.example.org\"\n+++\n",
		"authors/empty.md": "", "authors/_index.md": "", "authors/jane.png": "",
	})
	authors, problems := lib.Authors()
	if len(authors) != 3 || len(problems) != 0 {
		t.Fatalf("%d authors, %v", len(authors), problems)
	}
	jane := FindAuthor(authors, "jane doe")
	want := []Link{{"example.org", "https://example.org/"}, {"Mail", "mailto:j@example.org"}, {"Code", "https://code.example.org"}}
	if jane == nil || jane.ID != "jane" || jane.Avatar != "jane.png" || jane.Bio != "Writes." || !slices.Equal(jane.Links, want) {
		t.Errorf("%+v", jane)
	}
	if joe := FindAuthor(authors, "JOE"); joe.Name != "Joe" || !slices.Equal(joe.Links, []Link{{"a", "https://a.example.org"}, {"b", "https://b.example.org"}}) {
		t.Errorf("%+v", joe)
	}
	credits := Credits(authors, &Article{Meta: Meta{Authors: []string{"jane", "Jane Doe", "Mary Major"}}})
	if len(credits) != 2 || credits[0] != jane || credits[1].Name != "Mary Major" || credits[1].ID != "mary-major" {
		t.Errorf("credits %+v", credits)
	}
}
