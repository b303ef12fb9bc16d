package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"longhand/editor/preview/pictures"
	"longhand/editor/text"
	"longhand/library"
	"longhand/library/manage"
)

// picturing is the panel that asks what pictures show, one after the other, before
// each is copied beside the article and comes into its text.
type picturing struct {
	w     *window
	files []string // that are still to come; the first is asked about
	total int
	panel *panel
	form  *pictureForm
	cache *pictures.Cache
	busy  bool
	tries int // of the first
}

// pictureFiles lets files through that may be pictures, by their names. What they
// really are is told by their bytes.
type pictureFiles struct{}

// Matches implements storage.FileFilter.
func (pictureFiles) Matches(u fyne.URI) bool { return isPicture(u.Name()) }

func isPicture(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".heic", ".heif"}, strings.ToLower(filepath.Ext(name)))
}

func isMarkdown(name string) bool {
	return slices.Contains([]string{".md", ".markdown"}, strings.ToLower(filepath.Ext(name)))
}

// choosePicture asks for the file of a picture.
func (w *window) choosePicture() {
	if w.doc == nil || !w.showsEditor() {
		w.status.tell("No article is open that could have pictures", "", nil)
		return
	}
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err == nil && f != nil {
			name := f.URI().Path()
			f.Close()
			w.insertPictures([]string{name})
		}
	}, w.win)
	d.SetFilter(pictureFiles{})
	d.Show()
	d.Resize(fyne.NewSize(900, 600))
}

// dropped takes files that were dropped on the window: pictures come into the open
// article, at the caret or below the paragraph they were dropped on; a text opens.
func (w *window) dropped(at fyne.Position, files []fyne.URI) {
	if w.win.Canvas().Overlays().Top() != nil {
		return // something is being asked
	}
	var found, texts, others []string
	for _, u := range files {
		switch name := u.Path(); {
		case u.Scheme() != "file":
			others = append(others, u.Name())
		case isPicture(name):
			found = append(found, name)
		case isMarkdown(name):
			texts = append(texts, name)
		default:
			others = append(others, u.Name())
		}
	}
	switch {
	case len(found) > 0 && (w.doc == nil || !w.showsEditor()):
		w.status.tell("Open an article first: a picture comes into its text", "", nil)
	case len(found) > 0:
		w.caretTo(at)
		w.insertPictures(found)
	case len(texts) > 0:
		w.focusEditor()
		w.open(texts[0])
		if more := len(texts) - 1; more > 0 {
			w.status.tell("One article is shown at a time: "+count(more, "other")+" not opened", "", nil)
		}
	case len(others) > 0:
		w.status.tell("“"+others[0]+"” is neither a picture nor a Markdown file", "", nil)
	}
}

// pastedPicture names the file of a picture that is pasted.
const pastedPicture = "picture.png"

// pastePicture takes a picture from the clipboard.
func (w *window) pastePicture(png []byte) {
	go func() {
		file, err := w.scratch.write(pastedPicture, png)
		w.do(func() {
			if err != nil {
				w.fail(err)
				return
			}
			w.insertPictures([]string{file})
		})
	}()
}

// caretTo puts the caret behind the paragraph at a place in the window, if that is on
// the text.
func (w *window) caretTo(at fyne.Position) {
	if !w.panes.editor.Visible() {
		return
	}
	in := at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(w.editor))
	size := w.editor.Size()
	if in.X < 0 || in.Y < 0 || in.X >= size.Width || in.Y >= size.Height {
		return
	}
	doc, line := w.editor.Doc(), 0
	for line = doc.Line(w.editor.OffsetAt(in)); line+1 < doc.Lines() && !blankLine(doc, line) && !blankLine(doc, line+1); line++ {
	}
	w.editor.Select(doc.LineEnd(line), doc.LineEnd(line))
}

func blankLine(doc text.Doc, line int) bool {
	const most = 1 << 10 // a longer one is not blank
	start, end := doc.LineStart(line), doc.LineEnd(line)
	return end-start < most && strings.TrimSpace(doc.Slice(start, end)) == ""
}

// insertPictures asks of each picture what it shows, and puts it into the open article.
func (w *window) insertPictures(files []string) {
	if w.doc == nil || !w.showsEditor() || len(files) == 0 {
		return
	}
	p := &picturing{w: w, files: files, total: len(files), panel: newPanel("Picture", pictureWidth, w.theme, w.colours)}
	p.cache = pictures.New(func() { w.do(func() { p.form.picture.Refresh() }) })
	p.form = newPictureForm(p.panel, p.cache)
	p.panel.body = p.form
	p.panel.button("Cancel", p.close)
	p.panel.button("Only decoration", func() { p.insert("") })
	p.panel.primary("Insert")
	p.panel.escape, p.panel.enter = p.close, p.enter
	p.form.field.OnChanged = func(string) { p.panel.goOn() }
	if !w.openPanel(p.panel) {
		p.cache.Stop()
		return
	}
	closed := p.panel.closed
	p.panel.closed = func() {
		closed()
		go p.cache.Stop()
	}
	p.ask()
}

