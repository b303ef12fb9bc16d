package markdown

import (
	"strings"
	"testing"
)

func TestRealDataIndexOfSpecAfterEdits(t *testing.T) {
	all := specExamples(t)
	for i := 0; i+20 <= len(all); i += 20 {
		testEdits(t, strings.Join(all[i:i+20], "\n"), uint64(i), 20, []int{100, 700, maxWork}[i/20%3])
	}
	x, d := finished(t, strings.Join(all, "\n"))
	checkIndex(t, x, d)
}

func TestRealDataArticles(t *testing.T) {
	realArticles(t, func(count int, body string) {
		checkAgreement(t, []byte(body[FrontMatterEnd(body):]), false)
		testEdits(t, body, uint64(count), 3, []int{500, 5000, maxWork}[count%3])
	})
}
