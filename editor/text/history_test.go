package text

import (
	"strings"
	"testing"
	"time"
)

// writer does what a user does, a tenth of a second a key.
type writer struct {
	t     *testing.T
	state State
	now   time.Time
}

func write(t *testing.T, s string) *writer {
	d, selection := written(t, s)
	return &writer{t: t, state: NewState(d, selection), now: time.Unix(1000, 0)}
}

func (w *writer) apply(t Transaction) {
	w.t.Helper()
	w.now = w.now.Add(100 * time.Millisecond)
	t.At = w.now
	next, err := w.state.Apply(t)
	if err != nil {
		w.t.Fatal(err)
	}
	w.state = next
}

// each makes a change of each range, and leaves a caret behind it.
func (w *writer) each(kind Kind, f func(Range) Change) {
	w.t.Helper()
	t := Transaction{Kind: kind}
	ranges := w.state.Selection().Ranges()
	for _, r := range ranges {
		t.Changes = append(t.Changes, f(r))
	}
	for i, r := range ranges {
		at := t.Changes.Map(r.End(), true)
		ranges[i] = Range{at, at}
	}
	t.Selection = NewSelection(w.state.Selection().MainIndex(), ranges...)
	w.apply(t)
}

func (w *writer) command(cs ...Change) *writer {
	w.t.Helper()
	w.apply(Transaction{Changes: cs})
	return w
}

func (w *writer) types(s string) *writer {
	w.t.Helper()
	for _, r := range s {
		w.each(Typing, func(x Range) Change { return Change{Start: x.Start(), End: x.End(), Insert: string(r)} })
	}
	return w
}

func (w *writer) backspace(n int) *writer {
	w.t.Helper()
	for range n {
		d := w.state.Doc()
		w.each(Deleting, func(x Range) Change { return Change{Start: d.PrevGrapheme(x.Head), End: x.Head} })
	}
	return w
}

func (w *writer) deletes(n int) *writer {
	w.t.Helper()
	for range n {
		d := w.state.Doc()
		w.each(Deleting, func(x Range) Change { return Change{Start: x.Head, End: d.NextGrapheme(x.Head)} })
	}
	return w
}

func (w *writer) to(offset int) *writer {
	w.t.Helper()
	w.apply(Transaction{Selection: Caret(offset), Kind: Moving})
	return w
}

func (w *writer) pauses() *writer {
	w.now = w.now.Add(2 * time.Second)
	return w
}

// turn undoes or redoes, and checks the changes told.
func (w *writer) turn(f func(State) (State, Changes, bool)) *writer {
	w.t.Helper()
	next, cs, ok := f(w.state)
	if !ok {
		w.t.Fatal("nothing to undo or redo")
	}
	if d, _, err := w.state.Doc().ApplyAll(cs); err != nil || !d.Equal(next.Doc()) {
		w.t.Fatalf("the changes %v are not those from %q to %q", cs, w.state.Doc(), next.Doc())
	}
	w.state = next
	return w
}

func (w *writer) undo() *writer { w.t.Helper(); return w.turn(State.Undo) }
func (w *writer) redo() *writer { w.t.Helper(); return w.turn(State.Redo) }

func (w *writer) sees(want string) *writer {
	w.t.Helper()
	if got := shown(w.state.Doc(), w.state.Selection()); got != want {
		w.t.Errorf("got %q, want %q", got, want)
	}
	return w
}

func (w *writer) ends() {
	w.t.Helper()
	if w.state.CanUndo() {
		w.t.Error("there is more to undo")
	}
}

