package app

import (
	"log"
	"os"
	"path/filepath"
	"sync"
)

const (
	maxLog     = 1 << 20  // size in bytes at which a new log is begun; the one before is kept
	maxMessage = 64 << 10 // bytes of one message that are written
)

// openLog sends what the toolkit logs to a file in the state folder. Nothing is
// logged where that can't be had: the terminal is the user's. No message holds text
// of an article; paths and what the system says stand there.
func openLog(state string) (closeLog func()) {
	if err := os.MkdirAll(state, 0o700); err != nil {
		return func() {}
	}
	l := &logFile{name: filepath.Join(state, "log"), max: maxLog}
	if l.open() != nil {
		return func() {}
	}
	log.SetOutput(l)
	return l.close
}

// logFile is a log that begins anew when it has become too long, and keeps the one
// before as NAME.old. Several programs may write to it.
type logFile struct {
	name string
	max  int64

	mu sync.Mutex
	f  *os.File // nil when closed
}

func (l *logFile) open() (err error) {
	l.f, err = os.OpenFile(l.name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	return err
}

// Write implements io.Writer. A message that cannot be written is dropped: there is
// nowhere to say so.
func (l *logFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(p)
	if n > maxMessage {
		p = append(append([]byte{}, p[:maxMessage]...), '\n')
	}
	if l.f != nil {
		l.turn(int64(len(p)))
	}
	if l.f != nil {
		_, _ = l.f.Write(p)
	}
	return n, nil
}

// turn begins a new log if so many bytes more make it too long, or takes up the one that
// another program has begun.
func (l *logFile) turn(more int64) {
	info, err := l.f.Stat()
	if err != nil {
		return
	}
	there, err := os.Stat(l.name)
	if current := err == nil && os.SameFile(info, there); current {
		if info.Size() == 0 || info.Size()+more <= l.max {
			return
		}
		if os.Rename(l.name, l.name+".old") != nil {
			return
		}
	}
	was := l.f
	if l.open() != nil {
		l.f = was
		return
	}
	was.Close()
}

func (l *logFile) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.f != nil {
		l.f.Close()
		l.f = nil
	}
}
