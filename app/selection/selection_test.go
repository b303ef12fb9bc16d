package selection

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"longhand/app/internal/xdrive"

	"github.com/jezek/xgb/xproto"
)

const patience = 20 * time.Second // a busy machine is slow

var usual = limits{chunk: 128 << 10, size: 64 << 20, patience: patience}

// screen is a server of the test's own.
func screen(t *testing.T) string {
	t.Helper()
	return xdrive.ForTest(t, xdrive.Options{Width: 64, Height: 64}).Name()
}

func connect(t *testing.T, display string, l limits) *Selections {
	t.Helper()
	s, err := open(display, l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// within is a context that ends with the test, at the latest.
func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

// reads waits until s reads want.
func reads(t *testing.T, s *Selections, want string) {
	t.Helper()
	var got string
	var err error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if got, err = s.Primary(within(t, patience)); err == nil && got == want {
			return
		}
	}
	t.Fatalf("read %.40q (%d bytes), %v; want %.40q (%d bytes)", got, len(got), err, want, len(want))
}

// owned waits until the primary selection is that of s.
func owned(t *testing.T, s *Selections) {
	t.Helper()
	eventually(t, "owned", func() bool {
		r, err := xproto.GetSelectionOwner(s.conn, s.atom(primary)).Reply()
		return err == nil && r.Owner == s.window
	})
}

// givenUp waits until s finds no text.
func givenUp(t *testing.T, s *Selections) {
	t.Helper()
	eventually(t, "given up", func() bool {
		_, err := s.Primary(within(t, patience))
		return errors.Is(err, ErrNone)
	})
}

func text(s string) func() string { return func() string { return s } }

// large is a text of about n bytes in which every piece is different.
func large(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%d 漢字 ", i)
	}
	return b.String()
}

func TestPrimary(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	if got, err := b.Primary(t.Context()); !errors.Is(err, ErrNone) {
		t.Errorf("nobody's: %q, %v", got, err)
	}
	for _, c := range []struct{ name, text, want string }{
		{"ascii", "plain", "plain"},
		{"lines", "one\ntwo\n\tthree\n", "one\ntwo\n\tthree\n"},
		{"chinese", "寫文章的人", "寫文章的人"},
		{"emoji", "👩‍👩‍👧 🏳️‍🌈", "👩‍👩‍👧 🏳️‍🌈"},
		{"empty", "", ""},
		{"invalid", "a\xffb", "a\uFFFDb"},
		{"one piece", strings.Repeat("x", usual.chunk), strings.Repeat("x", usual.chunk)},
		{"two pieces", strings.Repeat("y", usual.chunk+1), strings.Repeat("y", usual.chunk+1)},
		{"5 MB", large(5 << 20), large(5 << 20)},
		{"short again", "short", "short"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a.SetPrimary(text(c.text))
			if got, err := a.Primary(t.Context()); err != nil || got != c.text {
				t.Errorf("the owner itself reads %.40q, %v", got, err)
			}
			reads(t, b, c.want)
		})
	}
	a.ClearPrimary()
	givenUp(t, b)
	a.SetPrimary(text("again"))
	reads(t, b, "again")
	a.SetPrimary(nil)
	givenUp(t, b)
}

