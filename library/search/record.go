package search

import (
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"slices"
	"strings"
	"time"

	"longhand/library"
)

// record is a change of the index as its log keeps it: what went, and what came.
// One that begins with nothing is the whole state.
type record struct {
	removed []int64          // articles
	gone    []tally          // in how many articles fewer a word stands
	words   words            // new ones; their numbers follow the last
	order   []uint32         // of the whole state: the words' numbers in their order, for sorting takes long
	counts  []tally          // in how many articles more a word stands
	docs    []*doc           // new articles
	own     map[int64][]byte // the words of each new article; kept in a table of their own
}

var errDamaged = errors.New("the search index is damaged")

// writer makes bytes of numbers and strings. The texts stand apart, for they are what
// stays in memory when they are read.
type writer struct{ out, texts []byte }

func (w *writer) number(n int64)  { w.out = binary.AppendVarint(w.out, n) }
func (w *writer) text(s string)   { w.number(int64(len(s))); w.texts = append(w.texts, s...) }
func (w *writer) list(s []string) { w.number(int64(len(s))); each(s, w.text) }

func each[T any](list []T, f func(T)) {
	for _, v := range list {
		f(v)
	}
}

func (w *writer) tallies(list []tally) {
	w.number(int64(len(list)))
	for _, t := range list {
		w.number(int64(t.word))
		w.number(int64(t.n))
	}
}

// encode ends with a sum, by which damage is found.
func (r *record) encode() []byte {
	w := &writer{}
	w.number(int64(len(r.removed)))
	each(r.removed, w.number)
	w.tallies(r.gone)
	w.number(int64(r.words.len()))
	for i := range uint32(r.words.len()) {
		w.text(r.words.at(i))
	}
	w.number(int64(len(r.order)))
	each(r.order, func(id uint32) { w.number(int64(id)) })
	w.tallies(r.counts)
	w.number(int64(len(r.docs)))
	each(r.docs, w.doc)
	return w.summed()
}

// summed are the length of the texts, the texts, the numbers and a sum.
func (w *writer) summed() []byte {
	out := make([]byte, 0, len(w.texts)+len(w.out)+2*binary.MaxVarintLen64)
	out = binary.AppendUvarint(out, uint64(len(w.texts)))
	out = append(append(out, w.texts...), w.out...)
	return binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(out))
}

// reader takes apart what a writer made. After an error it gives nothing.
type reader struct {
	in    []byte // numbers
	texts string
	bad   bool
	lists []string            // room for lists, for many are short
	had   map[string][]string // lists, by how they are written
	zones map[int64]*time.Location
}

func (r *reader) number() int64 {
	if len(r.in) > 0 && r.in[0] < 0x80 { // as most are
		u := r.in[0]
		r.in = r.in[1:]
		return int64(u>>1) ^ -int64(u&1)
	}
	n, size := binary.Varint(r.in)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.in = r.in[size:]
	return n
}

func (r *reader) fail() { r.in, r.texts, r.bad = nil, "", true }

