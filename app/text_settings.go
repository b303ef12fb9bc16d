package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// textSettings asks how the text shall be set. What is chosen shows at once.
func (w *window) textSettings() {
	before := w.settings
	s := &w.settings.Text
	show := w.set

	fonts := map[string]string{"Literata": fontSerif, "IBM Plex Mono": fontMono}
	font := widget.NewRadioGroup([]string{"Literata", "IBM Plex Mono"}, nil)
	font.Horizontal, font.Required = true, true
	font.SetSelected("Literata")
	if s.Mono() {
		font.SetSelected("IBM Plex Mono")
	}
	// What is shown may be less than what is set: only what is moved is changed.
	font.OnChanged = func(name string) {
		s.Font = fonts[name]
		show()
	}

	sizeLabel := widget.NewLabel("")
	size := newDialogSlider(12, 32)
	size.SetValue(float64(s.Size))
	size.OnChanged = func(v float64) {
		s.Size = float32(v)
		sizeLabel.SetText(itoa(int(v)) + " pixels")
		show()
	}
	sizeLabel.SetText(itoa(int(s.Size)) + " pixels")

	// The slider's right end stands for all the room there is.
	const least, most, step = 40, 120, 4
	measureLabel := widget.NewLabel("")
	measure := newDialogSlider(least, most)
	measure.Step = step
	tell := func() {
		measureLabel.SetText(itoa(s.Measure) + " characters")
		if s.Measure == 0 {
			measureLabel.SetText("all there is")
		}
	}
	if s.Measure == 0 {
		measure.SetValue(most)
	} else {
		measure.SetValue(float64(s.Measure))
	}
	measure.OnChanged = func(v float64) {
		s.Measure = int(v)
		if v >= most {
			s.Measure = 0
		}
		tell()
		show()
	}
	tell()

	form := widget.NewForm(
		widget.NewFormItem("Font", font),
		widget.NewFormItem("Size", fyne.CanvasObject(withLabel(size, sizeLabel))),
		widget.NewFormItem("Column", withLabel(measure, measureLabel)),
	)
	q := &question{}
	cancel := func() {
		w.settings = before
		show()
		w.put(q)
		w.focusEditor()
	}
	ok := func() {
		w.put(q)
		w.focusEditor()
		if w.settings != before {
			w.keepSettings()
		}
	}
	q.escape, q.enter = cancel, ok
	for _, s := range []*dialogSlider{size, measure} {
		s.escape, s.enter = cancel, ok
	}
	d := dialog.NewCustomWithoutButtons("Text", form, w.win)
	keep := widget.NewButton("Keep", ok)
	keep.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", cancel), keep})
	q.dialog = d
	w.pose(q, fyne.NewSize(520, 0))
}

// dialogSlider is a slider in a dialog, whose Escape and Enter it passes on.
type dialogSlider struct {
	widget.Slider
	escape, enter func()
}

func newDialogSlider(least, most float64) *dialogSlider {
	s := &dialogSlider{}
	s.Min, s.Max, s.Step = least, most, 1
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey implements fyne.Focusable.
func (s *dialogSlider) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		s.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		s.enter()
	default:
		s.Slider.TypedKey(k)
	}
}

// keepSettings writes the settings, in the background.
func (w *window) keepSettings() {
	s, dir := w.settings, w.cfg.Settings
	go func() {
		if err := s.save(dir); err != nil {
			w.do(func() { w.fail(err) })
		}
	}()
}

// withLabel puts a label of fixed width behind an object.
func withLabel(o, label fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: labelled{}, Objects: []fyne.CanvasObject{o, label}}
}

type labelled struct{}

const labelWidth = 120 // pixels

func (labelled) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Max(o[1].MinSize()).AddWidthHeight(labelWidth, 0)
}

func (labelled) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width-labelWidth-8, size.Height)
	place(o[1], size.Width-labelWidth, 0, labelWidth, size.Height)
}
