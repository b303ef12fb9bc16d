package app

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor/text"
	"longhand/library"
)

// articleDetails is the panel in which the front matter of the open article is a
// form.
type articleDetails struct {
	w     *window
	doc   *document
	panel *panel
	form  *detailsForm
	was   library.Details
}

// mostHead is the length in bytes up to which front matter is looked for: a bit
// more than the library takes.
const mostHead = 300 << 10

// frontMatter returns the beginning of a text with its front matter. Of a text
// without any it is its first character: what comes to stand above it depends on
// that.
func frontMatter(doc text.Doc) (string, error) {
	head := doc.Slice(0, min(doc.Len(), mostHead))
	fm, err := library.ParseFrontMatter(head)
	if err != nil {
		return "", err
	}
	if fm.Body == 0 {
		_, size := utf8.DecodeRuneInString(head)
		return head[:size], nil
	}
	return head[:fm.Body], nil
}

// openDetails shows the details of the open article.
func (w *window) openDetails() {
	d := w.doc
	if d == nil || !w.showsEditor() {
		w.status.tell("No article is open that could have details", "", nil)
		return
	}
	head, err := frontMatter(w.editor.Doc())
	var was library.Details
	if err == nil {
		was, err = library.ReadDetails(head)
	}
	var bad *library.FrontMatterError
	if errors.As(err, &bad) {
		w.fail(bad.In(d.file))
		return
	}
	a := &articleDetails{w: w, doc: d, was: was, panel: newPanel("Article details", detailsWidth, w.theme, w.colours)}
	a.form = newDetailsForm(a.panel, was, w.siteNow().Authors())
	doc := w.editor.Doc()
	article := library.Describe(doc.Slice(0, min(doc.Len(), 4096)), d.file, d.rel)
	a.form.hint(article, was, w.siteNow().Lang)
	a.panel.note.Text = elide(d.rel, 12, false, 320)
	a.panel.body = a.form
	a.panel.button("Cancel", a.close)
	apply := a.panel.primary("Apply")
	a.panel.escape, a.panel.enter = a.close, a.apply
	enable(apply, false)
	a.form.changed = func() {
		a.panel.goOn()
		enable(apply, a.edited())
	}
	if w.openPanel(a.panel) {
		w.win.Canvas().Focus(a.form.title)
	}
}

func (a *articleDetails) edited() bool { return !sameDetails(a.form.details(a.was), a.was) }

func sameDetails(a, b library.Details) bool {
	return a.Title == b.Title && a.Description == b.Description && a.Date == b.Date && a.Draft == b.Draft && a.Lang == b.Lang && a.Slug == b.Slug &&
		slices.Equal(a.Tags, b.Tags) && slices.Equal(a.Authors, b.Authors)
}

func (a *articleDetails) close() {
	if !a.edited() {
		a.panel.closed()
		return
	}
	a.panel.ask("What you changed is not applied.",
		choice{"Keep editing", func() {}}, choice{"Discard", a.panel.closed}, choice{"Apply", a.apply})
}

// apply makes what was changed one change of the open text.
func (a *articleDetails) apply() {
	w, now := a.w, a.form.details(a.was)
	if sameDetails(now, a.was) {
		a.panel.closed()
		return
	}
	if w.doc != a.doc || !w.showsEditor() {
		a.panel.tell("The article is not open any more: close this and open it again.")
		return
	}
	head, err := frontMatter(w.editor.Doc())
	var changed text.Doc
	if err == nil {
		changed, err = library.WithDetails(text.New(head), a.was, now)
	}
	var bad *library.FrontMatterError
	if errors.As(err, &bad) {
		a.panel.tell(sentence(bad.Message) + ": " + bad.Remedy + ".")
		return
	}
	if err != nil {
		a.panel.fail(err)
		return
	}
	a.panel.closed()
	if c := text.New(head).Diff(changed.String()); !c.IsZero() {
		w.editor.Apply(text.Transaction{Changes: text.Changes{c}, Kind: text.Command})
	}
}

// detailsForm is what the details are edited in.
type detailsForm struct {
	widget.BaseWidget
	title, description, date, tags *field
	lang, slug                     *field
	draft, published               *chip
	authors                        []string // credited, as they shall be written
	content                        *fyne.Container
	labels                         *form
	told                           []*canvas.Text
	theme                          fyne.Theme
	changed                        func()
}

const detailsWidth = 600 // pixels of the panel

func newDetailsForm(p *panel, was library.Details, known []*library.Author) *detailsForm {
	f := &detailsForm{theme: p.theme, changed: func() {}, authors: slices.Clone(was.Authors)}
	entry := func(e *field, s string) *field {
		e.SetText(s)
		e.OnChanged = func(string) { f.changed() }
		return e
	}
	f.title = entry(newField("", p), was.Title)
	f.description = entry(newTextField("A sentence for lists and search engines", 2, p), was.Description)
	f.date = entry(newField("", p), was.Date)
	f.tags = entry(newField("essays, water", p), tagsText(was.Tags))
	f.lang = entry(newField("en", p), was.Lang)
	f.slug = entry(newField("", p), was.Slug)
	var tags fyne.CanvasObject = f.tags
	if was.FixedTags {
		tags = f.tell(strings.Join(was.Tags, ", ") + " (change these in the text)")
	}
	f.draft = newChip("Draft", was.Draft, p.colours, p.key, func(bool) { f.status(true) })
	f.published = newChip("Published", !was.Draft, p.colours, p.key, func(bool) { f.status(false) })
	credits := f.credits(p, was, known)
	var authors fyne.CanvasObject = newChips(credits)
	if was.FixedAuthors {
		authors = f.tell(strings.Join(was.Authors, ", ") + " (change these in the text)")
	} else if len(credits) == 0 {
		authors = f.tell("There are none yet: see Library, Authors…")
	}
	f.content = newForm(
		formRow{label: "Title", field: f.title},
		formRow{label: "Description", field: f.description},
		formRow{label: "Date", field: f.date, small: 216},
		formRow{field: container.New(beside{}, f.draft, f.published)},
		formRow{label: "Tags", field: tags},
		formRow{label: "Authors", field: authors},
		formRow{label: "Language", field: f.lang, small: 88},
		formRow{label: "Slug", field: f.slug},
	)
	f.labels = f.content.Layout.(*form)
	f.ExtendBaseWidget(f)
	return f
}

