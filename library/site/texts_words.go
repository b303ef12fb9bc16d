package site

import (
	"slices"
	"strings"

	"longhand/library/terms"
)

// gatherer notes which words texts have. One goroutine at a time may use it.
type gatherer struct {
	ids   map[string]uint32
	words []string
	seen  []uint32 // by id, the last text that had the word
	texts uint32
}

// noted are the words of one text, each once, by their ids in the gatherer.
type noted struct {
	by  *gatherer
	ids []uint32
}

// note notes the words of a text.
func (g *gatherer) note(text string) noted {
	if g.ids == nil {
		g.ids = map[string]uint32{}
	}
	g.texts++
	ids := make([]uint32, 0, len(text)/16)
	terms.Scan(text, func(word []byte, _, _ int, _ terms.Kind) bool {
		id, known := g.ids[string(word)]
		if !known {
			id = uint32(len(g.words))
			w := string(word)
			g.ids[w] = id
			g.words = append(g.words, w)
			g.seen = append(g.seen, 0)
		}
		if g.seen[id] != g.texts {
			g.seen[id] = g.texts
			ids = append(ids, id)
		}
		return true
	})
	return noted{g, slices.Clip(ids)}
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
	ids := make(map[string]uint32, len(old)+1024)
	var all []textWord
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
	// Room for those that come: how many that is must be known first.
	mapped := map[*gatherer][]uint32{}
	count := make([]uint32, len(all))
	for _, t := range fresh {
		if t.by == nil {
			continue
		}
		to := mapped[t.by]
		if to == nil {
			to = make([]uint32, len(t.by.words))
			for i, w := range t.by.words {
				id, known := ids[w]
				if !known {
					id = uint32(len(all))
					ids[w] = id
					all = append(all, textWord{word: w})
					count = append(count, 0)
				}
				to[i] = id
			}
			mapped[t.by] = to
		}
		for _, id := range t.ids {
			count[to[id]]++
		}
	}
	for id, n := range count {
		if n > 0 {
			all[id].posts = append(make([]uint32, 0, len(all[id].posts)+int(n)), all[id].posts...)
		}
	}
	had := make([]int, len(all))
	for id, w := range all {
		had[id] = len(w.posts)
	}
	for number, t := range fresh {
		if t.by == nil {
			continue
		}
		to := mapped[t.by]
		for _, id := range t.ids {
			w := &all[to[id]]
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
