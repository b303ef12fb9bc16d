// Package crash writes down what happened when the program ends in a panic or a
// fatal error of the runtime, on whichever goroutine, and makes a report of it at the
// next start.
//
// A report holds no text of an article. What a program of ours panics with may quote
// some, and is left out; what the runtime itself says ("index out of range [5] with
// length 3") quotes numbers and names of types only. Arguments in a stack are
// addresses and lengths.
package crash

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"longhand/library/disk"
)

const (
	rawPrefix    = ".crash-" // a file that the runtime writes into, of a process that lives or has ended
	reportPrefix = "crash-"
	reportSuffix = ".txt"
	maxRaw       = 1 << 20 // bytes of it that are read
	maxReports   = 10      // that are kept
	hookPatience = 5 * time.Second
)

// Watch is the watch over this process.
type Watch struct{ f *os.File }

// Begin has all that ends the process by a panic or a fatal error written into a file
// in the folder, which is made if it is missing. Version is the program's.
func Begin(dir, version string) (*Watch, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(dir, rawPrefix+"*")
	if err != nil {
		return nil, err
	}
	w := &Watch{f}
	if err := disk.HoldIfPossible(f, true); err != nil { // or another start would take it for one that ended
		w.drop()
		return nil, fmt.Errorf("%s: %w", f.Name(), err)
	}
	_, err = fmt.Fprintf(f, "Longhand %s\nstarted %s\n%s on %s/%s\n\n", oneLine(version), time.Now().UTC().Format(time.RFC3339), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if err == nil {
		err = debug.SetCrashOutput(f, debug.CrashOptions{})
	}
	if err != nil {
		w.drop()
		return nil, err
	}
	return w, nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// End ends the watch: the program ends well.
func (w *Watch) End() {
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	w.drop()
}

func (w *Watch) drop() {
	_ = os.Remove(w.f.Name())
	w.f.Close()
}

// Guard runs a function. If it panics, last is run, which may save what can be saved;
// then the panic goes on as if nothing had been done. What last itself does wrong, or
// that it hangs, does not hide the first fault.
func Guard(run, last func()) {
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			defer func() { _ = recover() }()
			last()
		}()
		select {
		case <-done:
		case <-time.After(hookPatience):
		}
		panic(fault)
	}()
	run()
}

// Collect makes reports in the folder of what processes left that crashed, and returns
// the newest it made, or an empty name. Of those that were killed there is nothing to
// tell. Only the newest reports are kept.
func Collect(dir string) (newest string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var errs []error
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), rawPrefix) || !e.Type().IsRegular() {
			continue
		}
		made, err := collect(dir, e.Name())
		errs = append(errs, err)
		newest = max(newest, made) // names begin with the time
	}
	tidy(dir)
	return newest, errors.Join(errs...)
}

// collect makes a report of one file, if its process has ended, and removes it.
func collect(dir, raw string) (string, error) {
	raw = filepath.Join(dir, raw)
	f, err := os.OpenFile(raw, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil // another start was faster
	}
	if err != nil {
		return "", err
	}
	defer f.Close()
	if err := disk.HoldIfPossible(f, true); errors.Is(err, disk.ErrHeld) {
		return "", nil // it lives, or another start reads it
	} else if err != nil {
		return "", err
	}
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if there, err := os.Stat(raw); err != nil || !os.SameFile(info, there) {
		return "", nil
	}
	data, err := io.ReadAll(io.LimitReader(f, maxRaw))
	if err != nil {
		return "", err
	}
	home, _ := os.UserHomeDir()
	text, crashed := report(string(data), home, info.ModTime())
	if !crashed {
		if time.Since(info.ModTime()) < time.Minute && info.Size() == 0 {
			return "", nil // of one that is starting just now
		}
		return "", os.Remove(raw)
	}
	name, err := write(dir, info.ModTime(), text)
	if err != nil {
		return "", err
	}
	return name, os.Remove(raw)
}

// write puts a report into a file of its own.
func write(dir string, at time.Time, text string) (string, error) {
	base := filepath.Join(dir, reportPrefix+at.Format("2006-01-02-150405"))
	for n := 1; ; n++ {
		name := base + reportSuffix
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", base, n, reportSuffix)
		}
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) && n < 1000 {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.WriteString(text)
		if err = errors.Join(err, f.Close()); err != nil {
			_ = os.Remove(name)
			return "", err
		}
		return name, nil
	}
}

// tidy removes the oldest reports.
func tidy(dir string) {
	entries, _ := os.ReadDir(dir) // sorted, and the names begin with the time
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return !strings.HasPrefix(e.Name(), reportPrefix) || !strings.HasSuffix(e.Name(), reportSuffix)
	})
	for _, e := range entries[:max(len(entries)-maxReports, 0)] {
		_ = os.Remove(filepath.Join(dir, e.Name()))
	}
}
