package app

import (
	"fyne.io/fyne/v2"

	"longhand/app/crash"
)

// watchCrashes has what ends the program by a fault written down, until end.
func watchCrashes(cfg Config) (end func()) {
	watch, err := crash.Begin(cfg.State, cfg.Version)
	if err != nil {
		fyne.LogError("a crash would not be written down", err)
		return func() {}
	}
	return watch.End
}

// lastWords saves what can be saved when the main thread has panicked. The texts are
// values, whole whatever else is wrong. It runs while the main thread stands still.
func (sh *shell) lastWords() {
	if w := sh.now.Load(); w != nil {
		w.flush()
	}
}

// tellCrash says that Longhand crashed, at the start that finds what it left.
func (w *window) tellCrash() {
	dir := w.cfg.State
	go func() {
		report, err := crash.Collect(dir)
		if err != nil {
			fyne.LogError("no report of a crash", err)
		}
		if report != "" {
			w.do(func() {
				w.status.tell("Longhand crashed; what is known of it stands in "+short(report), "Show", func() { w.browse(report) })
			})
		}
	}()
}
