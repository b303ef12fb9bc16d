package cli

import (
	"bytes"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

type locked struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var short, long locked
		p := newProgress(&short, "reading")
		p.show(1, 2)
		p.clear()

		p = newProgress(&long, "reading")
		time.Sleep(time.Second)
		p.show(1, 20)
		p.show(2, 20)
		time.Sleep(time.Second)
		p.show(19, 20)
		p.clear()
		p.show(20, 20)
		if got := short.String(); got != "" {
			t.Errorf("short work shows %q", got)
		}
		want := "\rreading…\r1 of 20 articles\r19 of 20 articles\r                 \r"
		if got := long.String(); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}

		p = newProgress(nil, "reading") // nobody watches
		time.Sleep(time.Second)
		p.show(1, 2)
		p.clear()
	})
}
