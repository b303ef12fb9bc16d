package column

import (
	"image"
	"image/color"
	"io/fs"
	"strings"

	"golang.org/x/image/draw"

	"longhand/editor/preview/content"
	"longhand/editor/typeset"
)

// paint draws a band.
func (v *View) paint(c cursor, e *entry, s *set, b *band, k bandKey) *image.RGBA {
	bleed := v.bleed()
	img := image.NewRGBA(image.Rect(0, 0, round(v.width)+2*bleed, b.y1-b.y0))
	fill(img, img.Rect, v.look.Paper)
	d := drawing{v: v, img: img, x: float32(bleed), y: -b.y0, key: k}
	d.bars(s)
	switch s.part.Kind {
	case content.Rule:
		d.rule(s)
	case content.Divider:
		fill(img, image.Rect(bleed, s.top-b.y0, bleed+round(v.width), s.height-b.y0), v.look.Hairline)
	case content.NotesDivider:
		fill(img, image.Rect(bleed, s.top-b.y0, bleed+round(5*v.typ.Size), s.height-b.y0), v.look.Hairline)
	case content.Figure:
		d.figure(s)
	case content.Row:
		d.tableRow(c, e, s, 0)
	default:
		d.text(c, s, 0)
	}
	d.labels(s, b)
	return img
}

// drawing draws into the picture of a band. x and y are where the column's left edge and the
// top of the part are in it.
type drawing struct {
	v   *View
	img *image.RGBA
	x   float32
	y   int
	key bandKey
}

// bars draws the rules beside quotes.
func (d *drawing) bars(s *set) {
	for _, bar := range s.bars {
		y0 := 0
		if bar.fresh {
			y0 = s.top
		}
		fill(d.img, image.Rect(round(d.x+bar.x0), d.y+y0, round(d.x+bar.x1), d.y+s.height), d.v.look.Hairline)
	}
}

// rule draws a thematic break: three asterisks, as on the page.
func (d *drawing) rule(s *set) {
	v := d.v
	base := typeset.Style{Family: v.typ.Reading, Size: v.typ.Size}
	const stars = "*\u2003*\u2003*"
	lay := v.shaper.Layout(typeset.Paragraph{Text: stars, Base: base, Width: s.width, Align: typeset.Centre, RowHeight: float32(s.height - s.top),
		Spans: []typeset.Span{{End: len(stars), Style: base, Tag: roleMuted}}})
	v.painter.Draw(d.img, lay, 0, d.x+s.left, float32(d.y+s.top)+lay.Rows[0].Baseline+0.12*v.typ.Size, v.look.colour)
}

// clipped returns how far a part of text is moved sideways, and the part of the picture that
// it may be drawn in.
func (d *drawing) clipped(s *set) (shift float32, img *image.RGBA) {
	if s.wide <= 0 {
		return 0, d.img
	}
	area := image.Rect(round(d.x+s.left), 0, round(d.x+s.left+s.width), d.img.Rect.Dy())
	return -float32(d.key.sideways), d.img.SubImage(area).(*image.RGBA)
}

