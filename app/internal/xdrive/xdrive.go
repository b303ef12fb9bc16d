// Package xdrive drives a real window from outside, as a person would: it
// starts a screen of its own (Xvfb), runs a program on it, sends key and mouse
// events through the server (XTEST) and looks at the pixels that come out.
//
// All coordinates and sizes are in pixels, counted from the upper left corner
// of the screen unless something else is said. No window manager runs on the
// screen: a window stands at the upper left corner unless the program moves it,
// has no frame, and gets the keys because [Display.WaitWindow] gives it the
// focus.
//
// Methods block until the server has taken the events, not until the program
// has acted on them: wait for that with [Display.Sync], [Display.WaitChange] and
// [Display.WaitStill]. A Display may be used by several goroutines, though
// their events then mix.
package xdrive

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// ErrNoXvfb says that this machine has no Xvfb, so no window can be driven.
var ErrNoXvfb = errors.New("xdrive: Xvfb is not installed (make test installs it)")

// ErrTimeout is wrapped by what the Wait methods return when time runs out.
var ErrTimeout = errors.New("timed out")

const (
	startTimeout = 20 * time.Second // for Xvfb; a busy machine is slow
	stopGrace    = 3 * time.Second  // between SIGTERM and SIGKILL
)

// Options for [Start]; the zero value is useful.
type Options struct {
	// Width and Height of the screen in pixels; 1600 x 1000 if 0, room for a
	// window of 1360 x 860 and for making it larger.
	Width, Height int
	// Delay after each key of [Display.Type]; 2 ms if 0.
	Delay time.Duration
	// Env are variables ("NAME=value") for the programs; they win over all others.
	Env []string
}

// Display is a screen of its own with the programs that run on it.
type Display struct {
	name          string
	width, height int
	delay         time.Duration

	xvfb    *exec.Cmd
	exited  chan struct{} // closed when Xvfb has ended
	runtime string        // XDG_RUNTIME_DIR of the programs
	env     []string

	conn *xgb.Conn
	root xproto.Window

	syncing sync.Mutex  // guards serial
	serial  uint32      // of the last ping
	pong    chan uint32 // serials of answers

	mu       sync.Mutex // guards what follows
	keys     *keymap
	programs []*Program
	closed   bool
}

// Start starts Xvfb on a free display and connects to it; it returns when the
// screen can be used, [ErrNoXvfb] if there is no Xvfb. [Display.Close] ends
// it; should this process die first, Xvfb ends too.
func Start(opts Options) (*Display, error) {
	if opts.Width == 0 {
		opts.Width = 1600
	}
	if opts.Height == 0 {
		opts.Height = 1000
	}
	if opts.Delay == 0 {
		opts.Delay = 2 * time.Millisecond
	}
	path, err := exec.LookPath("Xvfb")
	if err != nil {
		return nil, ErrNoXvfb
	}
	quiet()

	d := &Display{width: opts.Width, height: opts.Height, delay: opts.Delay, env: opts.Env, exited: make(chan struct{})}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("xdrive: %w", err)
	}
	defer r.Close()
	var stderr buffer
	// -terminate: ends with its last client, that is, with us at the latest.
	d.xvfb = exec.Command(path, "-displayfd", "3", "-terminate", "-nolisten", "tcp", "-dpi", "96",
		"-screen", "0", fmt.Sprintf("%dx%dx24", d.width, d.height))
	d.xvfb.ExtraFiles = []*os.File{w}
	d.xvfb.Stderr = &stderr
	dieWithParent(d.xvfb)
	err = d.xvfb.Start()
	w.Close()
	if err != nil {
		return nil, fmt.Errorf("xdrive: starting Xvfb: %w", err)
	}
	go func() {
		d.xvfb.Wait()
		close(d.exited)
	}()

	number := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(r).ReadString('\n')
		number <- strings.TrimSpace(line)
	}()
	select {
	case n := <-number:
		if n == "" { // it closed the pipe without a word: it has failed
			d.Close()
			return nil, fmt.Errorf("xdrive: Xvfb did not start: %s", stderr.String())
		}
		d.name = ":" + n
	case <-time.After(startTimeout):
		d.Close()
		return nil, fmt.Errorf("xdrive: starting Xvfb: %w: %s", ErrTimeout, stderr.String())
	}

	if err := d.connect(); err != nil {
		d.Close()
		return nil, fmt.Errorf("xdrive: display %s: %w", d.name, err)
	}
	return d, nil
}

func (d *Display) connect() (err error) {
	if d.conn, err = xgb.NewConnDisplay(d.name); err != nil {
		return err
	}
	if err = xtest.Init(d.conn); err != nil {
		return err
	}
	d.root = xproto.Setup(d.conn).DefaultScreen(d.conn).Root
	if d.keys, err = readKeymap(d.conn); err != nil {
		return err
	}
	if d.runtime, err = os.MkdirTemp("", "xdrive"); err != nil {
		return err
	}
	// Answers to pings go to the root window, for the window manager.
	if err = xproto.ChangeWindowAttributesChecked(d.conn, d.root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskSubstructureNotify}).Check(); err != nil {
		return err
	}
	d.pong = make(chan uint32, 16)
	go d.listen(d.atom("_NET_WM_PING"))
	return nil
}

// listen reads all events until the connection ends, or they would pile up.
func (d *Display) listen(ping xproto.Atom) {
	for {
		ev, err := d.conn.WaitForEvent()
		if ev == nil && err == nil {
			return
		}
		e, ok := ev.(xproto.ClientMessageEvent)
		if !ok || e.Format != 32 || xproto.Atom(e.Data.Data32[0]) != ping {
			continue
		}
		select {
		case d.pong <- e.Data.Data32[1]:
		default: // nobody waits for it
		}
	}
}

// quiet keeps xgb from logging the end of a connection, which is our doing.
var quiet = sync.OnceFunc(func() { xgb.Logger = log.New(io.Discard, "", 0) })

// Name is the display's name for the environment variable DISPLAY, such as ":1".
func (d *Display) Name() string { return d.name }

// Size is the size of the screen in pixels.
func (d *Display) Size() (width, height int) { return d.width, d.height }

// Close ends the programs started with [Display.Run] (asking first, then by
// force after three seconds) and Xvfb, and waits for their end. A second call
// does nothing.
func (d *Display) Close() error {
	d.mu.Lock()
	if d.closed {
		d.mu.Unlock()
		return nil
	}
	d.closed = true
	programs := d.programs
	d.mu.Unlock()

	for _, p := range programs {
		p.Stop()
	}
	if d.conn != nil {
		d.conn.Close()
	}
	d.xvfb.Process.Signal(syscall.SIGTERM)
	select {
	case <-d.exited:
	case <-time.After(stopGrace):
		d.xvfb.Process.Kill()
		<-d.exited
	}
	if d.runtime != "" {
		return os.RemoveAll(d.runtime)
	}
	return nil
}

// Environ is env (os.Environ() if nil) changed so that a program opens its
// windows here and nowhere else, even when started from a Wayland desktop, draws
// them without graphics hardware, and does not ask the desktop for its settings
// (light or dark, say). The Env of the [Options] is added last.
func (d *Display) Environ(env []string) []string {
	if env == nil {
		env = os.Environ()
	}
	set := []string{
		"DISPLAY=" + d.name,
		// Without WAYLAND_DISPLAY a program may still try the socket wayland-0 in
		// the runtime folder.
		"XDG_RUNTIME_DIR=" + d.runtime,
		"XDG_SESSION_TYPE=x11",
		"LIBGL_ALWAYS_SOFTWARE=1",
		// No bus there; without the variable some programs would start one.
		"DBUS_SESSION_BUS_ADDRESS=unix:path=" + d.runtime + "/no-bus",
	}
	set = append(set, d.env...)
	drop := map[string]bool{"WAYLAND_DISPLAY": true, "WAYLAND_SOCKET": true}
	for _, kv := range set {
		name, _, _ := strings.Cut(kv, "=")
		drop[name] = true
	}
	var out []string
	for _, kv := range env {
		if name, _, _ := strings.Cut(kv, "="); !drop[name] {
			out = append(out, kv)
		}
	}
	return append(out, set...)
}

// Program is a program running on a [Display].
type Program struct {
	cmd    *exec.Cmd
	stderr buffer
	done   chan struct{}
	err    error // of its end; read only after done is closed
}

// Run starts cmd on the display, with the environment of [Display.Environ], and
// returns at once. The program is killed when ctx is done, and ended by
// [Display.Close]. What it writes to standard error is kept, and also written
// to cmd.Stderr if that is set.
func (d *Display) Run(ctx context.Context, cmd *exec.Cmd) (*Program, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p := &Program{cmd: cmd, done: make(chan struct{})}
	cmd.Env = d.Environ(cmd.Env)
	if cmd.Stderr != nil {
		cmd.Stderr = io.MultiWriter(cmd.Stderr, &p.stderr)
	} else {
		cmd.Stderr = &p.stderr
	}
	if cmd.WaitDelay == 0 {
		// A grandchild that keeps the pipe open must not hold up Wait for ever.
		cmd.WaitDelay = stopGrace
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return nil, fmt.Errorf("xdrive: display %s is closed", d.name)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("xdrive: %w", err)
	}
	d.programs = append(d.programs, p)
	stop := context.AfterFunc(ctx, func() { cmd.Process.Kill() })
	go func() {
		p.err = cmd.Wait()
		stop()
		close(p.done)
	}()
	return p, nil
}

// PID is the program's process id.
func (p *Program) PID() int { return p.cmd.Process.Pid }

// Done is closed when the program has ended.
func (p *Program) Done() <-chan struct{} { return p.done }

// Wait waits for the program's end and returns what [exec.Cmd.Wait] returned.
func (p *Program) Wait() error {
	<-p.done
	return p.err
}

// Stderr is what the program has written to standard error so far.
func (p *Program) Stderr() string { return p.stderr.String() }

// Kill ends the program at once, as a crash would, and waits for its end.
func (p *Program) Kill() {
	p.cmd.Process.Kill()
	<-p.done
}

// Stop asks the program to end (SIGTERM), kills it if it has not done so within
// three seconds, and waits for its end.
func (p *Program) Stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(stopGrace):
		p.Kill()
	}
}

// ended describes how all programs have ended, or is nil while one runs or
// none was started.
func (d *Display) ended() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []error
	for _, p := range d.programs {
		select {
		case <-p.done:
			err := p.err
			if err == nil {
				err = errors.New("exit status 0")
			}
			all = append(all, fmt.Errorf("%s ended: %w\n%s", p.cmd.Path, err, p.Stderr()))
		default:
			return nil
		}
	}
	return errors.Join(all...)
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
