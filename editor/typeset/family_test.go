package typeset

import (
	"os"
	"sync"
	"testing"
)

// late is a later family that counts what is asked of it.
func late(t testing.TB, files [4]string, asked *[4]int) func(bold, italic bool) []byte {
	return func(bold, italic bool) []byte {
		cut := cutOf(Style{Bold: bold, Italic: italic})
		asked[cut]++
		switch files[cut] {
		case "":
			return nil
		case "broken":
			return []byte("not a font")
		}
		return fontFile(t, files[cut])
	}
}

var inter = [4]string{0: "Inter-Regular.ttf", boldCut: "Inter-SemiBold.ttf", italicCut: "Inter-Italic.ttf"}

// A later family is read when a text is set in it, a cut at a time, and once.
func TestLaterFamily(t *testing.T) {
	const first, second, broken = 1, 2, 3
	var asked [3][4]int
	f, err := NewFonts(Config{
		Families: []Cuts{{Regular: fontFile(t, "IBMPlexMono-Regular.ttf")}},
		Later: []func(bold, italic bool) []byte{
			late(t, inter, &asked[0]), late(t, [4]string{"SourceSerif4-Regular.ttf"}, &asked[1]), late(t, [4]string{"broken", "broken"}, &asked[2]),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := NewShaper(f)
	s.Layout(Paragraph{Text: "plain ℓ中😀", Base: Style{Size: 10}}) // others are not asked for what it lacks
	if asked != [3][4]int{} {
		t.Fatalf("read too early: %v", asked)
	}
	width := func(style Style) float32 {
		style.Size = 10
		return s.Layout(Paragraph{Text: "plain", Base: style}).Rows[0].Width
	}
	mono := width(Style{})
	if w := width(Style{Family: first}); w == mono || asked[0] != [4]int{1} {
		t.Errorf("regular: %v wide, asked %v", w, asked[0])
	}
	if w := width(Style{Family: second, Bold: true}); w == mono || asked[1] != [4]int{1, 1} {
		t.Errorf("made-up bold: %v wide, asked %v", w, asked[1])
	}
	if width(Style{Family: first, Bold: true, Italic: true}) != width(Style{Family: first, Italic: true}) || asked[0] != [4]int{1, 0, 1, 1} {
		t.Errorf("bold italic is not made of the italic; asked %v", asked[0])
	}
	if w := width(Style{Family: broken, Bold: true}); w != mono {
		t.Errorf("a broken family: %v wide", w)
	}
	if asked[2][0] != 1 || asked[2][boldCut] != 1 {
		t.Errorf("a broken family was asked %v", asked[2])
	}
	// What a later family lacks comes from the first ones.
	if w := s.shape("█", 0, 3, Style{Family: first}, false, hanUnknown); w.glyphs[0].id == 0 || w.face != f.families[0].cut(f, 0) {
		t.Error("the block, which Inter has not, is not from Plex Mono")
	}
}

func TestLaterFamilyShared(t *testing.T) {
	var asked [4]int
	f, err := NewFonts(Config{
		Families: []Cuts{{Regular: fontFile(t, "IBMPlexMono-Regular.ttf")}},
		Later:    []func(bold, italic bool) []byte{late(t, inter, &asked)},
	})
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			NewShaper(f).Layout(Paragraph{Text: "shared", Base: Style{Family: 1, Size: 10}})
		})
	}
	wait.Wait()
	if asked != [4]int{1} {
		t.Errorf("asked %v", asked)
	}
}

// The faces of the system go with the bundled family, and with each of its cuts.
func TestKind(t *testing.T) {
	for family, want := range map[string]kind{"Literata": kindSerif, "SourceSerif4": kindSerif, "IBMPlexMono": kindMono, "Inter": kindSans} {
		for _, cut := range []string{"Regular", "SemiBold", "Italic", "SemiBoldItalic"} {
			data, err := os.ReadFile("../../resources/fonts/" + family + "-" + cut + ".ttf")
			if err != nil && family == "Inter" {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			f, err := NewFonts(Config{Families: []Cuts{{Regular: data}}})
			if err != nil {
				t.Fatal(err)
			}
			if got := f.cut(Style{}).kind; got != want {
				t.Errorf("%s %s: %d, want %d", family, cut, got, want)
			}
		}
	}
}
