package preview

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"longhand/editor/preview/column"
)

// worker has the page built, laid out and drawn on a goroutine of its own, which alone
// touches the view. What is asked of it meanwhile is done together, and makes one frame.
type worker struct {
	view *column.View
	tell func() // says, on the worker's goroutine, that there is a new result

	wake    chan struct{}
	arrived chan struct{}
	stopped chan struct{}
	once    sync.Once

	calls []func() // to go with the next result; the goroutine's own, as the next
	fault string   // logged last

	mu     sync.Mutex
	queue  []request
	asked  uint64
	result result
}

// request is something that the worker is asked for.
type request struct {
	run         func(*column.View)
	text, fresh bool    // it shows a text, another one than before
	apart       bool    // it is all the same to it how far the page is scrolled
	scroll      *scroll // it scrolls, instead of run
}

// scroll is how the page is to be scrolled: to a place, if there is one, and on from there.
type scroll struct {
	to   func(*column.View)
	by   int
	tell func(*column.View) // is run afterwards, if it is not nil
}

func (s *scroll) run(v *column.View) {
	if s.to != nil {
		s.to(v)
	}
	if s.by != 0 {
		v.ScrollBy(s.by)
	}
	if s.tell != nil {
		s.tell(v)
	}
}

// result is what the worker hands over.
type result struct {
	number uint64 // of the last request that it answers
	frame  column.Frame
	fresh  bool     // not taken yet
	calls  []func() // to be made on the main thread
}

func newWorker(v *column.View, tell func()) *worker {
	w := &worker{view: v, tell: tell, wake: make(chan struct{}, 1), arrived: make(chan struct{}, 1), stopped: make(chan struct{})}
	go w.run()
	return w
}

// post asks for something, and returns the number of the request.
func (w *worker) post(f func(*column.View)) uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue = append(w.queue, request{run: f})
	return w.next()
}

// change asks for something that has nothing to do with how far the page is scrolled.
func (w *worker) change(f func(*column.View)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue = append(w.queue, request{run: f, apart: true})
	w.next()
}

// scroll asks for scrolling. It is made one with what waits, so that a worker that was busy
// does not go all the way step by step.
func (w *worker) scroll(s scroll) uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, r := range slices.Backward(w.queue) {
		if r.scroll != nil {
			if s.to == nil {
				s.to, s.by = r.scroll.to, r.scroll.by+s.by
			}
			w.queue = slices.Delete(w.queue, i, i+1)
		}
		if !r.apart {
			break
		}
	}
	w.queue = append(w.queue, request{run: s.run, scroll: &s})
	return w.next()
}

// show asks for a text to be shown: another one (fresh), or a newer version. Older versions
// that have not been shown yet are dropped.
func (w *worker) show(fresh bool, f func(*column.View)) uint64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.queue = slices.DeleteFunc(w.queue, func(r request) bool { return r.text && (fresh || !r.fresh) })
	w.queue = append(w.queue, request{run: f, text: true, fresh: fresh})
	return w.next()
}

func (w *worker) next() uint64 {
	w.asked++
	select {
	case w.wake <- struct{}{}:
	default:
	}
	return w.asked
}

// call has a function run on the main thread with the next result. It is for functions
// that run on the worker.
func (w *worker) call(f func()) { w.calls = append(w.calls, f) }

func (w *worker) run() {
	for {
		select {
		case <-w.stopped:
			return
		case <-w.wake:
		}
		w.round()
		for w.idle() && w.catchUp() {
			w.hand(0)
		}
	}
}

func (w *worker) idle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.queue) == 0
}

// round does what was asked for.
func (w *worker) round() {
	w.mu.Lock()
	todo, number := w.queue, w.asked
	w.queue = nil
	w.mu.Unlock()
	for _, r := range todo {
		w.try(func() { r.run(w.view) })
	}
	w.hand(number)
}

func (w *worker) catchUp() (changed bool) {
	w.try(func() { changed = w.view.CatchUp() })
	return changed
}

// try does something with the view. What goes wrong in it must not take the writer's text
// with it. It is logged once, although each key may come by it.
func (w *worker) try(f func()) (ok bool) {
	defer func() {
		e := recover()
		if e == nil {
			return
		}
		if fault := toLog(e); fault != w.fault {
			w.fault = fault
			fyne.LogError("the preview could not be drawn", fmt.Errorf("%s\n%s", fault, debug.Stack()))
		}
	}()
	f()
	return true
}

// toLog is what a log may hold of a panic: what the runtime says of it. All else may quote
// the text.
func toLog(fault any) string {
	if err, ok := fault.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("a panic with a %T", fault)
}

// hand gives a frame over. If there is none, the last one stays.
func (w *worker) hand(number uint64) {
	var frame column.Frame
	drawn := w.try(func() { frame = w.view.Frame() })
	w.mu.Lock()
	if drawn {
		w.result.frame, w.result.fresh = frame, true
	}
	w.result.number = max(w.result.number, number)
	w.result.calls = append(w.result.calls, w.calls...)
	w.calls = nil
	w.mu.Unlock()
	select {
	case w.arrived <- struct{}{}:
	default:
	}
	w.tell()
}

// take returns the newest result, once.
func (w *worker) take() (result, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.result
	w.result.fresh, w.result.calls = false, nil
	return r, r.fresh
}

// wait waits until a request is answered, but not for long: what a key changed then comes
// with the same picture of the window as the key itself.
func (w *worker) wait(number uint64, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	for {
		w.mu.Lock()
		done := w.result.number >= number
		w.mu.Unlock()
		if done {
			return
		}
		select {
		case <-w.arrived:
		case <-w.stopped:
			return
		case <-timer.C:
			return
		}
	}
}

// stop ends the worker's work. It may be called again.
func (w *worker) stop() { w.once.Do(func() { close(w.stopped) }) }