func TestHistory(t *testing.T) {
	for name, do := range map[string]func(t *testing.T){
		"a word at a time": func(t *testing.T) {
			write(t, "|").types("one two  three").undo().sees("one two  |").undo().sees("one |").undo().sees("|").
				redo().sees("one |").redo().redo().sees("one two  three|")
		},
		"a pause": func(t *testing.T) {
			write(t, "|").types("on").pauses().types("ce").undo().sees("on|").undo().sees("|").ends()
		},
		"a line": func(t *testing.T) {
			write(t, "|").types("ab\ncd").undo().sees("ab\n|").undo().sees("ab|").undo().sees("|").ends()
		},
		"a move in between": func(t *testing.T) {
			write(t, "x|").types("a").to(0).to(2).types("b").undo().sees("xa|").undo().sees("x|").ends()
		},
		"a move to where the caret is": func(t *testing.T) {
			write(t, "|").types("a").to(1).types("b").undo().sees("|").ends()
		},
		"deleting after typing": func(t *testing.T) {
			write(t, "|").types("abc").backspace(2).sees("a|").undo().sees("abc|").undo().sees("|").ends()
		},
		"backspace over words": func(t *testing.T) {
			write(t, "one two|").backspace(6).sees("o|").undo().sees("one|").undo().sees("one two|").redo().sees("one|")
		},
		"delete forward": func(t *testing.T) {
			write(t, "|one two").deletes(6).sees("|o").undo().sees("|two").undo().sees("|one two").ends()
		},
		"backspace, then delete": func(t *testing.T) {
			write(t, "ab|cd").backspace(1).deletes(1).sees("a|d").undo().sees("ab|cd").ends()
		},
		"a line break deleted": func(t *testing.T) {
			write(t, "ab\ncd|").backspace(4).sees("a|").undo().sees("ab|").undo().sees("ab\n|").undo().sees("ab\ncd|").ends()
		},
		"over a selection": func(t *testing.T) {
			write(t, "one ‹two|› three").types("new").sees("one new| three").undo().sees("one ‹two|› three").ends()
		},
		"a backward selection comes back": func(t *testing.T) {
			write(t, "one ‹|two›").types("x").undo().sees("one ‹|two›")
		},
		"several carets": func(t *testing.T) {
			write(t, "a|b|c").types("12").sees("a12|b12|c").undo().sees("a|b|c").redo().sees("a12|b12|c").
				backspace(2).sees("a|b|c").undo().sees("a12|b12|c").undo().ends()
		},
		"commands": func(t *testing.T) {
			w := write(t, "|abc").command(Change{Insert: "1"}).command(Change{Start: 1, End: 1, Insert: "2"})
			w.types("3").sees("123|abc").undo().sees("12|abc").undo().sees("1|abc").undo().sees("|abc").ends()
		},
		"typing within a pair": func(t *testing.T) {
			w := write(t, "|")
			w.apply(Transaction{Changes: Changes{{Insert: "()"}}, Selection: Caret(1), Kind: Typing})
			w.types("a").sees("(a|)").undo().sees("|").redo().sees("(a|)")
		},
		"typing ends what can be redone": func(t *testing.T) {
			w := write(t, "|").types("a").undo().to(0).sees("|")
			if !w.state.CanRedo() {
				t.Error("moving the caret lost what can be redone")
			}
			if w.types("b"); w.state.CanRedo() {
				t.Error("can redo after typing")
			}
		},
		"typing does not join what was redone": func(t *testing.T) {
			write(t, "|").types("a").undo().redo().types("b").undo().sees("a|")
		},
		"typing elsewhere": func(t *testing.T) {
			w := write(t, "|abcdef").types("x")
			w.apply(Transaction{Changes: Changes{{Start: 5, End: 5, Insert: "y"}}, Kind: Typing})
			w.apply(Transaction{Changes: Changes{{Start: 3, End: 3, Insert: "z"}}, Kind: Typing})
			w.undo().sees("x|abcdyef").undo().sees("x|abcdef").undo().sees("|abcdef").ends()
		},
		"changes that touch": func(t *testing.T) {
			w := write(t, "|")
			w.apply(Transaction{Changes: Changes{{Insert: "ab"}, {Insert: "cd"}}, Kind: Typing})
			w.apply(Transaction{Changes: Changes{{Start: 1, End: 3, Insert: "x"}, {Start: 4, End: 4, Insert: "y"}}, Kind: Typing})
			w.sees("axdy|").undo().sees("abcd|").undo().sees("|").ends()
		},
		"a command between": func(t *testing.T) {
			write(t, "|").types("a").command(Change{Start: 1, End: 1, Insert: "!"}).types("b").sees("a!b|").undo().sees("a!|").undo().sees("a|").undo().sees("|").ends()
		},
		"Chinese and emoji": func(t *testing.T) {
			write(t, "|").types("漢字👩‍🌾é").backspace(2).sees("漢字|").undo().undo().sees("|").ends()
		},
	} {
		t.Run(name, do)
	}
}

