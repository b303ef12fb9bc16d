package preview

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	extast "github.com/yuin/goldmark/extension/ast"
)

// drawer makes the elements of blocks.
type drawer struct {
	theme   fyne.Theme
	variant fyne.ThemeVariant
	link    func(string)
	// old are elements that may be used again, taken out when they are; drawn
	// gathers those of this drawing. Blocks that look the same share a key.
	old, drawn map[uint64][]element
	nested     int
	quoted     bool
}

// headingSizes are the sizes and row heights of the title and of levels 1 to 6,
// for running text of 18 pixels.
var headingSizes = [7][2]float32{{34, 42}, {30, 38}, {23, 30}, {20, 28}, {18, 26}, {17, 26}, {15, 22}}

func (d *drawer) stack(blocks []block) *group {
	items := make([]item, len(blocks))
	for i := range blocks {
		b := &blocks[i]
		items[i] = item{d.element(b), d.gap(b)}
	}
	return stack(items)
}

// gap is the space above a block.
func (d *drawer) gap(b *block) float32 {
	switch b.kind {
	case heading:
		if b.level == 0 {
			return 4
		}
		return 34
	case byline:
		return 14
	case rule, authorBox:
		return 32
	case kicker:
		return 10
	case list:
		if d.nested > 0 {
			return 4
		}
	}
	if d.nested > 0 {
		return 8
	}
	return 16
}

// element draws a block, or takes the element that is drawn of it already.
func (d *drawer) element(b *block) element {
	if d.nested > 0 {
		return d.draw(b)
	}
	key := b.key()
	if had := d.old[key]; len(had) > 0 {
		d.old[key] = had[1:]
		d.drawn[key] = append(d.drawn[key], had[0])
		return had[0]
	}
	e := d.draw(b)
	d.drawn[key] = append(d.drawn[key], e)
	return e
}

func (d *drawer) draw(b *block) element {
	switch b.kind {
	case heading:
		return d.heading(b)
	case code:
		return d.code(b.text)
	case list:
		return d.list(b)
	case definition:
		return d.indented(b.items[0], 28)
	case quote:
		return d.quote(b)
	case table:
		return d.table(b)
	case picture:
		return d.picture(b)
	case rule:
		return d.hairline()
	case htmlBlock:
		return d.html(b.text)
	case kicker:
		return d.small(b.spans, 12, 18, true, d.color(theme.ColorNamePrimary))
	case byline:
		return d.byline(b)
	case authorBox:
		return d.author(b)
	}
	return d.flow(b.spans, d.face())
}

// face is that of running text.
func (d *drawer) face() face {
	size := d.theme.Size(SizeText)
	f := face{
		size: size, line: size * 30 / 18,
		ink: d.ink(), accent: d.color(theme.ColorNameHyperlink), muted: d.muted(), ground: d.color(ColorCode),
	}
	if d.quoted {
		f.ink, f.italic = d.muted(), true
	}
	return f
}

func (d *drawer) flow(spans []span, f face) *flow { return newFlow(spans, f, d.link) }

func (d *drawer) heading(b *block) element {
	f := d.face()
	scale := f.size / 18
	f.size, f.line = headingSizes[b.level][0]*scale, headingSizes[b.level][1]*scale
	f.bold = true
	return d.flow(b.spans, f)
}

func (d *drawer) small(spans []span, size, line float32, bold bool, ink color.Color) *flow {
	f := d.face()
	f.size, f.line, f.ink, f.accent, f.bold, f.ui = size, line, ink, ink, bold, true
	return d.flow(spans, f)
}

func (d *drawer) byline(b *block) element {
	line := d.small(b.spans, 13, 20, false, d.muted())
	return newGroup(func(width float32) float32 {
		h := line.fit(width)
		place(line, 0, 0, width, h)
		return h + 12 // more room before the body
	}, line)
}

// code shows lines as they are. Those too long for the column are cut at its
// width and go on in the next row.
func (d *drawer) code(text string) element {
	f := d.face()
	f.size, f.line = f.size*0.95, f.size*1.22
	f.italic, f.ink, f.ground = false, d.ink(), color.Transparent
	text = strings.ReplaceAll(text, "\t", "    ")
	inner := d.flow([]span{{text: strings.ReplaceAll(text, " ", "\u00a0"), code: true}}, f)
	inner.rtl = false
	box := canvas.NewRectangle(d.color(ColorCode))
	box.CornerRadius = 4
	return newGroup(func(width float32) float32 {
		room := max(width-32, narrowest)
		h := inner.fit(room)
		place(inner, 16, 12, room, h)
		place(box, 0, 0, width, h+24)
		return h + 24
	}, box, inner)
}

