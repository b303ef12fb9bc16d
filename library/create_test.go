package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"What the river took":     "what-the-river-took",
		"  C++ & Go: 1.0!  ":      "c-go-1-0",
		"Don’t panic":             "dont-panic",
		"Ça va, Æsir? Straße Łód": "ca-va-aesir-strasse-lod",
		"日本語 の 記事":                "日本語-の-記事",
		"ガギグ":                     "ガギグ",
		"हिन्दी":                  "हिन्दी",
		"Йод и ёж":                "йод-и-ёж",
		"한국어":                     "한국어",
		"../../etc/passwd":        "etc-passwd",
		`a\b/c:d`:                 "a-b-c-d",
		".hidden":                 "hidden",
		"..":                      "article",
		"":                        "article",
		"🙂":                       "article",
		"a\x00b\x1b[31m":          "a-b-31m",
		"index":                   "index-article",
		"Authors":                 "authors-article",
		"CON":                     "con-article",
		"lpt1":                    "lpt1-article",
		"console":                 "console",
		"\xff\xfe":                "article",
	} {
		if got := Slug(title); got != want {
			t.Errorf("Slug(%q) = %q, want %q", title, got, want)
		}
	}
	long := Slug(strings.Repeat("longer ", 40))
	if len(long) > maxSlug || !strings.HasSuffix(long, "longer") {
		t.Errorf("cut within a word: %q", long)
	}
	if got := Slug("a " + strings.Repeat("b", 200)); len(got) != maxSlug {
		t.Errorf("one endless word leaves %q", got)
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"", "Title", "..", "con", "日本語", "İıſK", "e\u0301", "a/b\\c", "\xff", strings.Repeat("漢", 100), "- -", "\u0301x", "ǽ ﷺ ½"} {
		f.Add(s)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, title string) {
		s := Slug(title)
		if s == "" || len(s) > maxSlug+len("-article") || !utf8.ValidString(s) {
			t.Fatalf("Slug(%q) = %q", title, s)
		}
		if strings.HasPrefix(s, "-") || strings.HasPrefix(s, ".") || strings.HasSuffix(s, "-") || !filepath.IsLocal(s) || filepath.Base(s) != s {
			t.Errorf("Slug(%q) = %q is hidden, a path or ill-formed", title, s)
		}
		if i := strings.IndexFunc(s, func(r rune) bool {
			return r != '-' && !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
		}); i >= 0 {
			t.Errorf("Slug(%q) = %q holds %q", title, s, s[i:])
		}
		if again := Slug(s); again != s {
			t.Errorf("Slug(%q) = %q, and of that %q", title, s, again)
		}
		name := filepath.Join(dir, s)
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Error(err)
		}
		os.Remove(name)
	})
}

func TestNew(t *testing.T) {
	now := time.Date(2026, 11, 12, 13, 14, 15, 0, time.UTC)
	lib := testLibrary(t, map[string]string{"authors/jane.md": "---\nname: Jane Doe\n---\n"})
	for _, want := range []string{"a-day.md", "a-day-2.md", "a-day-3.md"} {
		rel, err := lib.New("A day", nil, now)
		if err != nil || rel != want {
			t.Fatalf("%q, %v; want %q", rel, err, want)
		}
	}
	if got := readString(t, lib.File("a-day.md")); got != "---\ntitle: A day\ndate: 2026-11-12\ndraft: true\nauthors: [jane]\n---\n\n" {
		t.Errorf("new article:\n%s", got)
	}
	if err := os.Mkdir(lib.File("folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	if rel, err := lib.New("Folder", nil, now); err != nil || rel != "folder-2.md" {
		t.Errorf("beside a folder of the name: %q, %v", rel, err)
	}
	rel, err := lib.New("By name", []string{"JANE", "Jane Doe"}, now)
	if err != nil || !strings.Contains(readString(t, lib.File(rel)), "authors: [jane]\n") {
		t.Errorf("an author given by name: %v\n%s", err, readString(t, lib.File(rel)))
	}

	var p *Problem
	if _, err := lib.New("No", []string{"joe"}, now); !errors.As(err, &p) || !strings.Contains(p.Error(), `no author "joe"`) || !strings.Contains(p.Remedy, "jane") {
		t.Errorf("unknown author: %v", err)
	}
	if _, err := lib.New(" \n\t", nil, now); err == nil {
		t.Error("an article without a title")
	}
	if _, err := os.Stat(lib.File("no.md")); err == nil {
		t.Error("an article was made in spite of an error")
	}

	two := testLibrary(t, map[string]string{"authors/a.md": "", "authors/b.md": ""})
	rel, err = two.New("X", nil, now)
	if err != nil || strings.Contains(readString(t, two.File(rel)), "authors") {
		t.Errorf("with two authors one was chosen: %v", err)
	}
}

func TestNewRoundTrip(t *testing.T) {
	lib := testLibrary(t, nil)
	for _, title := range []string{
		`"Quoted" and 'quoted'`, "One: two", "# no heading", "---", "- item", "{brace", "[bracket", "@at", "%percent", "*star", "&and", "!bang",
		"true", "No", "null", "~", "1.10", "007", "2024-01-02", "👩‍🌾 emoji", "日本語", "a \\ b", "it's", "tab\there", "two\nlines", "x #y", "é", "\u202eturned",
		"key: [a, b]", "|", ">", "\x1b[31mred", "bad \xff byte", strings.Repeat("long ", 100), "=", "<<", "?", "a:", ":",
	} {
		rel, err := lib.New(title, nil, time.Now())
		if err != nil {
			t.Errorf("%q: %v", title, err)
			continue
		}
		a, doc := Read(lib.File(rel), rel)
		if want := oneLine(strings.ToValidUTF8(title, "\ufffd")); a.Problem != nil || a.Title != want || !a.Draft || doc.String()[a.Body:] != "\n" {
			t.Errorf("%q reads back as %q, %v", title, a.Title, a.Problem)
		}
	}
}

func TestCreateNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "deep", "one.md")
	if err := Create(file, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := Create(file, []byte("two")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("created again: %v", err)
	}
	dangling := filepath.Join(dir, "link.md")
	if err := os.Symlink("nowhere", dangling); err == nil {
		if err := Create(dangling, []byte("x")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("created over a link: %v", err)
		}
	}
	if got := readString(t, file); got != "one" {
		t.Errorf("replaced by %q", got)
	}
	noTemps(t, dir)

	var wg sync.WaitGroup
	made := make([]bool, 8)
	for i := range made {
		wg.Go(func() { made[i] = Create(filepath.Join(dir, "race.md"), []byte{byte('a' + i)}) == nil })
	}
	wg.Wait()
	winner := -1
	for i, ok := range made {
		if ok && winner >= 0 {
			t.Error("two created one file")
		}
		if ok {
			winner = i
		}
	}
	if got := readString(t, filepath.Join(dir, "race.md")); winner < 0 || got != string(rune('a'+winner)) {
		t.Errorf("%d created it, it holds %q", winner, got)
	}
	noTemps(t, dir)
}
