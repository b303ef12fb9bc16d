package site

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func dated(title, date, more string) string {
	return "---\ntitle: " + title + "\ndate: " + date + "\n" + more + "---\nThe text of " + title + ".\n"
}

// awayFixture is a site of articles of which some lie in the folder shut.
func awayFixture(t *testing.T) *fixture {
	return newFixture(t, map[string]string{
		"site.toml":              "title = \"Rivers\"\nlang = \"en\"\n",
		"one.md":                 dated("One", "2024-01-01", ""),
		"two.md":                 dated("Two", "2024-01-03", "") + "\nSee [within](shut/within/index.md).\n",
		"shut/within/index.md":   dated("Within", "2024-01-02", "tags: [deep]\n") + "\n![A pixel](pixel.png)\n",
		"shut/within/pixel.png":  pixel,
		"shut/standing.md":       dated("Standing", "2024-01-02", "type: page\n"),
		"shut/within/draft.md":   dated("Secret", "2024-01-02", "draft: true\n"),
		"shut/within/mistake.md": dated("Mistake", "2024-01-02", ""),
	})
}

// mode sets a file's permissions until the test ends.
func (f *fixture) mode(name string, mode fs.FileMode) {
	f.t.Helper()
	file := f.lib.File(name)
	if err := os.Chmod(file, mode); err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { _ = os.Chmod(file, 0o755) })
}

func (f *fixture) remove(name string) {
	f.t.Helper()
	if err := os.Remove(f.lib.File(name)); err != nil {
		f.t.Fatal(err)
	}
}

// told complains of problems that lack one of the texts.
func told(t *testing.T, r *Report, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(problemsOf(r), text) {
			t.Errorf("no problem says %q:\n%s", text, problemsOf(r))
		}
	}
}

const within = "2024/01/within/index.html"

// stays complains if pages that come from the folder shut are not as they should be.
func (f *fixture) stays() {
	f.t.Helper()
	f.holds(within, "The text of Within", "../../../2024/01/within/pixel.png")
	if !f.has("2024/01/within/pixel.png") || !f.has("standing/index.html") || !f.has("2024/01/mistake/index.html") {
		f.t.Errorf("pages are gone; there are %q", f.files())
	}
	f.holds("index.html", "2024/01/within/index.html", "standing/index.html")
	f.holds("feed.xml", "The text of Within")
	f.holds("tags/deep/index.html", "Within")
	f.holds("2024/01/two/index.html", `href="../../../2024/01/within/index.html"`)
	f.holds("sitemap.xml", "/2024/01/within/")
	for _, name := range f.files() {
		if strings.Contains(f.read(name), "Secret") {
			f.t.Errorf("%s tells of a draft", name)
		}
	}
	for _, d := range deadLinks(f.t, f.o.To) {
		if d.page != missingFile && d.page != "2024/01/mistake/index.html" { // which stays as its neighbour goes
			f.t.Errorf("%s: dead link %s", d.page, d.link)
		}
	}
}

func TestFolderThatCannotBeRead(t *testing.T) {
	if unprivileged(t) {
		return
	}
	f := awayFixture(t)
	first := f.build()
	f.mode("shut", 0)
	f.remove("one.md")
	f.write("two.md", dated("Two and a half", "2024-01-03", "")+"\nSee [within](shut/within/index.md).\n")
	f.write("site.toml", "title = \"Streams\"\nlang = \"en\"\npermalink = \"/:year/:month/:slug/\"\n")
	for range 2 {
		r := f.build()
		told(t, r, f.lib.File("shut")+": the folder cannot be read: permission denied; 3 of the site's pages that come from it stay as the last build made them; check its permissions")
		f.stays()
		if f.has("2024/01/one") {
			t.Error("the page of an article that is gone stays")
		}
		if len(r.Omitted) != 0 || len(r.Problems) != 1 || r.Articles != 4 {
			t.Errorf("%+v\n%s", r, problemsOf(r))
		}
		f.holds("index.html", "Streams", "Two and a half")
	}
	// Other addresses are not for pages that stay.
	f.write("site.toml", "title = \"Streams\"\nlang = \"en\"\npermalink = \"/blog/:slug/\"\n")
	f.build()
	f.holds(within, "The text of Within")
	f.holds("blog/two/index.html", `href="../../2024/01/within/index.html"`)
	f.write("site.toml", "title = \"Streams\"\nlang = \"en\"\n")
	f.mode("shut", 0o755)
	f.remove("shut/within/mistake.md")
	if r := f.build(); len(r.Problems) != 0 || r.Files != first.Files-2 {
		t.Errorf("when the folder is back: %+v of %d files\n%s", r, first.Files, problemsOf(r))
	}
	if f.has("2024/01/mistake") {
		t.Error("the page of an article that went meanwhile stays")
	}
	f.holds(within, "Two and a half")
}