// html shows raw HTML as what it is, under a label.
func (d *drawer) html(text string) element {
	label := d.small([]span{{text: "HTML"}}, 10, 14, true, d.muted())
	source := d.code(text)
	return stack([]item{{label, 0}, {source, 4}})
}

func (d *drawer) inside(blocks []block) *group {
	d.nested++
	defer func() { d.nested-- }()
	return d.stack(blocks)
}

func (d *drawer) indented(blocks []block, by float32) element {
	inner := d.inside(blocks)
	if d.nested > maxNested {
		by = 0
	}
	return newGroup(func(width float32) float32 {
		room := max(width-by, narrowest)
		h := inner.fit(room)
		place(inner, by, 0, room, h)
		return h
	}, inner)
}

// maxNested is how deep lists and quotes are still set in further, narrowest how
// many pixels what they hold gets at least.
const (
	maxNested = 12
	narrowest = 80
)

func (d *drawer) list(b *block) element {
	rows := make([]item, len(b.items))
	gap := float32(8)
	if b.tight {
		gap = 2
	}
	for i, blocks := range b.items {
		rows[i] = item{d.listItem(b.markers[i], blocks), gap}
	}
	return stack(rows)
}

func (d *drawer) listItem(marker string, blocks []block) element {
	f := d.face()
	f.italic = false
	label := d.flow([]span{{text: marker}}, f)
	inner := d.inside(blocks)
	indent := max(f.size*1.25, label.measure(marker, &span{})+f.size*0.5)
	if d.nested > maxNested {
		indent = 0
	}
	rtl := len(blocks) > 0 && rightToLeft(blocks[0].spans)
	return newGroup(func(width float32) float32 {
		room := max(width-indent, narrowest)
		h := max(inner.fit(room), f.line)
		if rtl {
			place(inner, 0, 0, room, h)
			place(label, width-indent+f.size*0.4, 0, indent, label.fit(indent))
			return h
		}
		place(label, f.size*0.1, 0, indent, label.fit(indent))
		place(inner, indent, 0, room, h)
		return h
	}, label, inner)
}

func (d *drawer) quote(b *block) element {
	quoted := d.quoted
	d.quoted = true
	inner := d.inside(b.items[0])
	d.quoted = quoted
	bar := canvas.NewRectangle(d.color(theme.ColorNameSeparator))
	indent := float32(20)
	if d.nested > maxNested {
		indent = 0
	}
	return newGroup(func(width float32) float32 {
		room := max(width-indent, narrowest)
		h := inner.fit(room)
		place(bar, 0, 0, 2, h)
		place(inner, indent, 0, room, h)
		return h
	}, bar, inner)
}

func (d *drawer) hairline() element {
	line := canvas.NewRectangle(d.color(theme.ColorNameSeparator))
	return newGroup(func(width float32) float32 {
		place(line, 0, 0, width, 1)
		return 1
	}, line)
}

func (d *drawer) picture(b *block) element {
	caption := d.small(b.spans, 13, 20, false, d.muted())
	if b.image == nil {
		box := canvas.NewRectangle(d.color(ColorCode))
		return newGroup(func(width float32) float32 {
			h := caption.fit(width - 32)
			place(caption, 16, 16, width-32, h)
			place(box, 0, 0, width, h+32)
			return h + 32
		}, box, caption)
	}
	img := canvas.NewImageFromImage(b.image)
	img.FillMode = canvas.ImageFillStretch
	size := b.image.Bounds()
	objects := []fyne.CanvasObject{img}
	if len(b.spans) > 0 {
		objects = append(objects, caption)
	}
	return newGroup(func(width float32) float32 {
		w := min(width, float32(size.Dx()))
		h := w * float32(size.Dy()) / float32(max(1, size.Dx()))
		place(img, (width-w)/2, 0, w, h)
		if len(b.spans) > 0 {
			ch := caption.fit(width)
			place(caption, 0, h+8, width, ch)
			h += 8 + ch
		}
		return h
	}, objects...)
}

