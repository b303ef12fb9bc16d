package typeset

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"strings"
	"testing"
)

var samples = map[string]string{
	"Latin":   "The flood gauge on the old bridge has stood dry for eleven summers, and then, in one night, it’s gone. ",
	"Arabic":  "هذا نص عربي مع كلمات كثيرة وأرقام ١٢٣ داخل النص، ثم يستمر حتى السطر التالي ليظهر الالتفاف. ",
	"Chinese": "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。寒来暑往，秋收冬藏。闰余成岁，律吕调阳。",
}

// BenchmarkShape is what a word never met before costs, by the row of about 100 characters.
func BenchmarkShape(b *testing.B) {
	for name, text := range samples {
		b.Run(name, func(b *testing.B) {
			f := systemWide(b)
			if !await(f, text) {
				b.Skip("no system fonts for this text")
			}
			s := NewShaper(f)
			p := para(text, 0)
			b.ReportAllocs()
			for b.Loop() {
				s.words = cache{}
				s.Layout(p)
			}
		})
	}
}

// BenchmarkLayout is a row of about 100 characters and a paragraph of about 600 with known words.
func BenchmarkLayout(b *testing.B) {
	for name, text := range samples {
		for size, times := range map[string]int{"row": 1, "paragraph": 6} {
			b.Run(name+"/"+size, func(b *testing.B) {
				f := systemWide(b)
				if !await(f, text) {
					b.Skip("no system fonts for this text")
				}
				s := NewShaper(f)
				p := para(strings.Repeat(text, times), 560)
				s.Layout(p)
				b.ReportAllocs()
				for b.Loop() {
					s.Layout(p)
				}
			})
		}
	}
}

// BenchmarkKey is a letter typed into the middle of a paragraph of 600 characters: the word there is always new.
func BenchmarkKey(b *testing.B) {
	s := NewShaper(testFonts(b))
	text := strings.Repeat(samples["Latin"], 6)
	at := len(text) / 2
	for !isLetter(text[at]) {
		at++
	}
	r := rand.New(rand.NewPCG(1, 2))
	b.ReportAllocs()
	for b.Loop() {
		word := [4]byte{}
		for i := range word {
			word[i] = byte('a' + r.IntN(26))
		}
		s.Layout(para(text[:at]+string(word[:])+text[at:], 560))
	}
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// BenchmarkScreen is 40 rows laid out, of new and of known words.
func BenchmarkScreen(b *testing.B) {
	var paras []Paragraph
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		words := strings.Fields(samples["Latin"])
		r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		for i := range words {
			words[i] += string(rune('a' + r.IntN(26)))
		}
		paras = append(paras, para(strings.Join(words, " "), 500))
	}
	f := testFonts(b)
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			s := NewShaper(f)
			for _, p := range paras {
				s.Layout(p)
			}
		}
	})
	b.Run("warm", func(b *testing.B) {
		s := NewShaper(f)
		for b.Loop() {
			for _, p := range paras {
				s.Layout(p)
			}
		}
	})
}

// BenchmarkDraw is a row of 100 characters drawn.
func BenchmarkDraw(b *testing.B) {
	for name, text := range samples {
		b.Run(name, func(b *testing.B) {
			f := systemWide(b)
			if !await(f, text) {
				b.Skip("no system fonts for this text")
			}
			l := NewShaper(f).Layout(para(text, 0))
			dst := image.NewRGBA(image.Rect(0, 0, 1600, 28))
			draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
			p := NewPainter(f)
			ink := func(uint32) color.NRGBA { return color.NRGBA{0x24, 0x22, 0x1F, 0xFF} }
			b.ReportAllocs()
			for b.Loop() {
				p.Draw(dst, l, 0, 3.3, 20, ink)
			}
		})
	}
}

// BenchmarkCaret is what a click and a caret cost in a paragraph of 600 characters.
func BenchmarkCaret(b *testing.B) {
	l := NewShaper(testFonts(b)).Layout(para(strings.Repeat(samples["Latin"], 6), 560))
	for b.Loop() {
		o, up := l.At(2, 300)
		l.Caret(o, up)
	}
}
