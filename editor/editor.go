// Package editor is the widget in which one text is written.
//
// An [Editor] joins the parts below it: the text with its selection and history
// (editor/text), how Markdown reads it (editor/markdown), its rows on the screen
// (editor/layout), the commands (editor/edits) and searching (editor/find). It
// brings them together on the main thread; a key touches one line, and what
// grows with the text runs on goroutines, on values that do not change.
package editor

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/editor/edits"
	"longhand/editor/layout"
	"longhand/editor/markdown"
	"longhand/editor/pane"
	"longhand/editor/text"
	"longhand/editor/typeset"
)

// Options are what an editor needs from around it.
type Options struct {
	// Fonts hold the families of Look's Text and Mono.
	Fonts *typeset.Fonts
	// Do runs a function on the main thread, soon. It may be called from any
	// goroutine.
	Do        func(func())
	Clipboard fyne.Clipboard
	// Primary is nil where the desktop has no primary selection.
	Primary Primary
	// Details sums a front matter up in a few words, for when it is folded.
	Details func(frontMatter string) string
	// Still tells that nothing should move by itself: no blinking, no gliding.
	Still func() bool
}

// Primary is what a desktop offers beyond a clipboard of plain text.
type Primary interface {
	// SetPrimary offers a selection; the function is called when somebody asks,
	// on any goroutine.
	SetPrimary(func() string)
	// Primary returns what is selected anywhere.
	Primary(ctx context.Context) (string, error)
	// ClipboardHTML returns what was copied, as HTML, if it is there as such.
	ClipboardHTML(ctx context.Context) (string, bool)
	// ClipboardPicture returns a picture that was copied, as a PNG.
	ClipboardPicture(ctx context.Context) ([]byte, bool)
}

// Editor edits one text. Its methods belong to the main thread. Offsets are
// bytes of the text, as in package text.
type Editor struct {
	widget.BaseWidget
	opt     Options
	look    Look
	setting Setting

	state  text.State
	index  *markdown.Index
	view   *layout.View
	shaper *typeset.Shaper
	drawer *typeset.Painter

	upstream bool    // see layout.Caret, of the main caret
	goal     float32 // x that vertical moves keep to; negative for none
	scale    float32 // device pixels of one of Fyne's
	shift    bool    // is held
	focused  bool
	placed   bool // the text has been shown with the caret in view
	indexing indexing
	search   search
	mouse    mouse
	blink    blink
	glide    pane.Glide
	copied   string   // what was put on the clipboard last
	pasting  []*paste // on their way
	body     int      // where the article begins below its front matter

	onChanged  func(text.Doc)
	onCaret    func()
	onRead     func()
	onScrolled func()
	onFind     func()
	onMenu     func(fyne.Position)
	onPicture  func(png []byte)
	onKey      func(fyne.KeyName, fyne.KeyModifier)
	render     *renderer
}

var (
	_ fyne.Widget        = (*Editor)(nil)
	_ fyne.Focusable     = (*Editor)(nil)
	_ fyne.Shortcutable  = (*Editor)(nil)
	_ fyne.Tabbable      = (*Editor)(nil)
	_ fyne.Scrollable    = (*Editor)(nil)
	_ fyne.Draggable     = (*Editor)(nil)
	_ desktop.Mouseable  = (*Editor)(nil)
	_ desktop.Keyable    = (*Editor)(nil)
	_ desktop.Cursorable = (*Editor)(nil)
	_ desktop.Hoverable  = (*Editor)(nil)
	_ fyne.Accessible    = (*Editor)(nil)
)

// New returns an empty editor.
func New(opt Options, look Look) *Editor {
	e := &Editor{opt: opt, look: look, setting: DefaultSetting(), goal: -1, scale: 1}
	e.shaper, e.drawer = typeset.NewShaper(opt.Fonts), typeset.NewPainter(opt.Fonts)
	e.view = layout.New(e.shaper, e.typ())
	e.glide = pane.Glide{Do: opt.Do, Scroll: e.scrollBy, Scale: func() float32 { return e.scale }}
	e.SetDoc(text.Doc{}, 0)
	opt.Fonts.OnLoaded(func() { opt.Do(e.relay) })
	e.ExtendBaseWidget(e)
	return e
}

