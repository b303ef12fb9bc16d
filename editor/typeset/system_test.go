package typeset

import (
	"sync"
	"testing"
	"time"
)

// A character that the bundled fonts lack is a box at first, then drawn, and one is told.
func TestOnLoaded(t *testing.T) {
	f := fontsWith(t, t.TempDir())
	told := make(chan bool, 10)
	f.OnLoaded(func() { told <- true })
	s := NewShaper(f)
	first := s.Layout(para("שלום", 0))
	if !first.items[0].word.lacking {
		t.Skip("the bundled fonts have Hebrew")
	}
	select {
	case <-told:
	case <-time.After(30 * time.Second):
		t.Skip("no system font for Hebrew")
	}
	second := s.Layout(para("שלום", 0))
	if w := second.items[0].word; w.lacking || w.face == first.items[0].word.face || w.glyphs[0].id == 0 {
		t.Error("still boxes")
	}
	if s.Layout(para("שלום", 0)).items[0].word != second.items[0].word {
		t.Error("the word is not remembered")
	}
}

// What nobody has is asked for once.
func TestNowhere(t *testing.T) {
	text := "\U0010FFFD" // private use
	f := systemWide(t)
	if await(f, text) {
		t.Skip("a font has it")
	}
	s := NewShaper(f)
	if w := s.shape(text, 0, len(text), body, false, hanUnknown); w.lacking || len(w.glyphs) != 1 || w.glyphs[0].id != 0 {
		t.Errorf("%+v", w)
	}
}

func TestEmojiSequences(t *testing.T) {
	for _, text := range []string{"👨‍👩‍👧‍👦", "🇩🇪", "👍🏽", "❤️", "1️⃣", "😀"} {
		f := systemFonts(t, text)
		w := NewShaper(f).shape(text, 0, len(text), body, false, hanUnknown)
		if w.next != nil || len(w.glyphs) != 1 || len(w.stops) != 1 || !w.face.colour {
			t.Errorf("%s: %d glyphs, %d stops, colours %v", text, len(w.glyphs), len(w.stops), w.face.colour)
		}
	}
	f := systemFonts(t, "☺")
	if w := NewShaper(f).shape("☺\uFE0E", 0, 6, body, false, hanUnknown); w.face.colour {
		t.Error("U+FE0E asks for the plain form")
	}
}

// Arabic letters join over the boundary of a style and of a row, though these are shaped apart.
func TestJoining(t *testing.T) {
	text := "ببببب"
	f := systemFonts(t, text)
	s := NewShaper(f)
	whole := s.Layout(para(text, 0)).items[0].word
	p := para(text, 0)
	p.Spans = []Span{{End: 4, Style: body}, {End: 10, Style: Style{Size: body.Size + 1}}}
	split := s.Layout(p)
	if len(split.items) != 2 {
		t.Fatalf("%d items", len(split.items))
	}
	var ids []uint16
	for _, it := range split.items { // from left to right, as the glyphs are
		for _, g := range it.word.glyphs {
			ids = append(ids, g.id)
		}
	}
	for i, g := range whole.glyphs {
		if ids[i] != g.id {
			t.Errorf("glyph %d is %d, within the whole word %d", i, ids[i], g.id)
		}
	}
}

func TestHanByLanguage(t *testing.T) {
	for tag, want := range map[string]han{"": hanUnknown, "en_US.UTF-8": hanUnknown, "ja": hanJapanese, "ja_JP.UTF-8": hanJapanese, "ko-KR": hanKorean,
		"zh": hanSimplified, "zh_CN": hanSimplified, "zh-Hant": hanTraditional, "zh_TW.UTF-8": hanTraditional, "zh_HK": hanHongKong, "yue": hanHongKong} {
		if got := hanOf(tag); got != want {
			t.Errorf("hanOf(%q) = %d, want %d", tag, got, want)
		}
	}
	for text, want := range map[string]han{"直": hanSimplified, "直す": hanJapanese, "カタ直": hanJapanese, "한 直": hanKorean, "plain é": hanSimplified} {
		if got := hanIn(text, hanSimplified); got != want {
			t.Errorf("hanIn(%q) = %d, want %d", text, got, want)
		}
	}
}

// Fonts are shared: shapers and painters of several goroutines use one face.
func TestShared(t *testing.T) {
	f := systemWide(t)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			s, p := NewShaper(f), NewPainter(f)
			img := sheet(300, 40, white)
			for range 30 {
				for _, text := range samples {
					l := s.Layout(para(text+"😀 שלום", 300))
					for i := range l.Rows {
						p.Draw(img, l, i, 0, 20, inBlack)
					}
				}
				s.words = cache{}
			}
		})
	}
	wait.Wait()
}

func TestNewFontsErrors(t *testing.T) {
	for name, c := range map[string]Config{
		"none":    {},
		"no cut":  {Families: []Cuts{{}}},
		"no font": {Families: []Cuts{{Regular: []byte("not a font")}}},
	} {
		if _, err := NewFonts(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestIsEmoji(t *testing.T) {
	for text, want := range map[string]bool{"😀": true, "❤️": true, "❤": false, "☺\uFE0E": false, "1️⃣": true, "1": false, "#": false, "🇩🇪": true, "👍🏽": true, "☃": false, "✨": true, "中": false, "©": false} {
		if got := isEmoji(text); got != want {
			t.Errorf("isEmoji(%q) = %v", text, got)
		}
	}
}
