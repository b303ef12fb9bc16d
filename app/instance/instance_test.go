//go:build linux || darwin || freebsd

package instance

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The test binary is the other program, too.
func TestMain(m *testing.M) {
	if len(os.Args) >= 5 && os.Args[1] == "longhand" {
		other(os.Args[2], os.Args[3], os.Args[4:])
		return
	}
	os.Exit(m.Run())
}

// other is a start of the program: it prints what it came to be, and as the first
// what it is asked to open.
func other(runtime, state string, args []string) {
	place, err := At(runtime, state, args[0], ":0")
	var in *Instance
	if err == nil {
		in, err = Hand(context.Background(), place, Request{Library: args[0], File: strings.Join(args[1:], "")})
	}
	switch {
	case err != nil:
		fmt.Println("error", err)
	case in == nil:
		fmt.Println("handed over")
	default:
		fmt.Println("first")
		in.Serve(func(_ context.Context, r Request) error {
			fmt.Println("open", r.File)
			return nil
		})
		io.Copy(io.Discard, os.Stdin) // until it is closed
		in.Close()
	}
}

type program struct {
	*exec.Cmd
	out   *bufio.Reader
	stdin io.Closer
}

func start(t *testing.T, args ...string) *program {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"longhand"}, args...)...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return &program{cmd, bufio.NewReader(out), in}
}

func (p *program) says(t *testing.T, want string) {
	t.Helper()
	if line, err := p.out.ReadString('\n'); line != want+"\n" {
		t.Fatalf("it says %q (%v), want %q", line, err, want)
	}
}

// short is a folder with a path short enough for sockets, for this user alone.
func short(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lh")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func at(t *testing.T) Place {
	t.Helper()
	place, err := At(short(t), "/nowhere", "/library", ":0")
	if err != nil {
		t.Fatal(err)
	}
	return place
}

func claim(t *testing.T, place Place, handle Handler) *Instance {
	t.Helper()
	in, err := Claim(t.Context(), place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(in.Close)
	if handle != nil {
		in.Serve(handle)
	}
	return in
}

func TestTheSecondHandsOver(t *testing.T) {
	t.Parallel()
	runtime, lib := short(t), t.TempDir()
	first := start(t, runtime, "/nowhere", lib)
	first.says(t, "first")
	for _, file := range []string{"", "/tmp/Łódź 漢字.md", "/new\nline"} {
		second := start(t, runtime, "/nowhere", lib, file)
		second.says(t, "handed over")
		if err := second.Wait(); err != nil {
			t.Error(err)
		}
		first.says(t, strings.Split("open "+file, "\n")[0])
		if strings.Contains(file, "\n") {
			first.says(t, "line")
		}
	}
	start(t, runtime, "/nowhere", t.TempDir()).says(t, "first") // of another library
	start(t, short(t), "/nowhere", lib).says(t, "first")        // of another user

	first.stdin.Close()
	if err := first.Wait(); err != nil {
		t.Error(err)
	}
	start(t, runtime, "/nowhere", lib).says(t, "first")
}

func TestStaleSocket(t *testing.T) {
	t.Parallel()
	runtime, lib := short(t), t.TempDir()
	first := start(t, runtime, "/nowhere", lib)
	first.says(t, "first")
	first.Process.Kill()
	first.Wait()
	if left, _ := filepath.Glob(filepath.Join(runtime, "longhand", "*.sock")); len(left) != 1 {
		t.Fatalf("no stale socket to test with: %v", left)
	}
	start(t, runtime, "/nowhere", lib).says(t, "first")
	second := start(t, runtime, "/nowhere", lib)
	second.says(t, "handed over")
}

func TestTheFirstHangs(t *testing.T) {
	t.Parallel()
	runtime, lib := short(t), t.TempDir()
	first := start(t, runtime, "/nowhere", lib)
	first.says(t, "first")
	if err := first.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	start(t, runtime, "/nowhere", lib).says(t, "error "+ErrSilent.Error())
	if took := time.Since(began); took < answerPatience || took > 10*answerPatience {
		t.Errorf("after %v", took)
	}
}

// TestManyAtOnce starts many at one moment: one is the first, all others reach it.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	const n = 12
	runtime, lib := short(t), t.TempDir()
	var mu sync.Mutex
	said := map[string]int{}
	var opened int
	var wg sync.WaitGroup
	for range n {
		p := start(t, runtime, "/nowhere", lib, "/a.md")
		wg.Go(func() {
			line, _ := p.out.ReadString('\n')
			mu.Lock()
			said[line]++
			mu.Unlock()
			for line == "first\n" {
				if more, err := p.out.ReadString('\n'); more != "open /a.md\n" {
					t.Errorf("%q, %v", more, err)
				}
				if opened++; opened == n-1 {
					return
				}
			}
		})
	}
	wg.Wait()
	if said["first\n"] != 1 || said["handed over\n"] != n-1 {
		t.Errorf("%v", said)
	}
}

