package app

import (
	"slices"
	"sync"
	"testing"
	"time"
)

func TestMainThreadRunsInOrderOneAtATime(t *testing.T) {
	m := newMainThread(func(f func()) { go f() }) // worse than any toolkit
	var mu sync.Mutex
	var got []int
	var done sync.WaitGroup
	for i := range 100 {
		done.Add(1)
		m.do(func() {
			mu.Lock()
			got = append(got, i)
			mu.Unlock()
			if i%10 == 0 { // from within: runs later, not inside
				done.Add(1)
				m.do(done.Done)
			}
			done.Done()
		})
	}
	done.Wait()
	if !slices.IsSorted(got) || len(got) != 100 {
		t.Errorf("order %v", got)
	}
}

func TestMainThreadStops(t *testing.T) {
	m := newMainThread(func(f func()) { go f() })
	begun, end, ended := make(chan bool), make(chan bool), false
	m.do(func() {
		close(begun)
		<-end
		ended = true
	})
	<-begun
	m.do(func() { t.Error("a function runs after the end") })
	time.AfterFunc(50*time.Millisecond, func() { close(end) })
	m.stop()
	if !ended {
		t.Error("stop does not wait for what is running")
	}
	m.do(func() { t.Error("a function is taken after the end") })
	time.Sleep(50 * time.Millisecond)
}

func TestMainThreadDoesNotWaitForEver(t *testing.T) {
	m := newMainThread(func(f func()) { go f() })
	begun, end := make(chan bool), make(chan bool)
	defer close(end)
	m.do(func() {
		close(begun)
		<-end
	})
	<-begun
	stopped := make(chan bool)
	go func() {
		m.stop()
		close(stopped)
	}()
	select {
	case <-stopped:
	case <-time.After(10 * stopPatience):
		t.Error("stop hangs")
	}
}
