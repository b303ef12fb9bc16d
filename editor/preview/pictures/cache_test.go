package pictures

import (
	"errors"
	"fmt"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
)

var dot = pngOf(halves(image.NewRGBA(image.Rect(0, 0, 16, 8))))

// counted counts how often its files are opened. It may hold them back.
type counted struct {
	fs.FS
	opened atomic.Int32
	gate   chan struct{}
}

func (c *counted) Open(name string) (fs.File, error) {
	c.opened.Add(1)
	if c.gate != nil {
		<-c.gate
	}
	return c.FS.Open(name)
}

func (c *counted) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.FS, name) }

func TestWhyNot(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"secret.png": "x", "a/in.png": string(dot), "a/x y.png": string(dot)} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(data), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"a/out.png": "../secret.png", "a/far.png": filepath.Join(dir, "secret.png"), "a/near.png": "in.png", "a/gone.png": "nowhere.png"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	root, err := os.OpenRoot(filepath.Join(dir, "a"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := os.Mkdir(filepath.Join(dir, "a", "dir.png"), 0o777); err != nil {
		t.Fatal(err)
	}
	big, err := os.Create(filepath.Join(dir, "a", "big.png"))
	if err != nil || big.Truncate(mostFile+1) != nil || big.Close() != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]error{
		"in.png":                 nil,
		"./in.png?v=1#top":       nil,
		"x%20y.png":              nil,
		"near.png":               nil,
		"out.png":                errOutside,
		"far.png":                errOutside,
		"gone.png":               errMissing,
		"none.png":               errMissing,
		"in.png/none.png":        errMissing,
		"":                       errMissing,
		strings.Repeat("n", 999): errMissing,
		"../secret.png":          errOutside,
		"/etc/passwd":            errOutside,
		`..\secret.png`:          errOutside,
		`C:\a.png`:               errOutside,
		"https://e.org/a.png":    errNetwork,
		"//e.org/a.png":          errNetwork,
		"javascript:alert(1)":    errNetwork,
		"file:///etc/passwd":     errNetwork,
		"dir.png":                errBroken,
		"big.png":                errTooLarge,
	} {
		s := newShelf(t)
		if _, _, err := s.size(t, root.FS(), address); err != want {
			t.Errorf("%.40q: %v, want %v", address, err, want)
		}
		if img, err := s.picture(t, root.FS(), address, 16, 8); (img == nil) == (want == nil) || err != want {
			t.Errorf("%.40q: picture %v, %v", address, img != nil, err)
		}
	}
	s := newShelf(t)
	if _, _, err := s.size(t, nil, "in.png"); err != errOutside {
		t.Errorf("without a folder: %v", err)
	}
	if s.Picture(root.FS(), "in.png", 0, 8) != nil || s.Picture(root.FS(), "in.png", 16, -8) != nil {
		t.Error("a picture of no size")
	}
}

// What is asked for many times at once is read and decoded once, and never on
// the goroutine that asks.
func TestOnce(t *testing.T) {
	s := newShelf(t)
	files := &counted{FS: album(map[string][]byte{"a.png": dot}), gate: make(chan struct{})}
	ask := func() {
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				s.Size(files, "a.png")
				s.Picture(files, "a.png", 8, 4)
			})
		}
		all.Wait() // although no file can be opened
	}
	ask()
	ask()
	close(files.gate)
	if _, err := s.picture(t, files, "a.png", 8, 4); err != nil {
		t.Fatal(err)
	}
	ask()
	if _, _, err := s.size(t, files, "a.png"); err != nil {
		t.Fatal(err)
	}
	if n := files.opened.Load(); n != 2 { // for the size, and to decode
		t.Errorf("opened %d times", n)
	}
	first := s.Picture(files, "a.png", 8, 4)
	if second := s.Picture(files, "a.png", 8, 4); first == nil || first != second {
		t.Error("not the same picture twice")
	}
}

// Another size is made from one that is much larger, without reading.
func TestSmallerFromLarger(t *testing.T) {
	s := newShelf(t)
	files := &counted{FS: album(map[string][]byte{"a.png": pngOf(halves(image.NewRGBA(image.Rect(0, 0, 400, 200))))})}
	for _, step := range []struct{ width, opened int }{{400, 1}, {300, 2}, {200, 2}, {199, 2}, {350, 3}} {
		img, err := s.picture(t, files, "a.png", step.width, step.width/2)
		if err != nil {
			t.Fatal(err)
		}
		if n := int(files.opened.Load()); n > step.opened+1 || img.Rect.Dx() != step.width {
			t.Errorf("%d: opened %d times, %v", step.width, n, img.Rect)
		}
	}
}

