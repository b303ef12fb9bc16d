package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// authorsIn makes a library with the files in authors/.
func authorsIn(t *testing.T, files map[string]string) *Library {
	t.Helper()
	in := map[string]string{}
	for name, s := range files {
		in["authors/"+name] = s
	}
	return testLibrary(t, in)
}

// authorNamed reads the author of that ID.
func authorNamed(lib *Library, id string) (*AuthorFile, error) {
	all, err := lib.AuthorFiles()
	for _, f := range all {
		if f.ID == id && f.Problem != nil {
			return nil, f.Problem
		} else if f.ID == id {
			return f, nil
		}
	}
	return nil, errors.Join(err, fs.ErrNotExist)
}

func TestSaveAuthor(t *testing.T) {
	for name, c := range map[string]struct {
		was    string
		change func(*AuthorForm)
		want   string
	}{
		"name alone": {
			"---\n# who I am\nname: Ana   # short\nrole: editor\nlinks: [https://a.example]\n---\n\n  Bio *here*.  \n",
			func(f *AuthorForm) { f.Name = "Ana Whitlock" },
			"---\n# who I am\nname: Ana Whitlock   # short\nrole: editor\nlinks: [https://a.example]\n---\n\n  Bio *here*.  \n",
		},
		"bio alone, CRLF and no final line break": {
			"\ufeff+++\r\nname = 'Ana'\r\n+++\r\n\r\nOld\r\nwords.",
			func(f *AuthorForm) { f.Bio = "Old\nand new\nwords." },
			"\ufeff+++\r\nname = 'Ana'\r\n+++\r\n\r\nOld\r\nand new\r\nwords.\r\n",
		},
		"nothing": {
			"---\nname:   'Ana'\nlinks:\n- {name: Home, url: https://a.example}\n---\nBio",
			func(*AuthorForm) {},
			"---\nname:   'Ana'\nlinks:\n- {name: Home, url: https://a.example}\n---\nBio",
		},
		"Zola's title": {
			"+++\ntitle = \"Ana\"\n+++\n",
			func(f *AuthorForm) { f.Name = "Ána"; f.Bio = "One.\n\nTwo." },
			"+++\ntitle = \"Ána\"\n+++\nOne.\n\nTwo.\n",
		},
		"JSON": {
			"{\n  \"name\": \"Ana\",\n  \"x\": 1\n}\nBio\n",
			func(f *AuthorForm) { f.Name = `A "B" C` },
			"{\n  \"name\": \"A \\\"B\\\" C\",\n  \"x\": 1\n}\nBio\n",
		},
		"without front matter": {
			"Just a bio.\n",
			func(f *AuthorForm) { f.Name = "Ana" },
			"---\nname: Ana\n---\n\nJust a bio.\n",
		},
		"empty file": {
			"",
			func(f *AuthorForm) { f.Name, f.Bio = "Ana", "Hi" },
			"---\nname: Ana\n---\nHi\n",
		},
		"closing line is the last": {
			"---\nname: Ana\n---",
			func(f *AuthorForm) { f.Bio = "Hi" },
			"---\nname: Ana\n---\nHi\n",
		},
		"all of it gone but the name": {
			"---\nname: Ana\navatar: ana.png\nlinks: [https://a.example]\n---\n\nBio\n",
			func(f *AuthorForm) { f.Avatar, f.Links, f.Bio = "", nil, "" },
			"---\nname: Ana\n---\n",
		},
	} {
		lib := authorsIn(t, map[string]string{"ana.md": c.was})
		f, err := authorNamed(lib, "ana")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		form := f.Form()
		c.change(&form)
		if err := lib.SaveAuthor(f, form, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if now := readString(t, f.File); now != c.want {
			t.Errorf("%s: the file holds\n%q, want\n%q", name, now, c.want)
		}
	}
}

// Links are read again as they were written, whatever notation stands there.
func TestSaveAuthorLinks(t *testing.T) {
	for _, was := range []string{
		"---\nname: Ana\n---\n",
		"---\nname: Ana\nlinks: [https://a.example]\n---\n",
		"---\nname: Ana\nlinks: https://a.example\n---\n",
		"---\nname: Ana\nlinks:\n  - name: Home\n    url: https://a.example\n---\n",
		"---\nname: Ana\nlinks:\n  Home: https://a.example\n---\n",
		"+++\nname = \"Ana\"\nlinks = [\"https://a.example\"]\n+++\n",
		"+++\nname = \"Ana\"\n[[links]]\nname = \"Home\"\nurl = \"https://a.example\"\n+++\n",
		"{\"name\": \"Ana\", \"links\": [\"https://a.example\"]}\n",
	} {
		lib := authorsIn(t, map[string]string{"ana.md": was})
		f, err := authorNamed(lib, "ana")
		if err != nil {
			t.Fatal(err)
		}
		form := f.Form()
		form.Links = []Link{{"Mein Blog", "https://b.example/x"}, {"", "https://a.example"}, {"Mail", "mailto:ana@a.example"}}
		if err := lib.SaveAuthor(f, form, nil); err != nil {
			var p *Problem
			if !errors.As(err, &p) || p.Remedy == "" || readString(t, f.File) != was {
				t.Errorf("%q: %v", was, err)
			}
			t.Logf("refused for %q: %v", was, err)
			continue
		}
		again, err := authorNamed(lib, "ana")
		if err != nil {
			t.Fatal(err)
		}
		now := again.Form().Links
		slices.SortFunc(now, func(a, b Link) int { return strings.Compare(a.URL, b.URL) }) // a mapping has no order
		if want := []Link{{"", "https://a.example"}, {"Mein Blog", "https://b.example/x"}, {"Mail", "mailto:ana@a.example"}}; !slices.Equal(now, want) {
			t.Errorf("%q: links %v in\n%s", was, now, readString(t, f.File))
		}
	}
}

func TestSaveAuthorLeavesOthersAlone(t *testing.T) {
	lib := authorsIn(t, map[string]string{"ana.md": "---\nname: Ana\n---\n", "bad.md": "---\nname: [Ana\n---\n", "latin.md": "---\nname: Ana\n---\n\xe9\n"})
	f, err := authorNamed(lib, "ana")
	if err != nil {
		t.Fatal(err)
	}
	form := f.Form()
	form.Name = " \n"
	if err := lib.SaveAuthor(f, form, nil); err == nil || errors.Is(err, ErrChanged) {
		t.Errorf("an author without a name: %v", err)
	}
	form.Name = "Another"
	const theirs = "---\nname: Theirs\n---\n"
	write(t, f.File, theirs)
	if err := lib.SaveAuthor(f, form, nil); !errors.Is(err, ErrChanged) || readString(t, f.File) != theirs {
		t.Errorf("%v, %q", err, readString(t, f.File))
	}
	if err := lib.SaveAuthor(f, form, &Avatar{[]byte("x"), ".png"}); !errors.Is(err, ErrChanged) {
		t.Errorf("with a picture: %v", err)
	}
	if _, err := os.Stat(lib.File("authors/ana.png")); err == nil {
		t.Error("a picture was put beside a file that is left alone")
	}
	os.Remove(f.File)
	if err := lib.SaveAuthor(f, form, nil); !errors.Is(err, ErrChanged) {
		t.Errorf("a file that is gone: %v", err)
	}
	if _, err := os.Stat(f.File); err == nil {
		t.Error("it is there again")
	}
	var p *Problem
	if _, err := authorNamed(lib, "bad"); !errors.As(err, &p) || p.Line != 2 || p.Remedy == "" {
		t.Errorf("broken front matter: %v", err)
	}
	if _, err := authorNamed(lib, "latin"); !errors.As(err, &p) || p.Line == 0 {
		t.Errorf("not UTF-8: %v", err)
	}
	if _, err := authorNamed(lib, "nobody"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nobody: %v", err)
	}
}

func TestCreateAuthor(t *testing.T) {
	lib, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, id string }{
		{"Éric  Łoś", "eric-los"}, {"Eric Los", "eric-los-2"}, {"漢字", "漢字"}, {"🦊", "author"}, {"../../x", "x"}, {"CON", "con-article"},
	} {
		form := AuthorForm{Name: c.name, Links: []Link{{"", "https://a.example"}}, Bio: "Hi.\n"}
		id, err := lib.CreateAuthor("", form, nil)
		if err != nil || id != c.id {
			t.Errorf("%q: %q, %v", c.name, id, err)
			continue
		}
		f, err := authorNamed(lib, id)
		if err != nil || f.Name != oneLine(c.name) || f.Bio != "Hi." || len(f.Links) != 1 {
			t.Errorf("%q: %+v, %v", c.name, f, err)
		}
	}
	if readString(t, lib.File("authors/eric-los-2.md")) != "---\nname: Eric Los\nlinks: [https://a.example]\n---\nHi.\n" {
		t.Errorf("%q", readString(t, lib.File("authors/eric-los-2.md")))
	}
	if _, err := lib.CreateAuthor("", AuthorForm{}, nil); err == nil {
		t.Error("an author without a name")
	}
	picture := &Avatar{[]byte("picture"), ".png"}
	if id, err := lib.CreateAuthor("ben-k", AuthorForm{Name: "Ben Kay"}, picture); id != "ben-k" || err != nil || readString(t, lib.File("authors/ben-k.png")) != "picture" {
		t.Errorf("%q, %v", id, err)
	}
	if readString(t, lib.File("authors/ben-k.md")) != "---\nname: Ben Kay\navatar: ben-k.png\n---\n" {
		t.Errorf("%q", readString(t, lib.File("authors/ben-k.md")))
	}
	write(t, lib.File("authors/up.MD"), "Up")
	if id, err := lib.CreateAuthor("", AuthorForm{Name: "Up"}, nil); id != "up-2" || err != nil {
		t.Errorf("%q, %v beside up.MD", id, err)
	}
}