// Stop ends all that goes on by itself: reading, searching, blinking. The editor
// is not to be used afterwards.
func (e *Editor) Stop() {
	e.indexing.stop()
	e.search.stop()
	e.blink.stop()
	e.glide.Stop()
	e.release()
}

// relay lays everything out anew, when more fonts have come.
func (e *Editor) relay() {
	e.shaper, e.drawer = typeset.NewShaper(e.opt.Fonts), typeset.NewPainter(e.opt.Fonts)
	e.view.SetShaper(e.shaper)
	e.draw()
}

// OnChanged sets what is called after each change made by the writer.
func (e *Editor) OnChanged(f func(text.Doc)) { e.onChanged = f }

// OnCaret sets what is called when the caret or the selection has moved.
func (e *Editor) OnCaret(f func()) { e.onCaret = f }

// OnRead sets what is called when Index has changed: the text has, or more of it is read.
func (e *Editor) OnRead(f func()) { e.onRead = f }

// OnScrolled sets what is called when the writer has scrolled.
func (e *Editor) OnScrolled(f func()) { e.onScrolled = f }

// OnMenu sets what is called when the text's own menu is asked for, at a place
// of the window.
func (e *Editor) OnMenu(f func(fyne.Position)) { e.onMenu = f }

// OnKey sets what is called with the keys that the editor has no use for.
func (e *Editor) OnKey(f func(fyne.KeyName, fyne.KeyModifier)) { e.onKey = f }

// OnPicture sets what is called, on the main thread, with a picture that is pasted
// where there is no text to be pasted: it is meant to come to the caret.
func (e *Editor) OnPicture(f func(png []byte)) { e.onPicture = f }

// Index returns the Markdown structure of the text, a value.
func (e *Editor) Index() *markdown.Index { return e.index }

// InHeading reports whether the caret is in a heading.
func (e *Editor) InHeading() bool {
	return e.index.Line(e.Doc().Line(e.Caret())).Heading > 0
}

// Doc returns the text as it is now.
func (e *Editor) Doc() text.Doc { return e.state.Doc() }

// Caret returns the caret's offset.
func (e *Editor) Caret() int { return e.state.Selection().Main().Head }

// Selection returns what is selected.
func (e *Editor) Selection() text.Selection { return e.state.Selection() }

// SelectedText returns the text of the main selection.
func (e *Editor) SelectedText() string {
	r := e.state.Selection().Main()
	return e.Doc().Slice(r.Start(), r.End())
}

// SetDoc shows another text, with the caret at the given offset and nothing to
// undo. It does not call OnChanged.
func (e *Editor) SetDoc(doc text.Doc, caret int) {
	e.state = text.NewState(doc, text.Caret(min(max(caret, 0), doc.Len())))
	e.index = markdown.NewIndex(doc)
	e.view.SetDoc(doc, e.index)
	e.body = bodyStart(doc)
	e.fold()
	e.upstream, e.goal = false, -1
	e.release()
	e.mouse = mouse{Press: pane.Press{Do: e.opt.Do, Drag: e.dragTo}}
	e.pasting = nil
	e.glide.Stop()
	e.indexing.begin(e)
	e.search.begin(e)
	e.view.Reveal(e.caret(), 3)
	e.placed = e.render != nil
	e.draw()
	e.tellRead()
}

// tellRead says that the index is another.
func (e *Editor) tellRead() {
	if e.onRead != nil {
		e.onRead()
	}
}

// Colour asks for the colours of code that others than the editor want.
func (e *Editor) Colour() { e.indexing.ask(e) }

// Replace makes a change that another program made to the text. Caret and view
// keep their places. It can be undone, and does not call OnChanged.
func (e *Editor) Replace(c text.Change) {
	state, err := e.state.Apply(text.Transaction{Changes: text.Changes{c}, Kind: text.Command, At: time.Now()})
	if err != nil || c.IsZero() {
		return
	}
	e.state = state
	e.edited(text.Changes{c})
	e.goal = -1
	e.draw()
	e.tellRead()
}

