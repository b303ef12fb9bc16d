package site

import (
	"path/filepath"
	"testing"
	"time"

	"longhand/library"
	"longhand/resources"
)

func siteTheme(tb testing.TB) *Theme {
	tb.Helper()
	th, err := LoadTheme(resources.Theme(resources.DefaultTheme))
	if err != nil {
		tb.Fatal(err)
	}
	return th
}

// BenchmarkSite makes the site of 1000 articles: cold, and again with nothing changed.
func BenchmarkSite(b *testing.B) {
	dir := b.TempDir()
	generated(b, dir, 1000)
	lib, err := library.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	build := func(b *testing.B, to, cache string) *Report {
		r, err := Build(b.Context(), lib, Options{To: to, Theme: siteTheme(b), BaseURL: "https://example.org", Cache: cache, Now: time.Now()})
		if err != nil {
			b.Fatal(err)
		}
		return r
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			build(b, filepath.Join(b.TempDir(), "site"), "")
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		to, cache := b.TempDir(), b.TempDir()
		build(b, to, cache)
		for b.Loop() {
			if r := build(b, to, cache); r.Written+r.Rendered > 0 {
				b.Fatalf("%d written, %d made", r.Written, r.Rendered)
			}
		}
	})
}
