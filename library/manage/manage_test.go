package manage

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"longhand/library"
)

// tree are files by their paths.
type tree map[string]string

func (t tree) with(more tree) tree {
	out := maps.Clone(t)
	for k, v := range more {
		if v == "-" {
			delete(out, k)
		} else {
			out[k] = v
		}
	}
	return out
}

// lay writes the files into a new library.
func lay(t *testing.T, files tree) *library.Library {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lib, err := library.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// read returns all files, and folders that are empty.
func read(t *testing.T, lib *library.Library) tree {
	t.Helper()
	out := tree{}
	err := filepath.WalkDir(lib.Dir(), func(file string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := lib.Rel(file)
		if e.IsDir() {
			if inside, _ := os.ReadDir(file); len(inside) == 0 {
				out[rel+"/"] = ""
			}
			return nil
		}
		data, err := os.ReadFile(file)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func same(t *testing.T, what string, got, want tree) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if text, ok := got[name]; !ok {
			t.Errorf("%s: %s is not there", what, name)
		} else if text != want[name] {
			t.Errorf("%s: %s is %q, want %q", what, name, text, want[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s should not be there", what, name)
		}
	}
}

var small = tree{
	"old.md":                       "---\ntitle: Old\n---\n![p](pics/a.png) [n](sub/note.md) [me](old.md#x)\n",
	"pics/a.png":                   "PNG",
	"sub/note.md":                  "\ufeffSee [old](../old.md#x \"t\") and [b](../bundle/).\r\n`[old](../old.md)`\r\n\xff\r\n",
	"bundle/index.md":              "![b](b.png) [old](../old.md)\n",
	"bundle/b.png":                 "PNG2",
	"_posts/2024-01-02-a-post.md":  "---\nslug: a-post # mine\n---\n[b]({% link bundle/index.md %})\n",
	"_posts/2024-01-03-another.md": "[p]({% post_url 2024-01-02-a-post %}) ![b](../bundle/b.png)\n",
	"unrelated.md":                 "Old words about an old bundle.\n",
}

func TestRename(t *testing.T) {
	for _, c := range []struct {
		title, rel, name, to string
		links, articles      int
		want                 tree
	}{
		{"in its folder", "old.md", "fresh", "fresh.md", 2, 2, tree{
			"old.md":          "-",
			"fresh.md":        "---\ntitle: Old\n---\n![p](pics/a.png) [n](sub/note.md) [me](fresh.md#x)\n",
			"sub/note.md":     "\ufeffSee [old](../fresh.md#x \"t\") and [b](../bundle/).\r\n`[old](../old.md)`\r\n\xff\r\n",
			"bundle/index.md": "![b](b.png) [old](../fresh.md)\n",
		}},
		{"with its extension", "old.md", "Fresh Air.md", "Fresh Air.md", 2, 2, tree{
			"old.md":          "-",
			"Fresh Air.md":    "---\ntitle: Old\n---\n![p](pics/a.png) [n](sub/note.md) [me](Fresh%20Air.md#x)\n",
			"sub/note.md":     "\ufeffSee [old](../Fresh%20Air.md#x \"t\") and [b](../bundle/).\r\n`[old](../old.md)`\r\n\xff\r\n",
			"bundle/index.md": "![b](b.png) [old](../Fresh%20Air.md)\n",
		}},
		{"into a new folder", "old.md", "essays/new/fresh", "essays/new/fresh.md", 2, 2, tree{
			"old.md":              "-",
			"essays/new/fresh.md": "---\ntitle: Old\n---\n![p](../../pics/a.png) [n](../../sub/note.md) [me](fresh.md#x)\n",
			"sub/note.md":         "\ufeffSee [old](../essays/new/fresh.md#x \"t\") and [b](../bundle/).\r\n`[old](../old.md)`\r\n\xff\r\n",
			"bundle/index.md":     "![b](b.png) [old](../essays/new/fresh.md)\n",
		}},
		{"out of a folder that is then empty", "sub/note.md", "/note", "note.md", 1, 1, tree{
			"sub/note.md": "-",
			"note.md":     "\ufeffSee [old](old.md#x \"t\") and [b](bundle/).\r\n`[old](../old.md)`\r\n\xff\r\n",
			"old.md":      "---\ntitle: Old\n---\n![p](pics/a.png) [n](note.md) [me](old.md#x)\n",
		}},
		{"a bundle", "bundle/index.md", "packet", "packet/index.md", 3, 3, tree{
			"bundle/index.md":              "-",
			"bundle/b.png":                 "-",
			"packet/index.md":              "![b](b.png) [old](../old.md)\n",
			"packet/b.png":                 "PNG2",
			"sub/note.md":                  "\ufeffSee [old](../old.md#x \"t\") and [b](../packet/).\r\n`[old](../old.md)`\r\n\xff\r\n",
			"_posts/2024-01-02-a-post.md":  "---\nslug: a-post # mine\n---\n[b]({% link packet/index.md %})\n",
			"_posts/2024-01-03-another.md": "[p]({% post_url 2024-01-02-a-post %}) ![b](../packet/b.png)\n",
		}},
		{"a bundle goes deeper", "bundle/index.md", "x/bundle", "x/bundle/index.md", 3, 3, tree{
			"bundle/index.md":              "-",
			"bundle/b.png":                 "-",
			"x/bundle/index.md":            "![b](b.png) [old](../../old.md)\n",
			"x/bundle/b.png":               "PNG2",
			"sub/note.md":                  "\ufeffSee [old](../old.md#x \"t\") and [b](../x/bundle/).\r\n`[old](../old.md)`\r\n\xff\r\n",
			"_posts/2024-01-02-a-post.md":  "---\nslug: a-post # mine\n---\n[b]({% link x/bundle/index.md %})\n",
			"_posts/2024-01-03-another.md": "[p]({% post_url 2024-01-02-a-post %}) ![b](../x/bundle/b.png)\n",
		}},
		{"a post with its date and slug", "_posts/2024-01-02-a-post.md", "the-post", "_posts/2024-01-02-the-post.md", 1, 1, tree{
			"_posts/2024-01-02-a-post.md":   "-",
			"_posts/2024-01-02-the-post.md": "---\nslug: the-post # mine\n---\n[b]({% link bundle/index.md %})\n",
			"_posts/2024-01-03-another.md":  "[p]({% post_url 2024-01-02-the-post %}) ![b](../bundle/b.png)\n",
		}},
		{"a post of another day", "_posts/2024-01-02-a-post.md", "2025-05-06-a-post", "_posts/2025-05-06-a-post.md", 1, 1, tree{
			"_posts/2024-01-02-a-post.md":  "-",
			"_posts/2025-05-06-a-post.md":  "---\nslug: a-post # mine\n---\n[b]({% link bundle/index.md %})\n",
			"_posts/2024-01-03-another.md": "[p]({% post_url 2025-05-06-a-post %}) ![b](../bundle/b.png)\n",
		}},
		{"case alone", "old.md", "Old", "Old.md", 2, 2, tree{
			"old.md":          "-",
			"Old.md":          "---\ntitle: Old\n---\n![p](pics/a.png) [n](sub/note.md) [me](Old.md#x)\n",
			"sub/note.md":     "\ufeffSee [old](../Old.md#x \"t\") and [b](../bundle/).\r\n`[old](../old.md)`\r\n\xff\r\n",
			"bundle/index.md": "![b](b.png) [old](../Old.md)\n",
		}},
		{"emoji", "unrelated.md", "🌅 été", "🌅 été.md", 0, 0, tree{"unrelated.md": "-", "🌅 été.md": small["unrelated.md"]}},
		{"the same name", "old.md", "old.md", "old.md", 0, 0, tree{}},
	} {
		t.Run(c.title, func(t *testing.T) {
			lib := lay(t, small)
			p, err := Rename(t.Context(), lib, c.rel, c.name, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if links, articles := p.Links(); p.To != c.to || links != c.links || articles != c.articles {
				t.Errorf("to %s, %d links in %d articles; want %s, %d, %d", p.To, links, articles, c.to, c.links, c.articles)
			}
			same(t, "after the plan", read(t, lib), small)
			d, err := p.Apply(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "after", read(t, lib), small.with(c.want))
			if err := d.undo(); err != nil {
				t.Fatal(err)
			}
			same(t, "undone", read(t, lib), small)
		})
	}
}

// Folders that another program made, or an earlier time, may have names that nobody can
// type here; what is in them can be renamed all the same, and stay there.
func TestRenameInFoldersOfAnyName(t *testing.T) {
	for _, c := range []struct{ rel, name, to string }{
		{"what: notes/index.md", "fresh", "fresh/index.md"},
		{"what: notes/slug/index.md", "fresh", "what: notes/fresh/index.md"},
		{"what: notes/slug/index.de.md", "fresh", "what: notes/fresh/index.de.md"},
		{"a/what: notes/slug/index.md", "fresh", "a/what: notes/fresh/index.md"},
		{"what: notes/one.md", "fresh", "what: notes/fresh.md"},
		{"what: notes/one.md", "what: notes/fresh", "what: notes/fresh.md"},
		{"what: notes/one.md", "what: notes/deep/fresh", "what: notes/deep/fresh.md"},
		{"what: notes/why?/one.md", "/what: notes/fresh", "what: notes/fresh.md"},
		{"what: notes/slug/index.md", "plain/fresh", "plain/fresh/index.md"},
	} {
		files := tree{c.rel: "text\n"}
		lib := lay(t, files)
		p, err := Rename(t.Context(), lib, c.rel, c.name, Options{})
		if err != nil {
			t.Errorf("%s to %s: %v", c.rel, c.name, err)
			continue
		}
		d, err := p.Apply(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "after "+c.name, read(t, lib), tree{c.to: "text\n"})
		if err := d.undo(); err != nil {
			t.Fatal(err)
		}
		same(t, "undone", read(t, lib), files)
	}
	// Elsewhere they must be right.
	for _, name := range []string{"why?/fresh", "what: notes/why?/fresh", "what: notes/../fresh", "what/fresh: x/y", "what: note/fresh"} {
		lib := lay(t, tree{"what: notes/slug/index.md": "text\n"})
		var bad *library.Problem
		if p, err := Rename(t.Context(), lib, "what: notes/slug/index.md", name, Options{}); !errors.As(err, &bad) || !strings.Contains(bad.Remedy, "for the folder") {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
}

func TestRenameRefused(t *testing.T) {
	files := small.with(tree{"fresh/x.png": "x", "taken/index.md": "", "x.markdown": ""})
	long := strings.Repeat("é", 127)
	for _, c := range []struct{ rel, name, message string }{
		{"old.md", "unrelated", "name already"},
		{"old.md", "taken", "is there already"},
		{"old.md", "x", "is there already"},
		{"old.md", "bundle", "is there already"},
		{"bundle/index.md", "old", "is there already"},
		{"bundle/index.md", "bundle/below", "into itself"},
		{"bundle/index.md", "fresh", "name already"},
		{"old.md", "", "empty"},
		{"old.md", "..", "another folder"},
		{"old.md", "../x", "another folder"},
		{"old.md", "a/../../x", "another folder"},
		{"old.md", "a\nb", "line breaks"},
		{"old.md", "a\\b", "cannot have"},
		{"old.md", "a\x00b", "control"},
		{"old.md", ".hidden", "hidden"},
		{"old.md", "con", "something else"},
		{"old.md", "index", "something else"},
		{"old.md", "authors/x", "something else"},
		{"old.md", "node_modules/x", "something else"},
		{"old.md", long, "too long"},
		{"old.md", "unrelated.md/x", "file of this name"},
		{"gone.md", "x-y", "not there any more"},
	} {
		lib := lay(t, files)
		p, err := Rename(t.Context(), lib, c.rel, c.name, Options{})
		if err == nil {
			_, err = p.Apply(t.Context(), nil)
		}
		var bad *library.Problem
		if !errors.As(err, &bad) || !strings.Contains(bad.Message, c.message) || bad.Remedy == "" {
			t.Errorf("%s to %q: %v, want %q", c.rel, c.name, err, c.message)
		}
		same(t, c.name, read(t, lib), files)
	}
	lib := lay(t, small)
	if _, err := Rename(t.Context(), lib, "old.md", strings.Repeat("é", 126), Options{}); err != nil {
		t.Errorf("255 bytes with the extension: %v", err)
	}
	if err := os.Symlink("unrelated.md", lib.File("link.md")); err != nil {
		t.Fatal(err)
	}
	if _, err := Rename(t.Context(), lib, "link.md", "sub/link", Options{}); err == nil || !strings.Contains(err.Error(), "symbolic link") {
		t.Errorf("a symbolic link: %v", err)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Rename(done, lib, "old.md", "fresh", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// What happens between the plan and its end is never overwritten.
func TestApplyMeanwhile(t *testing.T) {
	plan := func(lib *library.Library) *Plan {
		p, err := Rename(t.Context(), lib, "old.md", "x/fresh", Options{})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	write := func(lib *library.Library, rel, s string) {
		if err := os.WriteFile(lib.File(rel), []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("a linking file changes", func(t *testing.T) {
		lib := lay(t, small)
		p := plan(lib)
		write(lib, "bundle/index.md", "other")
		if _, err := p.Apply(t.Context(), nil); !errors.Is(err, library.ErrChanged) {
			t.Error(err)
		}
		same(t, "left", read(t, lib), small.with(tree{"bundle/index.md": "other"}))
	})
	t.Run("the name is taken", func(t *testing.T) {
		lib := lay(t, small)
		p := plan(lib)
		if err := os.Mkdir(lib.File("x"), 0o755); err != nil {
			t.Fatal(err)
		}
		write(lib, "x/fresh.md", "other")
		if _, err := p.Apply(t.Context(), nil); !errors.Is(err, fs.ErrExist) {
			t.Error(err)
		}
		same(t, "left", read(t, lib), small.with(tree{"x/fresh.md": "other"}))
	})
	t.Run("changed after it was done", func(t *testing.T) {
		lib := lay(t, small)
		d, err := plan(lib).Apply(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		write(lib, "bundle/index.md", "other")
		if err := d.undo(); !errors.Is(err, library.ErrChanged) || !strings.Contains(err.Error(), "x/fresh.md") {
			t.Error(err)
		}
		same(t, "undone", read(t, lib), small.with(tree{"bundle/index.md": "other"}))
	})
	t.Run("the old name is taken when undone", func(t *testing.T) {
		lib := lay(t, small)
		p := plan(lib)
		d, err := p.Apply(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		write(lib, "old.md", "another")
		after := read(t, lib)
		if err := d.undo(); !errors.Is(err, fs.ErrExist) {
			t.Error(err)
		}
		same(t, "left", read(t, lib), after)
	})
	t.Run("open articles", func(t *testing.T) {
		lib := lay(t, small)
		p := plan(lib)
		open := func(path string) bool { return path == "old.md" || path == "bundle/index.md" }
		if _, err := p.Apply(t.Context(), open); err != nil {
			t.Fatal(err)
		}
		got := read(t, lib)
		if got["x/fresh.md"] != small["old.md"] || got["bundle/index.md"] != small["bundle/index.md"] || !strings.Contains(got["sub/note.md"], "x/fresh.md") {
			t.Errorf("%v", got)
		}
		s := "More words, then [old](../old.md).\n"
		if c := p.Changes("bundle/index.md", s); len(c) != 1 || s[:c[0].Start]+c[0].Insert+s[c[0].End:] != "More words, then [old](../x/fresh.md).\n" {
			t.Errorf("%v", c)
		}
	})
}

// A disk that refuses leaves everything as it was.
func TestApplyReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		lib := lay(t, small)
		if err := os.Chmod(lib.File("bundle/index.md"), 0o444); err != nil {
			t.Fatal(err)
		}
		p, err := Rename(t.Context(), lib, "old.md", "fresh", Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Apply(t.Context(), nil); !errors.Is(err, fs.ErrPermission) {
			t.Error(err)
		}
		same(t, "left", read(t, lib), small)
		return // folders stop nobody then
	}
	for _, dir := range []string{".", "sub", "bundle"} {
		lib := lay(t, small)
		p, err := Rename(t.Context(), lib, "old.md", "fresh", Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(lib.File(dir), 0o555); err != nil {
			t.Fatal(err)
		}
		_, err = p.Apply(t.Context(), nil)
		if cerr := os.Chmod(lib.File(dir), 0o755); cerr != nil {
			t.Fatal(cerr)
		}
		var bad *library.Problem
		if !errors.As(err, &bad) || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: %v", dir, err)
		}
		same(t, dir, read(t, lib), small)
	}
}

// An error in the midst takes back what was done before.
func TestApplyFails(t *testing.T) {
	for name, spoil := range map[string]func(p *Plan){
		"an edit": func(p *Plan) { p.Edits[len(p.Edits)-1].To = "pics" },
		"a move":  func(p *Plan) { p.Moves = append(p.Moves, Step{"bundle", "pics"}) },
	} {
		lib := lay(t, small)
		p, err := Rename(t.Context(), lib, "old.md", "new/fresh", Options{})
		if err != nil {
			t.Fatal(err)
		}
		spoil(p)
		var bad *library.Problem
		if _, err := p.Apply(t.Context(), nil); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
		same(t, name, read(t, lib), small)
	}
}

// However a name is written that is linked to, the link is found.
func TestRenameForms(t *testing.T) {
	nfc, nfd := "r\u00e9sum\u00e9", "re\u0301sume\u0301"
	for _, c := range []struct{ name, link, want string }{
		{nfd, nfc, "new"}, {nfc, nfd, "new"}, {nfd, nfd, "new"}, {nfd, "r%C3%A9sum%c3%a9", "new"}, {nfc, "R\u00e9sum\u00e9", "new"},
		{"日本", "%E6%97%A5%E6%9C%AC", "new"}, {"日本", "日本", "new"}, {"a_b", "a\\_b", "new"}, {"a&b", "a&amp;b", "new"}, {"a b", "a%20b", "new"},
		{"x", "x", "new"}, {"C.a.t", "C.a.t", "new"}, {"(x)", "\\(x\\)", "new"}, {"🌅", "%F0%9F%8C%85", "new"}, {"Ünï", "Ünï", "new"},
	} {
		lib := lay(t, tree{c.name + ".md": "x", "from.md": "[a](" + c.link + ".md#x) [b]\n\n[b]: " + c.link + ".md\n"})
		p, err := Rename(t.Context(), lib, c.name+".md", "new", Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Apply(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		want := "[a](new.md#x) [b]\n\n[b]: new.md\n"
		if got := read(t, lib)["from.md"]; got != want {
			t.Errorf("%s by %s: %q", c.name, c.link, got)
		}
	}
}
