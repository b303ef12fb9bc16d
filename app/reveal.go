package app

import (
	"context"
	"path/filepath"
	"time"
)

// revealPatience is how long a file manager may take to answer: it may have to
// start first.
const revealPatience = 5 * time.Second

// revealOpen shows the open article in the desktop's file manager.
func (w *window) revealOpen() {
	if w.doc == nil {
		w.status.tell("No article is open that could be shown", "", nil)
		return
	}
	w.reveal(w.doc.file)
}

// reveal shows a file in the desktop's file manager, chosen there; where that
// cannot be, its folder.
func (w *window) reveal(file string) {
	go func() {
		ctx, cancel := context.WithTimeout(w.ctx, revealPatience)
		defer cancel()
		if err := showInFileManager(ctx, file); err != nil && w.ctx.Err() == nil {
			w.do(func() { w.browse(filepath.Dir(file)) })
		}
	}()
}
