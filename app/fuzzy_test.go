package app

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func foldAll(texts ...string) []foldedItem {
	var items []foldedItem
	for _, t := range texts {
		text, side, _ := strings.Cut(t, "|")
		items = append(items, foldedItem{foldSimply(text), foldSimply(side)})
	}
	return items
}

func TestMatchRanks(t *testing.T) {
	for _, c := range []struct {
		query string
		texts []string // "text|side"
		want  []int
	}{
		{"exp", []string{"Rename article and fix paths", "Copy as HTML", "Export the whole site", "Export article"}, []int{3, 2}},
		{"river", []string{"Driver notes", "What the river took", "River", "Rainy evening"}, []int{2, 1, 0}},
		{"wtrt", []string{"What they wrote later", "What the river took", "Other"}, []int{1, 0}},
		{"river what", []string{"What the river took", "The river"}, []int{0}},
		{"the river", []string{"The old river", "What the river took"}, []int{0, 1}},
		{"water", []string{"Wait after rain|x", "Rivers|essays, water", "Water|x"}, []int{2, 1, 0}},
		{"lodz", []string{"Łódź by night"}, []int{0}},
		{"ECOLE", []string{"École d’été", "E\u0301cole"}, []int{1, 0}},
		{"strasse", []string{"Straße"}, []int{0}},
		{"闪电", []string{"比特币", "闪电网络"}, []int{1}},
		{"e file", []string{"Export|File", "Export|View"}, []int{0}},
		{"same", []string{"same", "same", "same"}, []int{0, 1, 2}},
		{"chk", []string{"Completing the transition to checkers", "Church, harbour, kitchen"}, []int{0, 1}},
		{"newslttr", []string{"Optech Newsletter #418 Recap Podcast"}, []int{0}},
		{"zebra", []string{"Yehuda Katz and Steve Klabnik are joining the Rust Core Team"}, nil}, // scattered
		{"zzz", []string{"nothing"}, nil},
		{"", []string{"nothing"}, nil},
		{"   ", []string{"nothing"}, nil},
		{"a", []string{"", "|"}, nil},
	} {
		var got []int
		for _, h := range match(wordsOf(c.query), foldAll(c.texts...)) {
			got = append(got, h.index)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %v, want %v", c.query, c.texts, got, c.want)
		}
	}
}

// marked shows marks as brackets.
func marked(query, text string) string {
	hits := match(wordsOf(query), foldAll(text))
	if len(hits) == 0 {
		return "none"
	}
	show := func(s string, at []int) string {
		var b strings.Builder
		end := 0
		for _, m := range marksOf(s, at) {
			b.WriteString(s[end:m.Start] + "[" + s[m.Start:m.End] + "]")
			end = m.End
		}
		return b.String() + s[end:]
	}
	text, side, ok := strings.Cut(text, "|")
	text = show(text, hits[0].text)
	if ok {
		text += "|" + show(side, hits[0].side)
	}
	return text
}

func TestMatchMarks(t *testing.T) {
	for _, c := range [][3]string{
		{"exp", "Export", "[Exp]ort"},
		{"fix p", "Rename and fix paths", "Rename and [fix] [p]aths"},
		{"wtrt", "What the river took", "[W]hat [t]he [r]iver [t]ook"},
		{"ptls", "Of petals", "Of [p]e[t]a[ls]"},
		{"ete", "L’été  à Łódź", "L’[été]  à Łódź"},
		{"ete", "L’e\u0301te\u0301 ici", "L’[e\u0301te\u0301] ici"},
		{"lodz", "à  Łódź", "à  [Łódź]"},
		{"ss", "Straße", "Stra[ß]e"},
		{"電網", "閃電網絡", "閃[電網]絡"},
		{"essays", "What|essays, water", "What|[essays], water"},
		{"river essays", "The river|essays", "The [river]|[essays]"},
		{"river rive", "The river", "The [river]"},
		{"’", "Don’t", "Don[’]t"},
	} {
		if got := marked(c[0], c[1]); got != c[2] {
			t.Errorf("%q in %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestWordsOfAHugeQuery(t *testing.T) {
	if got := len(wordsOf(strings.Repeat("é x ", 50_000))); got > 8 {
		t.Errorf("%d words", got)
	}
	match(wordsOf(strings.Repeat("漢", 50_000)), foldAll("漢字"))
	match(wordsOf("\x00\xff\u200b"), foldAll("\xff\x00", "a\u200bb"))
}

// FuzzMatch holds marks within their text, whatever is asked of whatever.
func FuzzMatch(f *testing.F) {
	f.Add("exp", "Export | File", "essays")
	f.Add("e\u0301 ß", "Straße \u200b E\u0301", "x")
	f.Fuzz(func(t *testing.T, query, text, side string) {
		for _, h := range match(wordsOf(query), []foldedItem{{foldSimply(text), foldSimply(side)}}) {
			for s, at := range map[string][]int{text: h.text, side: h.side} {
				end := 0
				for _, m := range marksOf(s, at) {
					if m.Start < end || m.End <= m.Start || m.End > len(s) {
						t.Fatalf("%q in %q: %v", query, s, m)
					}
					end = m.End
				}
				if text == side {
					return // a map holds one of them
				}
			}
		}
	})
}

func TestKeyText(t *testing.T) {
	if ctrl != fyne.KeyModifierControl {
		t.Skip("for desktops with Ctrl")
	}
	for want, k := range map[string]desktop.CustomShortcut{
		"Ctrl+Shift+E": {KeyName: fyne.KeyE, Modifier: ctrlShift},
		"Ctrl+Alt+T":   {KeyName: fyne.KeyT, Modifier: ctrlAlt},
		"Alt+Shift+5":  {KeyName: fyne.Key5, Modifier: alt | fyne.KeyModifierShift},
		"Ctrl++":       {KeyName: fyne.KeyPlus, Modifier: ctrl},
		"Ctrl+`":       {KeyName: fyne.KeyBackTick, Modifier: ctrl},
		"F8":           {KeyName: fyne.KeyF8},
		"Alt+Up":       {KeyName: fyne.KeyUp, Modifier: alt},
		"PageDown":     {KeyName: fyne.KeyPageDown},
	} {
		if got := keyText(k); got != want {
			t.Errorf("%v: %q, want %q", k, got, want)
		}
	}
}

// manyTitles are made of words of a grown vocabulary, as a library has them.
func manyTitles(n int) []foldedItem {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		const on, vowels = "bcdfghklmnprstvw", "aeiou"
		var b strings.Builder
		for range 1 + r.IntN(3) {
			b.WriteByte(on[r.IntN(len(on))])
			b.WriteByte(vowels[r.IntN(len(vowels))])
			b.WriteByte(on[r.IntN(len(on))])
		}
		return b.String()
	}
	items := make([]foldedItem, n)
	for i := range items {
		words := make([]string, 3+r.IntN(8))
		for j := range words {
			words[j] = word()
		}
		items[i] = foldedItem{strings.Join(words, " "), word() + ", " + word()}
	}
	items[n/2].text = "what the river took"
	return items
}

func BenchmarkMatch10000(b *testing.B) {
	items := manyTitles(10_000)
	for _, query := range []string{"r", "ri", "river", "wtrt", "river took", "zzzz"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				match(wordsOf(query), items)
			}
		})
	}
}

func BenchmarkFold10000(b *testing.B) {
	var titles []string
	for i, it := range manyTitles(10_000) {
		titles = append(titles, fmt.Sprintf("É%s %d", it.text, i))
	}
	for b.Loop() {
		for _, t := range titles {
			foldSimply(t)
		}
	}
}
