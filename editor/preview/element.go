package preview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

type colorValue = color.Color

// element is something drawn that can be fitted to a width.
type element interface {
	fyne.CanvasObject
	// fit lays it out for the width and returns the height it needs; both pixels.
	fit(width float32) float32
}

// place moves an object and gives it a size.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// group is an element made of objects that its layout places.
type group struct {
	widget.BaseWidget
	objects []fyne.CanvasObject
	layout  func(width float32) (height float32)

	width, height float32 // as fitted last
}

func newGroup(layout func(width float32) float32, objects ...fyne.CanvasObject) *group {
	g := &group{objects: objects, layout: layout}
	g.ExtendBaseWidget(g)
	return g
}

func (g *group) fit(width float32) float32 {
	g.width, g.height = width, 0
	if g.layout != nil {
		g.height = g.layout(width)
	}
	g.BaseWidget.Refresh()
	return g.height
}

// MinSize implements fyne.CanvasObject.
func (g *group) MinSize() fyne.Size { return fyne.NewSize(0, g.height) }

// CreateRenderer implements fyne.Widget.
func (g *group) CreateRenderer() fyne.WidgetRenderer { return &groupRenderer{g, g} }

type groupRenderer struct {
	g    *group
	self fyne.CanvasObject // the widget that the group is part of
}

func (r *groupRenderer) Objects() []fyne.CanvasObject { return r.g.objects }
func (r *groupRenderer) MinSize() fyne.Size           { return r.g.MinSize() }
func (r *groupRenderer) Layout(fyne.Size)             {}
func (r *groupRenderer) Refresh()                     { canvas.Refresh(r.self) }
func (r *groupRenderer) Destroy()                     {}

// item is an element of a stack, with the space that it keeps to the one above.
type item struct {
	element
	gap float32
}

// stack puts items one below the other.
func stack(items []item) *group {
	objects := make([]fyne.CanvasObject, len(items))
	for i, it := range items {
		objects[i] = it.element
	}
	return newGroup(func(width float32) float32 {
		y := float32(0)
		for i, it := range items {
			if i > 0 {
				y += it.gap
			}
			h := it.fit(width)
			place(it.element, 0, y, width, h)
			y += h
		}
		return y
	}, objects...)
}
