package app

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor/preview/pictures"
	"longhand/library"
)

// authorForm is what an author is edited in, beside the list of all.
type authorForm struct {
	widget.BaseWidget
	colours func() look.Palette
	theme   fyne.Theme
	cache   *pictures.Cache
	folder  string // of the authors

	list       *panelList
	rows       []credited
	at         int // which is chosen; -1 for a new one
	fresh      *panelButton
	side, rule *canvas.Rectangle
	sideRule   *canvas.Rectangle
	face       *face
	choose     *panelButton
	remove     *panelButton
	name       *field
	links, bio *field
	file       *canvas.Text
	open       *panelButton
	portrait   *fyne.Container // the face with what can be done to it
	labels     *form
	content    *fyne.Container
	changed    func()
	use        func(file string) // takes a picture

	was     library.AuthorForm // what was filled in
	avatar  string             // of the form: what stands in the file, or nothing
	picture string             // the file of a picture that was chosen
}

const (
	authorsWidth = 840 // pixels of the panel
	authorsSide  = 256 // of the list, where there is room
	largeFace    = 56
)

func newAuthorForm(p *panel, cache *pictures.Cache, folder string) *authorForm {
	f := &authorForm{colours: p.colours, theme: p.theme, cache: cache, folder: folder, at: -1}
	f.side, f.rule, f.sideRule = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	f.list = &panelList{key: p.key}
	f.list.Length = func() int { return len(f.rows) }
	f.list.CreateItem = func() fyne.CanvasObject { return newAuthorRow(cache, f.colours) }
	f.list.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(f.rows) {
			o.(*authorRow).set(f.rows[i], folder, i == f.at)
		}
	}
	f.list.HideSeparators = true
	f.list.ExtendBaseWidget(f.list)
	f.fresh = newPanelButton("New author", nil, p.key)
	f.face = newFace(largeFace, cache, f.colours)
	f.choose = newPanelButton("Choose…", nil, p.key)
	f.remove = newPanelButton("Remove", nil, p.key)
	f.name = newField("", p)
	f.links = newTextField("One in a line: https://example.org, or a name and an address", 3, p)
	f.bio = newTextField("A few lines in Markdown, shown below each article", 5, p)
	f.open = newPanelButton("Show the file", nil, p.key)
	f.file = canvas.NewText("", nil)
	f.file.TextSize = 12
	tell := func(string) {
		p.goOn()
		f.changed()
	}
	f.name.OnChanged, f.links.OnChanged, f.bio.OnChanged = tell, tell, tell
	f.portrait = container.New(beside{}, f.face, f.choose, f.remove)
	file := container.New(beside{}, f.file, f.open)
	f.content = newForm(
		formRow{label: "Picture", field: f.portrait},
		formRow{label: "Name", field: f.name},
		formRow{label: "Links", field: f.links},
		formRow{label: "Bio", field: f.bio, grow: true},
		formRow{label: "File", field: file},
	)
	f.labels = f.content.Layout.(*form)
	f.ExtendBaseWidget(f)
	return f
}

// row is the author that is chosen; nil for a new one.
func (f *authorForm) row() *credited {
	if f.at < 0 || f.at >= len(f.rows) {
		return nil
	}
	return &f.rows[f.at]
}

// fill fills the form in with the author that is chosen.
func (f *authorForm) fill() {
	f.was, f.picture = library.AuthorForm{}, ""
	sealed := false
	if r := f.row(); r != nil && r.file != nil {
		f.was, sealed = r.file.Form(), r.Problem != nil
	} else if r != nil {
		f.was.Name = r.Name
	}
	f.avatar = f.was.Avatar
	// A file that cannot be edited shows no more than where it lies.
	for e, s := range map[*field]string{f.name: f.was.Name, f.links: linksText(f.was.Links), f.bio: f.was.Bio} {
		show(e, !sealed)
		if e.Text != s { // the caret stays where one writes on after saving
			e.SetText(s)
			e.CursorRow, e.CursorColumn = 0, 0
		}
	}
	show(f.portrait, !sealed)
	f.showFace()
	f.changed()
	f.Refresh()
}

