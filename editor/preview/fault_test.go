package preview

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"strings"
	"testing"
)

// TestFaultsQuoteNothing: what goes wrong in the page is logged, once, without the text.
func TestFaultsQuoteNothing(t *testing.T) {
	const secret = "She never came back"
	var logged bytes.Buffer
	was := log.Writer()
	log.SetOutput(&logged)
	defer log.SetOutput(was)
	w := &worker{}
	for range 2 {
		if w.try(func() { panic(fmt.Errorf("in %q: %w", secret, errors.ErrUnsupported)) }) {
			t.Error("it went well")
		}
	}
	if w.try(func() { panic(secret) }) {
		t.Error("it went well")
	}
	var empty []string
	w.try(func() { _ = empty[len(secret)] })
	got := logged.String()
	if strings.Contains(got, "She") || strings.Count(got, "*fmt.wrapError") != 1 || !strings.Contains(got, "a panic with a string") || !strings.Contains(got, "index out of range [19] with length 0") || !strings.Contains(got, "TestFaultsQuoteNothing") {
		t.Errorf("%s", got)
	}
}
