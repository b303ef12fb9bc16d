package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/library/versions"
)

// versionsForm is the list of versions, and beside it what is different in the chosen
// one.
type versionsForm struct {
	widget.BaseWidget
	letters *letters
	colours func() look.Palette
	theme   fyne.Theme

	all, shown []versions.Version // the one kept last first
	at         int                // which is chosen; -1 for none
	words      int                // of the text of now
	sum        string             // of the text of now, as versions have it
	now        time.Time
	every      *chip // shows all, also saves that follow each other closely
	list       *panelList
	heading    *diffHeading
	diff       *differences
	pane       fyne.CanvasObject // the differences, to be scrolled

	side, rule, headRule *canvas.Rectangle
}

const (
	versionsWidth  = 960 // pixels of the panel
	versionsHeight = 560
	versionsSide   = 264 // of the list, where there is room
	versionsHead   = 44  // of what stands above the differences
)

func newVersionsForm(p *panel, l *letters) *versionsForm {
	f := &versionsForm{letters: l, colours: p.colours, theme: p.theme, at: -1, words: -1}
	f.side, f.rule, f.headRule = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	f.every = newChip("Every save", false, p.colours, p.key, nil)
	f.list = newVersionList(f, p)
	f.heading = newDiffHeading(l, p.colours)
	f.diff = newDifferences(p, l)
	f.pane = container.NewThemeOverride(f.diff.scroll, look.Form{Theme: p.theme})
	f.ExtendBaseWidget(f)
	return f
}

// fill takes over the versions. It reports whether any are left out of the list.
func (f *versionsForm) fill(all []versions.Version) {
	f.all, f.shown = all, moments(all)
	show(f.every, len(f.shown) < len(all))
	if f.every.on {
		f.shown = all
	}
}

// row is what the list says of a version.
func (f *versionsForm) row(i int) (when, about string) {
	v := f.shown[i]
	when, about = moment(v.At, f.now), reason(v.Why)
	near := func(j int) bool { return j >= 0 && j < len(f.shown) && moment(f.shown[j].At, f.now) == when }
	if near(i-1) || near(i+1) {
		when += v.At.In(f.now.Location()).Format(":05")
	}
	if v.Sum == f.sum {
		about += " · the text of now"
	} else if words := comparedWords(v.Words, f.words); words != "" {
		about += " · " + words
	}
	return when, about
}

func (f *versionsForm) wanted(float32) float32 { return versionsHeight }

func (f *versionsForm) colour(p look.Palette) {
	f.side.FillColor, f.rule.FillColor, f.headRule.FillColor = p.Panel, p.Hairline, p.Hairline
}

// MinSize implements fyne.CanvasObject.
func (f *versionsForm) MinSize() fyne.Size { return fyne.NewSize(280, 120) }

// CreateRenderer implements fyne.Widget.
func (f *versionsForm) CreateRenderer() fyne.WidgetRenderer { return &versionsRenderer{f} }

type versionsRenderer struct{ f *versionsForm }

func (r *versionsRenderer) Objects() []fyne.CanvasObject {
	f := r.f
	return []fyne.CanvasObject{f.side, f.list, f.every, f.rule, f.heading, f.headRule, f.pane}
}
func (r *versionsRenderer) MinSize() fyne.Size { return r.f.MinSize() }
func (r *versionsRenderer) Destroy()           {}

func (r *versionsRenderer) Layout(size fyne.Size) {
	f := r.f
	side := min(float32(versionsSide), float32(int(size.Width*0.38/4)*4))
	bottom := size.Height
	place(f.side, 0, 0, side, size.Height)
	if f.every.Visible() {
		bottom -= versionsHead
		m := f.every.MinSize()
		place(f.every, 12, bottom+(versionsHead-m.Height)/2, m.Width, m.Height)
	}
	place(f.list, 0, 0, side, bottom)
	place(f.rule, side, 0, 1, size.Height)
	x := side + 1
	place(f.heading, x, 0, size.Width-x, versionsHead)
	place(f.headRule, x, versionsHead, size.Width-x, 1)
	place(f.pane, x, versionsHead+1, size.Width-x, size.Height-versionsHead-1)
}

func (r *versionsRenderer) Refresh() {
	f := r.f
	f.colour(f.colours())
	r.Layout(f.Size())
	f.list.Refresh()
	f.every.Refresh()
	f.heading.Refresh()
	f.diff.Refresh()
	canvas.Refresh(f)
}

// diffHeading says how much is different, and what the signs of the differences mean.
type diffHeading struct {
	pictured
	text string
	key  bool // the signs are explained
}

func newDiffHeading(l *letters, colours func() look.Palette) *diffHeading {
	h := &diffHeading{pictured: pictured{letters: l, colours: colours, height: versionsHead}}
	h.begin()
	h.paint = h.draw
	h.ExtendBaseWidget(h)
	return h
}

func (h *diffHeading) tell(text string, key bool) {
	h.stale = h.stale || text != h.text || key != h.key
	h.text, h.key = text, key
	h.Refresh()
}

func (h *diffHeading) draw(s *sheet, width float32, p look.Palette) {
	const middle = versionsHead / 2
	right := width - diffInset
	sign := func(text string, in compared) {
		t := s.set(line{text: text, size: wordsSize, ink: p.Ink}, width, 1, s.scale)
		x0, x1 := right-t.width()/s.scale-8, right
		ground, y := p.Added, float32(middle+7)
		if in == onlyThen {
			ground, y = p.Removed, middle
		}
		s.fill(ground, x0*s.scale, (middle-10)*s.scale, x1*s.scale, (middle+10)*s.scale)
		s.draw(t, 0, (x0+4)*s.scale, middle*s.scale, p)
		s.fill(p.Ink, (x0+4)*s.scale, round(y*s.scale), (x1-4)*s.scale, round(y*s.scale)+max(round(s.scale), 1))
		right = x0 - 8
	}
	told := s.set(line{text: h.text, size: wordsSize, ink: p.Muted}, max(width-2*diffInset, 0), 1, s.scale)
	if h.key && width > 360 {
		sign("added since", onlyNow)
		sign("removed since", onlyThen)
		told = s.set(line{text: h.text, size: wordsSize, ink: p.Muted}, max(right-diffInset, 0), 1, s.scale)
	}
	s.draw(told, 0, diffInset*s.scale, middle*s.scale, p)
}