func TestTargets(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	a.SetPrimary(text("Ærø 漢 €\xff"))
	reads(t, b, "Ærø 漢 €\uFFFD")
	convert := func(target string) (v value, err error) {
		err = b.read(within(t, patience), func(r *reader) (err error) {
			v, err = r.convert(primary, target)
			return err
		})
		return v, err
	}
	for target, want := range map[string]struct{ kind, data string }{
		"UTF8_STRING":              {"UTF8_STRING", "Ærø 漢 €\uFFFD"},
		"text/plain;charset=utf-8": {"text/plain;charset=utf-8", "Ærø 漢 €\uFFFD"},
		"TEXT":                     {"UTF8_STRING", "Ærø 漢 €\uFFFD"},
		"STRING":                   {"STRING", "\xc6r\xf8 ? ??"},
	} {
		v, err := convert(target)
		if err != nil || v.format != 8 || v.kind != b.atom(want.kind) || string(v.data) != want.data {
			t.Errorf("%s: type %d, format %d, %q, %v", target, v.kind, v.format, v.data, err)
		}
	}
	if v, err := convert("TIMESTAMP"); err != nil || v.format != 32 || v.kind != b.atom("INTEGER") || len(v.data) != 4 {
		t.Errorf("TIMESTAMP: %v, %v", v, err)
	}
	v, err := convert("TARGETS")
	var list []string
	for _, a := range v.atoms() {
		r, err := xproto.GetAtomName(b.conn, a).Reply()
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r.Name)
	}
	if want := []string{"TARGETS", "TIMESTAMP", "UTF8_STRING", "text/plain;charset=utf-8", "TEXT", "STRING"}; err != nil ||
		v.kind != b.atom("ATOM") || !slices.Equal(list, want) {
		t.Errorf("TARGETS: %q, %v", list, err)
	}
	if v, err := convert("image/png"); !errors.Is(err, errRefused) {
		t.Errorf("image/png: %v, %v", v, err)
	}
}

// A program older than the conventions names no property: it finds the answer
// under the name of the target.
func TestNoProperty(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	a.SetPrimary(text("old"))
	reads(t, b, "old")
	err := b.read(within(t, patience), func(r *reader) error {
		xproto.ConvertSelection(r.conn, r.window, r.atom(primary), r.atom(utf8String), xproto.AtomNone, xproto.TimeCurrentTime)
		for {
			ev, err := r.next()
			if err != nil {
				return err
			}
			n, ok := ev.(xproto.SelectionNotifyEvent)
			if !ok {
				continue
			}
			p, err := xproto.GetProperty(r.conn, true, r.window, r.atom(utf8String), 0, 0, 100).Reply()
			if err != nil || n.Property != r.atom(utf8String) || string(p.Value) != "old" {
				t.Errorf("%v, %v, %v", n, p, err)
			}
			return nil
		}
	})
	if err != nil {
		t.Error(err)
	}
}

// Owners that know no UTF-8, and those that give something else than they were
// asked for.
func TestOtherOwners(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	for _, c := range []struct{ target, kind, data, want string }{
		{"STRING", "STRING", "\xc6r\xf8", "Ærø"},
		{"UTF8_STRING", "STRING", "\xc6r\xf8", "Ærø"},
		{"UTF8_STRING", "UTF8_STRING", "ends in C\x00", "ends in C"},
		{"UTF8_STRING", "text/plain;charset=utf-8", "漢", "漢"},
	} {
		a.set(primary, &offer{formats: []format{{c.target, c.kind, text(c.data)}}})
		reads(t, b, c.want)
	}
	a.set(primary, &offer{formats: []format{{"UTF8_STRING", "COMPOUND_TEXT", text("\x1b%G")}}})
	givenUp(t, b)
}

// The text is asked for only when it is wanted.
func TestLazy(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	var calls atomic.Int32
	for range 10_000 {
		a.SetPrimary(func() string { calls.Add(1); return "wanted" })
	}
	owned(t, a)
	if n := calls.Load(); n != 0 {
		t.Errorf("called %d times before anybody asked", n)
	}
	if got, err := b.Primary(within(t, patience)); got != "wanted" || err != nil || calls.Load() != 1 {
		t.Errorf("%q, %v, %d calls", got, err, calls.Load())
	}
}