// ask asks about the first of the pictures that are left.
func (p *picturing) ask() {
	p.tries = 0
	p.panel.note.Text = elide(filepath.Base(p.files[0]), 12, false, 280)
	if p.total > 1 {
		p.panel.note.Text = itoa(p.total-len(p.files)+1) + " of " + itoa(p.total) + ":  " + p.panel.note.Text
	}
	p.form.picture.show(p.files[0])
	p.form.field.SetText("")
	p.panel.tell("")
	p.panel.Refresh()
	p.w.win.Canvas().Focus(p.form.field)
}

func (p *picturing) close() {
	if !p.busy {
		p.panel.closed()
	}
}

func (p *picturing) enter() {
	if alt := tidy(p.form.field.Text); alt != "" {
		p.insert(alt)
		return
	}
	p.panel.tell("Say what it shows, or choose Only decoration.")
}

// insert copies the picture beside the article and puts it into the text.
func (p *picturing) insert(alt string) {
	if p.busy {
		return
	}
	w, d, source := p.w, p.w.doc, p.files[0]
	if d == nil {
		p.panel.closed()
		return
	}
	p.busy = true
	if !w.alone(nil, func() {
		if d.inside {
			w.attach(d, source, func(a *manage.Attachment, err error) { p.attached(alt, a, err) })
			return
		}
		w.shell.saves.Go(func() {
			link, err := manage.AttachLoose(d.file, source)
			w.do(func() {
				w.over(err)
				p.attached(alt, &manage.Attachment{Link: link}, err)
			})
		})
	}) {
		p.busy = false
		p.panel.tell("Something else is being done with the files: try again in a moment.")
	}
}

// attach copies a picture beside an article of the library, which may become a folder
// for it. It belongs into [window.alone], which it ends.
func (w *window) attach(d *document, source string, then func(*manage.Attachment, error)) {
	lib, rel, o := w.lib, d.rel, w.options()
	w.shell.saves.Go(func() {
		a, err := manage.Attach(w.ctx, lib, rel, source, o)
		if err == nil && a.Bundle == nil {
			_, err = a.Apply(w.ctx, nil)
		}
		w.do(func() {
			if err != nil || a.Bundle == nil {
				w.over(err)
				then(a, err)
				return
			}
			w.carry(a.Bundle, func(ctx context.Context, except func(string) bool) error {
				_, err := a.Apply(ctx, except)
				return err
			}, func(err error) { then(a, err) })
		})
	})
}

// attached puts the picture, which has been copied, into the text.
func (p *picturing) attached(alt string, a *manage.Attachment, err error) {
	const most = 3
	w := p.w
	p.busy = false
	p.tries++
	switch {
	case errors.Is(err, library.ErrChanged) && p.tries < most:
		p.insert(alt)
		return
	case err != nil:
		p.panel.fail(err)
		return
	case w.doc == nil:
		p.panel.closed()
		return
	}
	w.editor.Apply(withPicture(w.editor.Doc(), w.editor.Caret(), bodyOf(w.editor.Doc()), "!["+escapeAlt(alt)+"]("+a.Link+")"))
	w.saveDoc(w.doc)
	if p.files = p.files[1:]; len(p.files) > 0 {
		p.ask()
	} else {
		p.panel.closed()
		w.focusEditor()
	}
	if a.Bundle != nil {
		w.tellMoved("The article is now "+a.Article+", with its picture beside it", a.Bundle, nil)
	}
}

// bodyOf is the offset at which the Markdown of a text begins.
func bodyOf(doc text.Doc) int {
	head, err := frontMatter(doc)
	if err != nil {
		return 0
	}
	fm, _ := library.ParseFrontMatter(head)
	return fm.Body
}

// withPicture puts Markdown of a picture into a text whose own Markdown begins at body:
// as a paragraph where a paragraph ends, within one at the caret.
func withPicture(doc text.Doc, at, body int, picture string) text.Transaction {
	at = max(at, body)
	line := doc.Line(at)
	filled := func(n int) bool {
		return n >= 0 && n < doc.Lines() && doc.LineStart(n) >= body && !blankLine(doc, n)
	}
	before, after := "", ""
	switch {
	case !filled(line) && at == doc.LineStart(line):
		if filled(line-1) || at == body && body > 0 {
			before = "\n"
		}
		if filled(line + 1) {
			after = "\n"
		}
	case filled(line) && at == doc.LineEnd(line) && !filled(line+1):
		before = "\n\n"
	case filled(line) && at == doc.LineStart(line) && !filled(line-1):
		after = "\n\n"
	}
	end := at + len(before) + len(picture)
	return text.Transaction{
		Changes:   text.Changes{{Start: at, End: at, Insert: before + picture + after}},
		Selection: text.Caret(end), HasSelection: true, Kind: text.Command,
	}
}

// escapeAlt writes what a picture shows so that it stands between brackets.
func escapeAlt(s string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "`", "\\`", "<", `\<`, "*", `\*`).Replace(s)
}
