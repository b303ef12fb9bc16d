package typeset

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	serif = iota // families of testFonts
	mono
)

func fontFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../resources/fonts/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// testFonts are the bundled fonts without those of the system.
func testFonts(t testing.TB) *Fonts { return fontsWith(t, "") }

func fontsWith(t testing.TB, cache string) *Fonts {
	t.Helper()
	f, err := NewFonts(Config{SystemCache: cache, Families: []Cuts{
		{fontFile(t, "SourceSerif4-Regular.ttf"), fontFile(t, "SourceSerif4-SemiBold.ttf"), fontFile(t, "SourceSerif4-Italic.ttf"), nil},
		{Regular: fontFile(t, "IBMPlexMono-Regular.ttf")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// systemFonts are the bundled fonts with those of the system for the characters of a text, or the test is skipped.
func systemFonts(t testing.TB, text string) *Fonts {
	t.Helper()
	f := systemWide(t)
	if !await(f, text) {
		t.Skip("no system fonts for this text")
	}
	return f
}

var (
	systemOnce sync.Once
	systemDone *Fonts
	systemDir  string
)

func systemWide(t testing.TB) *Fonts {
	systemOnce.Do(func() {
		systemDir, _ = os.MkdirTemp("", "typeset")
		systemDone = fontsWith(t, systemDir)
	})
	return systemDone
}

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(systemDir)
	os.Exit(code)
}

// await waits until all faces for a text are there, and reports whether there are such.
func await(f *Fonts, text string) bool {
	s := NewShaper(f)
	for range 1000 {
		w := shapeAll(s, text)
		if !w.lacking {
			for ; w != nil; w = w.next {
				for _, g := range w.glyphs {
					if g.id == 0 {
						return false
					}
				}
			}
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

func shapeAll(s *Shaper, text string) *word {
	return s.shape(text, 0, len(text), Style{Size: 16}, false, hanUnknown)
}

var body = Style{Family: serif, Size: 17}

func para(text string, width float32) Paragraph {
	return Paragraph{Text: text, Base: body, Width: width, RowHeight: 28}
}

// alphabet is what texts are made of by chance.
var alphabet = []string{"a", "e", "i", "o", "f", "fi", "ffl", "T", "A", "V", "x", " ", " ", " ", "  ", "\t", "-", ".", ",", "(", ")", "“", "”", "’", "—", "1", "23",
	"é", "e\u0301", "o\u0323\u0302", "\u0301", "ß", "ж", "Ω", "א", "ב", "שׁ", "ם", "ا", "ل", "لا", "مَ", "ب", "ـ", "١", "中", "文", "。", "あ", "ア", "한", "ㅎ", "\u3000",
	"क", "क्षि", "ि", "ท", "ี่", "😀", "👨‍👩‍👧", "🇩🇪", "🇫", "👍🏽", "❤️", "1️⃣", "\u200b", "\u200d", "\u200c", "\u200e", "\u200f", "\u202b", "\u202c", "\u2067", "\u2069",
	"\u00ad", "\u00a0", "\x00", "\x01", "\r", "\x1b", "\x7f", "\u0085", "\u2028", "\xff", "\xc3", "\xe2\x82", "\u0600", "\U000e0061", "word", "https://a.b/c?d=e&f",
	"\n", "\n", "\uFFFC", "\uFFFC"}

func randomText(r *rand.Rand, n int) string {
	out := ""
	for range r.IntN(n) {
		out += alphabet[r.IntN(len(alphabet))]
	}
	return out
}

func randomParagraph(r *rand.Rand) Paragraph {
	p := para(randomText(r, 60), []float32{0, 1, 40, 90, 200, 400}[r.IntN(6)])
	if r.IntN(3) == 0 {
		p.Hang = r.IntN(12)
	}
	p.Direction = Direction(r.IntN(3))
	p.TabWidth = []float32{0, 30, 7.5}[r.IntN(3)]
	p.Align = Align(r.IntN(3))
	for end := 0; r.IntN(3) > 0 && end < len(p.Text); {
		end += 1 + r.IntN(9)
		p.Spans = append(p.Spans, Span{End: end, Tag: uint32(r.IntN(3)), Style: Style{Family: uint8(r.IntN(3)), Bold: r.IntN(2) == 0, Italic: r.IntN(2) == 0, Size: float32(12 + r.IntN(9)), Rise: float32(r.IntN(3)) * 3.5}})
	}
	if r.IntN(2) == 0 {
		withObjects(&p, []float32{3, 30, 250}[r.IntN(3)])
	} else if n := len(p.Spans); n > 0 && r.IntN(8) == 0 {
		p.Spans[n-1].Style.Object = 12 // of any characters
	}
	return p
}

// withObjects makes the characters U+FFFC of a paragraph objects.
func withObjects(p *Paragraph, width float32) {
	var out []Span
	add := func(end int, style Style, tag uint32) {
		if len(out) == 0 || end > out[len(out)-1].End {
			out = append(out, Span{End: end, Style: style, Tag: tag})
		}
	}
	spans := append(slices.Clone(p.Spans), Span{End: len(p.Text), Style: p.Base})
	at := 0
	for _, s := range spans {
		for at < min(s.End, len(p.Text)) {
			i := strings.Index(p.Text[at:], "\uFFFC")
			if i < 0 || at+i >= s.End {
				break
			}
			add(at+i, s.Style, s.Tag)
			at += i + len("\uFFFC")
			style := s.Style
			style.Object = width
			add(at, style, s.Tag)
		}
		add(s.End, s.Style, s.Tag)
	}
	p.Spans = out
}
