package xim

import "testing"

func TestUseUTF8(t *testing.T) {
	if t.Setenv("LC_ALL", "C.UTF-8"); !UseUTF8() {
		t.Skip("the locale C.UTF-8 is not installed")
	}
	for _, locale := range []string{"C", "POSIX", "xx_XX.UTF-8", "xx_XX", ""} {
		if t.Setenv("LC_ALL", locale); !UseUTF8() {
			t.Errorf("no UTF-8 in the locale %q", locale)
		}
	}
}
