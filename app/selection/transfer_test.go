package selection

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
)

// The time after which a read is given up on purpose.
const short = 200 * time.Millisecond

func TestOwnerHangs(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	hang := make(chan struct{})
	a.SetPrimary(func() string { <-hang; return "late" })
	owned(t, a)
	began := time.Now()
	if got, err := b.Primary(within(t, short)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%q, %v", got, err)
	}
	if d := time.Since(began); d > short+patience/4 {
		t.Errorf("gave up only after %v", d)
	}
	var window xproto.Window
	if err := b.read(within(t, short), func(r *reader) error {
		window = r.window
		_, err := r.convert(primary, utf8String)
		return err
	}); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	b.reading <- struct{}{} // its goroutine has ended
	// A program may die of an answer to a window that is gone.
	if _, err := xproto.GetWindowAttributes(b.conn, window).Reply(); err != nil {
		t.Error("the late answer finds no window")
	}
	<-b.reading
	// Neither call waits for the answers under way.
	began = time.Now()
	a.SetPrimary(text("right"))
	a.OnLost(nil)
	if d := time.Since(began); d > patience/4 {
		t.Errorf("SetPrimary took %v", d)
	}
	// The late answer is not taken for the next one.
	go func() {
		time.Sleep(short / 4)
		close(hang)
	}()
	if got, err := b.Primary(within(t, patience)); got != "right" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestOwnerVanishes(t *testing.T) {
	d := screen(t)
	slow, b := connect(t, d, limits{chunk: 4, size: 64 << 20, patience: patience}), connect(t, d, usual)
	begun := make(chan struct{})
	long := large(8 << 20) // takes minutes, four bytes at a time
	slow.SetPrimary(func() string { close(begun); return long })
	go func() {
		<-begun
		time.Sleep(short / 4)
		slow.Close()
	}()
	owned(t, slow)
	if got, err := b.Primary(within(t, 5*short)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if got, err := b.Primary(within(t, patience)); !errors.Is(err, ErrNone) {
		t.Errorf("%q, %v", got, err)
	}
	other := connect(t, d, usual)
	other.SetPrimary(text("there"))
	reads(t, b, "there")
}

// Programs that stop reading, or end, hold on to nothing.
func TestReaderVanishes(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	small := connect(t, d, limits{chunk: usual.chunk, size: 200 << 10, patience: patience})
	want := large(1 << 20)
	a.SetPrimary(text(want))
	reads(t, b, want)
	for range maxTransfers + 4 {
		if got, err := small.Primary(within(t, patience)); err == nil || errors.Is(err, ErrNone) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
	}
	reads(t, b, want)
}

func TestReaderHangs(t *testing.T) {
	d := screen(t)
	a := connect(t, d, limits{chunk: 1000, size: 64 << 20, patience: 2 * time.Second})
	b, c := connect(t, d, usual), connect(t, d, usual)
	want := large(50_000)
	a.SetPrimary(text(want))
	reads(t, b, want)
	for range maxTransfers {
		w, err := c.newWindow()
		if err != nil {
			t.Fatal(err)
		}
		xproto.ConvertSelection(c.conn, w, c.atom(primary), c.atom(utf8String), c.atom(received), xproto.TimeCurrentTime)
	}
	c.conn.Sync() // the owner is asked in this order
	if got, err := b.Primary(within(t, patience)); !errors.Is(err, ErrNone) {
		t.Errorf("one too many at a time: %d bytes, %v", len(got), err)
	}
	reads(t, b, want) // when the others were given up
}

func TestTooLarge(t *testing.T) {
	d := screen(t)
	a := connect(t, d, limits{chunk: 250 << 10, size: 64 << 20, patience: patience})
	b := connect(t, d, limits{chunk: 250 << 10, size: 100 << 10, patience: patience})
	for _, n := range []int{100<<10 + 1, 200 << 10 /* one property */, 1 << 20 /* INCR */} {
		a.SetPrimary(text(strings.Repeat("x", 100<<10)))
		reads(t, b, strings.Repeat("x", 100<<10))
		a.SetPrimary(text(strings.Repeat("x", n)))
		eventually(t, "too large", func() bool {
			_, err := b.Primary(within(t, patience))
			return err != nil && strings.Contains(err.Error(), "larger than")
		})
	}
}

// Other owners can write properties that have to be read in several steps.
func TestLongProperty(t *testing.T) {
	b := connect(t, screen(t), usual)
	want := large(2*piece + 100_000)
	err := b.read(within(t, patience), func(r *reader) error {
		for rest := want; rest != ""; {
			n := min(len(rest), 100_001)
			xproto.ChangeProperty(r.conn, xproto.PropModeAppend, r.window, r.atom(received), r.atom(utf8String), 8,
				uint32(n), []byte(rest[:n]))
			rest = rest[n:]
		}
		v, err := r.take(0)
		if err != nil || string(v.data) != want {
			t.Errorf("%d bytes, %v", len(v.data), err)
		}
		if v, err = r.take(0); err != nil || v.kind != 0 {
			t.Errorf("not deleted: %d bytes, %v", len(v.data), err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// A read that began before the selection became ours goes by the server.
func TestReadOwn(t *testing.T) {
	d := screen(t)
	a, b := connect(t, d, usual), connect(t, d, usual)
	want := large(1 << 20)
	a.SetPrimary(text(want))
	reads(t, b, want)
	for range 3 {
		err := a.read(within(t, patience), func(r *reader) error {
			v, err := r.convert(primary, utf8String)
			if string(v.data) != want {
				t.Errorf("%d bytes, %v", len(v.data), err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	// And its window still hears what it needs.
	other := large(700_000)
	b.SetPrimary(text(other))
	reads(t, a, other)
}
