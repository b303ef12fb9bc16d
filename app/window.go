package app

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor"
	"longhand/editor/markdown"
	"longhand/editor/preview"
	"longhand/editor/text"
	"longhand/editor/typeset"
	"longhand/library"
	"longhand/library/search"
)

// window is the main window. Its fields belong to the main thread.
type window struct {
	shell  *shell
	cfg    Config
	app    fyne.App
	win    fyne.Window
	theme  *look.Theme
	main   *mainThread
	ctx    context.Context
	cancel context.CancelFunc

	lib     *library.Library // nil when there is none to be had
	session session
	shelf   shelf
	index   *search.Index // nil until it is open
	reading reading
	handing sync.Mutex // held while changes of the index are handed over

	panes   *panes
	sidebar *sidebar
	fonts   *typeset.Fonts
	letters *letters
	editor  *editor.Editor
	findBar *findBar
	preview *preview.Preview
	status  *status
	page    *fyne.Container // the editor, or a notice in its place
	writer  *fyne.Container // the editor with the strip for finding

	settings settings
	reduced  bool   // the desktop asks for less motion
	named    bool   // the library's name is shown
	titled   string // the article in the window's title

	doc        *document            // nil when none is open
	docs       map[string]*document // the open one and those not saved yet, by file
	carets     map[string]int       // where they were left, by file
	question   *question            // the dialog that is open
	palette    *palette             // lies over the window; nil for none
	panel      *panel               // lies over the window; nil for none
	website    *siteExport          // whose panel is open; nil for none
	settled    func()               // what waits for them
	opening    opening
	rereading  bool   // the open file is being looked at
	heldSaid   string // that another program has it open
	crashed    string // the report of a crash that was found at this start
	drawing    drawing
	paging     page
	finding    finder
	listing    lister
	moving     moving
	versioning *versioning
	keep       *keeper
	scratch    *scratch
}

// newWindow makes the program's window, with its first library.
func newWindow(ctx context.Context, a fyne.App, th *look.Theme, cfg Config, s session, lib *library.Library, schedule func(func())) (*window, error) {
	fonts, err := look.Fonts(cfg.Cache, cfg.Language)
	if err != nil {
		return nil, err
	}
	settings, wrong := loadSettings(cfg.Settings)
	sh := &shell{ctx: ctx, app: a, win: a.NewWindow("Longhand"), theme: th, fonts: fonts, letters: newLetters(fonts), schedule: schedule}
	sh.openJournal(cfg)
	sh.win.SetPadded(false)
	sh.win.SetMaster()
	sh.follow()
	w := sh.show(cfg, settings, s, lib)
	go sweepScratch(os.TempDir(), time.Now())
	if wrong != nil {
		w.fail(wrong)
	}
	return w, nil
}

// show makes the window's contents for a library.
func (sh *shell) show(cfg Config, set settings, s session, lib *library.Library) *window {
	w := &window{
		shell: sh, cfg: cfg, app: sh.app, win: sh.win, theme: sh.theme, fonts: sh.fonts, letters: sh.letters, main: newMainThread(sh.schedule), keep: &sh.keep, scratch: &sh.scratch,
		lib: lib, session: s, settings: set, docs: map[string]*document{}, carets: map[string]int{}, versioning: newVersioning(cfg.State),
	}
	w.ctx, w.cancel = context.WithCancel(sh.ctx)
	first := sh.now.Swap(w) == nil
	w.editor = w.newEditor()
	w.findBar = newFindBar(w.editor, w.colours)
	w.findBar.focusText = func() {
		w.page.Refresh()
		w.focusEditor()
	}
	w.findBar.key = w.functionKey
	w.findBar.focusOn = w.win.Canvas().Focus
	w.preview = w.newPreview()
	w.sidebar = newSidebar(w.theme, w.letters, w.colours)
	w.sidebar.open = func(path string) { w.openFound(path, true) }
	w.sidebar.step = func(path string) { w.openFound(path, false) }
	w.sidebar.box.OnChanged = func(string) { w.findPromptly() }
	w.sidebar.box.enter = w.enterFound
	w.sidebar.box.escape = w.leaveSearch
	w.sidebar.box.function = w.functionKey
	w.sidebar.menu = w.rowMenu
	w.sidebar.remove = w.discard
	w.sidebar.caption.tapped = w.arrangeMenu
	w.sidebar.list.letter = func(r rune) {
		w.focusSearch()
		w.sidebar.box.TypedRune(r)
	}
	w.status = newStatus(w.colours)
	w.writer = container.New(writerLayout{w.findBar}, w.editor, w.findBar)
	w.page = container.NewStack(w.writer)
	paper := func(o fyne.CanvasObject) fyne.CanvasObject { return newGround(o, w.colours) }
	w.panes = newPanes(w.sidebar, paper(w.page), paper(w.preview))
	w.panes.libraryWidth, w.panes.share = s.LibraryPane, s.EditorShare
	w.panes.hideLibrary, w.panes.layout = s.HideLibrary, s.Layout
	w.panes.moved = w.followPanes
	w.win.SetMainMenu(w.menu())
	w.win.SetContent(container.New(frame{}, widget.NewSeparator(), w.panes, w.status))
	if first {
		w.win.Resize(fyne.NewSize(s.Width, s.Height))
	}
	w.win.SetCloseIntercept(w.close)
	w.win.SetOnDropped(w.dropped)
	w.listen()
	w.closeText()
	w.win.Canvas().SetOnTypedKey(w.answer)
	w.bindAlternatives()
	w.bindBuiltins()
	w.reduce()
	w.nameLibrary()
	w.setArrangement(s.Lists[w.key()])
	w.followFolder()
	w.reload()
	w.watch()
	w.watchHolders()
	w.thinVersions()
	return w
}

