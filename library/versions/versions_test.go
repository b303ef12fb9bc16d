package versions

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"longhand/library"
	"longhand/library/disk"
)

var now = time.Date(2026, 11, 25, 18, 30, 0, 0, time.FixedZone("here", 3600))

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(disk.OS{}, filepath.Join(t.TempDir(), "versions"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func keep(t *testing.T, s *Store, file, data string, at time.Time) bool {
	t.Helper()
	kept, err := s.Keep(file, State{Data: []byte(data), Words: len(strings.Fields(data)), Why: Saved, At: at})
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// texts are the texts of the versions of a file, the last kept first.
func texts(t *testing.T, s *Store, file string) []string {
	t.Helper()
	list, err := s.List(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, v := range list {
		data, err := s.Read(v)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(data)) != v.Size {
			t.Errorf("size is %d, of %q", v.Size, data)
		}
		out = append(out, string(data))
	}
	return out
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func sound(t *testing.T, s *Store) {
	t.Helper()
	if errs := s.Check(context.Background()); len(errs) > 0 {
		t.Errorf("not sound: %v", errs)
	}
}

func objects(t *testing.T, s *Store) int {
	t.Helper()
	entries, err := os.ReadDir(s.objects())
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

func TestKeep(t *testing.T) {
	s := open(t)
	big := strings.Repeat("a long text, ", 100_000)
	for i, data := range []string{"one", "", "two\r\n\xff\x00", big, "one"} {
		if !keep(t, s, "/a.md", data, now.Add(time.Duration(i)*time.Second)) {
			t.Errorf("%.10q is not kept", data)
		}
		if keep(t, s, "/a.md", data, now.Add(time.Hour)) {
			t.Errorf("%.10q is kept twice", data)
		}
	}
	keep(t, s, "/b.md", "one", now)
	same(t, texts(t, s, "/a.md"), "one", big, "two\r\n\xff\x00", "", "one")
	same(t, texts(t, s, "/b.md"), "one")
	same(t, texts(t, s, "/c.md"))
	if n := objects(t, s); n != 4 {
		t.Errorf("%d objects for 4 texts", n)
	}
	list, _ := s.List("/a.md")
	if v := list[1]; !v.At.Equal(now.Add(3*time.Second)) || v.Why != Saved || v.Words != 300_000 {
		t.Errorf("version is %+v", v)
	}
	again, err := Open(disk.OS{}, s.dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, texts(t, again, "/b.md"), "one")
	sound(t, again)
	filepath.WalkDir(s.dir, func(path string, d os.DirEntry, err error) error {
		if info, err := d.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v (%v): others may read it", path, info.Mode(), err)
		}
		return nil
	})
}

func TestKeepTooLarge(t *testing.T) {
	s := open(t)
	_, err := s.Keep("/a.md", State{Data: make([]byte, MaxSize+1), At: now})
	var p *library.Problem
	if !errors.As(err, &p) || p.Path != "/a.md" || p.Remedy == "" {
		t.Errorf("error is %v", err)
	}
}

func TestNames(t *testing.T) {
	s := open(t)
	names := []string{"/日本語/ñ ü.md", "/a\nb\".md", "/\xff\xfe.md", "/" + strings.Repeat("long/", 900) + "a.md"}
	for _, name := range names {
		keep(t, s, name, name, now)
		keep(t, s, name, "more", now)
		same(t, texts(t, s, name), "more", name)
		l, err := s.load(s.list(name))
		if err != nil || l.file != name {
			t.Errorf("the list of %q says %q (%v)", name, l.file, err)
		}
	}
	if err := s.Moved("/\xff\xfe.md", "/x.md"); err != nil {
		t.Fatal(err)
	}
	same(t, texts(t, s, "/x.md"), "more", "/\xff\xfe.md")
}

func TestMoved(t *testing.T) {
	s := open(t)
	keep(t, s, "/l/a.md", "a1", now)
	keep(t, s, "/l/a.md", "a2", now.Add(2*time.Hour))
	keep(t, s, "/l/b.md", "b1", now.Add(time.Hour))
	keep(t, s, "/l/dir/index.md", "i", now)
	keep(t, s, "/l/dir/deep/x.md", "x", now)
	keep(t, s, "/l/dir2/index.md", "other", now)
	move := func(from, to string) {
		t.Helper()
		if err := s.Moved(from, to); err != nil {
			t.Fatal(err)
		}
	}
	move("/l/a.md", "/l/b.md")
	same(t, texts(t, s, "/l/a.md"))
	same(t, texts(t, s, "/l/b.md"), "a2", "b1", "a1")
	move("/l/dir", "/m/new")
	same(t, texts(t, s, "/m/new/index.md"), "i")
	same(t, texts(t, s, "/m/new/deep/x.md"), "x")
	same(t, texts(t, s, "/l/dir/index.md"))
	same(t, texts(t, s, "/l/dir2/index.md"), "other")
	move("/m/new", "/l/dir")
	same(t, texts(t, s, "/l/dir/deep/x.md"), "x")
	move("/nothing", "/l/b.md")
	move("/l/b.md", "/l/b.md")
	same(t, texts(t, s, "/l/b.md"), "a2", "b1", "a1")
	keep(t, s, "/l/a.md", "a new one of the old name", now)
	same(t, texts(t, s, "/l/a.md"), "a new one of the old name")
	sound(t, s)
}

func TestThin(t *testing.T) {
	s := open(t)
	day := 24 * time.Hour
	put := func(data string, why Why, before time.Duration) {
		t.Helper()
		if _, err := s.Keep("/a.md", State{Data: []byte(data), Why: why, At: now.Add(-before)}); err != nil {
			t.Fatal(err)
		}
	}
	put("years", Saved, 900*day)
	put("week 1", Saved, 62*day) // Thursday
	put("week 2", Saved, 61*day) // Friday of the same week
	put("week 3", Ours, 61*day-time.Hour)
	put("days 1", Saved, 10*day)
	put("days 2", Theirs, 10*day-time.Minute)
	put("days 3", Saved, 10*day-2*time.Minute)
	put("days 4", Saved, 9*day)
	for i := range 20 {
		put(fmt.Sprint("today ", i), Saved, 5*time.Hour-time.Duration(i)*time.Second)
	}
	keep(t, s, "/old.md", "alone 1", now.Add(-801*day))
	keep(t, s, "/old.md", "alone 2", now.Add(-801*day+time.Second))
	stray := filepath.Join(s.objects(), ".new-x.tmp")
	orphan := s.object(Sum([]byte("nobody")))
	other := filepath.Join(s.objects(), "notes.txt")
	for _, f := range []string{stray, orphan, other} {
		if err := os.WriteFile(f, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // and the second time there is nothing to do
		if err := s.Thin(context.Background(), now); err != nil {
			t.Fatal(err)
		}
		got := texts(t, s, "/a.md")
		same(t, got[20:], "days 4", "days 3", "days 2", "week 3", "years")
		same(t, texts(t, s, "/old.md"), "alone 2")
		if n := objects(t, s); n != 27 {
			t.Errorf("%d objects, want those of 26 texts and a stranger's file", n)
		}
	}
	for _, f := range []string{stray, orphan} {
		if _, err := os.Stat(f); err == nil {
			t.Errorf("%s is still there", f)
		}
	}
	if _, err := os.Stat(other); err != nil {
		t.Error("a file that is not ours is gone")
	}
	sound(t, s)
}

func TestThinToBound(t *testing.T) {
	s := open(t)
	noise := func(n int) string { // that cannot be compressed well
		var b strings.Builder
		for i := range 2000 {
			fmt.Fprintf(&b, "%x", (i+1)*(n+1)*7919%104729)
		}
		return b.String()
	}
	keep(t, s, "/old.md", noise(1000), now.Add(-1000*time.Hour))
	keep(t, s, "/a.md", noise(1001), now.Add(-999*time.Hour))
	keep(t, s, "/a.md", noise(1002), now.Add(-300*time.Hour))
	for i := range 40 {
		keep(t, s, "/a.md", noise(i), now.Add(-3*time.Hour+time.Duration(i)*time.Minute))
	}
	size := func() (n int64) {
		sizes, _, err := s.found()
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range sizes {
			n += size
		}
		return n
	}
	all := size()
	thin := func(most int64) []string {
		s.opt.MaxBytes = most
		if err := s.Thin(context.Background(), now); err != nil {
			t.Fatal(err)
		}
		if n := size(); n > most && most > 10 {
			t.Errorf("%d bytes, bound %d", n, most)
		}
		return texts(t, s, "/a.md")
	}
	if got := thin(all); len(got) != 42 {
		t.Errorf("%d versions are left where all may be", len(got))
	}
	// Those of today that lie close together go first: what is older stays.
	got := thin(all / 2)
	if len(got) < 10 || len(got) > 22 || got[len(got)-1] != noise(1001) || got[0] != noise(39) {
		t.Errorf("%d versions left, the first and the last of the right ones: %v %v", len(got), got[0] == noise(39), got[len(got)-1] == noise(1001))
	}
	// The last of each article stays, whatever the bound.
	same(t, thin(1), noise(39))
	same(t, texts(t, s, "/old.md"), noise(1000))
}

func TestThinEnds(t *testing.T) {
	s := open(t)
	keep(t, s, "/a.md", "a", now)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Thin(ctx, now); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

// What is damaged is told of, and the rest works.
func TestDamage(t *testing.T) {
	s := open(t)
	for i := range 5 {
		keep(t, s, "/a.md", fmt.Sprint("a", i), now.Add(time.Duration(i-1000)*24*time.Hour))
	}
	keep(t, s, "/b.md", "b", now)
	path := s.list("/a.md")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	change := func(data []byte) {
		t.Helper()
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list := func(want int, line int) {
		t.Helper()
		got, err := s.List("/a.md")
		var p *library.Problem
		if len(got) != want || (line > 0) != errors.As(err, &p) || p != nil && (p.Line != line || p.Path != path) {
			t.Errorf("%d versions and %v, want %d and a problem in line %d", len(got), err, want, line)
		}
	}
	// A tail that was never finished is left out, and overwritten by the next.
	for cut := 1; cut < len(lines[5]); cut += 7 {
		change(data[:len(data)-cut])
		list(4, 0)
		if !keep(t, s, "/a.md", "a4", now) {
			t.Error("not kept")
		}
		list(5, 0)
	}
	change(append(slices.Clone(data), make([]byte, 300)...)) // a power cut leaves zeros
	list(5, 0)
	keep(t, s, "/a.md", "a5", now)
	list(6, 0)
	sound(t, s)

	// A line in the middle.
	bad := bytes.Replace(data, []byte(`"why":"saved"`), []byte(`"why":"SAVED"`), 2)
	change(bad)
	list(3, 2)
	keep(t, s, "/a.md", "a6", now)
	list(4, 2)
	before := objects(t, s)
	if err := s.Thin(context.Background(), now); err == nil {
		t.Error("nothing is told of the damaged list")
	}
	// What the damaged lines name is not known, and stays.
	for _, text := range []string{"a0", "a1"} {
		if _, err := s.read(Sum([]byte(text))); err != nil {
			t.Errorf("%s is gone: %v (%d objects before)", text, err, before)
		}
	}
	now, _ := os.ReadFile(path)
	if !bytes.Contains(now, []byte("SAVED")) {
		t.Error("the damaged lines are gone")
	}
	// The first line.
	change(bytes.Replace(data, []byte(`/a.md`), []byte(`/x.md`), 1))
	list(5, 1)
	// Nothing is left.
	change(nil)
	list(0, 0)
	keep(t, s, "/a.md", "a7", time.Now())
	same(t, texts(t, s, "/a.md"), "a7")

	// A later format is left alone.
	newer := seal(map[string]any{"versions": 2, "file": "/a.md"})
	newer = append([]byte(strings.Replace(string(newer[9:]), `{"file":"/a.md","versions":2}`, `{"versions":2,"file":"/a.md"}`, 1)), "future"...)
	newer = append(seal2(newer[:bytes.IndexByte(newer, '\n')]), "future"...)
	change(newer)
	if _, err := s.Keep("/a.md", State{Data: []byte("x"), At: time.Now()}); !errors.Is(err, errNewer) {
		t.Errorf("error is %v", err)
	}
	if err := s.Moved("/a.md", "/c.md"); err == nil {
		t.Error("moved")
	}
	_ = s.Thin(context.Background(), time.Now())
	if got, _ := os.ReadFile(path); !bytes.Equal(got, newer) {
		t.Errorf("it is now %q", got)
	}

	// An object.
	object := s.object(Sum([]byte("b")))
	for _, data := range []string{"", "x", "\x1f\x8b\b\x00\x00\x00\x00\x00"} {
		if err := os.WriteFile(object, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		v, _ := s.List("/b.md")
		_, err := s.Read(v[0])
		var p *library.Problem
		if !errors.As(err, &p) || p.Path != object || !errors.Is(err, errDamaged) {
			t.Errorf("reading gives %v", err)
		}
	}
	keep(t, s, "/b.md", "b", now2) // the same text heals it
	same(t, texts(t, s, "/b.md"), "b")
}

var now2 = now.Add(time.Hour)

// seal2 is seal for JSON that is there already.
func seal2(body []byte) []byte { return seal(rawJSON(body)) }

type rawJSON []byte

func (r rawJSON) MarshalJSON() ([]byte, error) { return r, nil }

func TestRead(t *testing.T) {
	s := open(t)
	for _, sum := range []string{"", "../../etc/passwd", strings.Repeat("/", 64), strings.Repeat("A", 64), strings.Repeat("a", 64)} {
		if _, err := s.Read(Version{Sum: sum}); err == nil {
			t.Errorf("%q is read", sum)
		}
	}
}

// Two processes keep, move and thin at once; nothing of either is lost.
func TestProcesses(t *testing.T) {
	const each = 40
	if dir := os.Getenv("VERSIONS_DIR"); dir != "" {
		s, err := Open(disk.OS{}, dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		me := os.Getenv("VERSIONS_NAME")
		for i := range each {
			keep(t, s, "/shared.md", fmt.Sprint(me, i), time.Now())
			keep(t, s, "/"+me+".md", fmt.Sprint(me, i), time.Now())
			if i%10 == 5 {
				if err := s.Moved("/"+me+".md", "/"+me+"-moved.md"); err != nil {
					t.Fatal(err)
				}
				if err := s.Thin(context.Background(), time.Now()); err != nil {
					t.Fatal(err)
				}
			}
		}
		return
	}
	s := open(t)
	var cmds []*exec.Cmd
	for _, name := range []string{"first", "second", "third"} {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestProcesses$")
		cmd.Env = append(os.Environ(), "VERSIONS_DIR="+s.dir, "VERSIONS_NAME="+name)
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		cmds = append(cmds, cmd)
	}
	for _, cmd := range cmds {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	if got := texts(t, s, "/shared.md"); len(got) != 3*each {
		t.Errorf("%d versions of the shared article, want %d", len(got), 3*each)
	}
	for _, name := range []string{"first", "second", "third"} {
		if n := len(texts(t, s, "/"+name+".md")) + len(texts(t, s, "/"+name+"-moved.md")); n != each {
			t.Errorf("%d versions of %s, want %d", n, name, each)
		}
	}
	sound(t, s)
}
