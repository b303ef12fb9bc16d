// Package merge tells what is different in two texts, by words, and brings together
// what two writers made of one.
//
// Texts are as an editor sees them: each line break one "\n". Offsets are bytes, and
// never lie inside a character. Words are those of Unicode Standard Annex 29, so
// Chinese characters and Hiragana count one by one.
package merge

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"

	"longhand/editor/text"
)

// Span is the bytes [Start,End) of a text.
type Span struct{ Start, End int }

// Of returns the span of a text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Len is the length of the span.
func (s Span) Len() int { return s.End - s.Start }

// Edit tells that the span Old of one text is New in the other. One of them may be
// empty, where something was only added or only removed, but not both.
type Edit struct{ Old, New Span }

const (
	// lineBudget and wordBudget bound the steps of a comparison, to about a second: a
	// text that is another altogether is then taken to be replaced whole.
	lineBudget = 100 << 20
	wordBudget = 100 << 20
	// mostWords is the size in bytes of both sides up to which what is different in
	// lines is looked at word by word.
	mostWords = 4 << 20
)

// Diff returns what is different in two texts, ascending, for people to read: words
// rather than letters, and changes with hardly a word between them as one.
func Diff(a, b string) []Edit {
	edits := readable(a, Edits(a, b))
	for i := range edits {
		edits[i] = edits[i].trim(a, b)
	}
	return edits
}

// Edits returns what is different in two texts, ascending, as finely as words allow.
func Edits(a, b string) []Edit {
	budget := lineBudget
	blocks := compare(lines(a), lines(b), true, &budget)
	budget = wordBudget
	var out []Edit
	for _, e := range blocks {
		if e.Old.Len() == 0 || e.New.Len() == 0 || e.Old.Len()+e.New.Len() > mostWords {
			out = append(out, e)
			continue
		}
		for _, w := range compare(tokens(e.Old.Of(a)), tokens(e.New.Of(b)), false, &budget) {
			w.Old, w.New = w.Old.shift(e.Old.Start), w.New.shift(e.New.Start)
			out = append(out, w)
		}
	}
	return out
}

// Changes returns the changes that make one text another, as finely as words allow, so
// that carets and marks in what stays keep their places.
func Changes(from, to string) text.Changes {
	var out text.Changes
	for _, e := range Edits(from, to) {
		out = append(out, text.Change{Start: e.Old.Start, End: e.Old.End, Insert: e.New.Of(to)})
	}
	return out
}

func (s Span) shift(n int) Span { return Span{s.Start + n, s.End + n} }

// lines cuts a text into its lines, each with its line break.
func lines(s string) []string {
	out := make([]string, 0, strings.Count(s, "\n")+1)
	for line := range strings.Lines(s) {
		out = append(out, line)
	}
	return out
}

// tokens cuts a text into words, and what stands between them.
func tokens(s string) []string {
	out := make([]string, 0, len(s)/3+1)
	for all := words.FromString(s); all.Next(); {
		out = append(out, all.Value())
	}
	return out
}

// compare compares two texts in pieces.
func compare(a, b []string, anchors bool, budget *int) []Edit {
	ids := make(map[string]int32, len(a))
	number := func(pieces []string) []int32 {
		out := make([]int32, len(pieces))
		for i, p := range pieces {
			id, ok := ids[p]
			if !ok {
				id = int32(len(ids))
				ids[p] = id
			}
			out[i] = id
		}
		return out
	}
	na, nb := number(a), number(b)
	outA, outB := different(na, nb, len(ids), anchors, budget)
	var edits []Edit
	at := Edit{}
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if i < len(a) && j < len(b) && !outA[i] && !outB[j] {
			at.Old.End, at.New.End = at.Old.End+len(a[i]), at.New.End+len(b[j])
			at.Old.Start, at.New.Start = at.Old.End, at.New.End
			i, j = i+1, j+1
			continue
		}
		for ; i < len(a) && outA[i]; i++ {
			at.Old.End += len(a[i])
		}
		for ; j < len(b) && outB[j]; j++ {
			at.New.End += len(b[j])
		}
		edits = append(edits, at)
		at.Old.Start, at.New.Start = at.Old.End, at.New.End
	}
	return edits
}

// readable joins edits between which hardly anything stays: white space and
// punctuation, or less than was changed on either side. It does not join lines.
func readable(a string, edits []Edit) []Edit {
	var out []Edit
	for _, e := range edits {
		if n := len(out); n > 0 {
			last := &out[n-1]
			gap := Span{last.Old.End, e.Old.Start}.Of(a)
			if !strings.Contains(gap, "\n") && (!hasWord(gap) || len(gap) < min(last.size(), e.size())) {
				last.Old.End, last.New.End = e.Old.End, e.New.End
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

// trim leaves out white space that is the same at the end of both spans.
func (e Edit) trim(a, b string) Edit {
	for e.Old.Len() > 1 && e.New.Len() > 1 {
		c := a[e.Old.End-1]
		if c != b[e.New.End-1] || c != ' ' && c != '\n' {
			break
		}
		e.Old.End--
		e.New.End--
	}
	return e
}

func (e Edit) size() int { return max(e.Old.Len(), e.New.Len()) }

// hasWord reports whether there is a letter or a number in a text.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
