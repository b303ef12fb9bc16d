package site

import (
	"context"
	"os"
	"strings"
	"testing"
)

// Where a folder cannot be read pages stay, but none that tells of an article which is there
// and not to be published, nor of one that an earlier build knew and that is gone.
func TestNothingStaysOfWhatIsHidden(t *testing.T) {
	if unprivileged(t) {
		return
	}
	const public = "---\ntitle: Zebra\ndate: 2024-02-02\ntags: [zebra tag]\nauthor: Zed\n---\nZebra ![p](beside/q.png).\n"
	draft := strings.Replace(public, "author", "draft: true\nauthor", 1)
	hide := func(f *fixture) { f.write("private.md", draft) }
	stopped := func(f *fixture) {
		f.write("new.md", dated("New", "2024-05-05", ""))
		o := f.o
		ctx, cancel := context.WithCancel(t.Context())
		o.Progress = func(int, int) { cancel() }
		if _, err := Build(ctx, f.lib, o); err == nil {
			t.Error("the build was not stopped")
		}
	}
	for what, change := range map[string]func(*fixture){
		"a draft":                     hide,
		"a later date":                func(f *fixture) { f.write("private.md", strings.Replace(public, "2024", "2029", 1)+"Later.\n") },
		"gone":                        func(f *fixture) { f.remove("private.md") },
		"renamed":                     func(f *fixture) { f.remove("private.md"); f.write("other.md", draft) },
		"a draft, without a cache":    func(f *fixture) { hide(f); f.o.Cache = t.TempDir() },
		"a draft, a stopped build":    func(f *fixture) { hide(f); stopped(f) },
		"gone, and a stopped build":   func(f *fixture) { f.remove("private.md"); stopped(f) },
		"a draft that was built once": func(f *fixture) { hide(f); f.o.Drafts = true; f.build(); f.o.Drafts = false },
	} {
		f := awayFixture(t)
		f.write("private.md", public)
		f.write("beside/q.png", pixel)
		f.build()
		if !f.has("2024/02/private/beside/q.png") || !f.has("authors/zed/feed.xml") {
			t.Fatalf("there are %q", f.files())
		}
		change(f)
		f.mode("shut", 0)
		f.build()
		for _, name := range f.files() {
			if text := f.read(name); strings.Contains(text, "Zebra") || strings.Contains(text, "Secret") {
				t.Errorf("%s: %s stays", what, name)
			}
		}
		if f.has("2024/02/private") {
			t.Errorf("%s: there are %q", what, f.files())
		}
		if what != "a draft that was built once" && !f.has(within) {
			t.Errorf("%s: a page that may stay is gone", what)
		}
		if err := os.Chmod(f.lib.File("shut"), 0o755); err != nil {
			t.Fatal(err)
		}
		f.asAtOnce(what)
	}
}

// A page that is no longer part of a site and cannot be reached is removed as soon as it can.
func TestPageThatCannotBeReached(t *testing.T) {
	if unprivileged(t) {
		return
	}
	f := newFixture(t, map[string]string{"a.md": dated("A", "2024-01-01", ""), "b.md": dated("B", "2024-02-01", "")})
	f.build()
	shut := f.o.To + "/2024/02/b"
	t.Cleanup(func() { _ = os.Chmod(shut, 0o755) })
	if err := os.Chmod(shut, 0); err != nil {
		t.Fatal(err)
	}
	f.remove("b.md")
	for range 2 {
		told(t, f.build(), "2024/02/b/index.html: the file is no longer part of the site but cannot be removed: permission denied")
	}
	if err := os.Chmod(shut, 0o755); err != nil {
		t.Fatal(err)
	}
	if r := f.build(); f.has("2024/02/b") || r.Removed != 1 || len(r.Problems) > 0 {
		t.Errorf("%d removed; %s", r.Removed, problemsOf(r))
	}
}
