package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/editor/text"
)

func TestSetFrontMatter(t *testing.T) {
	day := time.Date(2026, 11, 12, 0, 0, 0, 0, time.UTC)
	moment := time.Date(2026, 11, 12, 13, 14, 15, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		name, text, key string
		value           any
		want            string
	}{
		{"plain", "---\ntitle: One # mine\nx: 1\n---\nT\n", "title", "Two", "---\ntitle: Two # mine\nx: 1\n---\nT\n"},
		{"as it is", "---\ntitle: 'One'\n---\n", "title", "One", "---\ntitle: 'One'\n---\n"},
		{"single quotes", "---\ntitle: 'One''s' # c\n---\n", "title", "It's", "---\ntitle: 'It''s' # c\n---\n"},
		{"double quotes", "---\ntitle:   \"One \\\" #\"   # c\n---\n", "title", "a \"b\"", "---\ntitle:   \"a \\\"b\\\"\"   # c\n---\n"},
		{"needs quotes", "---\ntitle: One\n---\n", "title", "One: two", "---\ntitle: \"One: two\"\n---\n"},
		{"old truth", "---\ntitle: One\n---\n", "title", "yes", "---\ntitle: \"yes\"\n---\n"},
		{"number", "---\ntitle: One\n---\n", "title", "1984", "---\ntitle: \"1984\"\n---\n"},
		{"day for a title", "---\ntitle: One\n---\n", "title", "2024-01-02", "---\ntitle: \"2024-01-02\"\n---\n"},
		{"hash", "---\ntitle: One\n---\n", "title", "C # D", "---\ntitle: \"C # D\"\n---\n"},
		{"emoji", "---\ntitle: One\n---\n", "title", "Été 🌅 日本", "---\ntitle: Été 🌅 日本\n---\n"},
		{"newline and control", "---\ntitle: One\n---\n", "title", "a\nb\x7f\u2028", "---\ntitle: \"a\\nb\\u007f\\u2028\"\n---\n"},
		{"invalid", "---\ntitle: One\n---\n", "title", "a\xffb", "---\ntitle: a\ufffdb\n---\n"},
		{"empty value", "---\ntitle:\nx: 1\n---\n", "title", "Two", "---\ntitle: Two\nx: 1\n---\n"},
		{"empty value with a comment", "---\ntitle: # none yet\nx: 1\n---\n", "title", "Two", "---\ntitle: Two # none yet\nx: 1\n---\n"},
		{"to empty", "---\ntitle: One\n---\n", "title", "", "---\ntitle: \"\"\n---\n"},
		{"several lines", "---\ntitle: One\n  and more\n# next\nx: 1\n---\n", "title", "Two", "---\ntitle: Two\n# next\nx: 1\n---\n"},
		{"folded block", "---\ntitle: >-\n  One\n  # more\n\n# next\nx: 1\n---\n", "title", "Two", "---\ntitle: Two\n\n# next\nx: 1\n---\n"},
		{"case", "---\nTitle: One\n---\n", "title", "Two", "---\nTitle: Two\n---\n"},
		{"quoted key", "---\n\"title\": One\n---\n", "title", "Two", "---\n\"title\": Two\n---\n"},
		{"indented", "---\n  title: One\n  x: 1\n---\n", "draft", true, "---\n  title: One\n  draft: true\n  x: 1\n---\n"},
		{"new key", "---\n# mine\ntitle: One\n# tags\ntags: [a]\n---\n", "date", day, "---\n# mine\ntitle: One\ndate: 2026-11-12\n# tags\ntags: [a]\n---\n"},
		{"new title", "---\n# mine\ntags: [a]\n---\n", "title", "One", "---\n# mine\ntitle: One\ntags: [a]\n---\n"},
		{"new last key", "---\ntitle: One\n---\nT", "tags", []string{"a", "b, c"}, "---\ntitle: One\ntags: [a, \"b, c\"]\n---\nT"},
		{"empty front matter", "---\n# nothing\n---\nT", "title", "One", "---\n# nothing\ntitle: One\n---\nT"},
		{"none", "T\n", "title", "One", "---\ntitle: One\n---\n\nT\n"},
		{"none, blank line", "\nT\n", "title", "One", "---\ntitle: One\n---\n\nT\n"},
		{"empty text", "", "draft", true, "---\ndraft: true\n---\n"},
		{"remove", "---\ntitle: One\ntags:\n  - a\n# x\nx: 1\n---\n", "tags", nil, "---\ntitle: One\n# x\nx: 1\n---\n"},
		{"remove what is not there", "---\ntitle: One\n---\n", "tags", nil, "---\ntitle: One\n---\n"},
		{"bool", "---\ndraft: false # yet\n---\n", "draft", true, "---\ndraft: true # yet\n---\n"},
		{"day stays a day", "---\ndate: 2024-01-02\n---\n", "date", moment, "---\ndate: 2026-11-12\n---\n"},
		{"moment stays one", "---\ndate: 2024-01-02 03:04:05 +0200\n---\n", "date", moment, "---\ndate: 2026-11-12 13:14:15 +0100\n---\n"},
		{"quoted date", "---\ndate: '2024/01/02'\n---\n", "date", day, "---\ndate: '2026/11/12'\n---\n"},
		{"absurd date", "---\ndate: soon\n---\n", "date", moment, "---\ndate: 2026-11-12T13:14:15+01:00\n---\n"},
		{"block list", "---\ntags: # two\n  - 'a'   # first\n  - b\nx: 1\n---\n", "tags", []string{"a", "c: d", "b"}, "---\ntags: # two\n  - 'a'   # first\n  - \"c: d\"\n  - b\nx: 1\n---\n"},
		{"block list without indentation", "---\ntags:\n- a\n- b\nx: 1\n---\n", "tags", []string{"b", "c"}, "---\ntags:\n- b\n- c\nx: 1\n---\n"},
		{"block list emptied", "---\ntags:\n- a\nx: 1\n---\n", "tags", []string{}, "---\ntags: []\nx: 1\n---\n"},
		{"flow list", "---\ntags: ['a', b] # c\n---\n", "tags", []string{"a", "b", "d]"}, "---\ntags: ['a', b, \"d]\"] # c\n---\n"},
		{"flow list over lines", "---\ntags: [\n  a,\n  b,\n]\n---\n", "tags", []string{"a", "c"}, "---\ntags: [\n  a,\n  c,\n]\n---\n"},
		{"words for a list", "---\ntags: a b\n---\n", "tags", []string{"a", "b"}, "---\ntags: [a, b]\n---\n"},
		{"links", "---\nname: Ana\nlinks:\n  - name: Site\n    url: https://a\nx: 1\n---\n", "links", []Link{{"Me", "https://b#c"}, {"", "mailto:x"}}, "---\nname: Ana\nlinks:\n  - name: Me\n    url: https://b#c\n  - mailto:x\nx: 1\n---\n"},
		{"new links", "---\nname: Ana\n---\n", "links", []Link{{"Me", "https://b"}}, "---\nname: Ana\nlinks:\n  - name: Me\n    url: https://b\n---\n"},
		{"line separator above", "---\nx: \"a\u2028b\"\ntitle: One\n---\n", "title", "Two", "---\nx: \"a\u2028b\"\ntitle: Two\n---\n"},

		{"toml", "+++\ntitle = \"One\" # c\nx = 1\n[a]\ntitle = 1\n+++\nT", "title", "T\"wo", "+++\ntitle = \"T\\\"wo\" # c\nx = 1\n[a]\ntitle = 1\n+++\nT"},
		{"toml literal", "+++\ntitle = 'One'\n+++\n", "title", "Two", "+++\ntitle = 'Two'\n+++\n"},
		{"toml lines", "+++\ntitle = \"\"\"\nOne\ntwo\"\"\"\nx = 1\n+++\n", "title", "Two", "+++\ntitle = \"Two\"\nx = 1\n+++\n"},
		{"toml new", "+++\ntitle = \"One\"\n\n[a]\nb = 1\n+++\n", "draft", true, "+++\ntitle = \"One\"\ndraft = true\n\n[a]\nb = 1\n+++\n"},
		{"toml new last", "+++\ntitle = \"One\"\n[a]\nb = 1\n+++\n", "x", "y", "+++\ntitle = \"One\"\nx = \"y\"\n[a]\nb = 1\n+++\n"},
		{"toml date", "+++\ndate = 2024-01-02T03:04:05Z\n+++\n", "date", moment, "+++\ndate = 2026-11-12T13:14:15+01:00\n+++\n"},
		{"toml day", "+++\ndate = 2024-01-02\n+++\n", "date", moment, "+++\ndate = 2026-11-12\n+++\n"},
		{"toml quoted date", "+++\ndate = \"2024-01-02\"\n+++\n", "date", day, "+++\ndate = \"2026-11-12\"\n+++\n"},
		{"toml list", "+++\ntags = [ # c\n  \"a\", # x ]\n  \"b\",\n]\nx = 1\n+++\n", "tags", []string{"a", "c"}, "+++\ntags = [\n  \"a\",\n  \"c\",\n]\nx = 1\n+++\n"},
		{"toml removed", "+++\ntitle = \"One\"\ntags = [\"a\"]\nx = 1\n+++\n", "tags", nil, "+++\ntitle = \"One\"\nx = 1\n+++\n"},
		{"toml links", "+++\nname = \"A\"\n+++\n", "links", []Link{{"a", "b"}}, "+++\nname = \"A\"\nlinks = [{ name = \"a\", url = \"b\" }]\n+++\n"},
		{"toml emptied", "+++\n+++\nT", "title", "One", "+++\ntitle = \"One\"\n+++\nT"},

		{"json", "{\n  \"title\": \"One\",\n  \"x\": {\"title\": 1}\n}\nT", "title", "T\"wo", "{\n  \"title\": \"T\\\"wo\",\n  \"x\": {\"title\": 1}\n}\nT"},
		{"json new", "{\n  \"title\": \"One\",\n  \"x\": 1\n}\nT", "draft", true, "{\n  \"title\": \"One\",\n  \"draft\": true,\n  \"x\": 1\n}\nT"},
		{"json new last", "{\"title\": \"One\"}\n", "tags", []string{"a"}, "{\"title\": \"One\",\"tags\": [\"a\"]}\n"},
		{"json new first", "{\n\t\"x\": 1\n}\n", "title", "One", "{\n\t\"title\": \"One\",\n\t\"x\": 1\n}\n"},
		{"json into nothing", "{}\nT", "title", "One", "{\n  \"title\": \"One\"\n}\nT"},
		{"json removed", "{\n  \"title\": \"One\",\n  \"x\": 1\n}\n", "x", nil, "{\n  \"title\": \"One\"\n}\n"},
		{"json first removed", "{\n  \"x\": 1,\n  \"title\": \"One\"\n}\n", "x", nil, "{\n  \"title\": \"One\"\n}\n"},
		{"json date", "{\"date\": \"2024-01-02\"}\n", "date", day, "{\"date\": \"2026-11-12\"}\n"},
		{"json list", "{\"tags\": [\n  \"a\"\n]}\n", "tags", []string{"b", "c"}, "{\"tags\": [\n  \"b\",\n  \"c\"\n]}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			changes, err := SetFrontMatter(c.text, c.key, c.value)
			if err != nil {
				t.Fatal(err)
			}
			if got := applied(c.text, changes); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			again, err := SetFrontMatter(c.want, c.key, c.value)
			if _, date := c.value.(time.Time); err != nil || len(again) > 0 && !date {
				t.Errorf("set again: %v, %v", again, err)
			}
		})
	}
}