// do runs a function on the main thread, soon. It is the only way there.
func (w *window) do(f func()) { w.main.do(f) }

// every has a function run on the main thread again and again, until the window closes.
func (w *window) every(pause time.Duration, f func()) {
	tick := time.NewTicker(pause)
	go func() {
		defer tick.Stop()
		for {
			select {
			case <-w.ctx.Done():
				return
			case <-tick.C:
				w.do(f)
			}
		}
	}()
}

// listen follows the desktop: its light and dark, and the window's focus.
func (w *window) listen() {
	w.askDesktop()
	life := w.app.Lifecycle()
	life.SetOnExitedForeground(func() { w.do(w.autosave) })
	last := time.Now() // of reading the folder
	life.SetOnEnteredForeground(func() {
		w.do(func() {
			if time.Since(last) > 2*time.Second {
				last = time.Now()
				w.reload()
				w.reread()
				w.preview.Refreshed()
			}
		})
	})
}

func (w *window) colours() look.Palette { return w.theme.Palette() }

// askDesktop follows the desktop's light or dark.
func (w *window) askDesktop() {
	known := w.app.Settings().ThemeVariant()
	go func() {
		v := look.Desktop(known)
		w.do(func() {
			if w.theme.SetDesktop(v) {
				w.app.Settings().SetTheme(w.theme)
			}
		})
	}()
}

// restyle draws everything in the colours of now.
func (w *window) restyle() {
	w.editor.SetLook(w.theme.Palette().Editor())
	w.findBar.Refresh()
	w.sidebar.Refresh()
	w.sidebar.list.Refresh()
	w.preview.SetLook(w.theme.Palette().Preview())
	w.status.Refresh()
	if w.palette != nil {
		w.palette.Refresh()
	}
	if w.panel != nil {
		w.panel.Refresh()
	}
	w.win.Content().Refresh()
}

// letter draws the lists anew with the faces that were lacking.
func (w *window) letter() {
	w.letters.version++
	w.sidebar.list.Refresh()
	if w.palette != nil {
		w.palette.Refresh()
	}
	if w.website != nil {
		w.website.watch.again()
	}
	if w.panel != nil {
		w.panel.Refresh()
	}
}

func (w *window) setAppearance(a look.Appearance) {
	w.session.Appearance = a
	w.theme.SetAppearance(a)
	w.app.Settings().SetTheme(w.theme)
	w.win.SetMainMenu(w.menu())
}

// stop ends all work that is still under way, but for saving, which it ends well.
func (w *window) stop() {
	w.cancel()
	w.main.stop()
	w.editor.Stop()
	w.preview.Stop()
	w.flush()
	w.shell.closeJournal()
	if !ended(&w.shell.keeping) { // another process may hold the versions for long
		fyne.LogError("the last versions could not be kept", nil)
	}
	ended(&w.shell.builds) // which were told to stop, and leave nothing half done
	if w.index != nil {
		w.index.Close()
	}
	w.scratch.remove()
	w.keep.now(w.session, w.cfg.State)
}

// generation counts pieces of work of which only the newest matters.
type generation struct{ n int }

func (g *generation) next() int          { g.n++; return g.n }
func (g *generation) current(n int) bool { return g.n == n }

// remember keeps what the next start shall find.
func (w *window) remember() {
	size := w.win.Canvas().Size()
	s := &w.session
	s.Width, s.Height = size.Width, size.Height
	s.LibraryPane, s.EditorShare = w.panes.libraryWidth, w.panes.share
	s.HideLibrary, s.Layout = w.panes.hideLibrary, w.panes.layout
	if w.doc != nil {
		s.Open[w.key()] = openDoc{File: w.doc.file, Caret: w.editor.Caret()}
	}
}

// keepSession writes the session, in the background.
func (w *window) keepSession() {
	w.remember()
	s, dir := w.session.clone(), w.cfg.State
	turn := w.keep.turn.Add(1)
	go w.keep.write(turn, s, dir)
}

// key is under which name the session remembers this library.
func (w *window) key() string {
	if abs, err := filepath.Abs(w.cfg.Library); err == nil {
		return abs
	}
	return w.cfg.Library
}