// text draws the rows of a part. leaf is its number among the texts of a row of a table.
func (d *drawing) text(c cursor, s *set, leaf int) {
	v := d.v
	em := v.typ.Size
	d.ground(s)
	if s.lay == nil {
		return
	}
	shift, img := d.clipped(s)
	left := d.x + s.left + shift
	found := v.foundIn(s)
	selFrom, selTo := v.sel.within(c, s, leaf)
	for i := range s.rows {
		r, lr := &s.rows[i], &s.lay.Rows[i]
		top := d.y + r.top
		if top+r.height <= 0 || top >= d.img.Rect.Dy() {
			continue
		}
		// Behind text: as high as the type, not as the row.
		ascent, descent := s.setting.base.Size*1.02, s.setting.base.Size*0.36
		y0, y1 := round(float32(top)+r.base-ascent), round(float32(top)+r.base+descent)
		box := func(from, to int, colour color.NRGBA, y0, y1 int, radius, over float32) {
			for _, b := range boxes(s.lay, i, from, to) {
				fillRound(img, image.Rect(round(left+b.X0-over), y0, round(left+b.X1+over), y1), round(radius), colour, allCorners)
			}
		}
		d.behind(s, i, func(from, to int, style content.Style) {
			size := s.setting.base.Size
			switch base := float32(top) + r.base; {
			case style&content.Key != 0:
				for _, b := range boxes(s.lay, i, from, to) {
					r := image.Rect(round(left+b.X0), round(base-0.8*size), round(left+b.X1), round(base+0.26*size))
					frame(img, r, round(4*v.typ.Scale), max(1, round(v.typ.Scale)), v.look.Faint, v.look.Paper)
				}
			case style&content.CodeSpan != 0:
				box(from, to, v.look.Code, round(base-0.82*size), round(base+0.3*size), 3*v.typ.Scale, 0)
			default:
				box(from, to, v.look.Highlight, y0, y1, 0, 0.06*em)
			}
		})
		for _, m := range found {
			if m.End > lr.Start && m.Start < lr.End {
				box(m.Start, m.End, v.look.Found, y0, y1, 2*v.typ.Scale, 0)
			}
		}
		if selFrom < selTo {
			box(selFrom, selTo, v.look.Selected, top, top+r.height, 0, 0)
		}
		baseline := float32(round(float32(top) + r.base))
		v.painter.Draw(img, s.lay, i, left, baseline, v.look.colour)
		d.lines(s, i, img, left, baseline)
		d.objects(s, i, img, left, baseline)
	}
	if s.wide > s.width {
		d.sideBar(s)
	}
}

// behind tells the stretches of a row that stand on a ground of their own, each as a whole:
// keys, code and what is highlighted.
func (d *drawing) behind(s *set, row int, draw func(from, to int, style content.Style)) {
	const grounds = content.Key | content.CodeSpan | content.Highlight
	lr := &s.lay.Rows[row]
	start, from := 0, 0
	style := content.Style(0)
	for i, run := range s.part.Text.Runs {
		if is := run.Style & grounds; i == 0 || is != style {
			from, style = start, is
		}
		start = run.End
		next := content.Style(0)
		if i+1 < len(s.part.Text.Runs) {
			next = s.part.Text.Runs[i+1].Style & grounds
		}
		if style != 0 && next != style && start > lr.Start && from < lr.End {
			draw(from, start, style)
		}
	}
}

// boxes are what bytes cover in a row, without the white space that hangs at its end.
func boxes(l *typeset.Layout, row, from, to int) []typeset.Box {
	r := &l.Rows[row]
	all := l.Boxes(row, max(from, r.Start), min(to, r.End))
	out := all[:0]
	for _, b := range all {
		b.X0, b.X1 = max(b.X0, r.X), min(b.X1, r.X+r.Width)
		if b.X1 > b.X0 {
			out = append(out, b)
		}
	}
	return out
}

// ground draws what code and quoted source stand on.
func (d *drawing) ground(s *set) {
	v := d.v
	p := s.part
	if p.Kind != content.Code && p.Kind != content.Source {
		return
	}
	var which corners
	if p.First {
		which |= topCorners
	}
	if p.Last {
		which |= bottomCorners
	}
	area := image.Rect(round(d.x+s.left-s.pad), d.y+s.top, round(d.x+s.left+s.width+s.pad), d.y+s.height)
	radius := round(4 * v.typ.Scale)
	if p.Kind == content.Code {
		fillRound(d.img, area, radius, v.look.Code, which)
		return
	}
	thick := max(1, round(v.typ.Scale))
	inner := image.Rect(area.Min.X+thick, area.Min.Y, area.Max.X-thick, area.Max.Y)
	if p.First {
		inner.Min.Y += thick
	}
	if p.Last {
		inner.Max.Y -= thick
	}
	fillRound(d.img, area, radius, v.look.Hairline, which)
	fillRound(d.img, inner, radius-thick, mix(v.look.Paper, v.look.Code, 0.5), which)
	if p.Label == "" {
		return
	}
	base := typeset.Style{Family: v.typ.Interface, Bold: true, Size: v.typ.Size * 0.56}
	lay := v.shaper.Layout(typeset.Paragraph{Text: p.Label, Base: base, RowHeight: v.typ.Size * 0.9, Spans: []typeset.Span{{End: len(p.Label), Style: base, Tag: roleMuted}}})
	v.painter.Draw(d.img, lay, 0, d.x+s.left, float32(d.y+s.top+round(v.typ.Size*1.1)), v.look.colour)
}