func TestBound(t *testing.T) {
	s := newShelf(t)
	s.most = 3 * 4 * 16 * 8
	files := map[string][]byte{}
	for i := range 9 {
		files[fmt.Sprintf("%d.png", i)] = dot
	}
	folder := album(files)
	get := func(i int) {
		if _, err := s.picture(t, folder, fmt.Sprintf("%d.png", i), 16, 8); err != nil {
			t.Fatal(err)
		}
	}
	has := func(i int) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		p := s.pictures[key{files: folder, address: fmt.Sprintf("%d.png", i)}]
		return p != nil && len(p.kept) > 0
	}
	get(0)
	get(1)
	get(2)
	get(0) // used again
	get(3)
	for i, want := range []bool{true, false, true, true} {
		if has(i) != want {
			t.Errorf("%d kept: %v", i, !want)
		}
	}
	for i := range 9 {
		get(i)
		if s.mu.Lock(); s.bytes > s.most || s.bytes != s.kept.Len()*4*16*8 {
			t.Errorf("%d bytes of %d pictures", s.bytes, s.kept.Len())
		}
		s.mu.Unlock()
	}
	// One that is larger than all stays as long as it is the last.
	if img, _ := s.picture(t, folder, "0.png", 32, 16); img == nil || s.kept.Len() != 1 {
		t.Errorf("%d pictures", s.kept.Len())
	}
}

func TestForgetIdle(t *testing.T) {
	s := newShelf(t)
	files := album(map[string][]byte{"a.png": dot})
	if _, err := s.picture(t, files, "a.png", 16, 8); err != nil {
		t.Fatal(err)
	}
	for i := range mostKnown + 10 {
		s.Size(files, fmt.Sprintf("../%d", i))
	}
	s.mu.Lock()
	n := len(s.pictures)
	s.mu.Unlock()
	if n > 100 || s.Picture(files, "a.png", 16, 8) == nil {
		t.Errorf("%d known", n)
	}
}

// The newest request comes first, and of many the oldest are dropped.
func TestOrder(t *testing.T) {
	s := newShelf(t)
	files := &counted{FS: album(map[string][]byte{"a.png": dot}), gate: make(chan struct{})}
	for i := range 200 {
		s.Picture(files, fmt.Sprintf("a.png?%d", i), 16, 8)
	}
	s.Picture(files, "a.png?150", 16, 8)
	s.Picture(files, "a.png?151", 14, 7)
	s.Picture(files, "a.png?151", 12, 6) // in this size only
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) != mostQueued || len(s.running) != workers {
		t.Fatalf("%d wait, %d run", len(s.queue), len(s.running))
	}
	for i, want := range map[int]string{0: "a.png?136", 61: "a.png?199", 62: "a.png?150", 63: "a.png?151"} {
		if got := s.queue[i].of.key.address; got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
	close(files.gate)
}

func TestRefresh(t *testing.T) {
	s := newShelf(t)
	files := album(map[string][]byte{"a.png": dot, "same.png": dot, "broken.png": []byte("x")})
	now := time.Now()
	(*files)["a.png"].ModTime = now
	must := func(address string, w, h int, want error) {
		t.Helper()
		if gotW, gotH, err := s.size(t, files, address); gotW != w || gotH != h || err != want {
			t.Errorf("%s: %d x %d, %v; want %d x %d, %v", address, gotW, gotH, err, w, h, want)
		}
	}
	refresh := func() {
		s.Refresh()
		s.Refresh()
		for {
			s.mu.Lock()
			done := !s.checking
			s.mu.Unlock()
			if done {
				return
			}
			runtime.Gosched()
		}
	}
	told := func() bool {
		select {
		case <-s.came:
			return true
		case <-time.After(30 * time.Millisecond):
			return false
		}
	}
	must("a.png", 16, 8, nil)
	must("later.png", 0, 0, errMissing)
	must("broken.png", 0, 0, errBroken)
	before, _ := s.picture(t, files, "a.png", 16, 8)
	same, _ := s.picture(t, files, "same.png", 16, 8)
	for told() {
	}
	if refresh(); told() {
		t.Error("told of nothing")
	}
	wide := pngOf(image.NewRGBA(image.Rect(0, 0, 32, 8)))
	(*files)["a.png"] = &fstest.MapFile{Data: wide, ModTime: now.Add(time.Second)}
	(*files)["later.png"] = &fstest.MapFile{Data: dot}
	if refresh(); !told() {
		t.Error("not told")
	}
	// At once, so that nothing jumps.
	if w, h, ready, err := s.Size(files, "a.png"); w != 32 || h != 8 || !ready || err != nil {
		t.Errorf("%d x %d, %v, %v", w, h, ready, err)
	}
	must("later.png", 16, 8, nil)
	if after, _ := s.picture(t, files, "a.png", 16, 8); after == before {
		t.Error("the old picture")
	}
	if s.Picture(files, "same.png", 16, 8) != same {
		t.Error("what did not change was forgotten")
	}
	delete(*files, "a.png")
	(*files)["broken.png"] = &fstest.MapFile{Data: dot}
	refresh()
	must("a.png", 0, 0, errMissing)
	must("broken.png", 16, 8, nil)
	if s.Picture(files, "a.png", 16, 8) != nil {
		t.Error("a picture of a file that is gone")
	}
}

