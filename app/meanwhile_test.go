package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/manage"
)

// slowly begins a rename that goes on when the returned function is called, which
// waits until it is over.
func (f *fixture) slowly(rel, name string) (goOn func()) {
	f.t.Helper()
	plan, err := manage.Rename(f.ctx, f.lib, rel, name, f.options())
	if err != nil {
		f.t.Fatal(err)
	}
	move, over := make(chan struct{}), false
	if !f.alone(nil, func() {
		f.carry(plan, func(ctx context.Context, except func(string) bool) error {
			<-move
			_, err := plan.Apply(ctx, except)
			return err
		}, func(err error) {
			if over = true; err != nil {
				f.t.Error(err)
			}
		})
	}) {
		f.t.Fatal("not taken on")
	}
	f.until("files move", func() bool { return f.moving.still })
	return func() {
		f.t.Helper()
		close(move)
		f.until("they lie again", func() bool { return over })
	}
}

// gone waits until a file is not there, and takes note of nothing.
func (f *fixture) gone(rel string) {
	f.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(f.file(rel)); errors.Is(err, fs.ErrNotExist) {
			return
		}
		if time.Now().After(deadline) {
			f.t.Fatal("nothing moves")
		}
	}
}

// An article that is chosen while its file moves is shown at its new place alone.
func TestOpenWhileFilesMove(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("rain.md") // whose links follow
	goOn := f.slowly("river.md", "stream")
	f.typeAtEnd("Later.")
	f.save()
	f.sidebar.open("river.md")
	f.drain()
	if f.doc == nil || f.doc.rel != "rain.md" {
		t.Error("a text is shown whose file is being moved")
	}
	f.holds(map[string]string{"rain.md": files["rain.md"]}) // nor is one saved
	goOn()
	f.until("it is open", func() bool { return f.doc != nil && f.doc.rel == "stream.md" })
	f.typeAtEnd("Words.")
	f.save()
	f.saved()
	f.holds(map[string]string{
		"river.md": "-", "stream.md": files["river.md"] + "Words.",
		"rain.md": strings.NewReplacer("(river.md", "(stream.md", "./river.md", "./stream.md").Replace(files["rain.md"]) + "Later.",
	})
	if f.sidebar.chosen != "stream.md" {
		t.Errorf("chosen is %s", f.sidebar.chosen)
	}
}

// A clean text that is left while files move gets its links all the same.
func TestLeaveWhileFilesMove(t *testing.T) {
	files := linked()
	f := start(t, files)
	f.choose("bread/index.md")
	f.choose("rain.md")
	goOn := f.slowly("river.md", "stream")
	f.leave()
	f.drain()
	goOn()
	f.saved()
	f.holds(map[string]string{"rain.md": strings.NewReplacer("(river.md", "(stream.md", "./river.md", "./stream.md").Replace(files["rain.md"])})
}

// Of an article that is being read while it goes to the trash nothing is shown.
func TestOpenWhileItGoesToTheTrash(t *testing.T) {
	f := start(t, linked())
	f.choose("rain.md")
	read := make(chan struct{})
	f.openSeeking(f.file("river.md"), lastCaret, func(text.Doc, int) int { <-read; return 0 }, true, func() {})
	f.discard("river.md")
	f.until("it is gone", func() bool { return strings.Contains(f.status.said().text, "trash") })
	close(read)
	f.saved()
	if f.doc == nil || f.doc.rel != "rain.md" || f.sidebar.chosen != "rain.md" {
		t.Errorf("open is %v, chosen %s", f.doc, f.sidebar.chosen)
	}
	// And another that is on its way comes in the place of the open one.
	read = make(chan struct{})
	f.openSeeking(f.file("essays/snow.md"), lastCaret, func(text.Doc, int) int { <-read; return 0 }, true, func() {})
	f.discard("rain.md")
	f.until("it is gone", func() bool { return strings.HasPrefix(f.status.said().text, "“The rain") })
	close(read)
	f.until("the other", func() bool { return f.doc != nil && f.doc.rel == "essays/snow.md" })
	f.saved()
}

