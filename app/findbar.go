package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/editor"
	"longhand/editor/find"
)

// findBar is the strip below the text in which one finds and replaces. It lies
// below so that the text does not move when it comes.
type findBar struct {
	widget.BaseWidget
	editor  *editor.Editor
	colours func() look.Palette
	// focusOn leads the keyboard to an entry of the bar.
	focusOn func(fyne.Focusable)
	// focusText leads the keyboard back to the text.
	focusText func()

	find, with       *barEntry
	how              [3]*toggle // case, word, regular expression
	count            *canvas.Text
	prev, next, shut *iconText
	one, all         *widget.Button
	ground, rule     *canvas.Rectangle
	replacing        bool
	key              func(fyne.KeyName, fyne.KeyModifier) // runs the command of a function key
	wrong            string                               // what is wrong with the regular expression
	origin           int                                  // offset from which one looks while a query is typed
}

const barRow = 40 // pixels, of each of the bar's rows

func newFindBar(e *editor.Editor, colours func() look.Palette) *findBar {
	b := &findBar{editor: e, colours: colours, find: newBarEntry("Find in the text"), with: newBarEntry("Replace with")}
	b.ground, b.rule, b.count = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewText("", nil)
	b.count.TextSize = 12
	for i, t := range []string{"Aa", "word", ".*"} {
		b.how[i] = newToggle(t, colours, func() {
			b.look(true)
			b.focusOn(b.find)
		})
	}
	b.prev = newIconText("↑", colours, func() {
		b.step(false)
		b.focusOn(b.find)
	})
	b.next = newIconText("↓", colours, func() {
		b.step(true)
		b.focusOn(b.find)
	})
	b.shut = newIconText("×", colours, b.close)
	b.one = widget.NewButton("Replace", func() {
		b.editor.ReplaceOne(b.text())
		b.focusOn(b.with)
	})
	b.all = widget.NewButton("Replace all", b.replaceAll)
	b.find.OnChanged = func(string) { b.look(true) }
	b.find.enter = b.step
	b.with.enter = func(bool) { b.editor.ReplaceOne(b.text()) }
	b.find.escape, b.with.escape = b.close, b.close
	function := func(k fyne.KeyName, mods fyne.KeyModifier) { b.key(k, mods) }
	b.find.function, b.with.function = function, function
	e.OnFind(b.tell)
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// height is the bar's, in pixels; none when it is not there.
func (b *findBar) height() float32 {
	switch {
	case !b.Visible():
		return 0
	case b.replacing:
		return 2*barRow + 1
	}
	return barRow + 1
}

// open shows the bar, looking for what is selected.
func (b *findBar) open(replacing bool) {
	b.replacing = replacing
	b.origin = b.editor.Selection().Main().Start()
	b.Show()
	if s := b.editor.SelectedText(); s != "" && !strings.Contains(s, "\n") && len(s) < 200 {
		if b.how[2].on {
			b.how[2].set(false) // the words themselves are meant
		}
		b.find.SetText(s)
	}
	b.find.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.look(false)
	b.Refresh()
}

// close hides the bar and what it has marked.
func (b *findBar) close() {
	b.Hide()
	b.editor.EndFind()
	b.focusText()
}

// look finds what is asked for, and jumps there while it is being typed.
func (b *findBar) look(jump bool) {
	q := find.Query{Text: b.find.Text, Case: b.how[0].on, Word: b.how[1].on, Regexp: b.how[2].on}
	b.wrong = ""
	from := -1
	if jump {
		from = b.origin
	}
	if err := b.editor.Find(q, from); err != nil {
		b.wrong = err.Error()
	}
	b.tell()
}

// step goes to another match; the text found before when the bar is away.
func (b *findBar) step(forward bool) {
	b.editor.FindNext(forward)
	b.origin = b.editor.Selection().Main().Start()
}

// again goes on finding, also when the bar is closed: then what the search of the
// library has marked comes first.
func (b *findBar) again(forward bool) {
	if !b.Visible() && !b.editor.Marks() {
		if b.find.Text == "" {
			b.open(false)
			return
		}
		b.Show()
		b.look(false)
		b.Refresh()
	}
	b.step(forward)
}

// text is what to replace with.
func (b *findBar) text() string { return b.with.Text }

func (b *findBar) replaceAll() {
	n := b.editor.ReplaceAll(b.text())
	b.count.Text = thousands(n) + " replaced"
	b.Refresh()
	b.focusOn(b.with)
}

// tell shows how many matches there are.
func (b *findBar) tell() {
	if !b.Visible() {
		return
	}
	n, current := b.editor.Found()
	switch {
	case b.wrong != "":
		b.count.Text = b.wrong
	case b.find.Text == "":
		b.count.Text = ""
	case n == 0:
		b.count.Text = "Not found"
	case current > 0:
		b.count.Text = thousands(current) + " of " + thousands(n)
	default:
		b.count.Text = thousands(n) + " found"
	}
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *findBar) CreateRenderer() fyne.WidgetRenderer { return &findBarRenderer{b} }

type findBarRenderer struct{ b *findBar }

func (r *findBarRenderer) Objects() []fyne.CanvasObject {
	b := r.b
	objects := []fyne.CanvasObject{b.ground, b.rule, b.find, b.count, b.prev, b.next, b.shut}
	for _, t := range b.how {
		objects = append(objects, t)
	}
	if b.replacing {
		objects = append(objects, b.with, b.one, b.all)
	}
	return objects
}

func (r *findBarRenderer) MinSize() fyne.Size { return fyne.NewSize(120, r.b.height()) }
func (r *findBarRenderer) Destroy()           {}

func (r *findBarRenderer) Layout(size fyne.Size) {
	b := r.b
	place(b.ground, 0, 0, size.Width, size.Height)
	place(b.rule, 0, 0, size.Width, 1)
	const margin, gap, square = 12, 4, 28
	x := size.Width - margin
	put := func(o fyne.CanvasObject, w float32) {
		x -= w
		place(o, x, 1+(barRow-square)/2, w, square)
		x -= gap
	}
	put(b.shut, square)
	put(b.next, square)
	put(b.prev, square)
	for i := len(b.how) - 1; i >= 0; i-- {
		put(b.how[i], square+8)
	}
	// The entry takes what is left, the count some of it when there is room.
	width := x - margin
	m := b.count.MinSize()
	shown := b.count.Text != "" && width-m.Width-2*gap >= 120
	if shown {
		width -= m.Width + 3*gap
		place(b.count, margin+width+2*gap, 1+(barRow-m.Height)/2, m.Width, m.Height)
	}
	show(b.count, shown)
	place(b.find, margin, 1+(barRow-32)/2, max(width, 60), 32)
	if !b.replacing {
		return
	}
	x = size.Width - margin
	for _, o := range []*widget.Button{b.all, b.one} {
		w := o.MinSize().Width
		x -= w
		place(o, x, barRow+(barRow-32)/2-2, w, 32)
		x -= gap
	}
	place(b.with, margin, barRow+(barRow-32)/2-2, max(x-margin, 60), 32)
}

func (r *findBarRenderer) Refresh() {
	b, p := r.b, r.b.colours()
	b.ground.FillColor, b.rule.FillColor = p.Panel, p.Hairline
	b.count.Color = p.Muted
	if b.wrong != "" || b.count.Text == "Not found" {
		b.count.Color = p.Accent
	}
	r.Layout(b.Size())
	for _, o := range r.Objects() {
		if o != fyne.CanvasObject(b.find) && o != fyne.CanvasObject(b.with) {
			o.Refresh()
		}
	}
	canvas.Refresh(b)
}

// barEntry is an entry whose Enter and Escape the bar takes.
type barEntry struct {
	widget.Entry
	enter  func(forward bool)
	escape func()
	// function runs the command of a key that stands alone.
	function func(fyne.KeyName, fyne.KeyModifier)
	shift    bool
}

func newBarEntry(hint string) *barEntry {
	e := &barEntry{}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(hint)
	return e
}

// KeyDown implements desktop.Keyable.
func (e *barEntry) KeyDown(k *fyne.KeyEvent) {
	e.held(k.Name, true)
	e.Entry.KeyDown(k)
}

// KeyUp implements desktop.Keyable.
func (e *barEntry) KeyUp(k *fyne.KeyEvent) {
	e.held(k.Name, false)
	e.Entry.KeyUp(k)
}

// FocusLost implements fyne.Focusable.
func (e *barEntry) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
}

func (e *barEntry) held(k fyne.KeyName, down bool) {
	if k == desktop.KeyShiftLeft || k == desktop.KeyShiftRight {
		e.shift = down
	}
}

// TypedKey implements fyne.Focusable.
func (e *barEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		e.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		e.enter(!e.shift)
	case fyne.KeyF3, fyne.KeyF8, fyne.KeyF9, fyne.KeyF11:
		mods := plain
		if e.shift {
			mods = fyne.KeyModifierShift
		}
		e.function(k.Name, mods)
	default:
		e.Entry.TypedKey(k)
	}
}