// openLast opens the article of the last time.
func (w *window) openLast() {
	if last, ok := w.session.Open[w.key()]; ok {
		w.openAt(last.File, last.Caret, true)
	}
}

// focusEditor puts the caret to work. Where only the page is shown, it stays, and
// takes the keyboard.
func (w *window) focusEditor() {
	w.panes.putAway()
	w.focusShown()
}

// focusShown leads the keyboard to the text, else to the page in its place.
func (w *window) focusShown() {
	c := w.win.Canvas()
	if w.panes.editor.Visible() {
		c.Focus(w.editor)
	} else {
		c.Focus(w.preview)
	}
}

// followPanes takes the keyboard from a pane that has gone. A library in front of
// it goes again, and leaves the keyboard there.
func (w *window) followPanes() {
	p, c := w.panes, w.win.Canvas()
	w.preview.Sleep(!p.preview.Visible())
	if p.preview.Visible() {
		w.holdPage()
	}
	if p.front == p.library || w.doc == nil || !w.showsEditor() || c.Overlays().Top() != nil {
		return
	}
	pane := p.editor
	switch focused := c.Focused(); {
	case focused == fyne.Focusable(w.sidebar.box), focused == fyne.Focusable(w.sidebar.list):
		return
	case focused == nil, w.isPage(focused):
		pane = p.preview
	}
	if !pane.Visible() {
		w.focusShown()
	}
}

// isPage reports whether it is the preview that has the keyboard.
func (w *window) isPage(focused fyne.Focusable) bool { return focused == fyne.Focusable(w.preview) }

// onPage reports whether keys are meant for the page: it has the keyboard, or
// nothing has and the text is not shown.
func (w *window) onPage() bool {
	focused := w.win.Canvas().Focused()
	return w.isPage(focused) || focused == nil && !w.panes.editor.Visible()
}

// showText shows the text beside the page where only the page is shown, and takes
// the keyboard from there.
func (w *window) showText() {
	if w.doc == nil || !w.showsEditor() || w.win.Canvas().Overlays().Top() != nil {
		return
	}
	onPage := w.onPage()
	if p := w.panes; p.room && p.layout == previewOnly {
		w.setLayout(sideBySide)
	} else {
		p.bring(nil)
	}
	if onPage {
		w.focusShown()
	}
}

// notice tells in the editor's place why there is nothing to edit.
func (w *window) notice(err error) {
	title, detail := describe(err)
	w.noText(title, detail)
}

// closeText shows that nothing is open.
func (w *window) closeText() {
	w.noText("No article is open", "Choose one from the list, or begin a new one with Ctrl+N.")
}

func (w *window) noText(title, detail string) {
	w.showNotice(title, detail)
	w.preview.SetText(markdown.NewIndex(text.Doc{}), preview.Frame{}, preview.Files{}, false)
	w.paging.shown = nil
	w.setTitle("")
	w.status.clear()
}

func (w *window) showNotice(title, detail string) {
	head := widget.NewLabel(title)
	head.SizeName, head.TextStyle.Bold = look.SizeNotice, true
	head.Alignment, head.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	body := widget.NewLabel(detail)
	body.Importance = widget.LowImportance
	body.Alignment, body.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	w.page.Objects = []fyne.CanvasObject{container.New(noticeLayout{}, container.NewVBox(head, body))}
	w.page.Refresh()
	w.panes.setNotice(true)
}

func (w *window) showEditor() {
	if !w.showsEditor() {
		w.page.Objects = []fyne.CanvasObject{w.writer}
		w.page.Refresh()
		w.panes.setNotice(false)
	}
}

// showsEditor reports whether the text is shown, and not a notice.
func (w *window) showsEditor() bool {
	return len(w.page.Objects) == 1 && w.page.Objects[0] == fyne.CanvasObject(w.writer)
}

// writerLayout puts the strip for finding below the text.
type writerLayout struct{ bar *findBar }

func (writerLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l writerLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := l.bar.height()
	place(o[0], 0, 0, size.Width, size.Height-h)
	place(o[1], 0, size.Height-h, size.Width, h)
}

// frame stacks the hairline below the menu, the panes and the status bar.
type frame struct{}

func (frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[1].MinSize().AddWidthHeight(0, 1+statusHeight)
}

func (frame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, 1)
	place(o[1], 0, 1, size.Width, size.Height-1-statusHeight)
	place(o[2], 0, size.Height-statusHeight, size.Width, statusHeight)
}

// noticeLayout puts a notice in the upper third, no wider than is read easily.
type noticeLayout struct{}

func (noticeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(160, 120) }

func (noticeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width-48, 420)
	for _, o := range objects {
		place(o, (size.Width-width)/2, size.Height*0.28, width, o.MinSize().Height)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// count writes a number with its noun: "1,204 words".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return thousands(n) + " " + noun
}

// thousands writes a number in groups of three digits.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
