package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"longhand/library/terms"
)

// vocabulary knows all words of the index and in how many articles each stands.
// A word keeps its number; one that stands in no article any more has count 0.
type vocabulary struct {
	words  words
	count  counts
	masks  []uint32 // which letters a word has
	runes  []uint8  // how many
	sorted []uint32 // the words' numbers, in order of the words
	ids    map[string]uint32
}

// add takes in new words. Order may tell how they are sorted if they are the first.
func (v *vocabulary) add(words words, order []uint32) {
	n := words.len()
	if n == 0 {
		return
	}
	first := uint32(v.words.len())
	if first == 0 {
		v.words = words
		v.count.few, v.masks, v.runes = make([]uint8, 0, n), make([]uint32, 0, n), make([]uint8, 0, n)
	}
	for i := range uint32(n) {
		w := words.at(i)
		if first > 0 {
			v.words.add(w)
		}
		v.count.few = append(v.count.few, 0)
		v.masks = append(v.masks, letterMask(w))
		v.runes = append(v.runes, uint8(utf8.RuneCountInString(w)))
		if v.ids != nil {
			v.ids[w] = first + i
		}
	}
	if len(v.sorted) == 0 && len(order) == n {
		v.sorted = order
		return
	}
	fresh := make([]uint32, n)
	for i := range fresh {
		fresh[i] = first + uint32(i)
	}
	slices.SortFunc(fresh, func(a, b uint32) int { return strings.Compare(v.words.at(a), v.words.at(b)) })
	if len(v.sorted) == 0 {
		v.sorted = fresh
		return
	}
	old := v.sorted
	v.sorted = make([]uint32, 0, v.words.len())
	for _, id := range fresh {
		at, _ := slices.BinarySearchFunc(old, v.words.at(id), func(o uint32, w string) int { return strings.Compare(v.words.at(o), w) })
		v.sorted = append(append(v.sorted, old[:at]...), id)
		old = old[at:]
	}
	v.sorted = append(v.sorted, old...)
}

// number returns the number of a word, present in an article or not.
func (v *vocabulary) number(w string) (uint32, bool) {
	if v.ids != nil {
		id, ok := v.ids[w]
		return id, ok
	}
	if n := v.search(w); n < len(v.sorted) && v.words.at(v.sorted[n]) == w {
		return v.sorted[n], true
	}
	return 0, false
}

// numbers make finding them faster, while many are to be found.
func (v *vocabulary) numbers() map[string]uint32 {
	ids := make(map[string]uint32, v.words.len())
	for i := range uint32(v.words.len()) {
		ids[v.words.at(i)] = i
	}
	return ids
}

// search returns where in the order w stands or would stand.
func (v *vocabulary) search(w string) int {
	n, _ := slices.BinarySearchFunc(v.sorted, w, func(id uint32, w string) int { return strings.Compare(v.words.at(id), w) })
	return n
}

// df is the number of articles that have the word.
func (v *vocabulary) df(w string) int {
	if id, ok := v.number(w); ok {
		return int(v.count.of(id))
	}
	return 0
}

// completions returns up to n of the commonest words that begin with prefix and
// are longer, how many there are, and in how many articles together at most.
func (v *vocabulary) completions(prefix string, n int) (best []string, all, articles int) {
	var ids []uint32
	for _, id := range v.sorted[v.search(prefix):] {
		w := v.words.at(id)
		if !strings.HasPrefix(w, prefix) {
			break
		}
		count := v.count.of(id)
		if count == 0 || len(w) == len(prefix) {
			continue
		}
		all++
		articles += int(count)
		if len(ids) == n && count <= v.count.of(ids[n-1]) {
			continue
		}
		at := 0
		for at < len(ids) && v.count.of(ids[at]) >= count {
			at++
		}
		ids = slices.Insert(ids, at, id)
		ids = ids[:min(len(ids), n)]
	}
	return v.named(ids), all, articles
}

// holding returns up to n of the commonest words that have the part within.
func (v *vocabulary) holding(part string, n int) []string {
	mask := letterMask(part)
	var ids []uint32
	for id, m := range v.masks {
		if mask&^m == 0 && v.count.few[id] > 0 && strings.Contains(v.words.at(uint32(id)), part) {
			ids = append(ids, uint32(id))
		}
	}
	slices.SortFunc(ids, v.commoner)
	return v.named(ids[:min(len(ids), n)])
}

// similar returns words that may have been meant, nearest and commonest first:
// those one typing mistake away; for a long word without any, or with far, also a
// few that are two away.
func (v *vocabulary) similar(w string, far bool) []string {
	letters := utf8.RuneCountInString(w)
	most := 0
	switch {
	case letters >= 6:
		most = 2
	case letters >= 4:
		most = 1
	default:
		return nil
	}
	type near struct {
		id       uint32
		distance int
	}
	var found []near
	mask, meant := letterMask(w), []rune(w)
	var other []rune
	for id, m := range v.masks {
		// Each mistake brings at most one letter in and takes one out.
		if bits.OnesCount32(mask&^m) > most || bits.OnesCount32(m&^mask) > most || v.count.few[id] == 0 {
			continue
		}
		if d := int(v.runes[id]) - letters; d > most || -d > most {
			continue
		}
		other = other[:0]
		for _, r := range v.words.at(uint32(id)) {
			other = append(other, r)
		}
		if d := distance(meant, other, most); d > 0 && d <= most {
			found = append(found, near{uint32(id), d})
		}
	}
	slices.SortFunc(found, func(a, b near) int { return cmp.Or(a.distance-b.distance, v.commoner(a.id, b.id)) })
	var ids []uint32
	for _, f := range found[:min(len(found), maxSimilar)] {
		if f.distance > 1 && len(ids) >= maxFar || f.distance > 1 && found[0].distance == 1 && !far {
			break
		}
		ids = append(ids, f.id)
	}
	return v.named(ids)
}

func (v *vocabulary) commoner(a, b uint32) int {
	return cmp.Or(cmp.Compare(v.count.of(b), v.count.of(a)), strings.Compare(v.words.at(a), v.words.at(b)))
}

func (v *vocabulary) named(ids []uint32) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = v.words.at(id)
	}
	return out
}

// letterMask has a bit for each letter of a word. Letters beyond a to z share.
func letterMask(w string) uint32 {
	var m uint32
	for _, r := range w {
		if 'a' <= r && r <= 'z' {
			m |= 1 << (r - 'a')
		} else {
			m |= 1 << (26 + uint32(r)%6)
		}
	}
	return m
}

// distance is the optimal string alignment distance: how many letters are wrong,
// missing, too many or changed places with their neighbour. It stops at more
// than most.
func distance(a, b []rune, most int) int {
	if len(b)-len(a) > most || len(a)-len(b) > most {
		return most + 1
	}
	var space [3][terms.Longest + 2]int
	if len(b) > terms.Longest {
		return most + 1
	}
	before, last, row := &space[0], &space[1], &space[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d := min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
