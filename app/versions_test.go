package app

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"longhand/editor/text"
	"longhand/library/versions"
)

func TestCompareTexts(t *testing.T) {
	for _, tt := range []struct {
		name, old, now string
		want           []string // old|now of each passage
		shown          []string
	}{
		{"nothing", "a\nb\n", "a\nb\n", nil, nil},
		{"a word in a line", "one\nthe quick fox\nend\n", "one\nthe slow fox\nend\n",
			[]string{"the quick fox\n|the slow fox\n"}, []string{"the -quick-\u2009+slow+ fox"}},
		{"two words in a line are one passage", "a quick fox and a lazy dog\n", "a slow fox and a tired dog\n",
			[]string{"a quick fox and a lazy dog\n|a slow fox and a tired dog\n"}, []string{"a -quick-\u2009+slow+ fox and a -lazy-\u2009+tired+ dog"}},
		{"a line more", "a\nc\n", "a\nb\nc\n", []string{"|b\n"}, []string{"+b+"}},
		{"a line less", "a\nb\nc\n", "a\nc\n", []string{"b\n|"}, []string{"-b-"}},
		{"at the beginning", "b\n", "a\nb\n", []string{"|a\n"}, []string{"+a+"}},
		{"no break at the end", "a\nlast", "a\nthe last", []string{"last|the last"}, []string{"+the +last"}},
		{"two lines are joined", "a\nb\n", "a b\n", []string{"a\nb\n|a b\n"}, []string{"a-¶\n-\u2009+ +b"}},
		{"two passages", "one\n\ntwo\n", "ONE\n\nTWO\n", []string{"one\n|ONE\n", "two\n|TWO\n"}, []string{"-one-\u2009+ONE+", "-two-\u2009+TWO+"}},
		{"all", "", "a\n", []string{"|a\n"}, []string{"+a+"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := compareTexts(tt.old, tt.now)
			var got, shown []string
			for _, p := range c.passages {
				got = append(got, p.old.Of(tt.old)+"|"+p.now.Of(tt.now))
			}
			for _, b := range blocksOf(c) {
				if b.passage < 0 {
					continue
				}
				from, s := 0, ""
				for _, sp := range b.spans {
					mark := map[compared]string{onlyThen: "-", onlyNow: "+"}[sp.in]
					s += mark + b.text[from:sp.end] + mark
					from = sp.end
				}
				shown = append(shown, s)
			}
			if !slices.Equal(got, tt.want) || !slices.Equal(shown, tt.shown) {
				t.Errorf("passages %q, shown as %q\nwant %q, %q", got, shown, tt.want, tt.shown)
			}
		})
	}
}

// Passages are whole lines of both texts that do not overlap, and bringing all of them
// back, or one after the other in any order, gives the earlier text.
func TestPassagesBringBack(t *testing.T) {
	words := strings.Fields("a b the river \\n \\n 河 は - # , .")
	gen := func(r *rand.Rand, n int) (out []string) {
		for range n {
			out = append(out, strings.ReplaceAll(words[r.IntN(len(words))], `\n`, "\n")+strings.Repeat(" ", r.IntN(2)))
		}
		return out
	}
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 3))
		base := gen(r, r.IntN(30))
		edited := slices.Clone(base)
		for range r.IntN(5) {
			at := r.IntN(len(edited) + 1)
			edited = slices.Replace(edited, at, min(at+r.IntN(4), len(edited)), gen(r, r.IntN(4))...)
		}
		old, now := strings.Join(base, ""), strings.Join(edited, "")
		c := compareTexts(old, now)
		var all text.Changes
		end := 0
		for _, p := range c.passages {
			if p.now.Start < end || lineBegin(now, p.now.Start) != p.now.Start || lineBegin(old, p.old.Start) != p.old.Start {
				t.Fatalf("seed %d: passage %v of %q and %q", seed, p, old, now)
			}
			end = p.now.End
			all = append(all, c.restore(p)...)
		}
		if got, _, err := text.New(now).ApplyAll(all); err != nil || got.String() != old {
			t.Fatalf("seed %d: %q from %q gives %q (%v)", seed, old, now, got.String(), err)
		}
		doc := text.New(now)
		for n := 0; ; n++ {
			c := compareTexts(old, doc.String())
			if len(c.passages) == 0 {
				break
			}
			if n > 60 {
				t.Fatalf("seed %d: no end, %q from %q", seed, old, now)
			}
			var err error
			if doc, _, err = doc.ApplyAll(c.restore(c.passages[r.IntN(len(c.passages))])); err != nil {
				t.Fatal(err)
			}
		}
		if doc.String() != old {
			t.Fatalf("seed %d: one by one gives %q, want %q", seed, doc.String(), old)
		}
	}
}

