package app

// raise brings the window to the front, as far as the desktop lets it: under Wayland a
// program cannot do so with what the toolkit gives it.
func (w *window) raise(token string) {
	w.win.RequestFocus()
}
