package site

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/library"
)

// Sites of real blogs: no link is dead that is not dead in the source, all feeds
// are as their specifications want them, and a second build makes nothing.
func TestSitesRealData(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA names no collection of articles")
	}
	for _, name := range []string{"rust-blog", "optech"} {
		t.Run(name, func(t *testing.T) {
			lib, err := library.Open(filepath.Join(data, "library", name))
			if err != nil {
				t.Skip(err)
			}
			o := Options{To: filepath.Join(t.TempDir(), "site"), Theme: siteTheme(t), BaseURL: "https://example.org", Cache: t.TempDir(), Now: time.Now()}
			r, err := Build(t.Context(), lib, o)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d articles, %d files, %d warnings", r.Articles, r.Files, len(r.Problems))
			said := problemsOf(r)
			known := 0
			for _, d := range deadLinks(t, o.To) {
				link, err := url.PathUnescape(d.link)
				if err != nil || !strings.Contains(said, "‘"+link+"’") {
					t.Errorf("%s: dead link %s, of which nothing was said", d.page, d.link)
				}
				known++
			}
			t.Logf("%d links are dead in the source", known)
			f := &fixture{t, lib, o}
			for _, file := range f.files() {
				switch filepath.Base(file) {
				case "feed.xml":
					checkAtom(t, file, f.read(file))
				case "feed.json":
					checkJSONFeed(t, file, f.read(file))
				}
			}
			if again := f.build(); again.Written != 0 || again.Rendered != 0 || len(again.Problems) != len(r.Problems) {
				t.Errorf("the second build: %+v", again)
			}
		})
	}
}
