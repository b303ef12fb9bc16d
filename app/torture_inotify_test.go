//go:build linux

package app_test

import (
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// inotified is what somebody did to a file of a folder.
type inotified struct {
	mask uint32
	name string
}

// events are those of a folder. Unlike fsnotify they tell of reading as well.
type events struct {
	fd int
}

// listen tells of what is done in the library's folder from now on.
func (v *victim) listen() *events {
	v.t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
	v.must(err)
	_, err = syscall.InotifyAddWatch(fd, v.dir, syscall.IN_OPEN|syscall.IN_CREATE|syscall.IN_MOVED_TO)
	v.must(err)
	return &events{fd: fd}
}

func (e *events) close() { _ = syscall.Close(e.fd) }

// read returns what has come, without waiting.
func (e *events) read() (all []inotified) {
	buf := make([]byte, 64<<10)
	n, err := syscall.Read(e.fd, buf)
	if err != nil {
		return nil
	}
	for at := 0; at+syscall.SizeofInotifyEvent <= n; {
		raw := (*syscall.InotifyEvent)(unsafe.Pointer(&buf[at]))
		name := buf[at+syscall.SizeofInotifyEvent:][:raw.Len]
		all = append(all, inotified{raw.Mask, strings.TrimRight(string(name), "\x00")})
		at += syscall.SizeofInotifyEvent + int(raw.Len)
	}
	return all
}

// drain drops what has come so far.
func (e *events) drain() {
	for e.read() != nil {
		continue
	}
}

// wait waits for something, and reports whether it came. It looks a thousand times a
// second: a save takes some milliseconds.
func (e *events) wait(is func(inotified) bool, timeout time.Duration) bool {
	for deadline := time.Now().Add(timeout); time.Now().Before(deadline); time.Sleep(200 * time.Microsecond) {
		for _, ev := range e.read() {
			if is(ev) {
				return true
			}
		}
	}
	return false
}
