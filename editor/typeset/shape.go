package typeset

import (
	"unicode/utf8"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// Shaper lays paragraphs out. It remembers the words it has shaped. It belongs to one goroutine at a time.
type Shaper struct {
	fonts   *Fonts
	words   cache
	breaker breaker
	buffer  *harfbuzz.Buffer

	// Memory for the piece being shaped.
	runes    []rune
	offsets  []int32 // of the runes, and the end
	marks    []uint8
	runs     []run
	clusters []cluster

	line line // memory for the paragraph being laid out
}

// NewShaper returns a shaper for fonts.
func NewShaper(f *Fonts) *Shaper {
	return &Shaper{fonts: f, buffer: harfbuzz.NewBuffer()}
}

// run is a part of a piece that one call to HarfBuzz shapes.
type run struct {
	start, end int // indices of runes
	script     language.Script
	face       *face
	complete   bool
}

// cluster is what HarfBuzz made of some runes that belong together.
type cluster struct {
	start       int // index of the first rune
	left, right float32
}

// longestPiece is how many bytes are shaped at once. Longer words are cut: no script's letters influence each other
// over such a distance.
const longestPiece = 128

// piece returns text[from:to] shaped, with the rest of the text as its surroundings. It must begin and end between
// grapheme clusters and be neither empty nor longer than a key can say.
func (s *Shaper) piece(text string, from, to int, style Style, rtl bool, h han) *word {
	k := key{text: text, from: uint16(from), to: uint16(to), cut: uint8(cutOf(style)), rtl: rtl, han: h, fam: uint8(s.fonts.familyOf(style))}
	if w := s.words.get(k); w != nil {
		return w
	}
	w := s.shape(text, from, to, style, rtl, h)
	if !w.lacking {
		s.words.put(k, w)
	}
	return w
}

func (s *Shaper) shape(text string, from, to int, style Style, rtl bool, h han) *word {
	s.decode(text)
	s.split(text, from, to, style, h)
	var first, last *word
	for _, r := range s.runs {
		w := s.shapeRun(r, style, rtl, h)
		if first == nil {
			first = w
		} else {
			last.next = w
		}
		last = w
		first.lacking = first.lacking || !r.complete
	}
	return first
}

// decode fills runes, offsets and marks.
func (s *Shaper) decode(text string) {
	s.runes, s.offsets = s.runes[:0], s.offsets[:0]
	for i := 0; i < len(text); {
		r, size := shown(text[i:])
		s.runes = append(s.runes, r)
		s.offsets = append(s.offsets, int32(i))
		i += size
	}
	s.offsets = append(s.offsets, int32(len(text)))
	s.marks = append(s.marks[:0], make([]uint8, len(text)+1)...)
	markClusters(text, s.marks)
}

// split cuts the piece into runs of one script and one face.
func (s *Shaper) split(text string, from, to int, style Style, h han) {
	s.runs = s.runs[:0]
	script := language.Common
	for i := 0; i < len(s.runes); {
		start := i
		for i++; s.marks[s.offsets[i]]&clusterStart == 0; i++ {
		}
		if int(s.offsets[start]) < from || int(s.offsets[start]) >= to {
			continue
		}
		own := scriptOf(s.runes[start:i])
		if own != language.Common {
			if script == language.Common { // what stood before belongs to it
				for j := range s.runs {
					s.runs[j].script = own
				}
			}
			script = own
		}
		var ft *face
		complete := true
		last := len(s.runs) - 1
		if last >= 0 && allIgnorable(s.runes[start:i]) {
			ft = s.runs[last].face
		} else {
			ft, complete = s.fonts.pick(shownCluster(text[s.offsets[start]:s.offsets[i]], s.runes[start:i]), script, h, style)
		}
		if last >= 0 && s.runs[last].face == ft && s.runs[last].script == script {
			s.runs[last].end = i
			s.runs[last].complete = s.runs[last].complete && complete
			continue
		}
		s.runs = append(s.runs, run{start, i, script, ft, complete})
	}
	// Characters of no script that stood before the first letter now have its script: join them.
	joined := s.runs[:1]
	for _, r := range s.runs[1:] {
		if p := &joined[len(joined)-1]; p.face == r.face && p.script == r.script {
			p.end, p.complete = r.end, p.complete && r.complete
		} else {
			joined = append(joined, r)
		}
	}
	s.runs = joined
}

// shownCluster returns the text of a cluster as it is drawn.
func shownCluster(text string, runes []rune) string {
	if len(runes) == 1 {
		if r, _ := utf8.DecodeRuneInString(text); r != runes[0] || r == utf8.RuneError {
			return string(runes)
		}
	}
	return text
}

func scriptOf(cluster []rune) language.Script {
	for _, r := range cluster {
		switch s := language.LookupScript(r); s {
		case language.Common, language.Inherited, language.Unknown:
		default:
			return s
		}
	}
	return language.Common
}

func allIgnorable(cluster []rune) bool {
	for _, r := range cluster {
		if !ignorable(r) {
			return false
		}
	}
	return true
}

// shapeRun shapes a run with HarfBuzz and finds the places of the caret in it.
func (s *Shaper) shapeRun(r run, style Style, rtl bool, h han) *word {
	s.buffer.Clear()
	s.buffer.AddRunes(s.runes, r.start, r.end-r.start)
	s.buffer.Props = harfbuzz.SegmentProperties{Script: r.script, Direction: harfbuzz.LeftToRight, Language: h.language()}
	if r.script == language.Common {
		s.buffer.Props.Script = language.Latin
	}
	if rtl {
		s.buffer.Props.Direction = harfbuzz.RightToLeft
	}
	r.face.mu.Lock()
	s.buffer.Shape(r.face.shaper, nil)
	r.face.mu.Unlock()

	base := s.offsets[r.start]
	w := &word{face: r.face, bytes: s.offsets[r.end] - base, rtl: rtl,
		bold:  style.Bold && !r.face.bold && !r.face.colour,
		slant: style.Italic && !r.face.italic && !r.face.colour}
	em := r.face.em
	w.glyphs = make([]glyph, 0, len(s.buffer.Info))
	s.clusters = s.clusters[:0]
	pen := float32(0)
	for i, info := range s.buffer.Info {
		pos := &s.buffer.Pos[i]
		if info.Glyph != font.EmptyGlyph {
			w.glyphs = append(w.glyphs, glyph{
				x: pen + float32(pos.XOffset)*em, y: -float32(pos.YOffset) * em,
				id: uint16(info.Glyph), at: uint16(s.offsets[info.Cluster] - base)})
		}
		advance := max(float32(pos.XAdvance)*em, 0)
		if n := len(s.clusters); n > 0 && s.clusters[n-1].start == info.Cluster {
			s.clusters[n-1].right = pen + advance
		} else {
			s.clusters = append(s.clusters, cluster{info.Cluster, pen, pen + advance})
		}
		pen += advance
	}
	w.advance = pen
	if rtl {
		for i, j := 0, len(s.clusters)-1; i < j; i, j = i+1, j-1 {
			s.clusters[i], s.clusters[j] = s.clusters[j], s.clusters[i]
		}
	}
	s.placeStops(w, r)
	return w
}

// placeStops gives each grapheme cluster of a run its share of the cluster of glyphs it is in: ligatures are divided
// evenly.
func (s *Shaper) placeStops(w *word, r run) {
	base := s.offsets[r.start]
	count := 0
	for i := r.start; i < r.end; i++ {
		count += int(s.marks[s.offsets[i]] & clusterStart)
	}
	w.stops = make([]stop, 0, count)
	for n, c := range s.clusters {
		start, end := c.start, r.end
		if n == 0 {
			start = r.start
		}
		if n+1 < len(s.clusters) {
			end = s.clusters[n+1].start
		}
		inside := 0
		for i := start; i < end; i++ {
			inside += int(s.marks[s.offsets[i]] & clusterStart)
		}
		k := 0
		for i := start; i < end; i++ {
			if s.marks[s.offsets[i]]&clusterStart == 0 {
				continue
			}
			x := (c.right - c.left) * float32(k) / float32(inside)
			if w.rtl {
				x = c.right - x
			} else {
				x += c.left
			}
			w.stops = append(w.stops, stop{x: x, at: uint16(s.offsets[i] - base)})
			k++
		}
	}
	if len(w.stops) == 0 { // no glyphs at all
		for i := r.start; i < r.end; i++ {
			if s.marks[s.offsets[i]]&clusterStart != 0 {
				w.stops = append(w.stops, stop{at: uint16(s.offsets[i] - base)})
			}
		}
	}
}

// language returns the tag that picks the regional forms from a font that has several.
func (h han) language() language.Language {
	return [...]language.Language{hanUnknown: "", hanJapanese: "ja", hanKorean: "ko", hanSimplified: "zh-hans", hanTraditional: "zh-hant", hanHongKong: "zh-hk"}[h]
}
