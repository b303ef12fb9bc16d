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
	hidePreview  bool
	// front is the pane that stands in the editor's place while the window is too
	// narrow for both; nil for none.
	front fyne.CanvasObject
}

func newPanes(library, editor, preview fyne.CanvasObject) *panes {
	p := &panes{library: library, editor: editor, preview: preview, libraryWidth: 288, share: 0.5}
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

// bring puts a pane in the editor's place, where the window is too narrow for
// both; nil brings the editor back.
func (p *panes) bring(pane fyne.CanvasObject) {
	if p.front != pane {
		p.front = pane
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
	library := !p.hideLibrary && size.Width >= withList
	x := float32(0)
	if library {
		p.libraryWidth = max(p.libraryWidth, minPane)
		x = min(p.libraryWidth, max(minPane, size.Width*0.4))
		place(p.library, 0, 0, x, size.Height)
		place(p.left, x-grip/2, 0, grip, size.Height)
	}
	rest := size.Width - x
	preview := !p.hidePreview && rest >= bothPanes
	w := rest
	if preview {
		p.share = min(max(p.share, 0.1), 0.9)
		w = min(max(rest*p.share, minPane), rest-minPane)
		place(p.preview, x+w, 0, rest-w, size.Height)
		place(p.right, x+w-grip/2, 0, grip, size.Height)
	}
	place(p.editor, x, 0, w, size.Height)
	if library && p.front == p.library || preview && p.front == p.preview {
		p.front = nil // there is room again
	}
	if p.front != nil {
		place(p.front, x, 0, w, size.Height)
		library, preview = library || p.front == p.library, preview || p.front == p.preview
	}
	show(p.editor, p.front == nil)
	for o, visible := range map[fyne.CanvasObject]bool{p.library: library, p.left: x > 0, p.preview: preview, p.right: preview && p.front == nil} {
		show(o, visible)
	}
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
