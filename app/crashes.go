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

// lastWords keeps what was typed when the main thread has panicked. It goes into the
// journal, and the writer decides at the next start: what went wrong may have harmed the
// text. Where the journal cannot be written, it is saved. The main thread stands still.
func (sh *shell) lastWords() {
	if w := sh.now.Load(); w != nil && !sh.closeJournal() {
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
		w.do(func() {
			w.crashed = report
			w.sayCrashed()
		})
	}()
}

// sayCrashed says where the report of a crash is, also if that was said and something
// else since: a start has much to say.
func (w *window) sayCrashed() {
	report := w.crashed
	if report == "" {
		return
	}
	w.status.tell("Longhand crashed the last time: a report is in "+short(report), "Show", func() {
		w.crashed = ""
		w.browse(report)
	})
}
