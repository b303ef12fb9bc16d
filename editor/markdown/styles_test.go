package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"

	"longhand/editor/text"
)

// fragments are pieces of Markdown that, put together at random, meet in all the
// ways that parsers find hard. A broken bar stands for a pipe.
var fragments = strings.Split("*|**|***|_|__|`|``|~|~~|[|]|](x)|](<y z> \"t\")|][a]|[]|![|(|)|<|>|<b>|</b>|<!--|-->|<?|?>|"+
	"\\|\\*|&amp;|&#35;|&|;|\"|'|--|---|...|http://a.bc|www.a.bc|a@b.cd|[^1]|[^2]|[a]|a|b c|é|中文|  |\t|\n|\n\n|  \n|\\\n|\n> |> |"+
	"\n- |- |\n1. |\n2) |\n# |\n## | #|\n===\n|\n---\n|\n```go\n|\n```\n|\n~~~\n|\n    |\n  |\n\t|¦|\n¦ a ¦ b ¦\n¦---¦:-:¦\n|"+
	"\n[a]: /x 'y'\n|\n[a]: <z>\n|\n[^1]: |\n[^2]: x|\n: |\n<div>\n|\n</div>\n|\n<script>\n|\n* * *\n|\n- [ ] |\n- [x] |{#id .c}|\x00|\xff|\r", "|")

func randomMarkdown(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(strings.ReplaceAll(fragments[r.IntN(len(fragments))], "¦", "|"))
	}
	return b.String()
}

func TestStylesAgree(t *testing.T) {
	for _, source := range oddSources {
		checkAgreement(t, []byte(source), true)
	}
	for _, c := range styled {
		checkAgreement(t, []byte(c.source), false)
	}
	for seed := range uint64(5_000) {
		r := rand.New(rand.NewPCG(seed, 1))
		checkAgreement(t, []byte(randomMarkdown(r, 1+r.IntN(24))), false)
	}
}

func FuzzStyles(f *testing.F) {
	for _, source := range oddSources {
		f.Add([]byte(source))
	}
	for _, c := range styled {
		f.Add([]byte(c.source))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		if FrontMatterEnd(string(source)) == 0 && len(source) < 10_000 {
			checkAgreement(t, source, false)
		}
		end := 0
		for _, s := range Styles(source) {
			if s.Start < end || s.End <= s.Start || s.End > len(source) || strings.Contains(string(source[s.Start:s.End]), "\n") || s.Style == 0 {
				t.Fatalf("%q: span %+v after %d", source, s, end)
			}
			end = s.End
		}
	})
}

// TestLines reads the table in styled_test.go.
func TestLines(t *testing.T) {
	for _, c := range styled {
		d := text.New(c.source)
		x := NewIndex(d)
		for line := range d.Lines() {
			got := describeLine(d.LineText(line), x.Line(line))
			if line >= len(c.lines) || got != c.lines[line] {
				t.Errorf("%q line %d\n%s, want\n%s", c.source, line, got, c.lines[min(line, len(c.lines)-1)])
			}
		}
	}
}