// lines draws what is under and through text.
func (d *drawing) lines(s *set, row int, img *image.RGBA, left, baseline float32) {
	v := d.v
	lr := &s.lay.Rows[row]
	start := 0
	for _, run := range s.part.Text.Runs {
		from, to := max(start, lr.Start), min(run.End, lr.End)
		start = run.End
		if from >= to {
			continue
		}
		style, role := v.typ.run(s.setting, run, run.Style)
		linked := run.Link > 0 && run.Link <= len(s.part.Text.Links) && run.Object == 0 && s.part.Kind != content.AuthorLinks &&
			!strings.HasPrefix(s.part.Text.Links[run.Link-1].Address, "longhand:")
		if !linked && run.Style&(content.Underline|content.Strike|content.Abbreviation) == 0 {
			continue
		}
		thick := max(1, round(v.typ.Scale*max(s.setting.base.Size/(24*v.typ.Scale), 1)))
		colour := v.look.colour(role)
		under := round(baseline + 0.19*s.setting.base.Size)
		for _, b := range boxes(s.lay, row, from, to) {
			x0, x1 := round(left+b.X0), round(left+b.X1)
			if linked || run.Style&content.Underline != 0 {
				fill(img, image.Rect(x0, under, x1, under+thick), colour)
			} else if run.Style&content.Abbreviation != 0 && run.Title > 0 {
				for x := x0; x < x1; x += 3 * thick {
					fill(img, image.Rect(x, under, min(x+thick, x1), under+thick), v.look.Muted)
				}
			}
			if run.Style&content.Strike != 0 {
				y := round(baseline - style.Rise - 0.27*style.Size)
				fill(img, image.Rect(x0, y, x1, y+thick), colour)
			}
		}
	}
}

// objects draws the pictures within a row.
func (d *drawing) objects(s *set, row int, img *image.RGBA, left, baseline float32) {
	lr := &s.lay.Rows[row]
	for _, o := range s.objects {
		if o.at < lr.Start || o.at >= lr.End {
			continue
		}
		for _, b := range s.lay.Boxes(row, o.at, o.at+len("\ufffc")) {
			area := image.Rect(0, 0, o.width, o.height).Add(image.Pt(round(left+b.X0), round(baseline)-o.height+round(0.12*s.setting.base.Size)))
			if o.lay == nil && o.height <= round(s.setting.base.Size*0.7) {
				area = area.Add(image.Pt(0, -round(0.1*s.setting.base.Size)))
			}
			d.picture(img, o.picture, o.lay, area)
		}
	}
}

// picture draws a picture, or what is said in its place.
func (d *drawing) picture(img *image.RGBA, p content.Picture, said *typeset.Layout, area image.Rectangle) {
	v := d.v
	if said != nil {
		thick := max(1, round(v.typ.Scale))
		dashed(img, area, thick, round(3*v.typ.Scale), v.look.Faint)
		clip := img.SubImage(area.Inset(thick)).(*image.RGBA)
		y := area.Min.Y + (area.Dy()-round(said.RowHeight)*len(said.Rows))/2
		pad := float32(area.Dx()-round(widest(said))) / 2
		if len(said.Rows) > 1 {
			pad = v.typ.Size * 0.8
		} else {
			pad -= said.Rows[0].X
		}
		for i := range said.Rows {
			v.painter.Draw(clip, said, i, float32(area.Min.X)+pad, float32(y)+said.Rows[i].Baseline, v.look.colour)
			y += round(said.RowHeight)
		}
		return
	}
	if v.pictures == nil {
		return
	}
	pic := v.pixels(p, area.Dx(), area.Dy())
	if pic == nil {
		fillRound(img, area, round(3*v.typ.Scale), v.look.Code, allCorners)
		return
	}
	over(img, area, pic)
}

