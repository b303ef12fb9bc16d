package app

import (
	"errors"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/site"
	"longhand/resources"
)

// newArticle asks for a title and creates the article.
func (w *window) newArticle() {
	if w.lib == nil {
		w.status.tell("There is no library to put a new article into", "", nil)
		return
	}
	title := &titleEntry{}
	title.ExtendBaseWidget(title)
	title.SetPlaceHolder("Untitled")
	q := &question{}
	create := func() {
		w.put(q)
		w.win.Canvas().Unfocus() // what is typed next is for the new article
		name := strings.TrimSpace(title.Text)
		if name == "" {
			name = "Untitled"
		}
		w.create(name)
	}
	title.OnSubmitted = func(string) { create() }
	title.escape = func() { w.put(q) }
	q.escape, q.enter = title.escape, create
	d := dialog.NewCustomWithoutButtons("New article", container.NewPadded(title), w.win)
	ok := widget.NewButton("Create", create)
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", title.escape), ok})
	q.dialog = d
	w.pose(q, fyne.NewSize(440, 0))
	w.win.Canvas().Focus(title)
}

func (w *window) create(title string) {
	lib := w.lib
	go func() {
		rel, err := lib.New(title, nil, time.Now())
		var a *library.Article
		var doc text.Doc
		if err == nil {
			a, doc = library.Read(lib.File(rel), rel)
		}
		w.do(func() {
			if err != nil {
				w.fail(err)
				return
			}
			w.sidebar.box.SetText("")
			w.update(rel, a, doc.String()[a.Body:])
			w.showText() // there is nothing to read yet
			w.openAt(lib.File(rel), doc.Len(), true)
		})
	}()
}

// openDialog opens any Markdown file.
func (w *window) openDialog() {
	d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			return
		}
		name := f.URI().Path()
		f.Close()
		w.open(name)
	}, w.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".md", ".markdown", ".txt"}))
	if w.lib != nil {
		if dir, err := storage.ListerForURI(storage.NewFileURI(w.lib.Dir())); err == nil {
			d.SetLocation(dir)
		}
	}
	d.Show() // before Resize, which file dialogs do not take unshown
	d.Resize(fyne.NewSize(900, 600))
}

// siteNow is the site for pages; an empty one until the library is read.
func (w *window) siteNow() *site.Site {
	if w.shelf.site == nil {
		return &site.Site{}
	}
	return w.shelf.site
}

// export writes the page of the open article into the folder for exports.
func (w *window) export() {
	d := w.doc
	if d == nil {
		w.status.tell("No article is open that could be exported", "", nil)
		return
	}
	w.exportTo(d, w.cfg.Exports)
}

// exportElsewhere asks for the folder.
func (w *window) exportElsewhere() {
	d := w.doc
	if d == nil {
		w.status.tell("No article is open that could be exported", "", nil)
		return
	}
	ask := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		if err == nil && dir != nil {
			w.exportTo(d, dir.Path())
		}
	}, w.win)
	ask.Show()
	ask.Resize(fyne.NewSize(900, 600))
}

// exportTo makes the page of the text as it is now, in the background. A file
// that is not a page of ours stays as it is: the page gets another name.
func (w *window) exportTo(d *document, dir string) {
	w.saveDoc(d)
	snapshot, st := d.text, w.siteNow()
	w.status.tell("Exporting…", "", nil)
	go func() {
		to, again, warnings, err := exportPage(st, d, snapshot, dir)
		w.do(func() { w.exported(to, again, warnings, err) })
	}()
}

func (w *window) exported(to string, again bool, warnings []*library.Problem, err error) {
	if err != nil {
		w.fail(err)
		return
	}
	done := "Exported to "
	if again {
		done = "Exported again to "
	}
	if len(warnings) > 0 {
		w.status.tell(done+short(to)+" with "+count(len(warnings), "warning"), "Show", func() { w.showProblems(warnings) })
		return
	}
	w.status.tell(done+short(to), "Open", func() { w.browse(to) })
}

// short names a file below the home folder by ~.
func short(name string) string {
	if home, err := os.UserHomeDir(); err == nil && home != "/" {
		if rel, err := filepath.Rel(home, name); err == nil && filepath.IsLocal(rel) {
			return filepath.Join("~", rel)
		}
	}
	return name
}

