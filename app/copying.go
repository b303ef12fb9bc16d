package app

import (
	"bytes"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/editor"
	"longhand/editor/html"
	"longhand/editor/markdown"
	"longhand/library"
)

// copyCommands put the article on the clipboard as HTML.
func copyCommands() []command {
	list := []command{{menu: "Edit", title: "Copy as HTML", key: fyne.KeyC, mods: ctrlAlt, run: (*window).copyHTML}}
	for _, o := range html.Outlets() {
		list = append(list, command{menu: "Edit", title: "Copy for " + o.Name, run: func(w *window) { w.copyFor(o) }})
	}
	return list
}

// copyHTML copies what is selected in the text, or all of the article.
func (w *window) copyHTML() {
	what := "The article"
	selected := ""
	if _, writing := w.win.Canvas().Focused().(*editor.Editor); writing {
		selected = w.editor.SelectedText()
	}
	if strings.TrimSpace(selected) != "" {
		what = "What is selected"
	}
	st := w.siteNow()
	file := ""
	if d := w.doc; d != nil && d.inside {
		file = d.file
	}
	w.copy(what+" is on the clipboard as HTML", func(a *library.Article, text string) (copied, error) {
		body, address := text[a.Body:], func(string) string { return "" }
		if file != "" {
			address = st.PictureURL(a, text, file)
		}
		if strings.TrimSpace(selected) != "" {
			body = selected
		}
		var b bytes.Buffer
		err := html.Fragment(&b, markdown.Parse([]byte(body)), html.FragmentOptions{Trusted: st.TrustHTML && !a.Imported})
		made, left := html.WithPictures(b.String(), address)
		if file != "" {
			made = html.WithLinks(made, st.ArticleURL(a.Path))
		}
		return copied{html: made, note: uploads(left)}, err
	})
}

// uploads says that pictures are not where a fragment looks for them: they lie beside the
// article.
func uploads(left int) string {
	switch left {
	case 0:
		return ""
	case 1:
		return "; its picture must be uploaded as well"
	}
	return "; its " + thousands(left) + " pictures must be uploaded as well"
}

// copyFor copies the article as an outlet takes it, and tells what it will not keep.
func (w *window) copyFor(o *html.Outlet) {
	d, st := w.doc, w.siteNow()
	inside := d != nil && d.inside
	w.copy("The article is on the clipboard for "+o.Name, func(a *library.Article, text string) (copied, error) {
		p := st.Page(a, text[a.Body:], d.file, nil)
		made, losses, err := o.Fragment(p.Body, p.Files)
		if inside {
			made = html.WithLinks(made, st.ArticleURL(a.Path))
		}
		return copied{html: made, losses: losses}, err
	})
}

// copied is what is put on the clipboard.
type copied struct {
	html   string
	losses []string // what it will not keep
	note   string   // to be said after that it is done
}

// copy makes HTML of the text as it is now, in the background, and copies it. The losses are
// offered to be read.
func (w *window) copy(done string, fragment func(a *library.Article, text string) (copied, error)) {
	d := w.doc
	if d == nil {
		w.status.tell("No article is open that could be copied", "", nil)
		return
	}
	snapshot := d.text
	go func() {
		a := library.Describe(snapshot.String(), d.file, d.rel)
		made, err := fragment(a, snapshot.String())
		w.do(func() {
			if err != nil {
				w.fail(err)
				return
			}
			w.setClipboardHTML(made.html)
			if len(made.losses) == 0 {
				w.status.tell(done+made.note, "", nil)
				return
			}
			w.status.tell(done+", which changes "+count(len(made.losses), "thing"), "Show", func() { w.showLosses(done, made.losses) })
		})
	}()
}

// charset is what tells Firefox and office programs how HTML on a clipboard is encoded.
const charset = `<meta http-equiv="content-type" content="text/html; charset=utf-8">`

// setClipboardHTML offers HTML as what it means, where the desktop lets us, and as its source to
// what takes text only.
func (w *window) setClipboardHTML(fragment string) {
	w.app.Clipboard().SetContent(fragment)
	if s := w.cfg.selections; s != nil {
		s.SetClipboard(map[string][]byte{"text/html": []byte(charset + fragment), "text/plain": []byte(fragment)})
	}
}

func (w *window) showLosses(title string, losses []string) {
	text := widget.NewLabel("• " + strings.Join(losses, "\n• "))
	text.Wrapping, text.Selectable = fyne.TextWrapWord, true
	w.tellIn(title, container.NewVScroll(text), fyne.NewSize(560, 320))
}
