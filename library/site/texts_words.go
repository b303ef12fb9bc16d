package site

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strings"
	"sync"

	"longhand/library/terms"
)

// noted are the words of a text, each once: its length in a byte, and the word.
type noted []byte

// next is the word at a place, and the place of the next.
func (n noted) next(at int) ([]byte, int) {
	end := at + 1 + int(n[at])
	return n[at+1 : end], end
}

// gatherer finds out which words are in a text. It is small, so that it stays in the
// processor's cache beside all else that the making of a page needs.
type gatherer struct {
	table []slot
	texts uint32 // the number of the text under way
	count int    // of its words
	words noted
}

// slot is where a word of a text is noted, by the word's hash; of another text, it is free.
type slot struct{ text, at uint32 }

var gatherers = sync.Pool{New: func() any { return &gatherer{table: make([]slot, 1<<11)} }}

var gatherSeed = maphash.MakeSeed()

// note returns the words of a text, in the order in which they come.
func note(text string) noted {
	g := gatherers.Get().(*gatherer)
	defer gatherers.Put(g)
	g.begin()
	g.words = g.words[:0]
	terms.Scan(text, func(word []byte, _, _ int, _ terms.Kind) bool {
		g.add(word)
		return true
	})
	return slices.Clone(g.words)
}

// begin frees all slots.
func (g *gatherer) begin() {
	if g.texts++; g.texts == 0 {
		clear(g.table)
		g.texts = 1
	}
	g.count = 0
}

func (g *gatherer) add(word []byte) {
	at, had := g.slot(word)
	if had {
		return
	}
	*at = slot{g.texts, uint32(len(g.words))}
	g.words = append(append(g.words, byte(len(word))), word...)
	if g.count++; g.count > len(g.table)/2 {
		g.table = make([]slot, 2*len(g.table))
		g.begin()
		for at := 0; at < len(g.words); g.count++ {
			word, next := g.words.next(at)
			to, _ := g.slot(word)
			*to = slot{g.texts, uint32(at)}
			at = next
		}
	}
}

// slot is that of the word, or the free one where it belongs.
func (g *gatherer) slot(word []byte) (at *slot, had bool) {
	mask := uint64(len(g.table) - 1)
	for h := maphash.Bytes(gatherSeed, word); ; h++ {
		at = &g.table[h&mask]
		if at.text != g.texts {
			return at, false
		}
		if there, _ := g.words.next(int(at.at)); bytes.Equal(there, word) {
			return at, true
		}
	}
}

// inverted is the index of texts: its words with the numbers of the posts that have them,
// by shard.
type inverted struct {
	posts  int
	shards [][]textWord
}

// invert makes an index of the words of posts: of old, with the posts that its numbers
// have now (-1 for those to leave out), and of those noted, by number.
func invert(posts, shards int, old []textWord, now []int, fresh []noted) *inverted {
	size := 0
	for _, t := range fresh {
		size += len(t)
	}
	likely := len(old) + size/64 // words, few of which are new
	ids := make(map[string]uint32, likely)
	all := make([]textWord, 0, likely)
	for _, w := range old {
		numbers := make([]uint32, 0, len(w.posts))
		for _, n := range w.posts {
			if to := now[n]; to >= 0 {
				numbers = append(numbers, uint32(to))
			}
		}
		if !slices.IsSorted(numbers) {
			slices.Sort(numbers)
		}
		ids[w.word] = uint32(len(all))
		all = append(all, textWord{w.word, numbers})
	}
	// How much room those that come need must be known first.
	had := make([]int, len(all), likely)
	for id, w := range all {
		had[id] = len(w.posts)
	}
	count := make([]int, len(all), likely)
	came := make([]uint32, 0, size/6) // the ids of all words of all that is fresh
	for _, t := range fresh {
		for at := 0; at < len(t); {
			word, next := t.next(at)
			at = next
			id, known := ids[string(word)]
			if !known {
				id = uint32(len(all))
				w := string(word)
				ids[w] = id
				all, had, count = append(all, textWord{word: w}), append(had, 0), append(count, 0)
			}
			count[id]++
			came = append(came, id)
		}
	}
	for id, n := range count {
		if n > 0 {
			all[id].posts = append(make([]uint32, 0, had[id]+n), all[id].posts...)
		}
	}
	for number, t := range fresh {
		for at := 0; at < len(t); came = came[1:] {
			_, at = t.next(at)
			w := &all[came[0]]
			w.posts = append(w.posts, uint32(number))
		}
	}
	x := &inverted{posts: posts, shards: make([][]textWord, shards)}
	for id, w := range all {
		if had[id] > 0 && len(w.posts) > had[id] {
			slices.Sort(w.posts)
		}
		if len(w.posts) > 0 {
			in := shardOf(w.word, shards)
			x.shards[in] = append(x.shards[in], w)
		}
	}
	return x
}

// encode writes a shard. Each may be written once, by its own goroutine.
func (x *inverted) encode(shard int) []byte {
	words := x.shards[shard]
	slices.SortFunc(words, func(a, b textWord) int { return strings.Compare(a.word, b.word) })
	return encodeShard(words, x.posts)
}