func TestHistoryKeepsBytesOfFile(t *testing.T) {
	d := decode(t, "one\r\ntwo\nthree\r\nfour\r")
	w := &writer{t: t, state: NewState(d, Caret(8)), now: time.Unix(1000, 0)}
	w.backspace(6).types("x\ny").to(3).deletes(5)
	for w.state.CanUndo() {
		w.undo()
	}
	if got := w.state.Doc(); !got.Equal(d) {
		t.Errorf("undone to %q, want %q", got.Bytes(), d.Bytes())
	}
}

func TestJoinedStepKeepsEndings(t *testing.T) {
	d := decode(t, "a \r\nb\nc\n")
	w := (&writer{t: t, state: NewState(d, Caret(3)), now: time.Unix(1000, 0)}).backspace(2).sees("a|b\nc\n").undo().sees("a \n|b\nc\n")
	w.ends()
	if got := w.state.Doc(); !got.Equal(d) {
		t.Errorf("undone to %q", got.Bytes())
	}
}

func TestHistoryIsBounded(t *testing.T) {
	s := NewState(New("start"), Caret(0))
	for i := range maxSteps + 2000 {
		s, _ = s.Apply(Transaction{Changes: Changes{{Start: i, End: i, Insert: "x"}}})
		if s.undo.count > maxSteps {
			t.Fatalf("%d steps", s.undo.count)
		}
	}
	n := 0
	for s.CanUndo() {
		s, _, _ = s.Undo()
		n++
	}
	if n < maxSteps*8/10 || n > maxSteps {
		t.Errorf("%d steps kept", n)
	}

	large := strings.Repeat("0123456789abcdef", 1<<20) // 16 MB
	s = NewState(Doc{}, Selection{})
	for range 6 {
		s, _ = s.Apply(Transaction{Changes: Changes{{Start: 0, End: s.Doc().Len(), Insert: large}}})
		if s.undo.bytes > maxBytes {
			t.Fatalf("%d bytes in the history", s.undo.bytes)
		}
	}
	s, _ = s.Apply(Transaction{Changes: Changes{{Start: 0, End: 0, Insert: strings.Repeat(large, 5)}}})
	s, _ = s.Apply(Transaction{Changes: Changes{{Start: 0, End: s.Doc().Len()}}})
	if s, _, ok := s.Undo(); !ok || s.Doc().Len() != 6*len(large) {
		t.Error("a step larger than the history's bound cannot be undone")
	}
}

func TestStateKeepsSelectionInText(t *testing.T) {
	s := NewState(New("aé"), NewSelection(0, Range{-3, -1}, Range{2, 99}))
	if got := shown(s.Doc(), s.Selection()); got != "|a‹é|›" {
		t.Errorf("got %q", got)
	}
	if _, err := s.Apply(Transaction{Changes: Changes{{Start: 2, End: 2}}}); err == nil {
		t.Error("a change within a character was made")
	}
	s, err := s.Apply(Transaction{Selection: Selection{}, HasSelection: true, Kind: Moving})
	if got := shown(s.Doc(), s.Selection()); err != nil || got != "|aé" {
		t.Errorf("got %q, %v", got, err)
	}
}
