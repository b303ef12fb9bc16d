package typeset

import (
	"bytes"
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
	Families    []Cuts // the bundled families, the preferred ones for text first; at least one
	SystemCache string // a folder for the index of the system's fonts; "" means: do without the system's fonts
	Language    string // BCP 47 tag (or a locale's name) of the reader, to choose among the forms of Chinese characters; may be ""
}

// Fonts are the faces that text can be set in: the bundled families, and the faces of the system for characters that
// those lack. It may be used by several goroutines.
type Fonts struct {
	families []family
	faces    atomic.Uint32 // how many there are: the identity of the next
	language han
	cache    string // Config.SystemCache

	system system

	mu     sync.Mutex
	loaded []func()
}

// family is the cuts of a family by bold (1) and italic (2); those that lack are the nearest.
type family struct {
	cuts [4]*face
	kind kind
}

// face is a font in use. It is immutable but for mu.
type face struct {
	*font.Font
	mu              sync.Mutex     // guards shaper and what hangs on it
	shaper          *harfbuzz.Font // in font units
	id              uint32
	em              float32 // the length of the em's unit: 1 / units per em
	ascent, descent float32 // em; both positive
	gap             float32 // em
	bold, italic    bool    // the cut is
	colour          bool    // has glyphs that are pictures
}

const (
	boldCut   = 1
	italicCut = 2
)

// NewFonts reads the bundled fonts. It keeps the files' bytes. The system's fonts are not looked for before a
// character needs them.
func NewFonts(c Config) (*Fonts, error) {
	if len(c.Families) == 0 {
		return nil, errors.New("typeset: no font family")
	}
	f := &Fonts{cache: c.SystemCache, language: hanOf(c.Language)}
	for i, cuts := range c.Families {
		fam, err := f.family(cuts)
		if err != nil {
			return nil, fmt.Errorf("typeset: font family %d: %w", i, err)
		}
		f.families = append(f.families, fam)
	}
	return f, nil
}

// nearest are the cuts to take for a cut, best first: the weight is easier to make up than the letters of an italic.
var nearest = [4][4]int{
	0:                   {0, boldCut, italicCut, boldCut | italicCut},
	boldCut:             {boldCut, 0, boldCut | italicCut, italicCut},
	italicCut:           {italicCut, 0, boldCut | italicCut, boldCut},
	boldCut | italicCut: {boldCut | italicCut, italicCut, boldCut, 0},
}

func (f *Fonts) family(c Cuts) (family, error) {
	var out family
	var have [4]*face
	for i, data := range [4][]byte{c.Regular, c.Bold, c.Italic, c.BoldItalic} {
		if data == nil {
			continue
		}
		parsed, err := font.ParseTTF(bytes.NewReader(data))
		if err != nil {
			return family{}, err
		}
		have[i] = f.newFace(parsed.Font, i&boldCut != 0, i&italicCut != 0)
	}
	for cut, order := range nearest {
		for _, i := range order {
			if have[i] != nil {
				out.cuts[cut] = have[i]
				break
			}
		}
	}
	if out.cuts[0] == nil {
		return family{}, errors.New("no cut")
	}
	for _, data := range [4][]byte{c.Regular, c.Bold, c.Italic, c.BoldItalic} {
		if data != nil {
			out.kind = kindOf(out.cuts[0].Font, data)
			break
		}
	}
	return out, nil
}

func (f *Fonts) newFace(ft *font.Font, bold, italic bool) *face {
	out := &face{Font: ft, id: f.faces.Add(1) - 1, em: 1 / float32(max(ft.Upem(), 1)), bold: bold, italic: italic}
	out.shaper = harfbuzz.NewFont(font.NewFace(ft)) // scaled to its units per em
	openDigests(out.shaper, ft)
	e, ok := out.shaper.Face().FontHExtents()
	out.ascent, out.descent, out.gap = e.Ascender*out.em, -e.Descender*out.em, e.LineGap*out.em
	if !ok || out.ascent+out.descent <= 0 {
		out.ascent, out.descent, out.gap = 0.8, 0.2, 0
	}
	out.colour = len(ft.BitmapSizes()) > 0
	return out
}

// cut returns the bundled face for a style.
func (f *Fonts) cut(s Style) *face {
	return f.families[f.familyOf(s)].cuts[cutOf(s)]
}

func (f *Fonts) familyOf(s Style) int { return min(int(s.Family), len(f.families)-1) }

func cutOf(s Style) int {
	cut := 0
	if s.Bold {
		cut |= boldCut
	}
	if s.Italic {
		cut |= italicCut
	}
	return cut
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