// A file that changes between its size and its pixels is read again.
func TestChangedMeanwhile(t *testing.T) {
	s := newShelf(t)
	files := album(map[string][]byte{"a.png": dot})
	if _, _, err := s.size(t, files, "a.png"); err != nil {
		t.Fatal(err)
	}
	(*files)["a.png"] = &fstest.MapFile{Data: pngOf(image.NewRGBA(image.Rect(0, 0, 32, 8))), ModTime: time.Now()}
	if _, err := s.picture(t, files, "a.png", 16, 8); err != nil {
		t.Fatal(err)
	}
	if w, h, err := s.size(t, files, "a.png"); w != 32 || h != 8 || err != nil {
		t.Errorf("%d x %d, %v", w, h, err)
	}
}

func TestStop(t *testing.T) {
	before := runtime.NumGoroutine()
	var calls atomic.Int32
	c := New(func() { calls.Add(1) })
	photo := photo(2000, 1500)
	files := &counted{FS: album(map[string][]byte{"a.jpg": photo}), gate: make(chan struct{})}
	for i := range 20 {
		c.Size(files, fmt.Sprintf("a.jpg?%d", i))
		c.Picture(files, fmt.Sprintf("a.jpg?%d", i), 600, 450)
	}
	close(files.gate)
	c.Refresh()
	c.Stop()
	n := calls.Load()
	opened := files.opened.Load()
	if c.Picture(files, "b.jpg", 1, 1) != nil {
		t.Error("a picture")
	}
	if _, _, ready, _ := c.Size(files, "b.jpg"); ready {
		t.Error("a size")
	}
	c.Refresh()
	c.Stop()
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if now := runtime.NumGoroutine(); now > before {
		t.Errorf("%d goroutines, %d before", now, before)
	}
	if calls.Load() != n {
		t.Error("called after Stop")
	}
	if more := files.opened.Load() - opened; more > 5 { // that were being opened
		t.Errorf("%d files opened after Stop", more)
	}
}

func TestWithin(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {4000, 3000}, {3000, 1 << 20}, {1 << 40, 1}, {1, 1 << 40}, {1 << 40, 1 << 40}, {7, 1 << 30}} {
		w, h := within(size[0], size[1])
		if w < 1 || h < 1 || w*h > mostScaled || float64(size[0])*float64(size[1]) <= mostScaled && (w != size[0] || h != size[1]) {
			t.Errorf("%v: %d x %d", size, w, h)
		}
	}
}

// Many goroutines with little room: for the race detector.
func TestConcurrently(t *testing.T) {
	s := newShelf(t)
	s.most = 4000
	pictures := fstest.MapFS{}
	for i := range 8 {
		pictures[fmt.Sprint(i)] = &fstest.MapFile{Data: dot}
	}
	files := &pictures
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 300 {
				name := fmt.Sprint((i*7 + g) % 9)
				if _, _, _, err := s.Size(files, name); err != nil && err != errMissing {
					t.Error(err)
				}
				s.Picture(files, name, 16+i%3, 8)
				s.Picture(nil, dataURL("", dot), 16+i%5, 8)
				if i%50 == 0 {
					s.Refresh()
				}
				runtime.Gosched()
			}
		})
	}
	all.Wait()
}