// throwAndWrite types words when the article is in the trash and the window does not
// know of it yet.
func (f *fixture) throwAndWrite(rel, words string) (inTrash string) {
	f.t.Helper()
	f.choose(rel)
	f.discard(rel)
	f.until("it goes", func() bool { return f.moving.still })
	f.gone(rel)
	f.typeAtEnd(words)
	return filepath.Join(f.dir, "Trash", "files", filepath.FromSlash(strings.TrimSuffix(rel, "/index.md")))
}

func TestLateWordsGoAlongToTheTrash(t *testing.T) {
	files := linked()
	delete(files, "bread/index.fr.md")
	for rel, in := range map[string]string{"river.md": "", "bread/index.md": "index.md"} {
		f := start(t, files)
		dir := f.throwAndWrite(rel, "Late.")
		f.until("it is gone", func() bool { return strings.Contains(f.status.said().text, "trash") })
		if got := read(t, filepath.Join(dir, in)); got != files[rel]+"Late." {
			t.Errorf("in the trash lies %q", got)
		}
		f.act("Undo")
		f.until("it is back", func() bool { return f.doc != nil && f.doc.rel == rel })
		f.saved()
		if got := f.editor.Doc().String(); got != files[rel]+"Late." {
			t.Errorf("the text is %q", got)
		}
		f.stop()
		f.holds(map[string]string{rel: files[rel] + "Late."})
	}
}

// At the end of the program they go there too.
func TestLateWordsAtTheEnd(t *testing.T) {
	f := start(t, linked())
	in := f.throwAndWrite("river.md", "Late.")
	f.flush()
	if got := read(t, in); got != linked()["river.md"]+"Late." {
		t.Errorf("in the trash lies %q", got)
	}
	f.holds(map[string]string{"river.md": "-", "river-mine.md": "-"})
}

// Where the file in the trash does not take them, they are kept apart.
func TestLateWordsAreKept(t *testing.T) {
	f := start(t, linked())
	in := f.throwAndWrite("river.md", "Late.")
	write(t, in, "Another's.")
	f.until("it is gone", func() bool { return strings.Contains(f.status.said().text, "trash") })
	if got := f.status.said().text; !strings.Contains(got, "its last words are kept in ") {
		t.Errorf("the bar says %q", got)
	}
	kept := filepath.Join(f.rescued(), "river-mine.md")
	if got := read(t, kept); got != linked()["river.md"]+"Late." || read(t, in) != "Another's." {
		t.Errorf("kept is %q", got)
	}
	f.saved()
	f.holds(map[string]string{"river.md": "-", "river-mine.md": "-"})
	// Nor is it lost where nothing can be written at all.
	f = start(t, linked())
	in = f.throwAndWrite("river.md", "Late.")
	write(t, in, "Another's.")
	write(t, f.rescued(), "a file where the folder should be")
	f.until("told", func() bool { return f.dialog() != "" })
	if d := f.docs[f.file("river.md")]; d == nil || !strings.HasSuffix(d.text.String(), "Late.") || d.failed == nil {
		t.Error("the words are gone")
	}
}

// unfiled leaves a text open, with words, whose file another program has deleted.
func (f *fixture) unfiled(rel string) *document {
	f.t.Helper()
	f.choose(rel)
	f.typeAtEnd("Last words.")
	f.save()
	f.saved()
	if err := os.Remove(f.file(rel)); err != nil {
		f.t.Fatal(err)
	}
	f.reread()
	f.until("it is seen to be gone", func() bool { return f.doc != nil && f.doc.conflict })
	return f.doc
}

func TestNothingIsBroughtBackOntoAnOpenText(t *testing.T) {
	f := start(t, linked())
	f.discard("river.md")
	f.until("it is gone", func() bool { return strings.Contains(f.status.said().text, "trash") })
	f.saved()
	write(t, f.file("river.md"), "Another river.\n")
	f.reload()
	f.saved()
	d := f.unfiled("river.md")
	f.bringBack()
	f.until("it is refused", func() bool { return strings.Contains(f.dialog(), "Not brought back") })
	if f.docs[d.file] != d || f.doc != d {
		t.Error("the text is gone")
	}
	f.holds(map[string]string{"river.md": "-"})
}

