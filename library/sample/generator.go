package sample

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"unicode"
)

// generator makes articles. With real articles at hand it makes
// new ones of their paragraphs and titles, and replaces one word in forty, so that
// the vocabulary grows as it does in life. Without, all words are made up: some
// stand everywhere, most are rare, and each article brings in new ones. Every tenth
// is in a language with accents, every fifteenth in Chinese characters.
type generator struct {
	*rand.Rand
	real  []Article
	words []string
}

func (g *generator) pick(list []string) string { return list[g.IntN(len(list))] }

var (
	plainSounds  = strings.Fields("ka ri to me lo an der st on be cu fi ga ho in ju ler mo nu or pa qua re sun ti ver wa yo ze tion ing")
	accentSounds = strings.Fields("ká ří tö mé ló än dër ště ón çu fî gà ñu ßo ław")
)

// coin makes up a word.
func (g *generator) coin(sounds []string) string {
	var b strings.Builder
	for range 2 + g.IntN(3) {
		b.WriteString(g.pick(sounds))
	}
	return b.String()
}

// frequent returns a word of the vocabulary; the first are the commonest.
func (g *generator) frequent() string {
	return g.words[int(math.Exp(g.Float64()*math.Log(float64(len(g.words)))))-1]
}

func (g *generator) made(i int) Article {
	for len(g.words) < 4000+12*i {
		sounds := plainSounds
		if g.IntN(10) == 0 {
			sounds = accentSounds
		}
		g.words = append(g.words, g.coin(sounds))
	}
	rare := func() string { return g.words[g.IntN(len(g.words))] }
	text := func(n int) string {
		var b strings.Builder
		for k := range n {
			switch {
			case k%80 == 79:
				b.WriteString(".\n\n")
			case k%13 == 12:
				b.WriteString(", ")
			}
			b.WriteString(g.frequent() + " ")
		}
		return b.String()
	}
	e := Article{Tags: []string{g.words[g.IntN(200)], g.words[g.IntN(1000)]}, Authors: []string{g.pick(plainSounds)}, Draft: i%20 == 0}
	if i%15 == 14 {
		han := func(n int) string {
			var b strings.Builder
			for range n {
				b.WriteRune(rune(0x4e00 + int(math.Exp(g.Float64()*math.Log(4000)))))
			}
			return b.String()
		}
		e.Title, e.Body = han(8), "# "+han(6)+"\n\n"+strings.Repeat(han(200)+"。\n\n", 1)+han(400)
		return e
	}
	e.Title = strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", g.frequent(), rare(), g.frequent(), rare(), rare()))
	e.Body = text(450) + "\n\n## " + rare() + " " + g.frequent() + "\n\n" + text(450) + rare() + " " + rare()
	return e
}

func (g *generator) recombined(i int) Article {
	if i < len(g.real) {
		return g.real[i]
	}
	a, b, t := g.real[g.IntN(len(g.real))], g.real[g.IntN(len(g.real))], g.real[g.IntN(len(g.real))]
	e := Article{Tags: b.Tags, Draft: i%20 == 0}
	e.Title = g.renewed(t.Title, 3)
	e.Body = g.renewed(half(a.Body, false), 40) + "\n\n" + g.renewed(half(b.Body, true), 40)
	return e
}

// half is the first or the second half of a text, cut between paragraphs.
func half(s string, second bool) string {
	at := strings.Index(s[len(s)/2:], "\n\n")
	if at = len(s)/2 + max(at, 0); at == len(s)/2 {
		at = 0
	}
	if second {
		return s[at:]
	}
	return s[:at]
}

// renewed replaces one in n of the words of some length by others.
func (g *generator) renewed(s string, n int) string {
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(s)
		}
		w := s[:end]
		if len(w) >= 5 && w[0] < 0x80 && g.IntN(n) == 0 {
			w = w[:3] + g.coin(plainSounds)
		}
		b.WriteString(w)
		next := strings.IndexFunc(s[end:], unicode.IsLetter)
		if next < 0 {
			next = len(s) - end
		}
		b.WriteString(s[end : end+next])
		s = s[end+next:]
	}
	return b.String()
}
