package site

import (
	"encoding/binary"
	"hash/crc32"
	"os"
	"strings"
	"testing"
)

// tamper changes what the cache says of each article, and seals it again.
func (f *fixture) tamper(change func(*source)) {
	f.t.Helper()
	sources, lists, ok := decodeCache(readCache(f.cacheFile()))
	if !ok {
		f.t.Fatal("there is no cache")
	}
	var all []*source
	for i := range sources {
		change(&sources[i])
		all = append(all, &sources[i])
	}
	data := encodeCache(append([]byte(cacheVersion), 0, 0, 0, 0), all, lists)
	binary.LittleEndian.PutUint32(data[len(cacheVersion):], crc32.Checksum(data[cacheHead:], castagnoli))
	if err := os.WriteFile(f.cacheFile(), data, 0o600); err != nil {
		f.t.Fatal(err)
	}
}

// A cache that is whole but speaks of places that no file has ends no build.
func TestCacheOfAnotherHand(t *testing.T) {
	const huge = 1 << 50
	for what, change := range map[string]func(*source){
		"a body beyond the text": func(s *source) { s.Body, s.Made.Key[0] = huge, s.Made.Key[0]+1 },
		"a body before the text": func(s *source) { s.Body, s.Made.Key[0] = -5, s.Made.Key[0]+1 },
		"never made, no text":    func(s *source) { s.Body, s.Made = -5, pageRecord{} },
		"a body without end":     func(s *source) { s.Made.BodyLen = huge },
		"a body of less":         func(s *source) { s.Made.BodyLen = -7 },
		"a body that is elsewhere": func(s *source) {
			s.Made.BodyAt = huge
		},
		"a page elsewhere": func(s *source) { s.Path, s.Made.File, s.Place = "../"+s.Path, "../x.html", "../x.html" },
	} {
		f := newFixture(t, map[string]string{"a.md": "---\ntitle: A\ndate: 2026-10-01\n---\n\nOne.\n", "b.md": "---\ntitle: B\ndate: 2026-10-02\n---\n\nSee [a](a.md).\n"})
		f.build()
		f.tamper(change)
		if err := os.Remove(f.o.To + "/feed.xml"); err != nil {
			t.Fatal(err)
		}
		if r := f.build(); len(r.Problems) > 0 || !strings.Contains(f.read("2026/10/a/index.html"), "One.") {
			t.Errorf("%s: %s", what, problemsOf(r))
		}
	}
}

// A file that would take all memory is no cache.
func TestCacheWithoutEnd(t *testing.T) {
	f := newFixture(t, map[string]string{"a.md": "One.\n"})
	f.build()
	if err := os.Truncate(f.cacheFile(), 1<<42); err != nil {
		t.Skip(err)
	}
	if r := f.build(); r.Rendered != 1 || len(r.Problems) > 0 {
		t.Errorf("%d made; %s", r.Rendered, problemsOf(r))
	}
	if info, err := os.Stat(f.cacheFile()); err != nil || info.Size() > 1<<20 {
		t.Errorf("there is no cache for the next build: %v", err)
	}
}