// browse shows a file or folder with the desktop's program for it.
func (w *window) browse(name string) {
	if err := w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(name)}); err != nil {
		w.status.tell("The desktop could not open "+short(name), "", nil)
	}
}

func (w *window) showFolder() {
	if w.lib != nil {
		w.browse(w.lib.Dir())
	}
}

// follow opens a link of the preview: another article in the window, an address
// in the browser.
func (w *window) follow(destination string) {
	if id, ok := addressOfAuthor(destination); ok {
		w.sidebar.box.SetText("")
		w.by = id
		w.find()
		return
	}
	u, err := url.Parse(destination)
	if err != nil || w.doc == nil {
		return
	}
	switch u.Scheme {
	case "http", "https", "mailto":
		if err := w.app.OpenURL(u); err != nil {
			w.status.tell("The desktop could not open "+destination, "", nil)
		}
	case "":
		if u.Host == "" && u.Path != "" {
			w.followFile(u.Path, u.Fragment)
		}
	}
}

// followFile opens the article that a link leads to: a file, or a slug's folder, beside the
// open one, else anywhere in the library by its slug. fragment is the id of a place in it, or "".
func (w *window) followFile(link, fragment string) {
	base := filepath.Join(filepath.Dir(w.doc.file), filepath.FromSlash(link))
	slug := path.Base(strings.TrimSuffix(link, "/"))
	for _, ext := range []string{".md", ".markdown", ".html", ".htm"} {
		slug = strings.TrimSuffix(slug, ext)
	}
	bySlug := ""
	for _, a := range w.shelf.articles {
		if a.Slug == slug {
			bySlug = w.lib.File(a.Path)
			break
		}
	}
	go func() {
		for _, file := range []string{base, base + ".md", filepath.Join(base, "index.md"), bySlug} {
			ext := strings.ToLower(filepath.Ext(file))
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && (ext == ".md" || ext == ".markdown") {
				w.do(func() { w.openThen(file, lastCaret, true, func() { w.preview.Go(fragment) }) })
				return
			}
		}
		w.do(func() { w.status.tell("There is no article "+link, "", nil) })
	}()
}

// showPostsBy lists the articles of an author.
func (w *window) showPostsBy(id string) {
	authors := w.siteNow().Authors()
	var entries []entry
	name := id
	for _, a := range w.shelf.articles {
		for _, by := range library.Credits(authors, a.Article) {
			if by.ID == id {
				entries, name = append(entries, entry{Article: a.Article}), by.Name
			}
		}
	}
	w.sidebar.show(entries, "All posts by "+name, itoa(len(entries)))
}

// fail tells of something that the writer asked for and that went wrong.
func (w *window) fail(err error) {
	title, detail := describe(err)
	text := widget.NewLabel(detail)
	text.Wrapping = fyne.TextWrapWord
	w.status.tell(title, "", nil)
	w.tellIn(title, text, fyne.NewSize(480, 0))
}

// describe puts an error into a heading and what to do.
func describe(err error) (title, detail string) {
	var p *library.Problem
	if !errors.As(err, &p) {
		return sentence(err.Error()), ""
	}
	where := short(p.Path)
	if p.Line > 0 {
		where += ", line " + itoa(p.Line)
	}
	if p.Remedy != "" {
		where += ": " + p.Remedy + "."
	}
	return sentence(p.Message), where
}

func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToTitle(r)) + s[n:]
}

// showProblems lists files with what is wrong with each.
func (w *window) showProblems(problems []*library.Problem) {
	var lines []string
	for _, p := range problems {
		title, detail := describe(p)
		lines = append(lines, title+"\n"+detail)
	}
	text := widget.NewLabel(strings.Join(lines, "\n\n"))
	text.Wrapping, text.Selectable = fyne.TextWrapWord, true
	w.tellIn("Files that need a look", container.NewVScroll(text), fyne.NewSize(640, 420))
}

func (w *window) about() {
	text := widget.NewLabel("Longhand " + w.cfg.Version + ": write blog posts offline.\n\n" + resources.Licences())
	text.Wrapping, text.Selectable = fyne.TextWrapWord, true
	w.tellIn("About Longhand", container.NewVScroll(text), fyne.NewSize(640, 480))
}
