package site

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"longhand/editor/markdown"
	"longhand/library/site/target"
)

// What the search of a site looks at, as site.toml says it. Where it says nothing,
// it is texts up to mostTexts posts.
const (
	searchTexts  = "texts"
	searchTitles = "titles"
	mostTexts    = 2000
)

// shardText is about how many bytes of articles make a shard: it then has 100 to 200 KB.
const shardText = 2 << 20

// mostShards is more than any site needs that can be searched this way at all.
const mostShards = 256

// texts is the index of what the posts say, for the search of the site. Posts have
// numbers in it, the last in the list 0, so that a new one changes no other's.
type texts struct {
	b      *builder
	key    target.Sum // of all that the index is made from
	shards int
	before func() *textsRecord       // of the last build
	index  func() (*inverted, error) // made when a shard is asked for

	mu    sync.Mutex
	fresh map[*post]noted
	made  bool
}

// newTexts is nil where the texts are not to be searched.
func (b *builder) newTexts() *texts {
	posts := b.plan.posts
	if len(posts) == 0 || b.site.Search == searchTitles || b.site.Search == "" && len(posts) > mostTexts {
		return nil
	}
	t := &texts{b: b, fresh: map[*post]noted{}}
	var size int64
	h := newHash("texts " + textsVersion)
	for _, at := range posts {
		h.sum(at.Sum)
		size += at.Size
	}
	t.key = h.done()
	switch base, _, _ := strings.Cut(b.lang, "-"); base {
	case "zh", "ja", "th", "lo", "km", "my":
		size *= 4 // nearly each pair of characters is one of its own
	}
	t.shards = 1
	for t.shards < mostShards && int64(t.shards)*shardText < size {
		t.shards *= 2 // so that it seldom changes, and with it all shards
	}
	t.before = sync.OnceValue(func() *textsRecord { return readTexts(b.textsFile()) })
	t.index = sync.OnceValues(t.invert)
	return t
}

// shardFile is the script with the words of a shard.
func shardFile(shard int) string { return "search/words-" + strconv.Itoa(shard) + ".js" }

// jobs are the files of the index: one, with which the index is made, and those that
// come so late that they need not wait for it.
func (t *texts) jobs() (first, late []job) {
	if t == nil {
		return nil, nil
	}
	var jobs []job
	for i := range t.shards {
		file := shardFile(i)
		t.b.plan.claims.take(file, "the search")
		jobs = append(jobs, job{
			file: file,
			key: func() target.Sum {
				h := newHash("words")
				h.sum(t.key)
				h.number(int64(i), int64(t.shards))
				return h.done()
			},
			make: func() ([]byte, error) {
				x, err := t.index()
				if err != nil {
					return nil, err
				}
				var out bytes.Buffer
				fmt.Fprintf(&out, "longhandWords(%d,\"", i)
				out.Write(x.encode(i))
				out.WriteString(shardEnd)
				return out.Bytes(), nil
			},
		})
	}
	return jobs[:1:1], jobs[1:]
}

const shardEnd = "\");\n"

// version changes with the index. It is in the addresses of its scripts, so that no
// browser takes an old one.
func (t *texts) version() string {
	if t == nil {
		return ""
	}
	return t.key.String()[:8]
}

// note notes the words of a post whose page has been made.
func (t *texts) note(at *post, text string) {
	if t == nil || at.Page {
		return
	}
	if _, known := t.before().number(at.Sum); known {
		return
	}
	t.add(at, text)
}

func (t *texts) add(at *post, text string) {
	words := note(text)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.fresh[at] = words
}