// tell says something in the place of a field.
func (f *detailsForm) tell(s string) fyne.CanvasObject {
	t := canvas.NewText(elide(s, 12, false, detailsWidth-formLabel-2*panelInset), nil)
	t.TextSize = 12
	f.told = append(f.told, t)
	return container.New(beside{}, t)
}

// credits are chips for the authors: first those whom the article credits.
func (f *detailsForm) credits(p *panel, was library.Details, known []*library.Author) []*chip {
	var out []*chip
	add := func(name, as string, on bool) {
		out = append(out, newChip(name, on, p.colours, p.key, func(on bool) { f.credit(as, on) }))
	}
	var seen []*library.Author
	for _, as := range was.Authors {
		name := as
		if a := library.FindAuthor(known, as); a != nil {
			name = a.Name
			seen = append(seen, a)
		}
		add(name, as, true)
	}
	for _, a := range known {
		if !slices.Contains(seen, a) {
			add(a.Name, a.ID, false)
		}
	}
	return out
}

// credit credits an author, or does not any more.
func (f *detailsForm) credit(as string, on bool) {
	f.authors = slices.DeleteFunc(slices.Clone(f.authors), func(s string) bool { return s == as })
	if on {
		f.authors = append(f.authors, as)
	}
	f.changed()
}

func (f *detailsForm) status(draft bool) {
	f.draft.set(draft)
	f.published.set(!draft)
	f.changed()
}

// hint shows what counts where the front matter says nothing.
func (f *detailsForm) hint(a *library.Article, was library.Details, lang string) {
	if was.Title == "" {
		f.title.SetPlaceHolder(a.Title)
	}
	f.date.SetPlaceHolder("2026-11-30")
	if !a.Date.IsZero() {
		f.date.SetPlaceHolder(a.Date.Format("2006-01-02"))
	}
	if was.Slug == "" {
		f.slug.SetPlaceHolder(a.Slug)
	}
	if lang != "" {
		f.lang.SetPlaceHolder(lang)
	}
	if a.Draft && !was.Draft { // by its folder
		f.draft.set(true)
		f.published.set(false)
		f.draft.fixed, f.published.fixed = true, true
	}
}

// details is what the form says; what it does not touch is as it was.
func (f *detailsForm) details(was library.Details) library.Details {
	now := was
	now.Title, now.Description, now.Date = tidy(f.title.Text), tidy(f.description.Text), tidy(f.date.Text)
	now.Lang, now.Slug = tidy(f.lang.Text), tidy(f.slug.Text)
	if !f.draft.fixed {
		now.Draft = f.draft.on
	}
	if f.tags.Text != tagsText(was.Tags) {
		now.Tags = parseTags(f.tags.Text)
	}
	now.Authors = f.authors
	if len(now.Authors) == 0 && len(was.Authors) == 0 {
		now.Authors = was.Authors
	}
	return now
}

// tidy makes a text one line.
func tidy(s string) string { return strings.Join(strings.Fields(s), " ") }

// tagsText shows tags for editing. One with a comma in it stands in quotes.
func tagsText(tags []string) string {
	out := make([]string, len(tags))
	for i, t := range tags {
		if out[i] = t; strings.Contains(t, ",") {
			out[i] = `"` + t + `"`
		}
	}
	return strings.Join(out, ", ")
}

// parseTags reads what was edited: each tag once, as written first.
func parseTags(s string) []string {
	var out []string
	for s != "" {
		s = strings.TrimLeft(s, " \t,")
		var tag string
		if rest, quoted := strings.CutPrefix(s, `"`); quoted && strings.Contains(rest, `"`) {
			tag, s, _ = strings.Cut(rest, `"`)
		} else {
			tag, s, _ = strings.Cut(s, ",")
		}
		if tag = tidy(tag); tag != "" && !slices.ContainsFunc(out, func(t string) bool { return strings.EqualFold(t, tag) }) {
			out = append(out, tag)
		}
	}
	return out
}

// wanted implements panelBody.
func (f *detailsForm) wanted(width float32) float32 {
	f.labels.width = width - 2*panelInset
	return f.labels.least() + 2*panelInset
}

// colour implements panelBody.
func (f *detailsForm) colour(p look.Palette) {
	f.labels.colour(p)
	for _, t := range f.told {
		t.Color = p.Muted
	}
}

// CreateRenderer implements fyne.Widget.
func (f *detailsForm) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(inPanel(f.content, f.theme))
}
