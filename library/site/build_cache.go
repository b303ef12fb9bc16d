package site

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// cacheVersion changes with what a cache means; one of another version is not read.
const cacheVersion = "longhand site cache 5\n"

// cacheHead is the length of what a cache's file begins with: the version and a
// checksum of the rest.
const cacheHead = len(cacheVersion) + 4

// cache is what a build knows from the last one. It lies in the user's cache, not
// in the site, for it tells of drafts. It may be deleted at any time.
type cache struct {
	file    string
	kept    string // what the file holds after its head, "" if that is of no use
	Sources map[string]*source
	Lists   map[string]made
}

func openCache(dir, libraryDir, to string) *cache {
	c := &cache{Lists: map[string]made{}}
	var sources []source
	if dir != "" {
		h := newHash("cache")
		h.text(libraryDir, to)
		c.file = filepath.Join(dir, "site", h.done().String())
		kept := readCache(c.file)
		if s, lists, ok := decodeCache(kept); ok {
			c.kept, sources, c.Lists = kept, s, lists
		}
	}
	c.Sources = make(map[string]*source, len(sources))
	for i := range sources {
		c.Sources[sources[i].Path] = &sources[i]
	}
	return c
}

// readCache returns what the file holds after its head; "" if it is damaged or of
// another version.
func readCache(name string) string {
	var head [cacheHead]byte
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() <= int64(len(head)) || info.Size() > maxCache {
		return ""
	}
	file, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer file.Close()
	if _, err := io.ReadFull(file, head[:]); err != nil || string(head[:len(cacheVersion)]) != cacheVersion {
		return ""
	}
	var out strings.Builder
	out.Grow(int(info.Size()) - len(head))
	sum := crc32.New(castagnoli)
	if _, err := io.Copy(io.MultiWriter(&out, sum), file); err != nil || sum.Sum32() != binary.LittleEndian.Uint32(head[len(cacheVersion):]) {
		return ""
	}
	return out.String()
}

// maxCache is how many bytes of a cache are read: many times what the largest library takes.
const maxCache = 1 << 30

// castagnoli is the checksum that processors have an instruction for.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// saveUnfinished keeps what a build knows that did not end, so that the next goes on from
// there. All files of which the cache knew are still in the site, and are to be known.
func (b *builder) saveUnfinished(sources []*source) {
	for file, m := range b.cache.Lists {
		if _, again := b.lists[file]; !again {
			b.lists[file] = m
		}
	}
	for _, s := range b.cache.Sources {
		for file := range s.Made.files() {
			if _, again := b.lists[file]; !again {
				b.lists[file] = made{}
			}
		}
	}
	b.saveCache(sources)
}

// saveCache keeps what this build knows, if that is anything new. That it cannot be
// kept only costs time.
func (b *builder) saveCache(sources []*source) {
	if b.cache.file == "" {
		return
	}
	data := make([]byte, cacheHead, cacheHead+len(b.cache.kept)+64<<10)
	data = encodeCache(data, sources, b.lists)
	rest := data[cacheHead:]
	if string(rest) == b.cache.kept {
		return
	}
	copy(data, cacheVersion)
	binary.LittleEndian.PutUint32(data[len(cacheVersion):], crc32.Checksum(rest, castagnoli))
	if os.MkdirAll(filepath.Dir(b.cache.file), 0o755) != nil {
		return
	}
	temp := fmt.Sprintf("%s.%d", b.cache.file, os.Getpid())
	if os.WriteFile(temp, data, 0o600) != nil || os.Rename(temp, b.cache.file) != nil {
		os.Remove(temp)
	}
}