func widest(l *typeset.Layout) (w float32) {
	for i := range l.Rows {
		w = max(w, l.Rows[i].Width)
	}
	return w
}

// figure draws a picture that stands by itself.
func (d *drawing) figure(s *set) {
	f := &s.picture
	area := image.Rect(0, 0, f.width, f.height).Add(image.Pt(round(d.x)+f.x, d.y+f.y))
	switch {
	case f.lay != nil || d.key.picture == nil:
		d.picture(d.img, s.part.Picture, f.lay, area)
	default:
		over(d.img, area, d.key.picture)
	}
	if d.key.selected != 0 {
		c := d.v.look.Selected
		c.A = 0x90
		fill(d.img, area, c)
	}
}

// sideBar shows that there is more at the sides.
func (d *drawing) sideBar(s *set) {
	if !s.part.Last {
		return
	}
	v := d.v
	h := max(2, round(3*v.typ.Scale))
	y := d.y + s.height - h - round(2*v.typ.Scale)
	width := s.width
	at := float32(d.key.sideways)
	x0 := d.x + s.left + at/s.wide*width
	c := v.look.Muted
	c.A = 0x66
	fillRound(d.img, image.Rect(round(x0), y, round(x0+width*width/s.wide), y+h), h/2, c, allCorners)
}

// tableRow draws a row of a table. first is the number of its first text.
func (d *drawing) tableRow(c cursor, e *entry, s *set, first int) {
	v := d.v
	shift, img := d.clipped(s)
	inner := *d
	inner.img = img
	leaf := first
	head := false
	for i := range s.cells {
		sc := &s.cells[i]
		head = head || sc.cell.Head
		for j, p := range sc.parts {
			inner.x = d.x + s.left + shift + sc.x
			inner.y = d.y + sc.tops[j]
			switch p.part.Kind {
			case content.Figure:
				k := inner.key
				inner.key.picture = nil
				inner.figure(p)
				inner.key = k
			case content.Rule:
				inner.rule(p)
			case content.Row: // a table in a table
				inner.tableRow(c, e, p, leaf)
			default:
				sel := inner.key
				inner.key.sideways = 0
				inner.bars(p)
				inner.text(c, p, leaf)
				inner.key = sel
			}
			inner.labels(p, &band{y0: p.top, y1: p.height})
			leaf += p.leaves()
		}
	}
	thick := max(1, round(v.typ.Scale))
	colour := v.look.Hairline
	if head {
		colour = v.look.Faint
	}
	wide := max(s.wide, s.width)
	fill(img, image.Rect(round(d.x+s.left+shift), d.y+s.height-thick, round(d.x+s.left+shift+wide), d.y+s.height), colour)
	if s.wide > s.width {
		d.sideBar(s)
	}
}

// over draws a picture into an area.
func over(img *image.RGBA, area image.Rectangle, pic *image.RGBA) {
	if pic.Rect.Size() == area.Size() {
		draw.Draw(img, area, pic, pic.Rect.Min, draw.Over)
	} else {
		draw.ApproxBiLinear.Scale(img, area, pic, pic.Rect, draw.Over, nil)
	}
}

// pixels returns a picture in a size; until that has come as it was drawn last.
func (v *View) pixels(p content.Picture, width, height int) *image.RGBA {
	if v.pictures == nil {
		return nil
	}
	key := drawnPicture{v.folder(p), p.Address}
	pic := v.pictures.Picture(key.files, p.Address, width, height)
	if pic == nil {
		return v.lately[key]
	}
	bytes := len(pic.Pix)
	for _, other := range v.lately {
		bytes += len(other.Pix)
	}
	if v.lately == nil || bytes > mostLately {
		v.lately = map[drawnPicture]*image.RGBA{}
	}
	v.lately[key] = pic
	return pic
}

// drawnPicture names a picture.
type drawnPicture struct {
	files   fs.FS
	address string
}

// mostLately is how many bytes of pictures are kept to be shown until others have come.
const mostLately = 24 << 20
