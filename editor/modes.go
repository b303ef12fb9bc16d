package editor

// revealCaret brings the caret into view, in typewriter mode to the middle.
func (e *Editor) revealCaret() {
	if e.setting.Typewriter && !e.mouse.pressed {
		e.view.Centre(e.caret())
		return
	}
	e.view.Reveal(e.caret(), 1)
}

// focusRange is what focus mode leaves as it is: the paragraph of the caret.
func (e *Editor) focusRange() [2]int {
	if !e.setting.Focus {
		return [2]int{}
	}
	start, end := e.index.BlockAt(e.Caret())
	return [2]int{start, end}
}

// ZoomIn makes the text larger.
func (e *Editor) ZoomIn() { e.zoom(1.1) }

// ZoomOut makes the text smaller.
func (e *Editor) ZoomOut() { e.zoom(1 / 1.1) }

// ZoomReset sets the text in its own size.
func (e *Editor) ZoomReset() {
	s := e.setting
	s.Zoom = 1
	e.SetSetting(s)
}

func (e *Editor) zoom(by float32) {
	s := e.setting
	s.Zoom = min(max(s.Zoom*by, minZoom), maxZoom)
	if s.Zoom > 0.96 && s.Zoom < 1.04 {
		s.Zoom = 1
	}
	e.SetSetting(s)
}