func TestSetFrontMatterRefused(t *testing.T) {
	for _, c := range []struct {
		name, text, key string
		value           any
		message         string
	}{
		{"broken", "---\ntitle: One: two\n---\n", "title", "x", "not valid YAML"},
		{"unclosed", "---\ntitle: One\n", "title", "x", "never closed"},
		{"list", "---\n- one\n---\n", "title", "x", "list"},
		{"braces", "---\n{title: One}\n---\n", "title", "x", "braces"},
		{"an anchor that is used", "---\ntitle: &a One\nx: *a\n---\n", "title", "Two", "cannot be changed alone"},
		{"no key", "---\ntitle: One\n---\n", "a: b", "x", "no key"},
		{"no value", "---\ntitle: One\n---\n", "title", 1.5, "no way"},
		{"absurd date", "---\ntitle: One\n---\n", "date", time.Time{}, "no date"},
		{"a table", "+++\n[title]\nx = 1\n+++\n", "title", "x", "table"},
		{"broken json", "{\"title\": \"One\",}\nT", "title", "x", "JSON"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := SetFrontMatter(c.text, c.key, c.value)
			var bad *FrontMatterError
			if !errors.As(err, &bad) || !strings.Contains(bad.Message, c.message) || bad.Line < 1 || bad.Remedy == "" {
				t.Fatalf("%#v", err)
			}
			if p := bad.In("/x/one.md"); p.Path != "/x/one.md" || p.Line != bad.Line || !errors.Is(p, bad) {
				t.Errorf("%#v", p)
			}
		})
	}
}