func TestAvatarReplacesNone(t *testing.T) {
	lib := authorsIn(t, map[string]string{"ana.md": "---\nname: Ana\navatar: ana.png\n---\n", "ben.md": "---\nname: Ben\navatar: ben.png\n---\n"})
	add := func(id, data, want string) {
		t.Helper()
		name, err := lib.addAvatar(id, &Avatar{[]byte(data), ".png"})
		if err != nil || name != want || readString(t, lib.File("authors/"+name)) != data {
			t.Errorf("%s: %q, %v, want %q", id, name, err, want)
		}
	}
	add("ana", "one", "ana.png")
	add("ana", "two", "ana-2.png")
	add("ana", "two", "ana-2.png") // it is there already
	add("ana", "one", "ana.png")
	add("ana", "three", "ana-3.png")
	if err := os.Mkdir(lib.File("authors/eve.png"), 0o755); err != nil {
		t.Fatal(err)
	}
	add("eve", "x", "eve-2.png")
	// Neither is what a symbolic link leads to, nor is one made that leads nowhere.
	outside := filepath.Join(t.TempDir(), "photo.png")
	write(t, outside, "photo")
	for name, to := range map[string]string{"ben.png": outside, "ben-2.png": outside + "-gone"} {
		if err := os.Symlink(to, lib.File("authors/"+name)); err != nil {
			t.Skip(err)
		}
	}
	f, err := authorNamed(lib, "ben")
	if err != nil {
		t.Fatal(err)
	}
	if err := lib.SaveAuthor(f, f.Form(), &Avatar{[]byte("other"), ".png"}); err != nil {
		t.Fatal(err)
	}
	if got := readString(t, lib.File("authors/ben.md")); got != "---\nname: Ben\navatar: ben-3.png\n---\n" {
		t.Errorf("%q", got)
	}
	for file, want := range map[string]string{outside: "photo", lib.File("authors/ben-3.png"): "other", lib.File("authors/ana.png"): "one"} {
		if got := readString(t, file); got != want {
			t.Errorf("%s holds %q, want %q", file, got, want)
		}
	}
	if _, err := os.Lstat(outside + "-gone"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("written where a link led: %v", err)
	}
}

func TestCountCredits(t *testing.T) {
	ana, ben := &Author{ID: "ana", Name: "Ana Whitlock"}, &Author{ID: "ben", Name: "Ben"}
	articles := []*Article{
		{Meta: Meta{Authors: []string{"ana", "Ana Whitlock", "Éric"}}},
		{Meta: Meta{Authors: []string{"ANA", "éric", "Zoë", "BÉN"}}},
		{},
	}
	var out []string
	for _, c := range CountCredits([]*Author{ana, ben}, slices.Values(articles)) {
		s := c.ID + " " + c.Name + " " + string(rune('0'+c.Articles))
		if c.Missing {
			s += " missing"
		}
		out = append(out, s)
	}
	if want := []string{"ana Ana Whitlock 2", "ben Ben 1", "zoe Zoë 1 missing", "eric Éric 2 missing"}; !slices.Equal(out, want) {
		t.Errorf("%q, want %q", out, want)
	}
}