// Apply makes a transaction, as a command of the writer.
func (e *Editor) Apply(t text.Transaction) {
	if t.At.IsZero() {
		t.At = time.Now()
	}
	state, err := e.state.Apply(t)
	if err != nil {
		fyne.LogError("editor: a change does not fit the text", err)
		return
	}
	e.follow(state, t.Changes)
}

// Command is an editing command, as those of package edits.
type Command = func(text.State, edits.Context) text.Transaction

// Do runs a command.
func (e *Editor) Do(c Command) {
	if t := c(e.state, e.index); len(t.Changes) > 0 || t.HasSelection {
		e.Apply(t)
	}
}

// Undo takes the last step back.
func (e *Editor) Undo() {
	if state, changes, ok := e.state.Undo(); ok {
		e.follow(state, changes)
	}
}

// Redo makes the last step that was taken back again.
func (e *Editor) Redo() {
	if state, changes, ok := e.state.Redo(); ok {
		e.follow(state, changes)
	}
}

// follow takes over a state that the changes have led to, everywhere.
func (e *Editor) follow(state text.State, changes text.Changes) {
	e.state = state
	if len(changes) > 0 {
		e.edited(changes)
	}
	e.upstream, e.goal = false, -1
	e.glide.Stop()
	e.search.jump = -1
	e.revealCaret()
	e.blink.restart(e)
	e.draw()
	e.offerSelection()
	if len(changes) > 0 {
		e.tellRead()
	}
	if len(changes) > 0 && e.onChanged != nil {
		e.onChanged(e.Doc())
	}
	if e.onCaret != nil {
		e.onCaret()
	}
}

// edited brings index, rows and matches up to the changed text.
func (e *Editor) edited(changes text.Changes) {
	doc := e.Doc()
	e.index = e.index.Edit(doc, changes)
	e.view.Edit(doc, changes, e.index)
	if e.body = bodyStart(doc); e.body != e.view.Folded().End {
		e.view.SetFold(layout.Fold{})
	}
	for _, p := range e.pasting {
		p.where = p.where.Map(changes)
	}
	e.indexing.changed(e, changes)
	e.search.changed(e, changes)
}

// selectTo takes over a selection and shows its caret.
func (e *Editor) selectTo(s text.Selection, upstream bool) {
	e.unfoldAt(s.Main().Head)
	e.choose(s, upstream, e.revealCaret)
}

// setSelection takes over a selection and leaves the view where it is.
func (e *Editor) setSelection(s text.Selection, upstream bool) { e.choose(s, upstream, func() {}) }

// choose takes over a selection; show brings into view what is to be seen of it.
func (e *Editor) choose(s text.Selection, upstream bool, show func()) {
	state, err := e.state.Apply(text.Transaction{Selection: s, HasSelection: true, Kind: text.Moving})
	if err != nil {
		return
	}
	e.state, e.upstream, e.search.jump = state, upstream, -1
	e.blink.restart(e)
	show()
	e.draw()
	e.offerSelection()
	if e.onCaret != nil {
		e.onCaret()
	}
}

// Select selects the bytes from anchor to head and shows them.
func (e *Editor) Select(anchor, head int) {
	e.goal = -1
	e.selectTo(text.Select(anchor, head), false)
}

// caret returns the main caret.
func (e *Editor) caret() layout.Caret {
	return layout.Caret{Offset: e.Caret(), Upstream: e.upstream}
}

// CreateRenderer implements fyne.Widget.
func (e *Editor) CreateRenderer() fyne.WidgetRenderer {
	e.render = newRenderer(e)
	e.arrange() // Fyne lets go of renderers that were hidden, and asks for new ones
	e.draw()
	return e.render
}

// AccessibilityLabel implements fyne.Accessible.
func (e *Editor) AccessibilityLabel() string { return "Text of the article" }

// AccessibilityRole implements fyne.Accessible.
func (e *Editor) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }
