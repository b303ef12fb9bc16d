// Package instance lets one window stand for one library: a second program that is
// started on it hands over what it was asked to open, and ends.
//
// The first listens at a Unix socket in a folder that only its user can enter. The
// second connects, says what it wants, and waits for the answer, which the first
// gives only when it has done it: one that hangs does not answer.
package instance

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

// Request is what a second start asks of the first.
type Request struct {
	// Library is the absolute path of the library that both have open.
	Library string `json:"library"`
	// File is the absolute path of what is to be opened; empty for nothing but the
	// window itself.
	File string `json:"file,omitempty"`
	// Token is what the desktop gave the second start, so that the first may come to
	// the front; empty for none.
	Token string `json:"token,omitempty"`
}

var (
	// ErrTaken tells that another program stands for the library.
	ErrTaken = errors.New("another program has this library open")
	// ErrSilent tells that the program that stands for the library does not answer.
	ErrSilent = errors.New("the program that has this library open does not answer")
	// ErrRefused tells that the program that stands for the library is about to end,
	// or has turned to another library: it is worth asking again.
	ErrRefused = errors.New("the program that has this library open is leaving it")
)

// Times of waiting.
const (
	answerPatience = 2 * time.Second         // for one that has its window
	actPatience    = 1500 * time.Millisecond // of the one asked: less, for who has asked must not have given up by then
	startPatience  = 30 * time.Second        // for one that is still opening it
	turnPatience   = 2 * time.Second         // for others that claim or leave at this moment
	turnPause      = 10 * time.Millisecond   // between two tries
	leavePause     = 100 * time.Millisecond  // before one that leaves is asked again
	leavePatience  = 2 * time.Second
)

// Handler does what a second start asks. An error refuses it: [ErrRefused] for one
// that may ask again. The context ends when the asker has gone, which then opens a
// window of its own; by its deadline nothing must be done any more. It is called on
// goroutines.
type Handler func(context.Context, Request) error

// Instance stands for a library: it listens.
type Instance struct {
	place    Place
	listener *net.UnixListener
	socket   os.FileInfo // of its file
	ctx      context.Context
	cancel   context.CancelFunc
	ready    chan struct{} // closed when handle is set
	handle   Handler
	serving  sync.WaitGroup
	once     sync.Once
}

// Hand hands a request to the program that stands for the library or, where there
// is none, claims its place: then the instance is not nil, and its owner calls
// Serve. It is nil and the error nil when the other has done what was asked.
func Hand(ctx context.Context, place Place, r Request) (*Instance, error) {
	for end := time.Now().Add(leavePatience); ; {
		in, err := Claim(ctx, place)
		if !errors.Is(err, ErrTaken) {
			return in, err
		}
		err = place.ask(ctx, r)
		if !errors.Is(err, ErrRefused) || time.Now().After(end) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(leavePause):
		}
	}
}

// Claim takes the place. Only one can have it: the error is [ErrTaken] for others.
// What a program that crashed left there is cleaned up.
func Claim(ctx context.Context, place Place) (*Instance, error) {
	unlock, err := place.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	listener, socket, err := place.listen()
	if err != nil {
		return nil, err
	}
	in := &Instance{place: place, listener: listener, socket: socket, ready: make(chan struct{})}
	in.ctx, in.cancel = context.WithCancel(context.Background())
	in.serving.Go(in.accept)
	return in, nil
}

// Serve has a function do what is asked, from now on. Who asked before has waited.
// It may be called once.
func (in *Instance) Serve(handle Handler) {
	in.handle = handle
	close(in.ready)
}

// Close leaves the place. What is being asked is refused. It returns when all of it has
// ended, but does not wait long for a handler that hangs.
func (in *Instance) Close() {
	in.once.Do(func() {
		if unlock, err := in.place.turn(context.Background()); err == nil {
			defer unlock()
		}
		in.place.remove(in.socket)
		in.listener.Close()
		in.cancel()
	})
	done := make(chan struct{})
	go func() {
		in.serving.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(leavePatience):
	}
}

const (
	maxAsking = 16 // at one time
	version   = 1
)

func (in *Instance) accept() {
	slots := make(chan struct{}, maxAsking)
	for {
		select {
		case slots <- struct{}{}:
		case <-in.ctx.Done():
			return
		}
		conn, err := in.listener.AcceptUnix()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // no file descriptors left, say
			<-slots
			select {
			case <-in.ctx.Done():
			case <-time.After(leavePause):
			}
			continue
		}
		in.serving.Go(func() {
			defer func() { <-slots }()
			defer conn.Close()
			in.answer(conn)
		})
	}
}

// answer serves one that asks.
func (in *Instance) answer(conn *net.UnixConn) {
	stop := context.AfterFunc(in.ctx, func() { conn.CloseRead() })
	defer stop()
	if err := samePeer(conn); err != nil {
		return
	}
	var m message
	conn.SetReadDeadline(time.Now().Add(answerPatience))
	if err := read(newReader(conn), &m); err != nil || in.ctx.Err() != nil {
		return
	}
	if m.Version != version || m.Ask == nil {
		write(conn, message{Version: version, Error: fmt.Sprintf("this is version %d of the protocol", version)})
		return
	}
	ctx, cancel := context.WithCancel(in.ctx)
	defer cancel()
	conn.SetReadDeadline(time.Time{})
	go func() { // ends when the connection is closed, by whomever
		conn.Read(make([]byte, 1))
		cancel()
	}()
	select {
	case <-in.ready:
	default:
		if write(conn, message{Version: version, Wait: true}) != nil {
			return
		}
		select {
		case <-in.ready:
		case <-ctx.Done():
		}
	}
	err := ctx.Err()
	if err == nil {
		act, end := context.WithTimeout(ctx, actPatience)
		err = in.handle(act, *m.Ask)
		end()
	}
	switch {
	case err == nil:
		write(conn, message{Version: version, Done: true})
	case errors.Is(err, ErrRefused), in.ctx.Err() != nil:
		write(conn, message{Version: version, Refused: true})
	case errors.Is(err, context.DeadlineExceeded):
		write(conn, message{Version: version, Silent: true})
	default:
		write(conn, message{Version: version, Error: err.Error()})
	}
}
