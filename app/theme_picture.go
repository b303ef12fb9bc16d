package app

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
	"strings"

	"longhand/app/look"
	"longhand/editor/typeset"
	"longhand/library/site/sketch"
)

// samplePost is a post as small pictures of themes show it.
type samplePost struct {
	title, words, date string
	picture            image.Image // nil for none
}

// themePainter draws small pictures of sites: the first page of this library in the
// colours, fonts and proportions of a theme. It belongs to one goroutine.
type themePainter struct {
	shaper  *typeset.Shaper
	painter *typeset.Painter
}

// pageScale is how large type is drawn, of its size in a browser.
const pageScale = 0.36

// draw draws a site's home in a picture so many of Fyne's pixels wide and high; scale is
// device pixels of one.
func (t *themePainter) draw(sk sketch.Sketch, night bool, title string, posts []samplePost, width, height, scale float32) *image.RGBA {
	c := sk.Day
	if night {
		c = sk.Night
	}
	d := &miniature{t: t, sk: sk, c: c, scale: scale, width: width, height: height,
		img: image.NewRGBA(image.Rect(0, 0, int(round(width*scale)), int(round(height*scale))))}
	draw.Draw(d.img, d.img.Rect, image.NewUniform(c.Paper), image.Point{}, draw.Src)
	if sk.Grid {
		d.grid(title, posts)
	} else {
		d.column(title, posts)
	}
	return d.img
}

// miniature is one such picture in the making. Distances are Fyne's pixels.
type miniature struct {
	t             *themePainter
	sk            sketch.Sketch
	c             sketch.Colours
	img           *image.RGBA
	scale         float32
	width, height float32
}

const (
	miniInset = 12 // at the sides
	miniFoot  = 16 // height of the line that leads to older posts
)

// bar draws the site's name and its navigation, and returns where the page goes on.
func (d *miniature) bar(title string, inset float32) float32 {
	small := d.sk.Small
	small.Bold = true
	const words = "Archive  Search"
	plain := d.sk.Small
	end := d.width - inset - d.measure(words, plain)
	d.text(words, plain, d.c.Muted, end, 7, d.width, 1)
	d.text(title, small, d.c.Ink, inset, 7, max(end-inset-6, 0), 1)
	return 22
}

// column sets posts below one another, as essays are.
func (d *miniature) column(title string, posts []samplePost) {
	y := d.bar(title, miniInset)
	width := d.width - 2*miniInset
	end := d.height - miniFoot
	for i, p := range posts {
		if i > 0 {
			d.rule(miniInset, y, width, d.c.Hairline)
			y += 6
		}
		if y+14 > end {
			break
		}
		y = d.text(p.title, d.sk.Heading, d.c.Ink, miniInset, y, width, 2)
		if y+8 > end {
			break
		}
		y = d.text(p.words, d.sk.Text, d.c.Ink, miniInset, y+1, width, min(2, int((end-y)/8)))
		y = d.text(p.date, d.sk.Small, d.c.Muted, miniInset, y+1, width, 1) + 5
	}
	d.foot()
}

// foot covers what reached below the page, and leads on, in the colour of links.
func (d *miniature) foot() {
	y := d.height - miniFoot
	d.fill(0, y, d.width, miniFoot, d.c.Paper)
	d.rule(miniInset, y, d.width-2*miniInset, d.c.Hairline)
	const words = "Older posts"
	d.text(words, d.sk.Small, d.c.Accent, d.width-miniInset-d.measure(words, d.sk.Small), y+4, d.width, 1)
}

// grid sets posts beside one another, with their pictures.
func (d *miniature) grid(title string, posts []samplePost) {
	const gap, cover = 8, 34
	name := d.sk.Heading
	name.Size *= 1.1
	y := d.bar(title, miniInset)
	d.rule(0, y-3, d.width, d.c.Hairline)
	width := (d.width - 2*miniInset - gap) / 2
	tops := [2]float32{y + 4, y + 4}
	for i, p := range posts {
		x, at := miniInset+float32(i%2)*(width+gap), tops[i%2]
		if at > d.height {
			break
		}
		if p.picture != nil {
			d.picture(p.picture, x, at, width, cover)
			at += cover + 4
		} else {
			d.rule(x, at, width, d.c.Ink)
			at += 4
		}
		at = d.text(p.title, d.sk.Heading, d.c.Ink, x, at, width, 3)
		at = d.text(p.words, d.sk.Text, d.c.Muted, x, at+1, width, 2)
		tops[i%2] = at + 8
	}
	d.foot()
}

