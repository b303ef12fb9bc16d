package app

import "testing"

func TestTokenTime(t *testing.T) {
	for token, want := range map[string]uint32{
		"":                              0,
		"c8a3f9d0-0a5e-4c0e":            0,
		"gnome-shell-9-host_TIME4711":   4711,
		"x_TIME1_TIME4294967295":        4294967295,
		"x_TIME12x":                     0,
		"x_TIME":                        0,
		"x_TIME99999999999999999999999": 0,
	} {
		if got := tokenTime(token); got != want {
			t.Errorf("%q: %d, want %d", token, got, want)
		}
	}
}
