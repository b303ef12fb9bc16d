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
	show := func() { w.editor.SetSetting(w.writing()) }

	fonts := map[string]string{"Literata": fontSerif, "IBM Plex Mono": fontMono}
	font := widget.NewRadioGroup([]string{"Literata", "IBM Plex Mono"}, func(name string) {
		s.Font = fonts[name]
		show()
	})
	font.Horizontal, font.Required = true, true
	font.SetSelected("Literata")
	if s.Mono() {
		font.SetSelected("IBM Plex Mono")
	}

	sizeLabel := widget.NewLabel("")
	size := widget.NewSlider(12, 32)
	size.OnChanged = func(v float64) {
		s.Size = float32(v)
		sizeLabel.SetText(itoa(int(v)) + " pixels")
		show()
	}
	size.SetValue(float64(s.Size))
	sizeLabel.SetText(itoa(int(s.Size)) + " pixels")

	// The slider's right end stands for all the room there is.
	const least, most, step = 40, 120, 4
	measureLabel := widget.NewLabel("")
	measure := widget.NewSlider(least, most)
	measure.Step = step
	tell := func() {
		measureLabel.SetText(itoa(s.Measure) + " characters")
		if s.Measure == 0 {
			measureLabel.SetText("all there is")
		}
	}
	measure.OnChanged = func(v float64) {
		s.Measure = int(v)
		if v >= most {
			s.Measure = 0
		}
		tell()
		show()
	}
	if s.Measure == 0 {
		measure.SetValue(most)
	} else {
		measure.SetValue(float64(s.Measure))
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
		w.keepSettings()
	}
	q.escape, q.enter = cancel, ok
	d := dialog.NewCustomWithoutButtons("Text", form, w.win)
	keep := widget.NewButton("Keep", ok)
	keep.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", cancel), keep})
	q.dialog = d
	w.pose(q, fyne.NewSize(520, 0))
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