// device are device pixels of Fyne's.
func (d *miniature) device(v float32) int { return int(round(v * d.scale)) }

func (d *miniature) fill(x, y, width, height float32, c color.NRGBA) {
	r := image.Rect(d.device(x), d.device(y), d.device(x+width), d.device(y+height))
	draw.Draw(d.img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func (d *miniature) rule(x, y, width float32, c color.NRGBA) {
	d.fill(x, y, width, max(1/d.scale, 0.5), c)
}

// picture draws the middle of a picture, as large as covers the place.
func (d *miniature) picture(img image.Image, x, y, width, height float32) {
	r := image.Rect(d.device(x), d.device(y), d.device(x+width), d.device(y+height))
	b := img.Bounds()
	at := image.Pt(b.Min.X+max(b.Dx()-r.Dx(), 0)/2, b.Min.Y+max(b.Dy()-r.Dy(), 0)/2)
	d.fill(x, y, width, height, d.c.Wash)
	draw.Draw(d.img, r, img, at, draw.Over)
}

func (d *miniature) style(t sketch.Type) typeset.Style {
	return typeset.Style{Family: familyOf(t.Families), Bold: t.Bold, Size: max(t.Size*pageScale, 5) * d.scale}
}

func (d *miniature) measure(s string, t sketch.Type) float32 {
	return d.t.shaper.Layout(typeset.Paragraph{Text: s, Base: d.style(t)}).Rows[0].Width / d.scale
}

// text sets a text in at most that many rows, and returns where it ends.
func (d *miniature) text(s string, t sketch.Type, ink color.NRGBA, x, y, width float32, rows int) float32 {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" || width < 8 || rows < 1 {
		return y
	}
	const most = 400 // bytes, more than fit
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "")
	}
	style := d.style(t)
	lay := d.t.shaper.Layout(typeset.Paragraph{Text: s, Base: style, Width: width * d.scale, RowHeight: round(style.Size * 1.3)})
	if len(lay.Rows) > rows { // the last one ends with an ellipsis
		last := lay.Rows[rows-1]
		dots := d.t.shaper.Layout(typeset.Paragraph{Text: ellipsis, Base: style}).Rows[0].Width
		cut, _ := lay.At(rows-1, last.X+width*d.scale-dots)
		s = strings.TrimRight(s[:max(cut, last.Start)], " ") + ellipsis
		lay = d.t.shaper.Layout(typeset.Paragraph{Text: s, Base: style, Width: width * d.scale, RowHeight: round(style.Size * 1.3)})
	}
	for i, r := range lay.Rows[:min(len(lay.Rows), rows)] {
		d.t.painter.Draw(d.img, lay, i, x*d.scale, round(y*d.scale)+float32(i)*lay.RowHeight+r.Baseline, func(uint32) color.NRGBA { return ink })
	}
	return y + float32(min(len(lay.Rows), rows))*lay.RowHeight/d.scale
}

// familyOf is the font of ours that stands for the first of a style's that we know, at
// least of its kind.
func familyOf(names []string) uint8 {
	for _, name := range names {
		name = strings.ToLower(name)
		switch {
		case name == "inter", name == "sans-serif", name == "system-ui", strings.Contains(name, "arial"), strings.Contains(name, "helvetica"), strings.Contains(name, "sans") && name != "comic sans ms":
			return look.FamilyInterface
		case strings.HasPrefix(name, "source serif"), name == "serif", slices.Contains([]string{"georgia", "charter", "palatino", "times new roman"}, name):
			return look.FamilyReading
		case name == "literata":
			return look.FamilyText
		case strings.Contains(name, "mono"), strings.Contains(name, "courier"), name == "menlo", name == "consolas":
			return look.FamilyMono
		}
	}
	return look.FamilyReading // as browsers do
}
