package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
)

// siteStage is what the panel of a website shows.
type siteStage int

const (
	siteAsks   siteStage = iota // the form
	siteBuilds                  // how far it is
	siteIsDone                  // what was done, and what is not well
)

// siteBody is the body of the panel in which the library goes out as a website.
type siteBody struct {
	widget.BaseWidget
	theme fyne.Theme
	stage siteStage

	to, address *field
	choose      *panelButton
	cards       *themeCards
	drafts      *chip
	content     *fyne.Container
	labels      *form

	doing         *canvas.Text // while it is built
	track, filled *canvas.Rectangle
	done, total   int

	lines    [2]*canvas.Text // of what was done
	told     [2]string
	problems *problemList
	rule     *canvas.Rectangle
	coloured func(look.Palette)
}

const (
	siteWidth   = 660 // pixels of the panel
	siteFolder  = 412 // of the field for the folder
	siteLine    = 22  // height of a line of what was done
	siteBar     = 4   // of the bar
	mostInSight = 7   // problems in sight at once
)

func newSiteBody(p *panel, theme string, problems *problemList) *siteBody {
	b := &siteBody{theme: p.theme, problems: problems, coloured: func(look.Palette) {}}
	b.to, b.address = newField("~/my-site", p), newField("https://example.org", p)
	b.choose = newPanelButton("Choose…", func() {}, p.key)
	b.cards = newThemeCards(theme, p.colours, p.key)
	b.drafts = newChip("Drafts and future dates", false, p.colours, p.key, func(bool) {})
	b.content = newForm(
		formRow{label: "Folder", field: b.to, small: siteFolder},
		formRow{field: container.New(beside{}, b.choose)},
		formRow{label: "Theme", field: b.cards},
		formRow{label: "Address", field: b.address},
		formRow{label: "Include", field: container.New(beside{}, b.drafts)},
	)
	b.labels = b.content.Layout.(*form)
	b.doing = canvas.NewText("", nil)
	b.doing.TextSize = titleSize
	b.track, b.filled, b.rule = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	b.track.CornerRadius, b.filled.CornerRadius = siteBar/2, siteBar/2
	for i := range b.lines {
		b.lines[i] = canvas.NewText("", nil)
		b.lines[i].TextSize = titleSize
	}
	b.ExtendBaseWidget(b)
	return b
}

// progress shows how far the site is built; with total 0 that is not known.
func (b *siteBody) progress(done, total int) {
	b.done, b.total = done, total
	b.doing.Text = "Reading the articles…"
	if total > 0 {
		b.doing.Text = "Making the pages: " + thousands(done) + " of " + thousands(total)
	}
	b.Refresh()
}

// wanted implements panelBody.
func (b *siteBody) wanted(width float32) float32 {
	switch b.stage {
	case siteBuilds:
		return 2*panelInset + siteLine + formGap + siteBar
	case siteIsDone:
		h := float32(2*panelInset + len(b.lines)*siteLine)
		if n := len(b.problems.problems); n > 0 {
			h += 1 + float32(min(n, mostInSight))*problemHeight
		}
		return h
	}
	b.labels.width = width - 2*panelInset
	b.cards.flow.width = b.labels.width - formLabel
	return b.labels.least() + 2*panelInset
}

// colour implements panelBody.
func (b *siteBody) colour(p look.Palette) {
	b.labels.colour(p)
	b.doing.Color, b.track.FillColor, b.filled.FillColor, b.rule.FillColor = p.Ink, p.Hairline, p.Accent, p.Hairline
	b.lines[0].Color, b.lines[1].Color = p.Ink, p.Muted
	b.coloured(p)
}

// CreateRenderer implements fyne.Widget.
func (b *siteBody) CreateRenderer() fyne.WidgetRenderer {
	return &siteBodyRenderer{b, inPanel(b.content, b.theme), container.NewThemeOverride(b.problems, look.Tight{Theme: b.theme})}
}

type siteBodyRenderer struct {
	b              *siteBody
	form, problems fyne.CanvasObject
}

// Objects implements fyne.WidgetRenderer.
func (r *siteBodyRenderer) Objects() []fyne.CanvasObject {
	b := r.b
	switch b.stage {
	case siteBuilds:
		return []fyne.CanvasObject{b.doing, b.track, b.filled}
	case siteIsDone:
		out := []fyne.CanvasObject{b.lines[0], b.lines[1]}
		if len(b.problems.problems) > 0 {
			out = append(out, b.rule, r.problems)
		}
		return out
	}
	return []fyne.CanvasObject{r.form}
}

func (r *siteBodyRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 80) }
func (r *siteBodyRenderer) Destroy()           {}

func (r *siteBodyRenderer) Layout(size fyne.Size) {
	b, width := r.b, size.Width-2*panelInset
	switch b.stage {
	case siteBuilds:
		place(b.doing, panelInset, panelInset, width, siteLine)
		y := float32(panelInset + siteLine + formGap)
		place(b.track, panelInset, y, width, siteBar)
		share := float32(0)
		if b.total > 0 {
			share = min(float32(b.done)/float32(b.total), 1)
		}
		show(b.filled, share > 0)
		place(b.filled, panelInset, y, max(width*share, siteBar), siteBar)
	case siteIsDone:
		y := float32(panelInset)
		for i, t := range b.lines {
			t.Text = elide(b.told[i], t.TextSize, false, width)
			place(t, panelInset, y, width, siteLine)
			y += siteLine
		}
		y += panelInset
		place(b.rule, 0, y-1, size.Width, 1)
		place(r.problems, 0, y, size.Width, max(size.Height-y, 0))
	default:
		place(r.form, 0, 0, size.Width, size.Height)
	}
}

func (r *siteBodyRenderer) Refresh() {
	r.Layout(r.b.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.b)
}