func TestMoment(t *testing.T) {
	now := time.Date(2026, 11, 25, 0, 30, 0, 0, time.UTC) // a Wednesday
	for at, want := range map[time.Time]string{
		now.Add(-10 * time.Minute):    "Today, 00:20",
		now.Add(time.Minute):          "Today, 00:31",
		now.Add(-40 * time.Minute):    "Yesterday, 23:50",
		now.Add(-3 * 24 * time.Hour):  "Sunday, 00:30",
		now.Add(-7 * 24 * time.Hour):  "18 Nov 2026, 00:30",
		now.Add(300 * 24 * time.Hour): "21 Sep 2027, 00:30",
	} {
		if got := moment(at, now); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
}

func TestMoments(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	var list []versions.Version
	for i := range 200 { // one in 10 s, the last first
		why := versions.Saved
		if i == 100 {
			why = versions.Theirs
		}
		list = append(list, versions.Version{At: now.Add(-time.Duration(i) * 10 * time.Second), Why: why})
	}
	got := moments(list)
	if len(got) != 7 || got[0] != list[0] || got[1] != list[1] || !slices.Contains(got, list[100]) || !slices.Contains(got, list[101]) {
		t.Errorf("%d are left: %v", len(got), got)
	}
}

// versionsOpen opens the panel on an article that was saved several times.
func versionsOpen(t *testing.T) (*fixture, *versionsForm) {
	t.Helper()
	files := three()
	files["x.md"] = "# X\n\nThe quick fox.\n\nA lazy dog.\n"
	f := start(t, files)
	f.choose("x.md")
	for _, text := range []string{"# X\n\nThe slow fox.\n\nA lazy dog.\n", "# X\n\nThe slow fox.\n\nA tired dog.\n\nMore.\n"} {
		f.editor.Apply(replaceAll(f.editor.Doc(), text))
		f.save()
		f.until("the save", func() bool { return !f.doc.dirty && !f.doc.saving })
	}
	f.openVersions()
	f.until("the panel", func() bool { return f.panel != nil })
	form := f.panel.body.(*versionsForm)
	f.until("a comparison", func() bool { return form.diff.blocks != nil })
	return f, form
}

func replaceAll(doc text.Doc, with string) text.Transaction {
	return text.Transaction{Changes: text.Changes{{End: doc.Len(), Insert: with}}}
}

// passagesShown are the texts of the passages in the panel.
func (f *versionsForm) passagesShown() string {
	var out []string
	for _, b := range f.diff.blocks {
		if b.passage >= 0 {
			out = append(out, strings.ReplaceAll(b.text, "\u2009", "/"))
		}
	}
	return strings.Join(out, " | ")
}

func press(w fyne.Focusable, k fyne.KeyName) { w.TypedKey(&fyne.KeyEvent{Name: k}) }

func TestVersionsPanel(t *testing.T) {
	f, form := versionsOpen(t)
	// Two saves that follow each other closely are listed as one.
	if len(form.shown) != 2 || !form.every.Visible() {
		t.Errorf("listed are %d of %d", len(form.shown), len(form.all))
	}
	if form.at != 1 || form.passagesShown() != "The quick/slow fox. | A lazy/tired dog. | More." {
		t.Errorf("version %d is compared: %s", form.at, form.passagesShown())
	}
	test.Tap(form.every)
	f.drain()
	if len(form.shown) != 3 || form.shown[form.at].Why != versions.Opened {
		t.Errorf("listed are %d, chosen %d", len(form.shown), form.at)
	}
	if _, about := form.row(0); about != "Saved · the text of now" {
		t.Errorf("the first row says %q", about)
	}
	if _, about := form.row(1); about != "Saved · 1 word fewer" {
		t.Errorf("the second row says %q", about)
	}
	press(form.list, fyne.KeyUp)
	f.until("the other version", func() bool { return form.passagesShown() == "A lazy/tired dog. | More." })
	press(form.list, fyne.KeyUp)
	f.until("the text of now", func() bool { return form.passagesShown() == "" })
	if f.panel.enter(); f.panel == nil || form.heading.text != "This is the text as it is now" {
		t.Error("what is the same is brought back")
	}
	press(form.list, fyne.KeyDown)
	f.until("the other version", func() bool { return form.passagesShown() != "" })
	press(form.list, fyne.KeyEscape)
	if f.panel != nil {
		t.Error("the panel stays")
	}
}

func TestRestorePassage(t *testing.T) {
	f, form := versionsOpen(t)
	was := f.editor.Doc().String()
	form.diff.FocusGained()
	press(form.diff, fyne.KeyHome)
	press(form.diff, fyne.KeyDown)
	press(form.diff, fyne.KeyReturn)
	const want = "# X\n\nThe slow fox.\n\nA lazy dog.\n\nMore.\n"
	if got := f.editor.Doc().String(); got != want {
		t.Fatalf("the text is %q", got)
	}
	f.until("the comparison with that", func() bool { return form.passagesShown() == "The quick/slow fox. | More." })
	f.panel.escape()
	f.editor.Undo()
	if got := f.editor.Doc().String(); got != was {
		t.Errorf("undone it is %q", got)
	}
	f.drain()
	f.shell.saves.Wait()
	f.shell.keeping.Wait()
	kept := strings.Join(f.versionsOf(f.file("x.md")), "; ")
	if !strings.Contains(kept, "saved: More.; saved: A lazy dog.; opened") { // which is what was there before
		t.Errorf("kept are %s", kept)
	}
}

func TestRestoreAll(t *testing.T) {
	f, _ := versionsOpen(t)
	f.typeAtEnd("Not saved.") // not even once
	was := f.editor.Doc().String()
	f.panel.enter()
	f.said("compared anew")
	f.drain()
	f.panel.enter()
	f.until("the panel gone", func() bool { return f.panel == nil })
	if got := f.editor.Doc().String(); got != "# X\n\nThe quick fox.\n\nA lazy dog.\n" {
		t.Errorf("the text is %q", got)
	}
	if !strings.HasPrefix(f.status.passing.text, "The text is back as it was: ") || f.status.passing.label != "Undo" {
		t.Errorf("said is %q", f.status.passing.text)
	}
	f.status.passing.run()
	if got := f.editor.Doc().String(); got != was {
		t.Errorf("undone it is %q", got)
	}
	f.drain()
	f.shell.saves.Wait()
	f.shell.keeping.Wait()
	if got := f.versionsOf(f.file("x.md")); !slices.Contains(got, "before restore: Not saved.") {
		t.Errorf("kept are %q", got)
	}
}

// Another text under the panel is seen before anything is brought back.
func TestRestoreIntoAnotherText(t *testing.T) {
	f, form := versionsOpen(t)
	f.editor.Apply(text.Transaction{Changes: text.Changes{{Insert: "New. "}}})
	changed := f.editor.Doc().String()
	press(form.diff, fyne.KeyHome)
	press(form.diff, fyne.KeyReturn)
	f.panel.enter()
	if got := f.editor.Doc().String(); got != changed {
		t.Errorf("the text is %q", got)
	}
	f.said("compared anew")
	f.until("the comparison", func() bool { return strings.HasPrefix(form.passagesShown(), "New. # X") })
}

func TestDamagedVersion(t *testing.T) {
	f, form := versionsOpen(t)
	objects, err := filepath.Glob(filepath.Join(f.cfg.State, "versions", "objects", "*"))
	if err != nil || len(objects) == 0 {
		t.Fatal(err)
	}
	for _, o := range objects {
		if err := os.WriteFile(o, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	press(form.list, fyne.KeyUp)
	f.until("the problem", func() bool { return strings.Contains(f.panel.said.Text, "This version cannot be read") })
	f.until("no passages", func() bool { return form.passagesShown() == "" })
	if !f.panel.buttons[1].Disabled() || !f.panel.buttons[2].Disabled() {
		t.Error("it can be brought back")
	}
}

func TestNoVersions(t *testing.T) {
	f := start(t, three())
	f.openVersions()
	f.drain()
	if f.panel != nil || !strings.Contains(f.status.passing.text, "No article is open") {
		t.Errorf("said is %q", f.status.passing.text)
	}
	f.choose("river.md")
	f.openVersions()
	f.until("the message", func() bool { return strings.Contains(f.status.passing.text, "no earlier versions") })
	if f.panel != nil {
		t.Error("there is a panel")
	}
}

// A text that is another altogether is shown in part, and comes back whole.
func TestVersionsOfALongText(t *testing.T) {
	var old, now strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&old, "Line %d of the old text, with words.\n\n", i)
		fmt.Fprintf(&now, "Line %d of the new text, with others.\n\n", i)
	}
	c := compareTexts(old.String(), now.String())
	blocks := blocksOf(c)
	if len(c.passages) != 3000 || len(blocks) != mostPassages+1 || !strings.HasPrefix(blocks[mostPassages].text, "And 2,800 more passages") {
		t.Errorf("%d passages, %d blocks", len(c.passages), len(blocks))
	}
	long := strings.Repeat("word ", 100_000)
	if blocks := blocksOf(compareTexts("", long)); len(blocks) != 1 || len(blocks[0].text) > 2*mostStretch {
		t.Errorf("a long passage is shown with %d bytes", len(blocks[0].text))
	}
}
