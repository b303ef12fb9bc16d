package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"longhand/editor/html"
	"longhand/editor/preview/pictures"
	"longhand/library"
)

// authors is the panel in which authors are listed and edited.
type authors struct {
	w     *window
	panel *panel
	form  *authorForm
	cache *pictures.Cache
	keep  *panelButton
	busy  bool   // saving
	after func() // what was to come when a save was asked for first; nil for nothing
}

// openAuthors shows the authors of the library. They are read in the background.
func (w *window) openAuthors() {
	if w.lib == nil {
		w.status.tell("There is no library that could have authors", "", nil)
		return
	}
	w.readAuthors(func(rows []credited, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.showAuthors(rows)
	})
}

// readAuthors reads the authors' files and counts who is credited, and hands both
// over on the main thread.
func (w *window) readAuthors(then func([]credited, error)) {
	lib, articles := w.lib, w.shelf.articles
	go func() {
		rows, err := authorRows(lib, articles)
		w.do(func() { then(rows, err) })
	}()
}

// authorRows lists those with a file, then those who are only credited.
func authorRows(lib *library.Library, articles []*library.Article) ([]credited, error) {
	files, err := lib.AuthorFiles()
	if err != nil {
		return nil, err
	}
	known := make([]*library.Author, len(files))
	for i, f := range files {
		known[i] = f.Author
	}
	counts := library.CountCredits(known, func(yield func(*library.Article) bool) {
		for _, a := range articles {
			if !yield(a) {
				return
			}
		}
	})
	rows := make([]credited, len(counts))
	for i, c := range counts {
		rows[i].Credited = c
		if i < len(files) {
			rows[i].file = files[i]
		}
	}
	return rows, nil
}

func (w *window) showAuthors(rows []credited) {
	a := &authors{w: w, panel: newPanel("Authors", authorsWidth, w.theme, w.colours)}
	a.cache = pictures.New(func() { w.do(a.refresh) })
	a.form = newAuthorForm(a.panel, a.cache, w.lib.File("authors"))
	a.panel.body = a.form
	a.panel.button("Close", a.close)
	a.keep = a.panel.primary("Save")
	a.panel.escape, a.panel.enter = a.close, a.save
	f := a.form
	f.changed, f.use = a.changed, a.usePicture
	f.list.move = func(n int) { a.choose(min(max(f.at+n, 0), len(f.rows)-1)) }
	f.list.OnSelected = func(i int) {
		f.list.UnselectAll() // rows show themselves what is chosen
		a.choose(i)
	}
	f.fresh.OnTapped = func() { a.choose(-1) }
	f.choose.OnTapped = a.choosePicture
	f.remove.OnTapped = func() {
		f.avatar, f.picture = "", ""
		f.showFace()
		a.changed()
	}
	f.open.OnTapped = a.openFile
	if !w.openPanel(a.panel) {
		a.cache.Stop()
		return
	}
	closed := a.panel.closed
	a.panel.closed = func() {
		closed()
		go a.cache.Stop()
	}
	a.show(rows, a.ofOpen(rows))
	w.win.Canvas().Focus(f.list)
}

// ofOpen is the index of the author of the open article, else of the first.
func (a *authors) ofOpen(rows []credited) int {
	if d := a.w.doc; d != nil {
		if article := a.w.shelf.byPath[d.rel]; article != nil && d.inside {
			for _, name := range article.Authors {
				if i := slices.IndexFunc(rows, func(c credited) bool { return c.ID == name || c.Name == name }); i >= 0 {
					return i
				}
			}
		}
	}
	return min(0, len(rows)-1)
}

func (a *authors) refresh() {
	a.form.list.Refresh()
	a.form.face.Refresh()
}

// show shows other authors, of which one is chosen; -1 for a new one.
func (a *authors) show(rows []credited, at int) {
	a.form.rows, a.form.at = rows, at
	files := 0
	for _, r := range rows {
		if !r.Missing {
			files++
		}
	}
	a.panel.note.Text = count(files, "author")
	a.fill()
}

// fill fills the form in and says what there is to say of the author.
func (a *authors) fill() {
	r := a.form.row()
	a.keep.SetText("Save")
	if r == nil || r.Missing {
		a.keep.SetText("Create")
	}
	a.form.fill()
	a.panel.tell("")
	if r != nil && r.Problem != nil {
		a.panel.fail(r.Problem)
	}
	if r != nil {
		a.form.list.ScrollTo(a.form.at)
	}
	a.panel.Refresh()
}

// changed is called when something was edited.
func (a *authors) changed() {
	r := a.form.row()
	on := !a.busy && (a.form.edited() || r != nil && r.Missing) && (r == nil || r.Problem == nil)
	enable(a.keep, on)
}

// leave does something that drops what was edited; it asks first if there is
// anything.
func (a *authors) leave(then func()) {
	if !a.form.edited() || a.busy {
		then()
		return
	}
	name := a.form.name.Text
	if name == "" {
		name = "this author"
	}
	a.panel.ask("What you changed of "+name+" is not saved.",
		choice{"Keep editing", func() {}},
		choice{"Discard", func() {
			a.form.fill()
			then()
		}},
		choice{"Save", func() {
			a.after = then
			a.save()
		}})
}