// TestWhileItOpens asks one whose window is not there yet: it waits longer.
func TestWhileItOpens(t *testing.T) {
	t.Parallel()
	place := at(t)
	in := claim(t, place, nil)
	done := make(chan error, 1)
	go func() { done <- place.ask(t.Context(), Request{File: "/a.md"}) }()
	select {
	case err := <-done:
		t.Fatalf("answered before there is a window: %v", err)
	case <-time.After(answerPatience + 200*time.Millisecond):
	}
	var got Request
	in.Serve(func(_ context.Context, r Request) error {
		got = r
		return nil
	})
	if err := <-done; err != nil || got.File != "/a.md" {
		t.Errorf("%v, %+v", err, got)
	}
}

// TestLeaving asks one that refuses, then leaves: the second takes the place.
func TestLeaving(t *testing.T) {
	t.Parallel()
	place := at(t)
	asked := make(chan struct{}, 100)
	in := claim(t, place, func(context.Context, Request) error {
		asked <- struct{}{}
		return ErrRefused
	})
	go func() {
		<-asked
		in.Close()
	}()
	next, err := Hand(t.Context(), place, Request{})
	if err != nil || next == nil {
		t.Fatalf("%v, %v", next, err)
	}
	next.Close()
	if left, _ := filepath.Glob(filepath.Join(place.dir, "*.sock")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestCloseWhileAsked closes one that has not answered: who asks may ask again.
func TestCloseWhileAsked(t *testing.T) {
	place := at(t)
	asked := make(chan struct{})
	in := claim(t, place, func(ctx context.Context, _ Request) error {
		close(asked)
		<-ctx.Done()
		return ctx.Err()
	})
	done := make(chan error, 1)
	go func() { done <- place.ask(t.Context(), Request{}) }()
	<-asked
	in.Close()
	if err := <-done; !errors.Is(err, ErrRefused) {
		t.Errorf("error %v", err)
	}
}

// TestWindowHangs asks one whose window never comes to it: what is asked must not be
// done after the second has given up.
func TestWindowHangs(t *testing.T) {
	t.Parallel()
	place := at(t)
	var ended time.Time
	claim(t, place, func(ctx context.Context, _ Request) error {
		<-ctx.Done()
		ended = time.Now()
		return ctx.Err()
	})
	began := time.Now()
	if err := place.ask(t.Context(), Request{}); !errors.Is(err, ErrSilent) {
		t.Errorf("error %v", err)
	}
	if took := ended.Sub(began); took >= answerPatience {
		t.Errorf("given up after %v", took)
	}
}

// TestAskerGone has the second go away: the first learns of it.
func TestAskerGone(t *testing.T) {
	place := at(t)
	asked, gone := make(chan struct{}), make(chan error, 1)
	claim(t, place, func(ctx context.Context, _ Request) error {
		close(asked)
		<-ctx.Done()
		gone <- ctx.Err()
		return ctx.Err()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-asked
		cancel()
	}()
	if err := place.ask(ctx, Request{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("the first learns of it by %v", err)
	}
}

// TestStrangeMessages sends what no program of ours sends.
func TestStrangeMessages(t *testing.T) {
	t.Parallel()
	place := at(t)
	claim(t, place, func(_ context.Context, r Request) error {
		if r.File == "" {
			t.Error("taken for a request")
		}
		return nil
	})
	for _, c := range []struct{ send, want string }{
		{"\n", ""},
		{"null\n", `"error"`},
		{"{}\n", `"error"`},
		{"[1]\n", ""},
		{`{"version":2,"ask":{"file":"/a"}}` + "\n", `"error"`},
		{`{"version":1}` + "\n", `"error"`},
		{`{"version":1,"ask":"x"}` + "\n", ""},
		{strings.Repeat("x", maxMessage+10), ""},
		{strings.Repeat("[", maxMessage/2) + "\n", ""},
		{`{"version":1,"ask":{"file":"/a"},"later":"` + strings.Repeat("x", 1000) + `"}` + "\n", `"done":true`},
	} {
		conn, err := net.Dial("unix", place.socket())
		if err != nil {
			t.Fatal(err)
		}
		conn.SetDeadline(time.Now().Add(10 * time.Second))
		conn.Write([]byte(c.send))
		got, err := io.ReadAll(conn)
		if err != nil && !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("%.40q: %v", c.send, err)
		}
		if c.want == "" && len(got) > 0 || !strings.Contains(string(got), c.want) {
			t.Errorf("%.40q is answered %q, want %q", c.send, got, c.want)
		}
		conn.Close()
	}
	if err := place.ask(t.Context(), Request{File: strings.Repeat("x", maxMessage)}); !errors.Is(err, errTooLong) {
		t.Errorf("too long: %v", err)
	}
	if err := place.ask(t.Context(), Request{File: "/a"}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestStrangeAnswers has something else listen at the socket.
func TestStrangeAnswers(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"", "\n", "{}\n", "null\n", strings.Repeat("x", maxMessage+10), `{"version":1,"wait":true}` + "\n" + `{"version":1,"wait":true}` + "\n", `{"version":9,"error":"no"}` + "\n"} {
		place := at(t)
		l, err := net.Listen("unix", place.socket())
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				bufio.NewReader(conn).ReadString('\n')
				conn.Write([]byte(answer))
				conn.Close()
			}
		}()
		if err := place.ask(t.Context(), Request{}); err == nil {
			t.Errorf("%.40q is taken for done", answer)
		}
		l.Close()
	}
}

// The messages of version 1, so that an older or newer program is understood.
func TestMessagesStayTheSame(t *testing.T) {
	ask := message{Version: 1, Ask: &Request{Library: "/l", File: "/f", Token: "t"}}
	for want, m := range map[string]message{
		`{"version":1,"ask":{"library":"/l","file":"/f","token":"t"}}`: ask,
		`{"version":1,"done":true}`:                                    {Version: 1, Done: true},
		`{"version":1,"wait":true}`:                                    {Version: 1, Wait: true},
		`{"version":1,"refused":true}`:                                 {Version: 1, Refused: true},
	} {
		if got, err := json.Marshal(m); err != nil || string(got) != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
}

func TestAnotherUser(t *testing.T) {
	place := at(t)
	claim(t, place, func(context.Context, Request) error { return nil })
	conn, err := net.Dial("unix", place.socket())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := samePeer(conn.(*net.UnixConn)); err != nil {
		t.Errorf("the same user: %v", err)
	}
	if err := checkPeer(conn.(*net.UnixConn), func(int) (int, error) { return os.Getuid() + 1, nil }); err == nil {
		t.Error("another user is let in")
	}
}

func TestPlaces(t *testing.T) {
	open := short(t)
	if err := os.Chmod(open, 0o755); err != nil {
		t.Fatal(err)
	}
	state := short(t)
	file := filepath.Join(state, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	fallback := filepath.Join(state, "new", "run")
	for name, runtime := range map[string]string{"none": "", "missing": filepath.Join(state, "missing"), "open to others": open, "a file": file, "too long": filepath.Join(state, strings.Repeat("x", 100))} {
		if name == "too long" {
			if err := os.Mkdir(runtime, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		p, err := At(runtime, filepath.Join(state, "new"), "/library", ":0")
		if err != nil || p.dir != fallback {
			t.Errorf("%s: %q, %v", name, p.dir, err)
		}
	}
	if info, err := os.Stat(fallback); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	if _, err := At("", filepath.Join(state, strings.Repeat("x", 100)), "/library", ":0"); err == nil {
		t.Error("a path too long for a socket")
	}
	if os.Getuid() == 0 {
		theirs := short(t)
		if err := os.Chown(theirs, 12345, -1); err != nil {
			t.Fatal(err)
		}
		if p, err := At(theirs, state, "/library", ":0"); err != nil || p.dir != filepath.Join(state, "run") {
			t.Errorf("another's runtime folder: %q, %v", p.dir, err)
		}
	}

	lib, link := t.TempDir(), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(lib, link); err != nil {
		t.Skip(err)
	}
	a, _ := At("", state, lib, ":0")
	b, _ := At("", state, link, ":0")
	c, _ := At("", state, lib, ":1")
	if a != b || a == c || a.name == "" {
		t.Errorf("places %v, by its other name %v, on another screen %v", a, b, c)
	}
}