// An article that moves along with another does not come onto an open text either.
func TestFolderIsNotRenamedOntoAnOpenText(t *testing.T) {
	files := linked()
	files["loaf/index.fr.md"] = "# Pain\n"
	f := start(t, files)
	d := f.unfiled("loaf/index.fr.md")
	if err := os.Remove(f.file("loaf")); err != nil {
		t.Fatal(err)
	}
	f.choose("rain.md")
	f.rename("bread/index.md")
	f.typeName("loaf")
	f.until("the plan", func() bool { return f.moves() })
	f.panel.enter()
	f.until("it is refused", func() bool { return f.panel == nil || strings.Contains(f.panel.said.Text, "in no file") })
	if f.docs[d.file] != d {
		t.Error("the text is gone")
	}
	f.holds(map[string]string{"bread/index.fr.md": files["bread/index.fr.md"]})
}

// The window neither turns to another library nor closes while files move, though no
// text is open.
func TestLeavingWhileFilesMove(t *testing.T) {
	f := start(t, linked())
	old, other := f.window, f.another("other", map[string]string{"one.md": "# One\n"})
	goOn := f.slowly("river.md", "stream")
	f.switchTo(other)
	f.drain()
	if f.shell.now.Load() != old {
		t.Fatal("it has turned to another library")
	}
	goOn()
	f.turn(other)
	goOn = f.slowly("one.md", "two")
	f.close()
	f.drain()
	if f.ctx.Err() != nil {
		t.Fatal("it has closed")
	}
	goOn()
	f.until("it closes", func() bool { return f.ctx.Err() != nil })
	f.holds(map[string]string{"two.md": "# One\n"})
}

// What fails while the window waits to close is told, in a window that stays.
func TestFailingWhileClosing(t *testing.T) {
	f := start(t, linked())
	goOn := make(chan struct{})
	f.alone(nil, func() {
		f.shell.saves.Go(func() {
			<-goOn
			f.window.do(func() {
				f.over(errors.ErrUnsupported)
				f.window.fail(errors.ErrUnsupported)
			})
		})
	})
	f.close()
	close(goOn)
	f.until("told", func() bool { return f.dialog() != "" })
	f.drain()
	if f.ctx.Err() != nil {
		t.Error("it has closed")
	}
	f.press("Close")
	f.close()
	f.until("it closes", func() bool { return f.ctx.Err() != nil })
}

// The end of the program waits for what a library shown before still writes.
func TestTheEndWaitsForEarlierLibraries(t *testing.T) {
	f := start(t, three())
	other := f.another("other", map[string]string{"one.md": "# One\n"})
	file := f.file("kept.md")
	goOn := make(chan struct{})
	f.shell.saves.Go(func() {
		<-goOn
		write(t, file, "Kept.")
	})
	f.switchTo(other)
	f.turn(other)
	time.AfterFunc(50*time.Millisecond, func() { close(goOn) })
	f.flush()
	if got := read(t, file); got != "Kept." {
		t.Errorf("it holds %q", got)
	}
}

// An open panel with something in it is asked before the library changes.
func TestSwitchAsksThePanel(t *testing.T) {
	f := start(t, three())
	old, other := f.window, f.another("other", map[string]string{"one.md": "# One\n"})
	lib, err := library.Open(other)
	if err != nil {
		t.Fatal(err)
	}
	f.authors().name.SetText("Ana W.")
	f.saveAndSwitch(lib)
	f.drain()
	if f.shell.now.Load() != old || f.panel == nil || !f.panel.asks() {
		t.Fatal("what is in the panel is gone")
	}
	f.saveAndSwitch(lib) // who insists
	f.turn(other)
}
