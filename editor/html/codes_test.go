package html

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestCodesAreAsColoured(t *testing.T) {
	var c Codes
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 200 {
				code := fmt.Sprintf("func f%d() string { return %q }\n", i%50, "x")
				for _, language := range []string{"go", "rust", "no-such-language", ""} {
					if got, want := c.colour(code, language), colour(code, language); got != want {
						t.Errorf("%s in %s is %q, not %q", code, language, got, want)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestCodesAreBounded(t *testing.T) {
	var c Codes
	filler := strings.Repeat("x ", 10<<10)
	for i := range 1000 {
		c.colour(fmt.Sprint(i, filler), "text")
	}
	size := 0
	for _, kept := range []map[codeKey]string{c.late, c.before} {
		for key, html := range kept {
			size += len(key.code) + len(html)
		}
	}
	if size == 0 || size > 3*maxCodes {
		t.Errorf("%d bytes are kept", size)
	}
}
