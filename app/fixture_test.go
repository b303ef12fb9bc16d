package app

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"longhand/app/look"
	"longhand/library"
)

// loop stands for the main thread: what goroutines hand over waits until the
// test lets it run.
type loop struct {
	t    *testing.T
	work chan func()
}

func (l *loop) do(f func()) { l.work <- f }

// until runs what comes in until the condition holds.
func (l *loop) until(what string, ok func() bool) {
	l.t.Helper()
	deadline := time.After(20 * time.Second)
	for !ok() {
		select {
		case f := <-l.work:
			f()
		case <-deadline:
			l.t.Fatalf("never came: %s", what)
		}
	}
}

// drain runs what comes in until nothing has come for a while.
func (l *loop) drain() {
	for {
		select {
		case f := <-l.work:
			f()
		case <-time.After(300 * time.Millisecond):
			return
		}
	}
}

type fixture struct {
	*window
	*loop
	dir string
}

// start opens a window on a library of the given files.
func start(t *testing.T, files map[string]string) *fixture {
	t.Helper()
	dir := t.TempDir()
	lib := filepath.Join(dir, "library")
	for name, text := range files {
		write(t, filepath.Join(lib, name), text)
	}
	return startIn(t, dir, library.Open)
}

func startIn(t *testing.T, dir string, open func(string) (*library.Library, error)) *fixture {
	t.Helper()
	return startLibrary(t, dir, "", open)
}

// startWith opens a window with the index in a cache folder.
func startWith(t *testing.T, dir, cache string) *fixture {
	t.Helper()
	return startLibrary(t, dir, cache, library.Open)
}

func startLibrary(t *testing.T, dir, cache string, open func(string) (*library.Library, error)) *fixture {
	t.Helper()
	lib, err := open(filepath.Join(dir, "library"))
	if err != nil {
		t.Fatal(err)
	}
	l := &loop{t, make(chan func(), 1000)}
	cfg := Config{Library: lib.Dir(), State: filepath.Join(dir, "state"), Settings: filepath.Join(dir, "config"), Exports: filepath.Join(dir, "exports"), Cache: cache, Trash: filepath.Join(dir, "Trash")}
	th := look.New(look.Day)
	a := test.NewTempApp(t)
	a.Settings().SetTheme(th)
	w, err := newWindow(context.Background(), a, th, cfg, loadSession(cfg.State), lib, l.do)
	if err != nil {
		t.Fatal(err)
	}
	w.win.Resize(fyne.NewSize(1360, 860))
	t.Cleanup(func() {
		w.shell.now.Load().stop()
		l.drain()
	})
	l.until("the library", func() bool { return w.shelf.filled() && !w.reading.busy })
	return &fixture{w, l, dir}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// file is the path of an article.
func (f *fixture) file(rel string) string { return f.lib.File(rel) }

// choose opens an article as a click on the list does, and waits for it.
func (f *fixture) choose(rel string) {
	f.t.Helper()
	f.sidebar.open(rel)
	f.until(rel+" open", func() bool { return f.doc != nil && f.doc.rel == rel })
	f.drain()
}

// key presses a key on its own in the editor.
func (f *fixture) key(k fyne.KeyName) { f.editor.TypedKey(&fyne.KeyEvent{Name: k}) }

// typeAtEnd types into the editor behind all of the text.
func (f *fixture) typeAtEnd(s string) {
	f.editor.Select(f.editor.Doc().Len(), f.editor.Doc().Len())
	f.write(s)
}

// write types into the editor, Return for each line break.
func (f *fixture) write(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			f.key(fyne.KeyReturn)
		}
		test.Type(f.editor, line)
	}
}

func (e entries) all() iter.Seq[entry] {
	return func(yield func(entry) bool) {
		for i := range e.len() {
			if !yield(e.at(i)) {
				return
			}
		}
	}
}

// titles are those of the list.
func (f *fixture) titles() string {
	var out []string
	for e := range f.sidebar.entries.all() {
		out = append(out, e.Title)
	}
	return strings.Join(out, " | ")
}

// dialog returns the text of the dialog on top, "" when there is none.
func (f *fixture) dialog() string {
	top := f.win.Canvas().Overlays().Top()
	if top == nil {
		return ""
	}
	var b strings.Builder
	each(top, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *widget.Label:
			b.WriteString(o.Text + "\n")
		case *widget.Button:
			b.WriteString("[" + o.Text + "]\n")
		}
	})
	return b.String()
}

// press taps the button of the dialog on top.
func (f *fixture) press(label string) {
	f.t.Helper()
	found := false
	each(f.win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && b.Text == label && !found {
			found = true
			test.Tap(b)
		}
	})
	if !found {
		f.t.Fatalf("there is no button %q in: %s", label, f.dialog())
	}
}

func each(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			each(c, visit)
		}
	case *container.Scroll:
		each(o.Content, visit)
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			each(c, visit)
		}
	}
}

// three is a small library.
func three() map[string]string {
	return map[string]string{
		"river.md":       "---\ntitle: What the river took\ndate: 2026-11-12\ntags: [essays]\nauthors: [ana]\n---\n\nThe flood gauge was gone.\n",
		"bread/index.md": "+++\ntitle = \"A bread that waits\"\ndate = 2026-11-03\ndraft = true\n+++\n\nFlour and water.\r\n",
		"rain.md":        "# Rain, considered\n\nA flood of words about Éric.\n",
		"authors/ana.md": "---\nname: Ana Whitlock\n---\nShe writes.\n",
	}
}
