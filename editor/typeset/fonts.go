package typeset

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
)

// Cuts are the faces of one family as TrueType or OpenType files. A cut that is nil is made from the nearest one:
// emboldened or slanted by the painter.
type Cuts struct {
	Regular, Bold, Italic, BoldItalic []byte
}

// Config says which fonts there are.
type Config struct {
	Families []Cuts // the bundled families, the preferred ones for text first; at least one

	// Later are further families, which take no time and memory before a text is set in them: functions that return a cut's
	// file, or nil if there is none. Such a family serves only its own text; the others serve each other's too.
	Later []func(bold, italic bool) []byte

	SystemCache string // a folder for the index of the system's fonts; "" means: do without the system's fonts
	Language    string // BCP 47 tag (or a locale's name) of the reader, to choose among the forms of Chinese characters; may be ""
}

// Fonts are the faces that text can be set in: the bundled families, and the faces of the system for characters that
// those lack. It may be used by several goroutines.
type Fonts struct {
	families []family      // Config.Families, then Config.Later
	shared   int           // how many are Config.Families
	faces    atomic.Uint32 // how many there are: the identity of the next
	language han
	cache    string // Config.SystemCache

	system system

	mu     sync.Mutex
	loaded []func()
}

// face is a font in use. It is immutable but for mu.
type face struct {
	*font.Font
	kind            kind           // of a bundled font
	mu              sync.Mutex     // guards shaper and what hangs on it
	shaper          *harfbuzz.Font // in font units
	id              uint32
	em              float32 // the length of the em's unit: 1 / units per em
	ascent, descent float32 // em; both positive
	gap             float32 // em
	bold, italic    bool    // the cut is
	colour          bool    // has glyphs that are pictures
}

// NewFonts reads the bundled fonts. It keeps the files' bytes. The system's fonts are not looked for before a
// character needs them.
func NewFonts(c Config) (*Fonts, error) {
	if len(c.Families) == 0 {
		return nil, errors.New("typeset: no font family")
	}
	f := &Fonts{cache: c.SystemCache, language: hanOf(c.Language)}
	f.shared = len(c.Families)
	f.families = make([]family, f.shared+len(c.Later))
	for i, cuts := range c.Families {
		fam := &f.families[i]
		fam.file = cuts.file
		for cut := range fam.cuts {
			if _, err := fam.read(f, cut); err != nil {
				return nil, fmt.Errorf("typeset: font family %d: %w", i, err)
			}
		}
		if fam.cut(f, 0) == nil {
			return nil, fmt.Errorf("typeset: font family %d: no cut", i)
		}
	}
	for i, file := range c.Later {
		f.families[f.shared+i].file = file
	}
	return f, nil
}

func (f *Fonts) newFace(read *font.Face, bold, italic bool) *face {
	ft := read.Font
	out := &face{Font: ft, id: f.faces.Add(1) - 1, em: 1 / float32(max(ft.Upem(), 1)), bold: bold, italic: italic}
	out.shaper = harfbuzz.NewFont(read) // scaled to its units per em
	openDigests(out.shaper, ft)
	e, ok := out.shaper.Face().FontHExtents()
	out.ascent, out.descent, out.gap = e.Ascender*out.em, -e.Descender*out.em, e.LineGap*out.em
	if !ok || out.ascent+out.descent <= 0 {
		out.ascent, out.descent, out.gap = 0.8, 0.2, 0
	}
	out.colour = len(ft.BitmapSizes()) > 0
	return out
}

// OnLoaded adds a function to be called, on any goroutine, whenever faces of the system have been found for
// characters that a layout lacked: layouts that show boxes instead of characters should then be made anew.
func (f *Fonts) OnLoaded(call func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.loaded = append(f.loaded, call)
}

// han is which of the regional forms of the characters that Chinese, Japanese and Korean share is wanted.
type han uint8

const (
	hanUnknown han = iota
	hanJapanese
	hanKorean
	hanSimplified
	hanTraditional
	hanHongKong
)

// hanOf reads a language tag such as "ja", "zh-Hant" or "zh_TW.UTF-8".
func hanOf(tag string) han {
	tag, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), ".")
	switch lang, rest, _ := strings.Cut(tag, "-"); lang {
	case "ja":
		return hanJapanese
	case "ko":
		return hanKorean
	case "yue":
		return hanHongKong
	case "zh":
		switch {
		case strings.Contains(rest, "hk"), strings.Contains(rest, "mo"):
			return hanHongKong
		case strings.Contains(rest, "hant"), strings.Contains(rest, "tw"):
			return hanTraditional
		}
		return hanSimplified
	}
	return hanUnknown
}
