package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"longhand/editor/text"
	"longhand/library"
	"longhand/library/disk"
)

// desk is a folder for a journal, and one for articles.
type desk struct {
	*testing.T
	dir, articles string
}

func newDesk(t *testing.T) *desk {
	dir := t.TempDir()
	d := &desk{t, filepath.Join(dir, "state", "journal"), filepath.Join(dir, "articles")}
	if err := os.Mkdir(d.articles, 0o755); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *desk) open() *Journal {
	j := Open(disk.OS{}, d.dir, Options{Program: "test", State: func(p *library.Problem) {
		if p != nil {
			d.Errorf("the journal fails: %v", p)
		}
	}})
	d.Cleanup(func() { _ = j.Close(context.Background()) })
	return j
}

// file makes an article's file.
func (d *desk) file(name, content string) string {
	d.Helper()
	file := filepath.Join(d.articles, name)
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		d.Fatal(err)
	}
	return file
}

func (d *desk) flush(j *Journal) {
	d.Helper()
	if err := j.Flush(context.Background()); err != nil {
		d.Fatal(err)
	}
}

// crash ends a journal as a killed process would: what was flushed is there.
func (d *desk) crash(j *Journal) {
	d.Helper()
	if err := j.Close(context.Background()); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) logs() []string {
	d.Helper()
	entries, err := os.ReadDir(d.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		d.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (d *desk) unsaved(want int) []*Recovered {
	d.Helper()
	all, problems, err := Unsaved(disk.OS{}, d.dir)
	if err != nil || len(problems) > 0 || len(all) != want {
		d.Fatalf("recovered %d texts, %v, %v; want %d", len(all), problems, err, want)
	}
	return all
}

func decode(t testing.TB, s string) text.Doc {
	t.Helper()
	doc, err := text.Decode([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func insert(t testing.TB, doc text.Doc, at int, s string) text.Doc {
	t.Helper()
	doc, _, err := doc.Apply(text.Change{Start: at, End: at, Insert: s})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestWhatIsTypedComesBack(t *testing.T) {
	d := newDesk(t)
	base := "\ufeffFirst line.\r\nSecond.\r\n"
	file := d.file("łódź 語.md", base)
	j := d.open()
	doc := decode(t, base)
	l := j.Begin(About{file, d.articles}, doc, []byte(base))
	d.flush(j)
	if got := d.logs(); len(got) > 0 {
		t.Errorf("a text that was only read has the log %v", got)
	}
	before := time.Now()
	for i, s := range []string{"a", "b", "\n", "é"} {
		doc = insert(t, doc, 5+i, s)
		l.Write(doc)
	}
	d.flush(j)
	d.unsaved(0) // while the process lives
	d.crash(j)
	r := d.unsaved(1)[0]
	if string(r.Text) != string(doc.Bytes()) || string(r.Base) != base || r.Path != file || r.Library != d.articles || r.File != AsLeft || r.Damage != nil {
		t.Errorf("recovered %+v", r)
	}
	if r.At.Before(before.Truncate(time.Millisecond)) || r.At.After(time.Now()) {
		t.Errorf("at %v", r.At)
	}
	for _, name := range d.logs() {
		info, _ := os.Stat(filepath.Join(d.dir, name))
		if info.Mode().Perm() != 0o600 || strings.Contains(name, "語") {
			t.Errorf("the log is %s, %v", name, info.Mode())
		}
	}
	if info, _ := os.Stat(d.dir); info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v", info.Mode())
	}

	// The next process takes it, saves it, and the log is gone.
	j = d.open()
	mine, err := text.Decode(r.Text)
	if err != nil {
		t.Fatal(err)
	}
	l, err = j.Take(r, mine)
	if err != nil {
		t.Fatal(err)
	}
	d.flush(j)
	if len(d.logs()) != 1 {
		t.Errorf("taken: %v", d.logs())
	}
	if _, err := j.Take(r, mine); !errors.Is(err, ErrTaken) {
		t.Errorf("taken twice: %v", err)
	}
	more := insert(t, mine, 0, "more ")
	l.Write(more)
	d.flush(j)
	d.unsaved(0)
	d.file("łódź 語.md", string(mine.Bytes()))
	l.Saved(mine, mine.Bytes())
	d.crash(j)
	r = d.unsaved(1)[0]
	if string(r.Text) != string(more.Bytes()) || string(r.Base) != string(mine.Bytes()) || r.File != AsLeft {
		t.Errorf("recovered again %+v", r)
	}
	j = d.open()
	if l, err = j.Take(r, more); err != nil {
		t.Fatal(err)
	}
	l.Saved(more, more.Bytes())
	d.flush(j)
	if len(d.logs()) != 0 {
		t.Errorf("saved: %v", d.logs())
	}
}

func TestFileSince(t *testing.T) {
	base := "What it was.\n"
	for _, c := range []struct {
		name  string
		since func(file string)
		want  FileState
	}{
		{"left", func(string) {}, AsLeft},
		{"changed", func(f string) { _ = os.WriteFile(f, []byte("theirs"), 0o644) }, Changed},
		{"gone", func(f string) { _ = os.Remove(f) }, Gone},
		{"a folder", func(f string) { _ = os.Remove(f); _ = os.Mkdir(f, 0o755) }, Unreadable},
		{"saved on the way", func(f string) { _ = os.WriteFile(f, []byte("1"+base), 0o644) }, AsLeft},
	} {
		d := newDesk(t)
		file := d.file("one.md", base)
		j := d.open()
		doc := decode(t, base)
		l := j.Begin(About{Path: file}, doc, []byte(base))
		one := insert(t, doc, 0, "1")
		l.Write(one)
		l.Saving(one)
		two := insert(t, one, 0, "2")
		l.Write(two)
		d.crash(j)
		c.since(file)
		if r := d.unsaved(1)[0]; r.File != c.want || string(r.Text) != "21"+base {
			t.Errorf("%s: %v, %q", c.name, r.File, r.Text)
		}
		// When the file has the text already, nothing is to be recovered.
		_ = os.RemoveAll(file)
		d.file("one.md", "21"+base)
		d.unsaved(0)
		if len(d.logs()) != 1 {
			t.Errorf("%s: looking removed the log", c.name)
		}
		if err := sweep(disk.OS{}, d.dir); err != nil || len(d.logs()) > 0 {
			t.Errorf("%s: swept %v, %v", c.name, d.logs(), err)
		}
	}
}

func TestNewArticle(t *testing.T) {
	d := newDesk(t)
	j := d.open()
	l := j.Begin(About{Library: d.articles}, text.Doc{}, nil)
	l.Write(text.New("A thought.\n"))
	empty := j.Begin(About{}, text.Doc{}, nil)
	empty.Write(text.New("x"))
	empty.Write(text.New(""))
	d.crash(j)
	r := d.unsaved(1)[0]
	if r.Path != "" || r.Base != nil || r.File != NoFile || string(r.Text) != "A thought.\n" {
		t.Errorf("%+v", r)
	}
	if err := sweep(disk.OS{}, d.dir); err != nil || len(d.logs()) != 1 {
		t.Errorf("swept %v, %v", d.logs(), err)
	}
	j = d.open()
	l, err := j.Take(r, text.New("A thought.\n"))
	if err != nil {
		t.Fatal(err)
	}
	l.Discard()
	d.flush(j)
	if len(d.logs()) > 0 {
		t.Errorf("discarded: %v", d.logs())
	}
}

// Two processes that start at once: one of them has the text.
func TestTakenByOne(t *testing.T) {
	d := newDesk(t)
	for range 20 {
		j := d.open()
		j.Begin(About{}, text.Doc{}, nil).Write(text.New("one"))
		d.crash(j)
		var js [4]*Journal
		got := make(chan bool, len(js))
		var logs [len(js)]*Log
		for i := range js {
			js[i] = d.open()
			go func() {
				all, _, _ := Unsaved(disk.OS{}, d.dir)
				ok := false
				if len(all) == 1 {
					l, err := js[i].Take(all[0], text.New("one"))
					ok = err == nil
					if err != nil && !errors.Is(err, ErrTaken) {
						t.Error(err)
					}
					logs[i] = l
				}
				got <- ok
			}()
		}
		n := 0
		for range js {
			if <-got {
				n++
			}
		}
		if n != 1 {
			t.Fatalf("%d have it", n)
		}
		for i, l := range logs {
			if l != nil {
				l.Discard()
			}
			d.crash(js[i])
		}
		if len(d.logs()) > 0 {
			t.Fatalf("%v are left", d.logs())
		}
	}
}

// What is typed is on the disk soon after, without anyone asking.
func TestSoon(t *testing.T) {
	d := newDesk(t)
	j := d.open()
	l := j.Begin(About{}, text.Doc{}, nil)
	l.Write(text.New("soon"))
	begin := time.Now()
	for {
		found := false
		for _, name := range d.logs() {
			data, _ := os.ReadFile(filepath.Join(d.dir, name))
			if p, err := parse(data); err == nil && string(p.text) == "soon" {
				found = true
			}
		}
		if found {
			break
		}
		if time.Since(begin) > 10*time.Second {
			t.Fatal("never written")
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Logf("on the disk after %v", time.Since(begin).Round(time.Millisecond))
}

// Somebody cleans up the folder while texts are written.
func TestFolderRemoved(t *testing.T) {
	d := newDesk(t)
	j := d.open()
	l := j.Begin(About{}, text.Doc{}, nil)
	l.Write(text.New("one"))
	d.flush(j)
	if err := os.RemoveAll(filepath.Dir(d.dir)); err != nil {
		t.Fatal(err)
	}
	l.Write(text.New("one, two"))
	d.crash(j)
	if r := d.unsaved(1)[0]; string(r.Text) != "one, two" {
		t.Errorf("%q", r.Text)
	}
}

func TestMoved(t *testing.T) {
	d := newDesk(t)
	base := "text"
	file, to := d.file("a.md", base), filepath.Join(d.articles, "b\xff.md")
	j := d.open()
	doc := decode(t, base)
	l := j.Begin(About{file, d.articles}, doc, []byte(base))
	l.Write(insert(t, doc, 0, "a "))
	d.flush(j)
	if err := os.Rename(file, to); err != nil {
		t.Skip(err)
	}
	l.Moved(About{to, d.articles})
	d.crash(j)
	if r := d.unsaved(1)[0]; r.Path != to || r.File != AsLeft || string(r.Text) != "a text" {
		t.Errorf("%+v", r)
	}
}

func TestReplacedAndBack(t *testing.T) {
	d := newDesk(t)
	j := d.open()
	doc := decode(t, "one")
	l := j.Begin(About{Path: d.file("a.md", "one")}, doc, []byte("one"))
	l.Write(insert(t, doc, 0, "x"))
	d.flush(j)
	theirs := decode(t, "theirs")
	l.Replaced(theirs, []byte("theirs"))
	d.flush(j)
	if len(d.logs()) > 0 {
		t.Errorf("their text has the log %v", d.logs())
	}
	l.Write(insert(t, theirs, 0, "not "))
	l.Write(theirs)
	d.flush(j)
	if len(d.logs()) > 0 {
		t.Errorf("a text as it was has the log %v", d.logs())
	}
}

func TestClosedTwice(t *testing.T) {
	d := newDesk(t)
	j := d.open()
	l := j.Begin(About{}, text.Doc{}, nil)
	d.crash(j)
	d.crash(j)
	l.Write(text.New("late"))
	l.Close()
	if err := j.Flush(context.Background()); err == nil {
		t.Error("a closed journal claims to have written")
	}
}

// A long session without a save: the log stays near the size of its text.
func TestLogIsBegunAnew(t *testing.T) {
	d := newDesk(t)
	j := d.open()
	doc := text.New("")
	l := j.Begin(About{}, doc, nil)
	line := strings.Repeat("x", 100_000)
	for range 50 {
		doc, _, _ = doc.Apply(text.Change{End: doc.Len(), Insert: line})
		l.Write(doc)
		d.flush(j)
		doc, _, _ = doc.Apply(text.Change{End: doc.Len() - 1, Insert: "y"})
		l.Write(doc)
		d.flush(j)
	}
	for _, name := range d.logs() {
		if info, _ := os.Stat(filepath.Join(d.dir, name)); info.Size() > 2<<20 {
			t.Errorf("%s has %d bytes", name, info.Size())
		}
	}
	d.crash(j)
	if r := d.unsaved(1)[0]; string(r.Text) != doc.String() {
		t.Error("another text")
	}
}

// A file that goes while its text is open leaves the text to the journal alone.
func TestGone(t *testing.T) {
	d := newDesk(t)
	base := "The only copy.\r\n"
	file := d.file("a.md", base)
	j := d.open()
	doc := decode(t, base)
	l := j.Begin(About{Path: file}, doc, []byte(base))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	l.Gone()
	d.crash(j)
	if r := d.unsaved(1)[0]; r.File != Gone || string(r.Text) != base || string(r.Base) != base {
		t.Errorf("%v, %q", r.File, r.Text)
	}
	d.file("a.md", base)
	d.unsaved(0)

	// Saved again, the journal is done with it.
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	r := d.unsaved(1)[0]
	j = d.open()
	l, err := j.Take(r, doc)
	if err != nil {
		t.Fatal(err)
	}
	l.Gone()
	l.Write(doc)
	d.flush(j)
	if len(d.logs()) != 1 {
		t.Errorf("gone, and the logs are %v", d.logs())
	}
	l.Saved(doc, []byte(base))
	d.flush(j)
	if len(d.logs()) > 0 {
		t.Errorf("saved: %v", d.logs())
	}
}

// The window hands each key's text over on its main thread: that must cost nothing.
func TestWriteIsCheap(t *testing.T) {
	dir := t.TempDir()
	j := Open(disk.OS{}, dir, Options{})
	defer func() { _ = j.Close(context.Background()) }()
	doc := text.New(strings.Repeat("A line of an article that goes on.\n", 1<<20/35))
	l := j.Begin(About{Path: filepath.Join(dir, "a.md")}, doc, doc.Bytes())
	took := make([]time.Duration, 2000)
	for i := range took {
		doc = insert(t, doc, i, "x")
		begin := time.Now()
		l.Write(doc)
		took[i] = time.Since(begin)
		time.Sleep(200 * time.Microsecond) // so that the journal writes meanwhile
	}
	slices.Sort(took)
	t.Logf("a key costs %v (median), %v (99 of 100), %v (worst)", took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
	if got := took[len(took)*9/10]; got > 50*time.Microsecond { // the worst are those of a busy machine
		t.Errorf("9 of 10 keys cost up to %v", got)
	}
}
