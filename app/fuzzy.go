package app

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"longhand/library/search"
)

// foldedItem is an item as it is matched: case and accents away.
type foldedItem struct{ text, side string }

// hit is an item that matches. Offsets are bytes of its folded texts, of the
// first byte of each character that matched, in order.
type hit struct {
	index      int
	score      int
	text, side []int
}

// What a word is worth by how it stands in an item; letters that are only in
// order are worth less than anything in one piece.
const (
	atStart = 400 // of the text
	atWord  = 300 // at the start of a word in it
	inPiece = 200 // within a word
	inWord  = 120 // as letters in order of one word
	onSide  = 150 // less, for what stands beside the text
	loose   = 90  // at most, for letters in order
	phrase  = 100 // more, when the words stand as they were typed
)

// wordsOf splits a query into folded words. What is pasted by mistake is cut.
func wordsOf(query string) []string {
	const longest, most = 200, 8 // bytes, words
	if len(query) > longest {
		query = strings.ToValidUTF8(query[:longest], "")
	}
	words := strings.Fields(foldSimply(query))
	return words[:min(len(words), most)]
}

// match returns the items that have all the words, the best first; of equals
// the one that came first. Without words it returns none.
func match(words []string, items []foldedItem) []hit {
	if len(words) == 0 {
		return nil
	}
	hits := make([]hit, len(items))
	for i := range items {
		hits[i].index = i
	}
	for _, w := range words {
		hits = narrow(hits, items, w)
	}
	whole := strings.Join(words, " ")
	for i := range hits {
		h := &hits[i]
		text := items[h.index].text
		if len(words) > 1 && strings.Contains(text, whole) {
			h.score += phrase
		}
		h.score -= min(len(text), 80) / 4 // of two, the shorter fits better
		h.text, h.side = inOrder(h.text), inOrder(h.side)
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	return hits
}

// narrow keeps the hits that also have the word: in one piece, else its letters
// in order.
func narrow(hits []hit, items []foldedItem, word string) []hit {
	kept := make([]hit, 0, len(hits)/4+1)
	var rest []hit
	for _, h := range hits {
		it := items[h.index]
		if score, at := piece(it.text, word); score > 0 {
			h.score += score
			h.text = places(h.text, word, at)
		} else if score, at := piece(it.side, word); score > 0 {
			h.score += score - onSide
			h.side = places(h.side, word, at)
		} else if at := shortened(it.text, word); at != nil {
			h.score += inWord
			h.text = slices.Concat(h.text, at)
		} else {
			rest = append(rest, h)
			continue
		}
		kept = append(kept, h)
	}
	rest, found := loosely(rest, word, 0, func(h hit) string { return items[h.index].text }, func(h *hit) *[]int { return &h.text })
	kept = append(kept, found...)
	_, found = loosely(rest, word, onSide/4, func(h hit) string { return items[h.index].side }, func(h *hit) *[]int { return &h.side })
	kept = append(kept, found...)
	slices.SortFunc(kept, func(a, b hit) int { return a.index - b.index })
	return kept
}

// piece tells where a word stands best in a text, and what that is worth: 0 when
// it is not there.
func piece(text, word string) (score, at int) {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return score, at
		}
		i += from
		_, size := utf8.DecodeRuneInString(text[i:])
		from = i + size
		switch {
		case i == 0:
			return atStart, 0
		case begins(text, i):
			return atWord, i
		case score == 0:
			score, at = inPiece, i
		}
	}
}

// shortened tells where the letters of a word stand in order in one word of the
// text, from its first: "chk" in "checker". It is nil when there is none.
func shortened(text, word string) []int {
	first, size := utf8.DecodeRuneInString(word)
	if size == len(word) {
		return nil
	}
	for i, r := range text {
		if r != first || !begins(text, i) {
			continue
		}
		at, rest := []int{i}, word[size:]
		for j, r := range text[i+size:] {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				break
			}
			if next, n := utf8.DecodeRuneInString(rest); r == next {
				at, rest = append(at, i+size+j), rest[n:]
				if rest == "" {
					return at
				}
			}
		}
	}
	return nil
}

// places appends where the characters of a word begin that stands at an offset.
func places(to []int, word string, at int) []int {
	to = slices.Clip(to)
	for i := range word {
		to = append(to, at+i)
	}
	return to
}

// loosely parts the hits by whether a text of theirs has the letters in order.
func loosely(hits []hit, word string, less int, text func(hit) string, at func(*hit) *[]int) (rest, found []hit) {
	source := texts{hits, text}
	next := 0
	for _, m := range fuzzy.FindFromNoSort(word, source) {
		if !tight(source.String(m.Index), m.MatchedIndexes) {
			continue
		}
		rest = append(rest, hits[next:m.Index]...)
		next = m.Index + 1
		h := hits[m.Index]
		h.score += min(max(m.Score, -loose), loose) - less
		*at(&h) = slices.Concat(*at(&h), m.MatchedIndexes)
		found = append(found, h)
	}
	return append(rest, hits[next:]...), found
}

// tight reports whether most of the letters that matched begin a word or follow
// the one before them closely: a long text has almost any few letters somewhere.
func tight(text string, at []int) bool {
	good := 0
	for n, i := range at {
		if begins(text, i) || n > 0 && utf8.RuneCountInString(text[at[n-1]:i]) <= 2 {
			good++
		}
	}
	return good*3 >= len(at)*2
}

// begins reports whether a word begins at an offset.
func begins(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return at == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

type texts struct {
	hits []hit
	text func(hit) string
}

func (t texts) String(i int) string { return t.text(t.hits[i]) }
func (t texts) Len() int            { return len(t.hits) }

func inOrder(at []int) []int {
	if !slices.IsSorted(at) {
		slices.Sort(at)
	}
	return slices.Compact(at)
}

// foldSimply folds character by character as [search.Fold] does, but keeps all
// spaces, so that places can be led back.
func foldSimply(s string) string {
	out := make([]byte, 0, len(s))
	eachFolded(s, func(_, _ int, folded string) { out = append(out, folded...) })
	return string(out)
}

// marksOf returns the spans of s whose characters begin at the given offsets of
// its folded form, in order.
func marksOf(s string, at []int) []search.Span {
	var spans []search.Span
	before := 0
	eachFolded(s, func(start, end int, folded string) {
		after := before + len(folded)
		hit := false
		for len(at) > 0 && at[0] < after {
			hit = true
			at = at[1:]
		}
		n := len(spans)
		accent := folded == "" && n > 0 && spans[n-1].End == start // belongs to the letter before
		switch {
		case (hit || accent) && n > 0 && spans[n-1].End == start:
			spans[n-1].End = end
		case hit:
			spans = append(spans, search.Span{Start: start, End: end})
		}
		before = after
	})
	return spans
}

const asciiFolded = "abcdefghijklmnopqrstuvwxyz"

// eachFolded visits each character [start,end) of s with what it is folded to.
func eachFolded(s string, visit func(start, end int, folded string)) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			visit(i, i+1, asciiFolded[c-'A':c-'A'+1])
		case '\t' <= c && c <= '\r':
			visit(i, i+1, " ")
		case c < utf8.RuneSelf:
			visit(i, i+1, s[i:i+1])
		default:
			_, n := utf8.DecodeRuneInString(s[i:])
			visit(i, i+n, search.Fold(s[i:i+n]))
			i += n
			continue
		}
		i++
	}
}
