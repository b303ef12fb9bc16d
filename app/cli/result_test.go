package cli

import "testing"

func TestMarkedInBold(t *testing.T) {
	const s = "The r\x1biver took\n"
	marks := []span{{4, 10}, {11, 15}}
	if got, want := marked(s, marks, true), "The \x1b[1mr iver\x1b[22m \x1b[1mtook\x1b[22m "; got != want {
		t.Errorf("in bold %q, want %q", got, want)
	}
	if got, want := marked(s, marks, false), "The r iver took "; got != want {
		t.Errorf("plain %q, want %q", got, want)
	}
}