func TestLost(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	var lost atomic.Int32
	a.OnLost(func() { lost.Add(1) })
	a.SetPrimary(text("a's"))
	reads(t, b, "a's")
	b.SetPrimary(text("b's"))
	eventually(t, "a hears of the loss", func() bool { return lost.Load() == 1 })
	reads(t, a, "b's")
	a.ClearPrimary() // not a's to clear
	a.SetPrimary(text("a's again"))
	reads(t, b, "a's again")
	a.ClearPrimary()
	givenUp(t, b)
	a.OnLost(nil)
	a.SetPrimary(text("third"))
	reads(t, b, "third")
	b.SetPrimary(text("b's third"))
	reads(t, a, "b's third")
	if n := lost.Load(); n != 1 {
		t.Errorf("OnLost called %d times, want 1", n)
	}
}

// Whoever took the selection last has it, and both know.
func TestStruggle(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	for range 20 {
		var wg sync.WaitGroup
		for _, s := range []*Selections{a, b} {
			wg.Go(func() {
				for i := range 200 {
					s.SetPrimary(text("x"))
					switch i % 20 {
					case 5:
						s.ClearPrimary()
					case 10:
						if _, err := s.Primary(within(t, patience)); err != nil && !errors.Is(err, ErrNone) {
							t.Error(err)
						}
					}
				}
			})
		}
		wg.Wait()
		eventually(t, "one owner", func() bool {
			r, err := xproto.GetSelectionOwner(a.conn, a.atom(primary)).Reply()
			if err != nil {
				t.Fatal(err)
			}
			at, bt := a.offered(a.atom(primary)) != nil, b.offered(b.atom(primary)) != nil
			return r.Owner == a.window && at && !bt || r.Owner == b.window && bt && !at
		})
	}
	// What b has set may still be on its way to the server.
	eventually(t, "a takes it", func() bool {
		a.SetPrimary(text("the end"))
		got, err := b.Primary(within(t, patience))
		return got == "the end" && err == nil
	})
}