// choose goes to another author; to a new one with -1.
func (a *authors) choose(i int) {
	if i == a.form.at || a.panel.asks() || a.busy {
		return
	}
	a.leave(func() {
		a.form.at = i
		a.fill()
		if i < 0 {
			a.w.win.Canvas().Focus(a.form.name)
		}
	})
}

func (a *authors) close() { a.leave(a.panel.closed) }

// openFile opens the author's file in the editor.
func (a *authors) openFile() {
	if r := a.form.row(); r != nil && r.file != nil && !a.busy {
		a.leave(func() {
			a.panel.closed()
			a.w.open(r.file.File)
		})
	}
}

// choosePicture asks for a file.
func (a *authors) choosePicture() {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err == nil && f != nil {
			name := f.URI().Path()
			f.Close()
			a.form.use(name)
		}
	}, a.w.win)
	d.SetFilter(pictureFiles{})
	d.Show()
	d.Resize(fyne.NewSize(900, 600))
}

// usePicture takes a picture into the form, if it is one.
func (a *authors) usePicture(file string) {
	at := a.form.at
	go func() {
		_, err := readAvatar(file)
		a.w.do(func() {
			if a.form.at != at {
				return
			}
			if err != nil {
				a.panel.fail(err)
				return
			}
			a.form.picture = file
			a.panel.tell("")
			a.form.showFace()
			a.changed()
		})
	}()
}

// mostAvatar is the size in bytes up to which a picture is taken.
const mostAvatar = 32 << 20

// readAvatar reads a picture that a page can show.
func readAvatar(file string) (*library.Avatar, error) {
	name := filepath.Base(file)
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, fmt.Errorf("“%s” cannot be read: check that it is there, and its permissions", name)
	case !info.Mode().IsRegular() || info.Size() > mostAvatar:
		return nil, fmt.Errorf("“%s” is too large for a picture of an author: choose one of at most %d MB", name, mostAvatar>>20)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("“%s” cannot be read: check its permissions", name)
	}
	ext := html.Extension(data)
	if ext == "" {
		return nil, fmt.Errorf("“%s” is not a picture that a page can show: choose a PNG, JPEG, GIF, WebP, AVIF or SVG", name)
	}
	return &library.Avatar{Data: data, Extension: ext}, nil
}

// save writes what was edited, in the background.
func (a *authors) save() {
	if a.keep.Disabled() {
		return
	}
	form, err := a.form.form()
	if err == nil && form.Name == "" {
		err = errors.New("an author needs a name")
	}
	if err != nil {
		a.after = nil
		a.panel.fail(err)
		return
	}
	id, wanted := "", ""
	var file *library.AuthorFile
	if r := a.form.row(); r != nil {
		if file = r.file; file == nil {
			wanted = r.Name // under which articles look for the author
		}
	}
	a.busy = true
	a.changed()
	lib, articles, picture, sent := a.w.lib, a.w.shelf.articles, a.form.picture, a.form.texts()
	a.w.shell.saves.Go(func() {
		var avatar *library.Avatar
		var err error
		if picture != "" {
			avatar, err = readAvatar(picture)
		}
		switch {
		case err != nil:
		case file == nil:
			id, err = lib.CreateAuthor(wanted, form, avatar)
		default:
			id, err = file.ID, lib.SaveAuthor(file, form, avatar)
		}
		var rows []credited
		if err == nil {
			rows, err = authorRows(lib, articles)
		}
		a.w.do(func() { a.saved(id, sent, rows, err) })
	})
}

// saved shows what was saved, here and wherever authors are named. What was typed
// since stays.
func (a *authors) saved(id string, sent [3]string, rows []credited, err error) {
	after := a.after
	a.busy, a.after = false, nil
	if err == nil {
		a.w.reload()
		a.w.preview.Refreshed()
	}
	if a.w.panel != a.panel {
		if err != nil {
			a.w.fail(err)
		}
		return
	}
	a.changed()
	switch {
	case errors.Is(err, library.ErrChanged):
		a.panel.ask("Another program has changed authors/"+id+".md meanwhile.",
			choice{"Keep editing", func() {}}, choice{"Load its text", a.again})
	case err != nil:
		a.panel.fail(err)
	default:
		was, typed := a.form.was.Name, a.form.texts()
		a.cache.Refresh()
		a.show(rows, slices.IndexFunc(rows, func(c credited) bool { return c.ID == id && !c.Missing }))
		if typed != sent {
			a.form.name.SetText(typed[0])
			a.form.links.SetText(typed[1])
			a.form.bio.SetText(typed[2])
		}
		a.panel.tell("Saved" + unnamed(was, rows))
		if after != nil {
			after()
		}
	}
}

// unnamed tells of articles that credit an author by a name that is gone.
func unnamed(was string, rows []credited) string {
	for _, c := range rows {
		if c.Missing && strings.EqualFold(c.Name, was) {
			return ". “" + c.Name + "” is still credited by " + count(c.Articles, "article") + ": change that there."
		}
	}
	return ""
}

// again reads the authors anew, and drops what was edited.
func (a *authors) again() {
	id := ""
	if r := a.form.row(); r != nil {
		id = r.ID
	}
	a.w.readAuthors(func(rows []credited, err error) {
		switch {
		case a.w.panel != a.panel:
		case err != nil:
			a.panel.fail(err)
		default:
			a.show(rows, max(slices.IndexFunc(rows, func(c credited) bool { return c.ID == id }), min(0, len(rows)-1)))
		}
	})
}
