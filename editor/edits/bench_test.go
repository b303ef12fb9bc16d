package edits

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"longhand/editor/markdown"
	"longhand/editor/text"
)

// article writes a text of about n bytes.
func article(n int) string {
	r := rand.New(rand.NewPCG(13, 14))
	var b strings.Builder
	for b.Len() < n {
		switch r.IntN(4) {
		case 0:
			fmt.Fprintf(&b, "## The river %d\n\n", b.Len())
		case 1:
			b.WriteString("1. one\n2. two\n   - three\n3. four\n\n")
		default:
			b.WriteString(strings.Repeat("The **flood** gauge on the *old* bridge has stood `dry` since [May](a). ", 1+r.IntN(6)) + "\n\n")
		}
	}
	return b.String()
}

func BenchmarkCommands(b *testing.B) {
	for _, size := range []int{10 << 10, 1 << 20, 10 << 20} {
		d := text.New(article(size))
		x := markdown.NewIndex(d)
		at := d.Index("gauge", d.Len()/2)
		item := d.Index("two", d.Len()/2)
		for _, c := range []struct {
			name string
			at   int
			f    command
		}{
			{"Type", at, commands["Type"]}, {"Newline", at, Newline}, {"Backspace", at, Backspace}, {"Bold", at, Bold},
			{"Newline in a list", item + 3, Newline}, {"Indent", item, Indent},
		} {
			s := text.NewState(d, text.Caret(c.at))
			b.Run(fmt.Sprintf("%s/%dK", c.name, size>>10), func(b *testing.B) {
				for b.Loop() {
					c.f(s, x)
				}
			})
		}
	}
}

// Nothing takes long in a text that is made to be hard: one huge line, one huge list,
// marks without end, many carets.
func TestHardTextsEndInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	many := text.New(strings.Repeat("- a word\n", 1000))
	carets := make([]text.Range, 1000)
	for i := range carets {
		carets[i] = caret(i*9 + 4)
	}
	for name, s := range map[string]text.State{
		"long line": text.NewState(text.New(strings.Repeat("word ", 1<<20)), text.Caret(1<<20)),
		"long list": text.NewState(text.New(strings.Repeat("1. item\n", 20_000)), text.Caret(24)),
		"stars":     text.NewState(text.New(strings.Repeat("*a **b ", 8000)), text.Caret(20_001)),
		"brackets":  text.NewState(text.New(strings.Repeat("[", 20_000)+strings.Repeat("](x)", 5000)), text.Caret(20_000)),
		"tags":      text.NewState(text.New(strings.Repeat("<!-- ", 12_000)+">"), text.Caret(30_001)),
		"ticks":     text.NewState(text.New(strings.Repeat("`a``b```c", 6000)), text.Caret(20_001)),
		"quotes":    text.NewState(text.New(strings.Repeat("> ", 30_000)), text.Caret(30_000)),
		"all":       text.NewState(text.New(article(60_000)), text.Select(0, 60_000)),
		"carets":    text.NewState(many, text.NewSelection(0, carets...)),
	} {
		for command, f := range commands {
			start := time.Now()
			checkFits(t, command, s, nil, f)
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("%s on %s took %v", command, name, d)
			} else if testing.Verbose() && d > 200*time.Millisecond {
				t.Logf("%s on %s took %v", command, name, d)
			}
		}
	}
}
