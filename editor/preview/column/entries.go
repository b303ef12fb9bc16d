package column

import (
	"strings"

	"longhand/editor/markdown"
	"longhand/editor/preview/content"
)

// mostEntries is how many entries are kept laid out.
const mostEntries = 160

// Room below what stands before an entry, in em.
const (
	belowHead    = 1.75
	belowBlock   = 0.92
	belowHeading = 0.32
	belowRule    = 1.5
	headingBelow = 0.9 // of one heading below another
)

// load returns entry n.
func (v *View) load(n int) *entry {
	v.clock++
	switch {
	case n == 0:
		return v.special(headKey, n, v.head)
	case n == v.heights.count-1:
		return v.special(footKey, n, v.foot)
	}
	u := v.page.Unit(n - 1)
	e := v.entries[u.ID]
	if v.hidden(n - 1) {
		if e == nil || e.block != nil {
			e = &entry{key: u.ID}
			v.entries[u.ID] = e
			v.tidy()
		}
		e.base, e.used = u.Start, v.clock
		v.measure(n, e)
		return e
	}
	block, after := v.page.Block(n-1), v.below(n)
	if e == nil || e.block != block || e.after != after {
		e = &entry{key: u.ID, block: block, after: after, parts: block.Parts}
		e.prepare(v)
		v.entries[u.ID] = e
		v.tidy()
	}
	e.base, e.used = u.Start, v.clock
	v.measure(n, e)
	return e
}

// hidden reports whether a unit shows nothing at present: it says the title again, or is in
// details that are closed.
func (v *View) hidden(unit int) bool {
	if unit == v.title {
		return true
	}
	for _, f := range v.page.DetailsAround(unit) {
		if !v.isOpen(f.Key, f.Open) {
			return true
		}
	}
	return false
}

func (v *View) isOpen(key string, first bool) bool {
	if open, ok := v.open[key]; ok {
		return open
	}
	return first
}

// folded reports whether a part is in details that are closed.
func (v *View) folded(p *content.Part) bool {
	for b := p.Box; b != nil; b = b.Parent {
		if b.Kind == content.Details && !v.isOpen(b.Key, b.Open) {
			return true
		}
	}
	return false
}

func (v *View) special(key uint64, n int, make func(*entry)) *entry {
	e := v.entries[key]
	if e == nil {
		e = &entry{key: key}
		make(e)
		e.prepare(v)
		v.entries[key] = e
	}
	e.used = v.clock
	v.measure(n, e)
	return e
}

// head makes what is above the article.
func (v *View) head(e *entry) {
	body, start, end := v.body(), 0, 0
	if v.title >= 0 {
		u := v.page.Unit(v.title)
		start, end = u.Start, u.End
		if h := v.page.Block(v.title).Parts; len(h) == 1 && len(h[0].Text.Map) > 0 {
			start, end = u.Start+h[0].Text.SourceOf(0), u.Start+h[0].End
		}
	} else if i := titleIn(v.page.Index().Doc().Slice(0, body), v.frame.Title); i >= 0 {
		start, end = i, i+len(v.frame.Title)
	}
	v.headOf = v.headNow()
	e.parts = v.frame.Head(start, end, body)
}

// titleIn finds the title in the details of an article: behind its key.
func titleIn(details, title string) int {
	at := 0
	for line := range strings.Lines(details) {
		if key := strings.TrimLeft(line, " \t\"'{"); len(key) > 5 && strings.EqualFold(key[:5], "title") {
			if i := strings.Index(line[len(line)-len(key)+5:], title); i >= 0 {
				return at + len(line) - len(key) + 5 + i
			}
		}
		at += len(line)
	}
	return -1
}

// body is where the article begins below its front matter.
func (v *View) body() int {
	if u := v.page.Unit(0); u.Kind == markdown.FrontMatterBlock {
		return u.End
	}
	return 0
}

// foot makes what is below the article: its footnotes, and who wrote it.
func (v *View) foot(e *entry) {
	notes := v.page.Notes()
	for i, n := range notes {
		at := v.page.Unit(n.Unit).Start
		if i == 0 {
			e.parts = append(e.parts, content.NotesRule(n.Note))
			e.bases = append(e.bases, at)
		}
		for _, p := range n.Parts {
			e.parts = append(e.parts, p)
			e.bases = append(e.bases, at)
		}
	}
	for _, p := range v.frame.Foot() {
		e.parts = append(e.parts, p)
		e.bases = append(e.bases, -1)
	}
}

// prepare estimates the heights of an entry's parts.
func (e *entry) prepare(v *View) {
	e.sets = make([]*set, len(e.parts))
	e.heights = make([]int32, len(e.parts))
	em := v.typ.Size
	for i, p := range e.parts {
		rows := 1 + float32(len(p.Text.S))*em*0.45/max(v.width, 1)
		h := rows*em*rowRunning + p.Top*em
		switch p.Kind {
		case content.Code:
			h = 16 * em * codeRow
		case content.Row:
			h = em * 2.1
		case content.Figure:
			h = v.width * 0.55
		}
		e.heights[i] = int32(h)
	}
}