func TestNothingIsRemovedWhereNothingIsKnown(t *testing.T) {
	if unprivileged(t) {
		return
	}
	f := awayFixture(t)
	f.build()
	f.o.Cache = t.TempDir()
	f.mode("shut", 0)
	f.remove("one.md")
	for range 2 { // the second has a cache that knows nothing of the folder
		r := f.build()
		told(t, r, "the folder cannot be read")
		if !f.has(within) || !f.has("2024/01/within/pixel.png") || !f.has("standing/index.html") || !f.has("2024/01/one/index.html") || r.Removed != 0 || len(r.Omitted) != 1 {
			t.Errorf("%+v; there are %q", r, f.files())
		}
	}
	f.remove("two.md") // of this one the cache knows
	if f.build(); f.has("2024/01/two") || !f.has(within) {
		t.Errorf("there are %q", f.files())
	}
	f.mode("shut", 0o755)
	r := f.build()
	if f.has("2024/01/one") || r.Removed == 0 || len(r.Omitted)+len(r.Problems) != 0 {
		t.Errorf("when the folder is back: %+v\n%s; there are %q", r, problemsOf(r), f.files())
	}
	f.holds(within, "The text of Within")
}

func TestArticleThatCannotBeRead(t *testing.T) {
	if unprivileged(t) {
		return
	}
	f := awayFixture(t)
	f.build()
	for _, changed := range []bool{true, false} {
		// Changed it is looked at; else the page is to be made anew for its neighbours' titles.
		f.write("one.md", dated("Neighbour", "2024-01-01", ""))
		f.write("two.md", dated("Neighbour", "2024-01-03", "")+"\nSee [within](shut/within/index.md).\n")
		if changed {
			f.write("shut/within/index.md", dated("Changed", "2024-01-02", "tags: [deep]\n"))
			if err := os.Chtimes(f.lib.File("shut/within/index.md"), past.Add(time.Hour), past.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		} else {
			f.write("one.md", dated("Other neighbour", "2024-01-01", ""))
			f.write("shut/within/mistake.md", dated("Other mistake", "2024-01-02", "slug: mistake\n"))
		}
		f.mode("shut/within/index.md", 0)
		r := f.build()
		told(t, r, f.lib.File("shut/within/index.md")+": the file cannot be read: permission denied; its page stays as the last build made it; check its permissions")
		f.stays()
		f.mode("shut/within/index.md", 0o644)
		f.write("shut/within/index.md", dated("Within", "2024-01-02", "tags: [deep]\n")+"\n![A pixel](pixel.png)\n")
		if r := f.build(); len(r.Problems) != 0 {
			t.Errorf("when it is back: %s", problemsOf(r))
		}
		f.stays()
	}
	// One of which nothing is known is made as soon as it can be read, whatever its time.
	f.write("new.md", dated("New", "2024-01-04", ""))
	f.mode("new.md", 0)
	f.remove("one.md")
	if r := f.build(); len(r.Problems) != 1 || f.has("2024/01/new") || f.has("2024/01/one") {
		t.Errorf("a new one: %s; there are %q", problemsOf(r), f.files())
	}
	f.mode("new.md", 0o644)
	if r := f.build(); len(r.Problems) != 0 || !f.has("2024/01/new/index.html") {
		t.Errorf("when it can be read: %s; there are %q", problemsOf(r), f.files())
	}
}

func TestArticleThatIsNoText(t *testing.T) {
	f := awayFixture(t)
	f.build()
	f.write("shut/within/index.md", "caf\xe9")
	for range 2 {
		told(t, f.build(), "index.md:1: ", "Latin-1", "; its page stays as the last build made it")
		f.stays()
	}
	f.remove("shut/within/index.md")
	if f.build(); f.has(within) {
		t.Error("the page of an article that is gone stays")
	}
}

func TestLinkedFolderThatIsAway(t *testing.T) {
	f := awayFixture(t)
	disk := filepath.Join(t.TempDir(), "disk")
	if err := os.Rename(f.lib.File("shut"), disk); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(disk, f.lib.File("shut")); err != nil {
		t.Skip(err)
	}
	f.build()
	f.stays()
	for _, to := range []string{disk + "-away", f.lib.File("shut")} { // the latter leads round in a circle
		f.remove("shut")
		if err := os.Symlink(to, f.lib.File("shut")); err != nil {
			t.Fatal(err)
		}
		told(t, f.build(), f.lib.File("shut")+": this symbolic link leads to no folder; 3 of the site's pages")
		f.stays()
	}
	f.remove("shut")
	if f.build(); f.has(within) {
		t.Error("the pages of a folder that is gone stay")
	}
}

func TestSettingsThatCannotBeRead(t *testing.T) {
	f := newFixture(t, blog)
	f.write("site.toml", "title = \"Rivers\"\npermalink = \"/:slug/\"\n")
	f.build()
	before := f.files()
	f.write("site.toml", "title = \"Rivers\"\npermalink = /:slug/\n")
	r, err := Build(t.Context(), f.lib, f.o)
	if !errors.Is(err, errSettings) || !strings.Contains(err.Error(), "site.toml:2: the settings cannot be read") || !strings.Contains(err.Error(), "nothing of the site was changed") {
		t.Errorf("it says %v", err)
	}
	if r.Written+r.Removed != 0 || strings.Join(before, " ") != strings.Join(f.files(), " ") {
		t.Errorf("%+v; there are %q", r, f.files())
	}
}
