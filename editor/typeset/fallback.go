package typeset

import (
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"golang.org/x/text/unicode/norm"
)

// system finds faces among those installed. All reading of files happens on a goroutine of its own that runs while
// there are wishes: a shaper that meets an unknown character puts down its wish, draws a box, and is told to look
// again.
type system struct {
	mu      sync.Mutex
	known   map[wish][]*face      // faces found so far, the first found first
	settled map[missing]*face     // what no face has (nil), or none has as a whole
	queue   []missing             // wishes to be looked up
	queued  map[missing]bool      // the same
	running bool                  // the goroutine is
	broken  bool                  // there are no system fonts
	fonts   *fontscan.FontMap     // the goroutine's own, nil before the first wish
	byFont  map[*font.Font]*face  // the goroutine's own
	byFile  map[string]*font.Font // the goroutine's own: the first font that was read of a file
}

// wish is what kind of a face is wanted.
type wish struct {
	script language.Script
	han    han
	cut    uint8
	kind   kind
	emoji  bool // in colours
}

// missing is a character to find a face for: a whole grapheme cluster, so that a letter and its marks, or the parts
// of an emoji, come from one face.
type missing struct {
	wish
	cluster string
}

// mostSettled bounds the memory of clusters that no face has. Further ones are not looked for.
const mostSettled = 1 << 14

// pick returns the face to set a grapheme cluster in: the bundled one of the style, another bundled one, one of the
// system, in this order, but for emoji in colours. When none has it, the bundled one is returned to draw boxes with;
// complete is false then if the system has not been asked yet.
func (f *Fonts) pick(cluster string, script language.Script, h han, s Style) (out *face, complete bool) {
	own := f.cut(s)
	emoji := isEmoji(cluster)
	if !emoji {
		if covers(own.Font, cluster) {
			return own, true
		}
		for i := range f.families[:f.shared] {
			if ft := f.families[i].cut(f, cutOf(s)); ft != own && covers(ft.Font, cluster) {
				return ft, true
			}
		}
	}
	w := wish{script: script, cut: uint8(cutOf(s)), kind: own.kind, emoji: emoji}
	if emoji {
		w = wish{emoji: true}
	} else if isHan(script) {
		w.han = h
	}
	out, complete = f.find(missing{w, cluster})
	if out != nil {
		return out, true
	}
	if emoji && complete { // perhaps without colours
		for i := range f.families[:f.shared] {
			if ft := f.families[i].cut(f, cutOf(s)); covers(ft.Font, cluster) {
				return ft, true
			}
		}
	}
	return own, complete
}

// find looks a face up among those found so far. If there is none and the system has not been asked, it is being
// asked from now on and complete is false.
func (f *Fonts) find(m missing) (out *face, complete bool) {
	if f.cache == "" {
		return nil, true
	}
	s := &f.system
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ft := range s.known[m.wish] {
		if covers(ft.Font, m.cluster) {
			return ft, true
		}
	}
	if ft, ok := s.settled[m]; ok || s.broken || len(s.settled) >= mostSettled {
		return ft, true
	}
	if !s.queued[m] {
		if s.queued == nil {
			s.queued, s.known, s.settled = map[missing]bool{}, map[wish][]*face{}, map[missing]*face{}
		}
		m.cluster = strings.Clone(m.cluster)
		s.queued[m] = true
		s.queue = append(s.queue, m)
		if !s.running {
			s.running = true
			go f.search()
		}
	}
	return nil, false
}

// search grants wishes until there are no more.
func (f *Fonts) search() {
	s := &f.system
	for {
		s.mu.Lock()
		if len(s.queue) == 0 {
			s.running = false
			s.mu.Unlock()
			return
		}
		batch := s.queue
		s.queue = nil
		s.mu.Unlock()

		if s.fonts == nil {
			s.fonts = fontscan.NewFontMap(log.New(io.Discard, "", 0))
			s.byFont, s.byFile = map[*font.Font]*face{}, map[string]*font.Font{}
			err := os.MkdirAll(f.cache, 0o755)
			if err == nil {
				err = s.fonts.UseSystemFonts(f.cache)
			}
			if err != nil {
				s.fonts = nil
				s.mu.Lock()
				s.broken, s.running, s.queue = true, false, nil
				s.mu.Unlock()
				return
			}
		}
		changed := false
		for _, m := range batch {
			ft := f.resolve(m)
			s.mu.Lock()
			delete(s.queued, m)
			if ft == nil || !covers(ft.Font, m.cluster) {
				s.settled[m] = ft
				changed = changed || m.emoji // it may be drawn without colours now
			}
			if ft != nil {
				changed = true
				if !slices.Contains(s.known[m.wish], ft) {
					s.known[m.wish] = append(s.known[m.wish], ft)
				}
			}
			s.mu.Unlock()
		}
		if changed {
			f.mu.Lock()
			calls := append([]func(){}, f.loaded...)
			f.mu.Unlock()
			for _, call := range calls {
				call()
			}
		}
	}
}

// resolve asks the font map for a face, or returns nil.
func (f *Fonts) resolve(m missing) *face {
	s := &f.system
	aspect := font.Aspect{Style: font.StyleNormal, Weight: font.WeightNormal, Stretch: font.StretchNormal}
	if m.cut&boldCut != 0 {
		aspect.Weight = font.WeightBold
	}
	if m.cut&italicCut != 0 {
		aspect.Style = font.StyleItalic
	}
	s.fonts.SetQuery(fontscan.Query{Families: families(m.wish), Aspect: aspect})
	ft := f.resolveIn(m, m.script)
	if ft == nil && m.script != language.Common {
		ft = f.resolveIn(m, language.Common) // a symbol between letters is in no font of their script
	}
	return ft
}

// resolveIn prefers the fonts for a script. It returns a face that has at least the beginning of the cluster.
func (f *Fonts) resolveIn(m missing, script language.Script) *face {
	s := &f.system
	s.fonts.SetScript(script)
	var partly *face
	for _, r := range m.cluster {
		if ignorable(r) {
			continue
		}
		found := s.fonts.ResolveFace(r)
		if found == nil {
			continue
		}
		if _, ok := found.Font.NominalGlyph(r); !ok { // the map's way to say no
			continue
		}
		ft := s.byFont[found.Font]
		if ft == nil {
			file := s.fonts.FontLocation(found.Font).File
			if first := s.byFile[file]; first != nil {
				shareTables(found.Font, first)
			} else {
				s.byFile[file] = found.Font
			}
			_, a := s.fonts.FontMetadata(found.Font)
			ft = f.newFace(found, a.Weight >= font.WeightSemibold, a.Style == font.StyleItalic)
			s.byFont[found.Font] = ft
		}
		if covers(ft.Font, m.cluster) {
			return ft
		}
		if partly == nil {
			partly = ft
		}
	}
	return partly
}

// covers reports whether a font can draw a whole grapheme cluster, perhaps by composing or decomposing it.
func covers(ft *font.Font, cluster string) bool {
	return hasAll(ft, cluster) || len(cluster) > 1 && (hasAll(ft, norm.NFC.String(cluster)) || hasAll(ft, norm.NFD.String(cluster)))
}

func hasAll(ft *font.Font, text string) bool {
	for _, r := range text {
		if _, ok := ft.NominalGlyph(r); !ok && !ignorable(r) {
			return false
		}
	}
	return true
}

// ignorable reports whether a character has no picture of its own: joiners, variation selectors, direction marks.
func ignorable(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x34F, r == 0x61C, r >= 0x180B && r <= 0x180F,
		r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F,
		r >= 0xFE00 && r <= 0xFE0F, r == 0xFEFF, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}