// invert makes the index: from that of the last build, which lies in the site, what
// was noted, and the articles of which neither tells.
func (t *texts) invert() (*inverted, error) {
	posts := t.b.plan.posts
	record := t.before()
	old, err := record.words(t.b.folder)
	if err != nil {
		record, old = &textsRecord{}, nil
	}
	now := make([]int, len(record.posts))
	for i := range now {
		now[i] = -1
	}
	var missing []*post
	number := func(i int) int { return len(posts) - 1 - i }
	for i, at := range posts {
		if _, ok := t.fresh[at]; ok {
			continue
		}
		// Of two posts with one text, one is in now and the other is read.
		if was, ok := record.number(at.Sum); ok && now[was] < 0 {
			now[was] = number(i)
			continue
		}
		missing = append(missing, at)
	}
	if err := each(t.b.ctx, len(missing), func(i int) error {
		if text, p := missing[i].text(t.b.lib); p == nil { // else its page has told
			t.add(missing[i], markdown.Parse([]byte(text.body)).PlainText())
		}
		return nil
	}); err != nil {
		return nil, err
	}
	fresh := make([]noted, len(posts))
	for i, at := range posts {
		fresh[number(i)] = t.fresh[at]
	}
	t.made = true
	return invert(len(posts), t.shards, old, now, fresh), nil
}

// textsVersion changes with what words are and how the index is written.
const textsVersion = "1"

// textsRecord tells which posts the index has that lies in the site, by the sums of
// their texts. It lies in a folder beside the cache's.
type textsRecord struct {
	shards  []target.Sum // of the files
	posts   []target.Sum // by number
	numbers map[target.Sum]int
}

func (b *builder) textsFile() string {
	if b.cache.file == "" {
		return ""
	}
	return filepath.Join(b.o.Cache, "site-texts", filepath.Base(b.cache.file))
}

// readTexts reads a record. It is empty where there is none that is sound.
func readTexts(file string) *textsRecord {
	r := &textsRecord{numbers: map[target.Sum]int{}}
	const size = len(target.Sum{})
	magic := target.SumOf([]byte("longhand texts " + textsVersion))
	data, err := os.ReadFile(file)
	if err != nil || len(data) < 2*size+8 || len(data)%size != 8 || !bytes.HasPrefix(data, magic[:]) {
		return r
	}
	end := len(data) - size
	if sum := target.SumOf(data[:end]); !bytes.Equal(sum[:], data[end:]) {
		return r
	}
	shards := binary.LittleEndian.Uint64(data[size:])
	var all []target.Sum
	for part := range slices.Chunk(data[size+8:end], size) {
		all = append(all, target.Sum(part))
	}
	if shards > uint64(len(all)) {
		return r
	}
	r.shards, r.posts = all[:shards], all[shards:]
	for i, sum := range r.posts {
		r.numbers[sum] = i
	}
	return r
}

func (r *textsRecord) number(text target.Sum) (int, bool) {
	n, ok := r.numbers[text]
	return n, ok
}

// words are those of the index that lies in the folder, if it is still as it was made.
func (r *textsRecord) words(folder *target.Folder) ([]textWord, error) {
	var all []textWord
	for i, sum := range r.shards {
		data, err := folder.Read(shardFile(i))
		if err != nil {
			return nil, err
		}
		if target.SumOf(data) != sum {
			return nil, errShard
		}
		_, code, _ := strings.Cut(string(data), "\"")
		code, ok := strings.CutSuffix(code, shardEnd)
		if !ok {
			return nil, errShard
		}
		if err := decodeShard(code, len(r.posts), func(word []byte, posts []uint32) {
			all = append(all, textWord{string(word), slices.Clone(posts)})
		}); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// save keeps which posts the index has, if it was made anew. Without it the next
// build reads more.
func (t *texts) save() {
	if t == nil || !t.made || t.b.cache.file == "" {
		return
	}
	magic := target.SumOf([]byte("longhand texts " + textsVersion))
	out := binary.LittleEndian.AppendUint64(magic[:], uint64(t.shards))
	for i := range t.shards {
		made, ok := t.b.lists[shardFile(i)]
		if !ok {
			return // one could not be written
		}
		out = append(out, made.Sum[:]...)
	}
	for _, at := range slices.Backward(t.b.plan.posts) {
		out = append(out, at.Sum[:]...)
	}
	sum := target.SumOf(out)
	if os.MkdirAll(filepath.Dir(t.b.textsFile()), 0o755) == nil {
		_ = os.WriteFile(t.b.textsFile(), append(out, sum[:]...), 0o600) // one that is cut off has another sum
	}
}
