package site

import (
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"longhand/library/terms"
)

// A shard of the index of texts is a string of its words, in order, each with the
// posts that have it:
//
//	how much of the word before it begins with (one of begins, in UTF-16 units)
//	the rest of the word
//	the posts: numbers, each less the one before, or a mark and a bit for each post
//
// Words have no capital letters of ASCII and none of its signs, so that these
// can stand for numbers, and nothing has to be escaped in JavaScript.
const (
	begins = "ABCDEFGHIJKLMNOP"
	// digits are those of numbers: the first lasts end one, the others go on.
	digits = "QRSTUVWXYZ !#$%&'()*+,-./:;<=>?@[]^_`{|}"
	lasts  = 24
	goesOn = len(digits) - lasts
	// bitsMark begins bits, in digits of bitsEach each, the lowest first.
	bitsMark = '~'
	bitsEach = 5
)

// shardOf is the shard that has the word, by the first two characters, so that all
// words that begin alike are in one. In scripts without spaces, whose words are
// pairs of characters, it is by the first alone.
func shardOf(word string, shards int) int {
	first, n := utf8.DecodeRuneInString(word)
	second := rune(0)
	if n < len(word) && !terms.Unspaced(first) {
		second, _ = utf8.DecodeRuneInString(word[n:])
	}
	h := uint32(uint64(first)*40503 + uint64(second)*2246822519)
	return int(h>>8) % shards
}

// textWord is a word with the numbers of the posts that have it, the smallest first.
type textWord struct {
	word  string
	posts []uint32
}

// encodeShard writes words that are in order. No number is posts or more.
func encodeShard(words []textWord, posts int) []byte {
	out := make([]byte, 0, 12*len(words))
	before := ""
	for _, w := range words {
		same, units := alike(before, w.word)
		out = append(out, begins[units])
		out = append(out, w.word[same:]...)
		at := len(out)
		last := -1
		for _, n := range w.posts {
			out = appendNumber(out, int(n)-last-1)
			last = int(n)
		}
		if bits := 1 + (posts+bitsEach-1)/bitsEach; len(out)-at > bits {
			out = appendBits(out[:at], w.posts)
		}
		before = w.word
	}
	return out
}

// alike is how much of its beginning a word has from the one before, in bytes and in
// UTF-16 units.
func alike(before, word string) (bytes, units int) {
	for bytes < len(before) && bytes < len(word) {
		r, n := utf8.DecodeRuneInString(word[bytes:])
		if !strings.HasPrefix(before[bytes:], word[bytes:bytes+n]) || units+utf16.RuneLen(r) >= len(begins) {
			break
		}
		bytes += n
		units += utf16.RuneLen(r)
	}
	return bytes, units
}

func appendNumber(out []byte, n int) []byte {
	for n >= lasts {
		n -= lasts
		out = append(out, digits[lasts+n%goesOn])
		n /= goesOn
	}
	return append(out, digits[n])
}

func appendBits(out []byte, posts []uint32) []byte {
	out = append(out, bitsMark)
	at := len(out)
	for _, n := range posts {
		for len(out)-at <= int(n)/bitsEach {
			out = append(out, 0)
		}
		out[at+int(n)/bitsEach] |= 1 << (n % bitsEach)
	}
	for i, b := range out[at:] {
		out[at+i] = digits[b]
	}
	return out
}

var errShard = errors.New("this is no shard of an index of texts")

// digitOf is the value of each digit, -1 for other bytes.
var digitOf = func() (table [256]int) {
	for i := range table {
		table[i] = strings.IndexByte(digits, byte(i))
	}
	return table
}()

// decodeShard yields what encodeShard was given, with numbers below posts. Word and
// numbers are used again.
func decodeShard(s string, posts int, yield func(word []byte, posts []uint32)) error {
	var word []byte
	var found []uint32
	for at := 0; at < len(s); {
		units := strings.IndexByte(begins, s[at])
		if units < 0 {
			return errShard
		}
		at++
		kept := 0
		for units > 0 && kept < len(word) {
			r, n := utf8.DecodeRune(word[kept:])
			kept += n
			units -= utf16.RuneLen(r)
		}
		end := at
		for end < len(s) && digitOf[s[end]] < 0 && s[end] != bitsMark {
			end++
		}
		word = append(word[:kept], s[at:end]...)
		at, found = end, found[:0]
		if at < len(s) && s[at] == bitsMark {
			for at++; at < len(s) && digitOf[s[at]] >= 0; at++ {
				for bit := range bitsEach {
					if digitOf[s[at]]>>bit&1 == 1 {
						found = append(found, uint32((at-end-1)*bitsEach+bit))
					}
				}
			}
		} else {
			last, n, times := -1, 0, 1
			for ; at < len(s) && digitOf[s[at]] >= 0; at++ {
				d := digitOf[s[at]]
				n += d * times
				if d >= lasts {
					times *= goesOn
					if times > 1<<32 {
						return errShard
					}
					continue
				}
				if last += n + 1; last >= posts {
					return errShard
				}
				found = append(found, uint32(last))
				n, times = 0, 1
			}
			if times > 1 {
				return errShard
			}
		}
		if units != 0 || len(word) == 0 || len(found) == 0 || int(found[len(found)-1]) >= posts {
			return errShard
		}
		yield(word, found)
	}
	return nil
}
