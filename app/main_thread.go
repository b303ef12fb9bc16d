package app

import (
	"sync"
	"time"
)

// mainThread is where all state of the window is touched. What goroutines hand
// over is run there in order, one at a time, until it is stopped. The toolkit's
// own queue gives less: when its loop has ended it runs what comes on the
// caller's goroutine.
type mainThread struct {
	// schedule has a function run soon on the main thread.
	schedule func(func())

	mu      sync.Mutex
	idle    sync.Cond
	queue   []func()
	running bool
	stopped bool
}

func newMainThread(schedule func(func())) *mainThread {
	m := &mainThread{schedule: schedule}
	m.idle.L = &m.mu
	return m
}

// do hands over a function. It never waits, and may be called from anywhere.
func (m *mainThread) do(f func()) {
	m.mu.Lock()
	if m.stopped {
		m.mu.Unlock()
		return
	}
	m.queue = append(m.queue, f)
	m.mu.Unlock()
	m.schedule(m.drain)
}

func (m *mainThread) drain() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.running {
		return // called from within: the loop below goes on
	}
	m.running = true
	for len(m.queue) > 0 && !m.stopped {
		f := m.queue[0]
		m.queue = m.queue[1:]
		func() {
			m.mu.Unlock()
			defer m.mu.Lock() // also in a panic, which is to be caught further up
			f()
		}()
	}
	m.running = false
	m.idle.Broadcast()
}

// stop waits for the function that is running, and drops all others. It must
// not be called from one of them. It does not wait for ever: what comes after it
// saves texts, and a function may hang in a toolkit that has ended.
func (m *mainThread) stop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stopped = true
	deadline := time.Now().Add(stopPatience)
	wake := time.AfterFunc(stopPatience, m.idle.Broadcast)
	defer wake.Stop()
	for m.running && time.Now().Before(deadline) {
		m.idle.Wait()
	}
}

// drop drops all functions, from now on, and waits for nothing. It is for one of
// them to call.
func (m *mainThread) drop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stopped = true
}

const stopPatience = time.Second
