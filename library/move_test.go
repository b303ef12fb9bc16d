package library

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMove(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	put := func(name, s string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(at(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at(name), []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("a.md", "a")
	put("b.md", "b")
	put("dir/x.md", "x")
	put("full/y.md", "y")
	if err := os.Mkdir(at("empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("gone", at("dangling")); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{{"a.md", "b.md"}, {"a.md", "empty"}, {"dir", "empty"}, {"dir", "full"}, {"dir", "b.md"}, {"a.md", "dangling"}} {
		var bad *Problem
		if err := Move(at(c[0]), at(c[1])); !errors.Is(err, fs.ErrExist) || !errors.As(err, &bad) || bad.Path != at(c[1]) {
			t.Errorf("%s to %s: %v", c[0], c[1], err)
		}
		// And so where the system has no way of its own to keep what is there.
		info, err := os.Lstat(at(c[0]))
		if err != nil {
			t.Fatal(err)
		}
		if err := renameGuarded(at(c[0]), at(c[1]), info); !errors.Is(err, fs.ErrExist) {
			t.Errorf("guarded, %s to %s: %v", c[0], c[1], err)
		}
	}
	for _, c := range [][2]string{{"gone.md", "c.md"}, {"a.md", "nowhere/c.md"}} {
		if err := Move(at(c[0]), at(c[1])); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s to %s: %v", c[0], c[1], err)
		}
	}
	for _, c := range [][2]string{{"a.md", "A.md"}, {"A.md", "c.md"}, {"dir", "Dir"}, {"dangling", "hanging"}} {
		if err := Move(at(c[0]), at(c[1])); err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(at(c[1])); err != nil {
			t.Error(err)
		}
	}
	// Two hard links are two files, however alike their names.
	if err := os.Link(at("c.md"), at("C.md")); err == nil {
		if err := Move(at("c.md"), at("C.md")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("onto another link: %v", err)
		}
	}
}

func TestCheckName(t *testing.T) {
	for _, name := range []string{"a", "A b", "été", "日本.md", "🌅", "2024-01-02-x", "a.b.md", strings.Repeat("x", 255), "connect", "index2"} {
		if m := CheckName(name); m != "" {
			t.Errorf("%q: %s", name, m)
		}
	}
	for _, name := range []string{"", ".", "..", ".a", "a/b", `a\b`, "a\nb", "a\x00", "a\u2028b", "a\u0085b", " a", "a ", "a.", "a?", "a:b", "con", "Con.md", "index.md", "node_modules", "_index.md", "\xff", strings.Repeat("é", 128)} {
		if m := CheckName(name); m == "" {
			t.Errorf("%q is allowed", name)
		}
	}
}

func TestNameSlug(t *testing.T) {
	for rel, want := range map[string][2]string{
		"x/2024-01-02-one.md": {"2024-01-02-", "one"}, "2024-01-02 one/index.md": {"2024-01-02 ", "one"}, "one.md": {"", "one"},
		"2024-01-02.md": {"", "2024-01-02"}, "2024-13-45-one.md": {"", "2024-13-45-one"}, "index.md": {"", "index"}, "a/index.md": {"", "a"},
	} {
		if date, slug := NameSlug(rel); date != want[0] || slug != want[1] {
			t.Errorf("%s: %q, %q", rel, date, slug)
		}
	}
}