// length is a number of things of which each takes a byte at least.
func (r *reader) length() int {
	n := r.number()
	if n < 0 || n > int64(len(r.in)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) text() string {
	n := r.number()
	if n < 0 || n > int64(len(r.texts)) {
		r.fail()
		return ""
	}
	s := r.texts[:n]
	r.texts = r.texts[n:]
	return s
}

// words reads a list of words, which stand in one text.
func (r *reader) words() words {
	n := r.length()
	w := words{blocks: make([]string, 0, (n+blockWords-1)/blockWords), sizes: make([]uint8, n)}
	for first := 0; first < n && !r.bad; first += blockWords {
		all, size := r.texts, 0
		for i := first; i < min(first+blockWords, n); i++ {
			word := r.text()
			if len(word) > math.MaxUint8 {
				r.fail()
			}
			w.sizes[i] = uint8(len(word))
			size += len(word)
		}
		if !r.bad {
			w.blocks = append(w.blocks, all[:size])
		}
	}
	if r.bad {
		return words{}
	}
	return w
}

func (r *reader) list() []string {
	n := r.length()
	if n == 0 {
		return nil
	}
	numbers, texts := r.in, r.texts
	if n > cap(r.lists)-len(r.lists) {
		r.lists = make([]string, 0, max(n, 256))
	}
	from := len(r.lists)
	r.lists = r.lists[:from+n]
	out := r.lists[from : from+n : from+n]
	for i := range out {
		out[i] = r.text()
	}
	// Many articles have the same authors, and the same tags.
	key := string(numbers[:len(numbers)-len(r.in)]) + texts[:len(texts)-len(r.texts)]
	if had, ok := r.had[key]; ok {
		r.lists = r.lists[:from]
		return had
	}
	if r.had == nil {
		r.had = map[string][]string{}
	}
	r.had[key] = out
	return out
}

func (r *reader) tallies() []tally {
	out := make([]tally, r.length())
	for i := range out {
		id, n := r.number(), r.number()
		if id < 0 || id > math.MaxUint32 || n < 0 || n > math.MaxUint32 {
			r.bad = true
		}
		out[i] = tally{uint32(id), uint32(n)}
	}
	return out
}

func (r *reader) record() (*record, error) {
	c := &record{}
	for range r.length() {
		c.removed = append(c.removed, r.number())
	}
	c.gone = r.tallies()
	c.words = r.words()
	c.order = make([]uint32, r.length())
	for i := range c.order {
		id := r.number()
		if id < 0 || id >= int64(c.words.len()) {
			return nil, errDamaged
		}
		c.order[i] = uint32(id)
	}
	c.counts = r.tallies()
	docs := make([]doc, r.length()) // together, for there may be very many
	c.docs = make([]*doc, len(docs))
	for i := range docs {
		c.docs[i] = &docs[i]
		r.doc(&docs[i])
	}
	if r.bad || len(r.in) > 0 || r.texts != "" {
		return nil, errDamaged
	}
	return c, nil
}

// packed is a list of ascending numbers in few bytes.
func packed(ids []uint32) []byte {
	var out []byte
	last := uint32(0)
	for _, id := range ids {
		out = binary.AppendUvarint(out, uint64(id-last))
		last = id
	}
	return out
}

func unpacked(data []byte, f func(id uint32)) error {
	last := uint64(0)
	for len(data) > 0 {
		n, size := binary.Uvarint(data)
		if size <= 0 {
			return errDamaged
		}
		last += n
		f(uint32(last))
		data = data[size:]
	}
	return nil
}

// state is what of the index is in memory: the vocabulary, and of each article
// what is needed to filter, to rank and to show it.
type state struct {
	vocabulary
	docs   []*doc // newest first; replaced as a whole, for queries hold on to it
	byPath map[string]*doc
	news   *news // nil while nobody asks
	position
	// next is the number to try first where many articles share a moment.
	next map[int64]int64
}

func newState() *state {
	return &state{byPath: map[string]*doc{}, next: map[int64]int64{}}
}

// doc is an article in the index.
type doc struct {
	id      int64           // greater is newer
	article library.Article // size and time are those by which changes are found
	key     string          // the words of title and tags, a space before and behind each
	tags    []string
	authors []string // IDs and names, each as one token
	mask    uint32   // of the title's letters
	again   bool     // could not be read, for a reason that may pass without a trace
}

// apply takes in a record.
func (s *state) apply(r *record) error {
	s.add(r.words, r.order)
	for _, list := range [][]tally{r.gone, r.counts} {
		for _, t := range list {
			if int(t.word) >= s.words.len() {
				return errDamaged
			}
		}
	}
	for _, t := range r.gone {
		n := s.count.of(t.word)
		s.count.set(t.word, n-min(t.n, n))
	}
	for _, t := range r.counts {
		s.count.set(t.word, s.count.of(t.word)+t.n)
	}
	left := make(map[int64]bool, len(r.removed))
	for _, id := range r.removed {
		if d := numbered(s.docs, id); d != nil {
			left[id] = true
			if moment := momentID(d.article.Date.Unix()); s.next[moment] > id {
				s.next[moment] = id // to be given again
			}
			delete(s.byPath, d.article.Path)
			s.news.add(d.article.Path)
		}
	}
	if len(s.byPath) == 0 {
		s.byPath = make(map[string]*doc, len(r.docs))
	}
	for _, d := range r.docs {
		s.byPath[d.article.Path] = d
		s.news.add(d.article.Path)
	}
	s.order(left, newestFirst(r.docs))
	return nil
}

// order makes docs anew, without those of the numbers that left, with the fresh.
func (s *state) order(left map[int64]bool, fresh []*doc) {
	docs := make([]*doc, 0, len(s.docs)+len(fresh)-len(left))
	for _, d := range s.docs {
		if left[d.id] {
			continue
		}
		for len(fresh) > 0 && fresh[0].id > d.id {
			docs, fresh = append(docs, fresh[0]), fresh[1:]
		}
		docs = append(docs, d)
	}
	s.docs = append(docs, fresh...)
}

// numbered finds the article of a number among those that stand newest first; nil
// for none.
func numbered(docs []*doc, id int64) *doc {
	n, ok := slices.BinarySearchFunc(docs, id, func(d *doc, id int64) int { return cmp.Compare(id, d.id) })
	if !ok {
		return nil
	}
	return docs[n]
}

// whole is the record that makes this state from nothing.
func (s *state) whole() *record {
	r := &record{words: s.words, order: s.sorted, docs: s.docs}
	for id := range uint32(s.words.len()) {
		if n := s.count.of(id); n > 0 {
			r.counts = append(r.counts, tally{id, n})
		}
	}
	return r
}

// has reports whether title or tags hold words, the last perhaps only begun.
func (d *doc) has(words string, prefix bool) bool { return holds(d.key, words, prefix) }

// holds looks in a text of words with a space before and behind each.
func holds(key, words string, prefix bool) bool {
	at := 0
	for {
		i := strings.Index(key[at:], words)
		if i < 0 {
			return false
		}
		i += at
		end := i + len(words)
		if i > 0 && key[i-1] == ' ' && (prefix || end < len(key) && key[end] == ' ') {
			return true
		}
		at = end
	}
}