// measure sums an entry's heights up, if one has changed, and notes the sum.
func (v *View) measure(n int, e *entry) {
	if e.measured && e.folds == v.folds {
		if v.heights.height(n) != e.total {
			v.heights.set(n, e.total)
		}
		return
	}
	e.measured, e.folds = true, v.folds
	total := 0
	for i, p := range e.parts {
		if p.Box != nil && v.folded(p) {
			continue
		}
		total += int(e.heights[i])
	}
	e.total = total
	if v.heights.height(n) != total {
		v.heights.set(n, total)
	}
}

// baseOf is where the source of a part begins; -1 if it has none.
func (e *entry) baseOf(part int) int {
	if e.bases != nil {
		return e.bases[part]
	}
	return e.base
}

// tidy lets go of the entries not used for longest.
func (v *View) tidy() {
	if len(v.entries) < 2*mostEntries {
		return
	}
	for key, e := range v.entries {
		if e.used+4*mostEntries < v.clock && key != headKey && key != footKey {
			delete(v.entries, key)
		}
	}
}

// below is the room that what stands before entry n wants below itself.
func (v *View) below(n int) float32 {
	for n--; n > 0; n-- {
		u := v.page.Unit(n - 1)
		switch {
		case u.Kind == markdown.ReferenceBlock, u.Kind == markdown.FrontMatterBlock, n-1 == v.title:
			continue
		case u.Kind == markdown.HeadingBlock:
			return belowHeading
		case u.Kind == markdown.ThematicBreak:
			return belowRule
		}
		return belowBlock
	}
	return belowHead
}

// room is the room above a part, in pixels.
func (v *View) room(n int, e *entry, part int) int {
	top := e.parts[part].Top
	if part == 0 && n > 0 {
		after := e.after
		if e.key == footKey {
			after = v.below(n)
			if len(e.bases) > 0 && e.bases[0] >= 0 {
				after = 2.4
			}
		}
		top = max(top, after)
		if after == belowHeading && e.parts[part].Kind == content.Heading {
			top = headingBelow
		}
	}
	return round(top * v.typ.Size)
}

// lay returns the part at a cursor, laid out.
func (v *View) lay(c cursor) *set {
	e := v.load(c.entry)
	return v.layIn(c, e)
}

func (v *View) layIn(c cursor, e *entry) *set {
	if s := e.sets[c.part]; s != nil {
		return s
	}
	s := v.tryPart(c, e)
	e.sets[c.part] = s
	if d := s.height - int(e.heights[c.part]); d != 0 {
		e.heights[c.part] = int32(s.height)
		if p := e.parts[c.part]; p.Box == nil || !v.folded(p) {
			e.total += d
			v.measure(c.entry, e)
		}
	}
	return s
}

// tryPart lays a part out. If that fails its source is shown instead.
func (v *View) tryPart(c cursor, e *entry) (s *set) {
	room := v.room(c.entry, e, c.part)
	defer func() {
		if recover() != nil {
			v.failures++
			s = v.layPart(v.sourceOf(c, e), v.width, room, false, &e.tables)
		}
	}()
	return v.layPart(e.parts[c.part], v.width, room, false, &e.tables)
}

// sourceOf is a part that shows the source of another.
func (v *View) sourceOf(c cursor, e *entry) *content.Part {
	p := e.parts[c.part]
	s := ""
	if base := e.baseOf(c.part); base >= 0 {
		s = v.page.Index().Doc().Slice(base+p.Start, base+p.End)
	}
	return content.SourcePart(s, p.Start, "Could not be drawn")
}

// shown reports whether there is a part at a cursor, and it is not folded away.
func (v *View) shown(c cursor) bool {
	e := v.load(c.entry)
	return c.part < len(e.parts) && (e.parts[c.part].Box == nil || !v.folded(e.parts[c.part]))
}

// next returns the next part that is shown.
func (v *View) next(c cursor) (cursor, bool) {
	n := c
	n.part++
	for ; n.entry < v.heights.count; n = (cursor{entry: v.heights.after(n.entry)}) {
		e := v.load(n.entry)
		for ; n.part < len(e.parts); n.part++ {
			if e.parts[n.part].Box == nil || !v.folded(e.parts[n.part]) {
				return n, true
			}
		}
	}
	return c, false
}

// prev returns the part before that is shown.
func (v *View) prev(c cursor) (cursor, bool) {
	n := c
	n.part--
	for {
		if n.part >= 0 {
			e := v.load(n.entry)
			n.part = min(n.part, len(e.parts)-1)
			for ; n.part >= 0; n.part-- {
				if e.parts[n.part].Box == nil || !v.folded(e.parts[n.part]) {
					return n, true
				}
			}
		}
		before := v.heights.before(n.entry)
		if before < 0 {
			return c, false
		}
		n = cursor{entry: before, part: 1 << 30}
	}
}

// onPart brings a cursor to a part that is shown: the next one, else the last.
func (v *View) onPart(c cursor) (cursor, bool) {
	c.entry = min(max(c.entry, 0), v.heights.count-1)
	if v.shown(c) {
		return c, true
	}
	if n, ok := v.next(c); ok {
		return n, false
	}
	n, _ := v.prev(c)
	return n, false
}
