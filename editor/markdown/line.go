package markdown

// maxUnit is the size of a unit up to which it is parsed as a whole to style it.
const maxUnit = 64 << 10

// Line returns the style of a line, counted from 0; beyond the text, nothing.
//
// It parses the block around the line, if it was not asked for lately. Of a block longer
// than 64 KB only the text around the line is parsed, as what the block is: what began
// far above, such as a nested block or emphasis, is not seen then. A line longer
// than 32 KB in such a block has no spans. Code has the colours that are known, see
// Finish.
func (x *Index) Line(line int) LineStyle {
	if line < 0 || line >= x.doc.Lines() {
		return LineStyle{}
	}
	s, first := x.sheetAt(line)
	return s.line(line - first)
}

// sheetAt returns the sheet that a line is on and the line that this begins with.
func (x *Index) sheetAt(line int) (s *sheet, first int) {
	p := x.units.findLine(line)
	u := x.units.at(p)
	if u.size > maxUnit {
		return x.hugeSheet(p, u, line)
	}
	return x.sheet(p, u), p.line
}

// sheet returns the styles of a unit.
func (x *Index) sheet(p place, u *unit) *sheet {
	return x.cached(sheetKey{unit: u.id}, func() (*sheet, int) {
		source := []byte(x.doc.Slice(p.offset, p.offset+int(u.size)))
		if u.kind == FrontMatterBlock {
			return frontMatterSheet(source), 0
		}
		return styleSheet(source, x.defs, x.cache.colour), 0
	}).sheet
}

// cached returns the sheet for the key, made if there is none that holds.
func (x *Index) cached(key sheetKey, make func() (s *sheet, first int)) *cachedSheet {
	var defs uint64
	if x.defs != nil {
		defs = x.defs.version
	}
	if s := x.cache.get(key, defs); s != nil {
		return s
	}
	s := &cachedSheet{key: key, defs: defs, colours: x.cache.version()}
	s.sheet, s.first = make()
	x.cache.put(s)
	return s
}

// line returns the style of the sheet's line i.
func (s *sheet) line(i int) LineStyle {
	if i < 0 || i >= len(s.lines) {
		return LineStyle{}
	}
	l := s.lines[i]
	end := len(s.spans)
	if i+1 < len(s.lines) {
		end = int(s.lines[i+1].span)
	}
	return LineStyle{Spans: s.spans[l.span:end:end], Block: l.block, Heading: int(l.heading), Hang: int(l.hang)}
}

// BlockAt returns the lines of the innermost block that holds an offset, from the
// start of the first to the end of the last without its line break: a paragraph, also
// of a list item, a heading, a table, a fence. Of a line that belongs to none, such as a blank one,
// it returns the line.
func (x *Index) BlockAt(offset int) (start, end int) {
	line := x.doc.Line(offset)
	p := x.units.findLine(line)
	if u := x.units.at(p); u.size > maxUnit {
		if mode, _ := x.hugeMode(p, u); mode != hugeAnything {
			return p.offset, x.doc.LineEnd(p.line + max(int(u.breaks)-1, 0))
		}
	}
	s, first := x.sheetAt(line)
	from, to := line-first, line-first
	if to < len(s.lines) && s.lines[from].leaf != 0 {
		for leaf := s.lines[from].leaf; from > 0 && s.lines[from-1].leaf == leaf; {
			from--
		}
		for leaf := s.lines[to].leaf; to+1 < len(s.lines) && s.lines[to+1].leaf == leaf; {
			to++
		}
	}
	return x.doc.LineStart(first + from), x.doc.LineEnd(first + to)
}