// Line endings and the mark at the start of a file survive.
func TestWithFrontMatter(t *testing.T) {
	data := "\ufeff---\r\ntitle: One\r\nx: 1\n---\r\n\xff\r\n"
	d, err := text.Decode([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	got, err := WithFrontMatter(d, Key{"title", "Two"}, Key{"draft", true})
	if want := "\ufeff---\r\ntitle: Two\r\ndraft: true\r\nx: 1\n---\r\n\xff\r\n"; err != nil || string(got.Bytes()) != want {
		t.Errorf("%q, %v", got.Bytes(), err)
	}
	if got, err := WithFrontMatter(d, Key{"title", "Two"}, Key{"a b", true}); err == nil || !got.Same(d) {
		t.Errorf("%q, %v", got.Bytes(), err)
	}
}

// Of real articles, changing the title changes the lines of the title and no others.
func TestSetFrontMatterRealData(t *testing.T) {
	files := realArticles(t)
	set := 0
	for _, file := range files {
		a, d := ReadText(file, filepath.Base(file))
		if a.Unreadable || a.Problem != nil {
			continue
		}
		s := d.String()
		fm, _ := ParseFrontMatter(s)
		if _, ok := fm.Values["title"].(string); !ok {
			continue
		}
		changes, err := SetFrontMatter(s, "title", "Another: title")
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		set++
		was, now := strings.Split(s, "\n"), strings.Split(applied(s, changes), "\n")
		for len(was) > 0 && len(now) > 0 && was[0] == now[0] {
			was, now = was[1:], now[1:]
		}
		for len(was) > 0 && len(now) > 0 && was[len(was)-1] == now[len(now)-1] {
			was, now = was[:len(was)-1], now[:len(now)-1]
		}
		if len(now) != 1 || !strings.Contains(now[0], "Another: title") || !strings.HasPrefix(was[0], "title") && !strings.HasPrefix(was[0], `"title`) {
			t.Errorf("%s: %q became %q", file, was, now)
		}
		for _, key := range []Key{{"draft", true}, {"tags", []string{"a", "b"}}, {"date", time.Now()}, {"title", nil}} {
			if _, err := SetFrontMatter(s, key.Name, key.Value); err != nil {
				t.Errorf("%s: %s: %v", file, key.Name, err)
			}
		}
	}
	if set < 500 {
		t.Errorf("only %d of %d articles have a title that can be set", set, len(files))
	}
}

// realArticles are those of the folder with real data.
func realArticles(t *testing.T) []string {
	t.Helper()
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("set LONGHAND_DATA to a folder with library/ to edit real articles")
	}
	root := filepath.Join(data, "library")
	var files []string
	_ = filepath.WalkDir(root, func(file string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && isArticle(e.Name()) {
			files = append(files, file)
		}
		return nil
	})
	return files
}

func FuzzSetFrontMatter(f *testing.F) {
	for _, s := range []string{
		"", "T", "---\ntitle: One\n---\nText", "+++\ntitle = \"One\"\ndate = 2024-01-02\n+++\n", "{\"title\": \"One\"}\nText", "---\ntitle: |\n  a\n\n---\n",
		"---\ntags:\n- a\n- b # c\ntitle: 'x'\n---\n", "---\ntags: [a, \"b]\"]\n---\n", "+++\ntags = [\"a\", 'b']\n[x]\n+++\n", "---\n? a\n: b\ntitle: &x c\n---\n",
	} {
		f.Add(s, "title", "Two: three")
		f.Add(s, "tags", "a,b")
	}
	f.Fuzz(func(t *testing.T, s, key, value string) {
		s = text.New(s).String()
		for _, v := range []any{value, strings.Split(value, ","), true, nil, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} {
			changes, err := SetFrontMatter(s, key, v)
			if err != nil {
				var bad *FrontMatterError
				if !errors.As(err, &bad) || bad.Line < 1 || bad.Line > 1+strings.Count(s, "\n") || bad.Remedy == "" {
					t.Fatalf("%#v", err)
				}
				continue
			}
			if _, _, err := text.New(s).ApplyAll(changes); err != nil {
				t.Fatal(err)
			}
		}
	})
}
