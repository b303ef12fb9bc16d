package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	minPane = 200 // pixels, of every pane
	grip    = 8   // pixels around a hairline that take the mouse
)

// layout is which of editor and preview the writer wants to see. Its values are
// those of the session file.
type layout string

const (
	sideBySide  layout = "both"
	previewOnly layout = "preview"
	editorOnly  layout = "editor"
)

// next is the layout that Ctrl+E leads to.
func (l layout) next() layout {
	switch l {
	case sideBySide:
		return previewOnly
	case previewOnly:
		return editorOnly
	}
	return sideBySide
}

// panes puts library, editor and preview side by side, parted by hairlines that
// can be dragged. The library keeps its width when the window changes; the others
// share the rest.
type panes struct {
	widget.BaseWidget
	library, editor, preview fyne.CanvasObject
	left, right              *divider

	libraryWidth float32
	share        float32 // of the editor, 0 to 1
	hideLibrary  bool
	layout       layout
	// notice is set while the editor's pane tells why there is no text. It is then
	// shown in any layout: the page would be empty.
	notice bool
	// front is the pane that stands in the one place that a narrow window has,
	// whatever the layout; nil for the one that the layout means.
	front fyne.CanvasObject
	room  bool // for editor and preview together
	// moved is called when editor or preview have come or gone.
	moved func()
}

func newPanes(library, editor, preview fyne.CanvasObject) *panes {
	p := &panes{library: library, editor: editor, preview: preview, libraryWidth: 288, share: 0.5, layout: sideBySide, moved: func() {}}
	p.left = newDivider(func(dx float32) { p.libraryWidth = p.library.Size().Width + dx })
	p.right = newDivider(func(dx float32) {
		if rest := p.editor.Size().Width + p.preview.Size().Width; rest > 0 {
			p.share = (p.editor.Size().Width + dx) / rest
		}
	})
	p.left.after, p.right.after = p.Refresh, p.Refresh
	p.ExtendBaseWidget(p)
	return p
}

// bring puts a pane in the one place of a narrow window; nil brings the editor,
// if it is not there.
func (p *panes) bring(pane fyne.CanvasObject) {
	if pane == nil && p.editor.Visible() {
		return // each key comes by here
	}
	if pane == nil {
		pane = p.editor
	}
	p.setFront(pane)
}

// putAway takes the library from the place of editor or preview.
func (p *panes) putAway() {
	if p.front == p.library {
		p.setFront(nil)
	}
}

func (p *panes) setFront(pane fyne.CanvasObject) {
	if p.front != pane {
		p.front = pane
		p.Refresh()
	}
}

// set changes the layout, also in a window that has shown something else for want
// of room.
func (p *panes) set(l layout) {
	p.layout, p.front = l, nil
	p.Refresh()
}

// setNotice tells whether the editor's pane holds a notice.
func (p *panes) setNotice(on bool) {
	if p.notice != on {
		p.notice = on
		p.Refresh()
	}
}

// Below these widths, in pixels, a pane gives way: first the preview, then the
// library.
const (
	bothPanes = 560 // for editor and preview together
	withList  = 600 // for the window, to show the library
)

// arrange gives each pane its place. What the writer wished is kept within what
// the window allows, but not forgotten: a window made small and large again looks
// as before.
func (p *panes) arrange(size fyne.Size) {
	docked := !p.hideLibrary && size.Width >= withList
	x := float32(0)
	if docked {
		p.libraryWidth = max(p.libraryWidth, minPane)
		x = min(p.libraryWidth, max(minPane, size.Width*0.4))
		place(p.library, 0, 0, x, size.Height)
		place(p.left, x-grip/2, 0, grip, size.Height)
	}
	rest := size.Width - x
	p.room = rest >= bothPanes
	if docked && p.front == p.library || p.room && p.front != p.library {
		p.front = nil // there is room again
	}
	editor, preview := p.wanted()
	both := editor && preview
	w := rest
	if both {
		p.share = min(max(p.share, 0.1), 0.9)
		w = min(max(rest*p.share, minPane), rest-minPane)
		place(p.right, x+w-grip/2, 0, grip, size.Height)
	}
	front := p.front == p.library
	if front { // in the place of one of them
		place(p.library, x, 0, w, size.Height)
		editor, preview = false, both
	}
	// What is not to be seen keeps its size, and with it the place that is read.
	if editor {
		place(p.editor, x, 0, w, size.Height)
	}
	if preview && both {
		place(p.preview, x+w, 0, rest-w, size.Height)
	} else if preview {
		place(p.preview, x, 0, w, size.Height)
	}
	moved := p.editor.Visible() != editor || p.preview.Visible() != preview
	show(p.library, docked || front)
	show(p.left, docked)
	show(p.editor, editor)
	show(p.preview, preview)
	show(p.right, editor && preview)
	if moved {
		p.moved()
	}
}

// wanted tells which of editor and preview are to be seen, but for a library in
// front of them.
func (p *panes) wanted() (editor, preview bool) {
	switch {
	case p.notice:
		return true, p.room && p.layout == sideBySide
	case p.front == p.editor:
		return true, false
	case p.front == p.preview, p.layout == previewOnly:
		return false, true
	}
	return true, p.room && p.layout == sideBySide
}

func show(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// CreateRenderer implements fyne.Widget.
func (p *panes) CreateRenderer() fyne.WidgetRenderer { return &panesRenderer{p} }

type panesRenderer struct{ p *panes }

func (r *panesRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.library, r.p.editor, r.p.preview, r.p.left, r.p.right}
}
func (r *panesRenderer) Layout(size fyne.Size) { r.p.arrange(size) }
func (r *panesRenderer) MinSize() fyne.Size    { return fyne.NewSize(minPane+40, 160) }
func (r *panesRenderer) Refresh() {
	r.p.arrange(r.p.Size())
	canvas.Refresh(r.p)
}
func (r *panesRenderer) Destroy() {}

// divider is a hairline between two panes.
type divider struct {
	widget.BaseWidget
	line  *canvas.Rectangle
	moved func(dx float32)
	after func()
}

var (
	_ fyne.Draggable     = (*divider)(nil)
	_ desktop.Cursorable = (*divider)(nil)
)

func newDivider(moved func(float32)) *divider {
	d := &divider{moved: moved, line: canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))}
	d.ExtendBaseWidget(d)
	return d
}

// Dragged implements fyne.Draggable.
func (d *divider) Dragged(e *fyne.DragEvent) {
	d.moved(e.Dragged.DX)
	d.after()
}

// DragEnd implements fyne.Draggable.
func (d *divider) DragEnd() {}

// Cursor implements desktop.Cursorable.
func (d *divider) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// CreateRenderer implements fyne.Widget.
func (d *divider) CreateRenderer() fyne.WidgetRenderer { return &dividerRenderer{d} }

type dividerRenderer struct{ d *divider }

func (r *dividerRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.d.line} }
func (r *dividerRenderer) Layout(size fyne.Size)        { place(r.d.line, grip/2-1, 0, 1, size.Height) }
func (r *dividerRenderer) MinSize() fyne.Size           { return fyne.NewSize(grip, 0) }
func (r *dividerRenderer) Destroy()                     {}
func (r *dividerRenderer) Refresh() {
	r.d.line.FillColor = theme.Color(theme.ColorNameSeparator)
	r.d.line.Refresh()
}
