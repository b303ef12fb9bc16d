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
	trust := w.siteNow().TrustHTML
	w.copied(what+" is on the clipboard as HTML", func(a *library.Article, body string) (string, []string, error) {
		if strings.TrimSpace(selected) != "" {
			body = selected
		}
		var b bytes.Buffer
		err := html.Fragment(&b, markdown.Parse([]byte(body)), html.FragmentOptions{Trusted: trust && !a.Imported})
		return b.String(), nil, err
	})
}

// copyFor copies the article as an outlet takes it, and tells what it will not keep.
func (w *window) copyFor(o *html.Outlet) {
	d, st := w.doc, w.siteNow()
	w.copied("The article is on the clipboard for "+o.Name, func(a *library.Article, body string) (string, []string, error) {
		p := st.Page(a, body, d.file, nil)
		return o.Fragment(p.Body, p.Files)
	})
}

// copied makes HTML of the text as it is now, in the background, and copies it. The losses are
// offered to be read.
func (w *window) copied(done string, fragment func(*library.Article, string) (string, []string, error)) {
	d := w.doc
	if d == nil {
		w.status.tell("No article is open that could be copied", "", nil)
		return
	}
	snapshot := d.text
	go func() {
		a := library.Describe(snapshot.String(), d.file, d.rel)
		made, losses, err := fragment(a, snapshot.String()[a.Body:])
		w.do(func() {
			if err != nil {
				w.fail(err)
				return
			}
			w.setClipboardHTML(made)
			if len(losses) == 0 {
				w.status.tell(done, "", nil)
				return
			}
			w.status.tell(done+", which changes "+count(len(losses), "thing"), "Show", func() { w.showLosses(done, losses) })
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
