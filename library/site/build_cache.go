package site

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"

	"longhand/library"
	"longhand/library/site/target"
)

// cacheVersion changes with what a cache means; one of another version is not read.
const cacheVersion = "longhand site cache 3"

// cache is what a build knows from the last one. It lies in the user's cache, not
// in the site, for it tells of drafts. It may be deleted at any time.
type cache struct {
	file    string
	Sources map[string]*source
	Lists   map[string]made
}

func openCache(dir, libraryDir, to string) *cache {
	c := &cache{Sources: map[string]*source{}, Lists: map[string]made{}}
	if dir == "" {
		return c
	}
	h := newHash("cache")
	h.text(libraryDir, to)
	c.file = filepath.Join(dir, "site", h.done().String())
	data, err := os.ReadFile(c.file)
	if err != nil || len(data) < 16+len(cacheVersion) {
		return c
	}
	rest := data[16:]
	if target.SumOf(rest) != target.Sum(data[:16]) || string(rest[:len(cacheVersion)]) != cacheVersion {
		return c
	}
	var kept cache
	if gob.NewDecoder(bytes.NewReader(rest[len(cacheVersion):])).Decode(&kept) != nil {
		return c
	}
	if kept.Sources != nil {
		c.Sources = kept.Sources
	}
	if kept.Lists != nil {
		c.Lists = kept.Lists
	}
	return c
}

// saveCache keeps what this build knows. That it cannot be kept only costs time.
func (b *builder) saveCache(sources []*source) {
	if b.cache.file == "" {
		return
	}
	next := cache{Sources: make(map[string]*source, len(sources)), Lists: b.lists}
	for _, s := range sources {
		if s != nil {
			next.Sources[s.Path] = s
		}
	}
	var out bytes.Buffer
	out.Write(make([]byte, 16))
	out.WriteString(cacheVersion)
	if err := gob.NewEncoder(&out).Encode(&next); err != nil {
		b.problem(&library.Problem{Path: b.cache.file, Message: fmt.Sprintf("the cache cannot be kept: %v", err), Remedy: "the next build takes longer"})
		return
	}
	sum := target.SumOf(out.Bytes()[16:])
	copy(out.Bytes(), sum[:])
	if os.MkdirAll(filepath.Dir(b.cache.file), 0o755) != nil {
		return
	}
	temp := fmt.Sprintf("%s.%d", b.cache.file, os.Getpid())
	if os.WriteFile(temp, out.Bytes(), 0o600) != nil || os.Rename(temp, b.cache.file) != nil {
		os.Remove(temp)
	}
}