// showFace shows the picture that would be saved.
func (f *authorForm) showFace() {
	if f.picture != "" {
		f.face.showFile(f.name.Text, f.picture)
	} else {
		f.face.show(f.name.Text, f.folder, f.avatar)
	}
	show(f.remove, f.picture != "" || f.avatar != "")
	f.content.Refresh()
}

// texts are those of the fields.
func (f *authorForm) texts() [3]string { return [3]string{f.name.Text, f.links.Text, f.bio.Text} }

// edited reports whether there is something to save.
func (f *authorForm) edited() bool {
	return f.name.Text != f.was.Name || f.links.Text != linksText(f.was.Links) || f.bio.Text != f.was.Bio || f.avatar != f.was.Avatar || f.picture != ""
}

// form is what the form says.
func (f *authorForm) form() (library.AuthorForm, error) {
	out := library.AuthorForm{Name: strings.TrimSpace(f.name.Text), Links: f.was.Links, Avatar: f.avatar, Bio: f.bio.Text}
	if f.links.Text == linksText(f.was.Links) {
		return out, nil // as they stand, though we would not write them so
	}
	var err error
	out.Links, err = parseLinks(f.links.Text)
	return out, err
}

// wanted implements panelBody.
func (f *authorForm) wanted(float32) float32 { return 460 }

// colour implements panelBody.
func (f *authorForm) colour(p look.Palette) {
	f.side.FillColor, f.rule.FillColor, f.sideRule.FillColor = p.Panel, p.Hairline, p.Hairline
	f.file.Color = p.Muted
	f.labels.colour(p)
}

// CreateRenderer implements fyne.Widget.
func (f *authorForm) CreateRenderer() fyne.WidgetRenderer {
	return &authorFormRenderer{f, container.NewThemeOverride(f.list, look.Tight{Theme: f.theme}), inPanel(f.content, f.theme)}
}

type authorFormRenderer struct {
	f             *authorForm
	list, content fyne.CanvasObject
}

func (r *authorFormRenderer) Objects() []fyne.CanvasObject {
	f := r.f
	return []fyne.CanvasObject{f.side, r.list, f.sideRule, f.fresh, f.rule, r.content}
}

func (r *authorFormRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 100) }
func (r *authorFormRenderer) Destroy()           {}

func (r *authorFormRenderer) Layout(size fyne.Size) {
	const foot = 48
	f := r.f
	side := float32(int(min(authorsSide, size.Width*0.36)))
	place(f.side, 0, 0, side, size.Height)
	place(r.list, 0, 0, side, size.Height-foot-1)
	place(f.sideRule, 0, size.Height-foot-1, side, 1)
	place(f.fresh, 8, size.Height-foot+(foot-buttonSize)/2, f.fresh.MinSize().Width, buttonSize)
	place(f.rule, side, 0, 1, size.Height)
	f.file.Text = ""
	if row := f.row(); row != nil && row.file != nil {
		f.file.Text = "authors/" + filepath.Base(row.file.File)
	}
	show(f.open, f.file.Text != "")
	if f.file.Text == "" {
		f.file.Text = "made when you save, in authors/"
	}
	place(r.content, side+1, 0, size.Width-side-1, size.Height)
}

func (r *authorFormRenderer) Refresh() {
	r.f.colour(r.f.colours())
	r.Layout(r.f.Size())
	r.f.list.Refresh()
	r.f.content.Refresh()
	canvas.Refresh(r.f)
}

// beside sets objects beside one another, in the middle of their row.
type beside struct{}

// MinSize implements fyne.Layout.
func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, buttonSize)
	for _, o := range objects {
		m := o.MinSize()
		size.Width += m.Width + panelGap
		size.Height = max(size.Height, m.Height)
	}
	return size
}

// Layout implements fyne.Layout.
func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		m := o.MinSize()
		width := min(m.Width, max(size.Width-x, 0))
		place(o, x, (size.Height-m.Height)/2, width, m.Height)
		x += m.Width + panelGap
	}
}

// enable enables a button or not.
func enable(b *panelButton, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