// What comes too late, because two programs take the selection at about the same
// time, changes nothing.
func TestLate(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	var lost atomic.Int32
	a.OnLost(func() { lost.Add(1) })
	a.SetPrimary(text("a's"))
	reads(t, b, "a's")
	var at xproto.Timestamp
	if err := b.read(within(t, patience), func(r *reader) error {
		v, err := r.convert(primary, timestamp)
		if err == nil {
			at = xproto.Timestamp(v.atoms()[0])
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	selection := a.atom(primary)

	// An old event of a loss, after the selection was taken back.
	o := &owner{Selections: a, since: map[xproto.Atom]xproto.Timestamp{selection: at}}
	o.handle(xproto.SelectionClearEvent{Time: at - 1, Owner: a.window, Selection: selection})
	if a.offered(selection) == nil || o.since[selection] != at || lost.Load() != 0 {
		t.Errorf("lost by an old event: %v, %v, %d", a.offered(selection), o.since, lost.Load())
	}

	// Giving up what another program has already.
	time.Sleep(5 * time.Millisecond) // the server's clock has milliseconds
	c := connect(t, d, usual)
	c.SetPrimary(text("c's"))
	reads(t, b, "c's")
	eventually(t, "a hears of the loss", func() bool { return a.offered(selection) == nil })
	o.announce(map[xproto.Atom]bool{selection: true}, at)
	reads(t, b, "c's")

	// Taking what another program has taken later.
	a.mu.Lock()
	a.offers[selection] = &offer{text: text("old")}
	a.mu.Unlock()
	lost.Store(0)
	o.announce(map[xproto.Atom]bool{selection: true}, at)
	if a.offered(selection) != nil || lost.Load() != 1 {
		t.Errorf("believed to be a's: %v, OnLost called %d times", a.offered(selection), lost.Load())
	}
	reads(t, b, "c's")
	reads(t, a, "c's")
}

// A time that was asked for earlier does not serve for what has changed since,
// and an answer that never comes is asked for again.
func TestAskTime(t *testing.T) {
	a := connect(t, screen(t), usual)
	a.Close() // its own goroutine would take the changes
	first, second := a.atom(primary), a.atom(clipboard)
	o := &owner{Selections: a, since: map[xproto.Atom]xproto.Timestamp{}}
	change := func(selection xproto.Atom) {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.changed[selection] = true
	}
	change(first)
	o.askTime()
	change(second)
	o.askTime()
	if len(o.asked) != 1 || !o.asked[first] {
		t.Errorf("asked for %v", o.asked)
	}
	o.handle(xproto.PropertyNotifyEvent{Window: a.window, Atom: a.atom(stamp), Time: 1})
	if len(o.asked) != 1 || !o.asked[second] {
		t.Errorf("asked for %v", o.asked)
	}
	a.offers[first], a.offers[second] = &offer{}, &offer{}
	o.lose(first)
	o.lose(second) // about to be taken back
	if a.offers[first] != nil || a.offers[second] == nil {
		t.Errorf("kept: %v", a.offers)
	}
	o.askedAt = o.askedAt.Add(-patience)
	change(first)
	o.askTime()
	if len(o.asked) != 2 {
		t.Errorf("asked for %v", o.asked)
	}
}

func TestNil(t *testing.T) {
	var s *Selections
	s.OnLost(func() {})
	s.SetPrimary(text("x"))
	s.SetClipboard(map[string][]byte{"text/html": []byte("x")})
	s.ClearPrimary()
	if got, err := s.Primary(t.Context()); got != "" || !errors.Is(err, ErrNone) {
		t.Errorf("%q, %v", got, err)
	}
	if got, ok := s.ClipboardHTML(t.Context()); got != "" || ok {
		t.Errorf("%q, %v", got, ok)
	}
	s.Close()
}

func TestOpenFails(t *testing.T) {
	t.Setenv("DISPLAY", "")
	for _, display := range []string{"", "nonsense", ":", ":-1", ":99999"} {
		if s, err := Open(display); err == nil || s != nil {
			t.Errorf("%q: %v, %v", display, s, err)
		}
	}
	d := screen(t)
	if s, err := Open(d + ".7"); err == nil || s != nil {
		t.Errorf("no such screen: %v, %v", s, err)
	}
	s, err := Open(d)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}

func TestClose(t *testing.T) {
	d := screen(t)
	before := runtime.NumGoroutine()
	a, b := connect(t, d, limits{chunk: 64, size: 64 << 20, patience: patience}), connect(t, d, usual)
	a.SetPrimary(text(large(1 << 20)))
	owned(t, a)
	failed := make(chan error)
	go func() {
		_, err := b.Primary(context.Background())
		failed <- err
	}()
	time.Sleep(50 * time.Millisecond)
	b.Close() // in the middle of a read
	select {
	case err := <-failed:
		if err == nil {
			t.Error("the read did not fail")
		}
	case <-time.After(patience):
		t.Fatal("Close does not end a read")
	}
	a.Close() // in the middle of a transfer
	a.Close()
	a.SetPrimary(text("late"))
	a.ClearPrimary()
	if got, err := a.Primary(t.Context()); err == nil {
		t.Errorf("after Close: %q", got)
	}
	if got, ok := a.ClipboardHTML(t.Context()); ok {
		t.Errorf("after Close: %q", got)
	}
	eventually(t, "all goroutines end", func() bool { return runtime.NumGoroutine() <= before })
}

func TestServerEnds(t *testing.T) {
	d := xdrive.ForTest(t, xdrive.Options{Width: 64, Height: 64})
	before := runtime.NumGoroutine()
	s := connect(t, d.Name(), usual)
	s.OnLost(func() { t.Error("OnLost called") })
	s.SetPrimary(text("mine"))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	<-s.served
	s.SetPrimary(text("still mine"))
	if got, err := s.Primary(t.Context()); got != "still mine" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	s.ClearPrimary()
	if got, err := s.Primary(t.Context()); err == nil {
		t.Errorf("read %q", got)
	}
	began := time.Now()
	s.Close()
	if d := time.Since(began); d >= closing {
		t.Errorf("Close took %v", d)
	}
	eventually(t, "all goroutines end", func() bool { return runtime.NumGoroutine() <= before })
}