// table gives each column a share of the width by its longest cell.
func (d *drawer) table(b *block) element {
	f := d.face()
	f.size, f.line = f.size*0.89, f.size*1.33
	columns := 0
	for _, row := range b.rows {
		columns = max(columns, len(row))
	}
	weight := make([]float32, columns)
	cells := make([][]*flow, len(b.rows))
	var objects []fyne.CanvasObject
	for r, row := range b.rows {
		for c, spans := range row {
			cell := d.flow(spans, f)
			cells[r] = append(cells[r], cell)
			objects = append(objects, cell)
			weight[c] = max(weight[c], min(cell.natural(), 320))
		}
	}
	lines := make([]*canvas.Rectangle, len(b.rows))
	for i := range lines {
		lines[i] = canvas.NewRectangle(d.color(theme.ColorNameSeparator))
		objects = append(objects, lines[i])
	}
	return newGroup(func(width float32) float32 {
		widths := share(weight, width, 24)
		y := float32(0)
		for r, row := range cells {
			h, x := float32(0), float32(0)
			for c, cell := range row {
				inner := widths[c] - 16
				ch := cell.fit(inner)
				shift := float32(0)
				if c < len(b.aligns) {
					switch slack := inner - cell.used; b.aligns[c] {
					case extast.AlignRight:
						shift = max(0, slack)
					case extast.AlignCenter:
						shift = max(0, slack/2)
					}
				}
				place(cell, x+shift, y+6, inner, ch)
				h, x = max(h, ch), x+widths[c]
			}
			y += h + 12
			place(lines[r], 0, y, min(width, x), 1)
			y++
		}
		return y
	}, objects...)
}

// share gives columns what they ask for, with pad, when there is room, and else
// parts the width in proportion.
func share(weight []float32, width, pad float32) []float32 {
	total := float32(0)
	for _, w := range weight {
		total += w + pad
	}
	out := make([]float32, len(weight))
	for i, w := range weight {
		out[i] = w + pad
		if total > width {
			out[i] = max(48, (w+pad)*width/total)
		}
	}
	return out
}

// author is the box that ends the page: a picture or initials, then the words.
func (d *drawer) author(b *block) element {
	inner := d.aboutAuthor(b.items[0])
	top, bottom := canvas.NewRectangle(d.color(theme.ColorNameSeparator)), canvas.NewRectangle(d.color(theme.ColorNameSeparator))
	disc := canvas.NewCircle(d.color(ColorCode))
	name := canvas.NewText(b.text, d.muted())
	name.TextSize, name.TextStyle.Bold, name.Alignment = 18, true, fyne.TextAlignCenter
	objects := []fyne.CanvasObject{top, bottom, inner}
	var avatar *canvas.Image
	if b.image != nil {
		avatar = canvas.NewImageFromImage(b.image)
		avatar.FillMode, avatar.CornerRadius = canvas.ImageFillCover, 26
		objects = append(objects, avatar)
	} else {
		objects = append(objects, disc, name)
	}
	return newGroup(func(width float32) float32 {
		const size, gap, pad = 52, 16, 18
		h := max(inner.fit(width-size-gap), size)
		place(inner, size+gap, pad, width-size-gap, h)
		place(disc, 0, pad, size, size)
		place(name, 0, pad, size, size)
		if avatar != nil {
			place(avatar, 0, pad, size, size)
		}
		place(top, 0, 0, width, 1)
		place(bottom, 0, h+2*pad, width, 1)
		return h + 2*pad + 1
	}, objects...)
}

// aboutAuthor shows running text in the interface's type, smaller.
func (d *drawer) aboutAuthor(blocks []block) element {
	items := make([]item, len(blocks))
	for i := range blocks {
		b := &blocks[i]
		gap := float32(6)
		var e element
		switch b.kind {
		case paragraph:
			f := d.face()
			f.size, f.line, f.ink, f.ui = 14, 21, d.muted(), true
			e = d.flow(b.spans, f)
		case kicker:
			e, gap = d.small(b.spans, 13, 20, true, d.color(theme.ColorNamePrimary)), 12
		case boxTitle:
			e = d.small(b.spans, 15, 22, true, d.ink())
		default:
			e = d.draw(b)
		}
		items[i] = item{e, gap}
	}
	return stack(items)
}
