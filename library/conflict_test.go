package library

import "testing"

func TestConflictCopy(t *testing.T) {
	for _, c := range []struct{ rel, original, by string }{
		{"rain.sync-conflict-20260818-173636-D4LGQYW.md", "rain.md", "Syncthing"},
		{"notes/rain~sync-conflict-20260818-173636.md", "notes/rain.md", "Syncthing"},
		{"notes/rain (conflicted copy 2018-04-10 093612).md", "notes/rain.md", "Nextcloud"},
		{"rain (conflicted copy ana 2018-04-10 093612).md", "rain.md", "Nextcloud"},
		{"rain (Ana's conflicted copy 2026-01-02).md", "rain.md", "Dropbox"},
		{"rain (Ana’s MacBook's conflicted copy 2026-01-02 (1)).md", "rain.md", "Dropbox"},
		{"下雨 (conflicted copy 2018-04-10 093612).md", "下雨.md", "Nextcloud"},
		{"rain_conflict-20180410-093612.md", "rain.md", "ownCloud"},
		{"a/rain.sync-conflict-20260818-173636-D4LGQYW/index.md", "a/rain/index.md", "Syncthing"},
		{"rain.md", "", ""},
		{"index.md", "", ""},
		{"conflicted copy.md", "", ""},
		{"a conflicted copy of my life.md", "", ""},
		{"sync-conflict-20260818-173636.md", "", ""},
		{".sync-conflict-20260818-173636-D4LGQYW.md", "", ""},
		{"how to mend sync-conflict-files.md", "", ""},
		{"rain.sync-conflict-20260818-173636-D4LGQYW/notes.md", "", ""},
		{"", "", ""},
	} {
		original, by, ok := ConflictCopy(c.rel)
		if original != c.original || by != c.by || ok != (c.original != "") {
			t.Errorf("%q: %q by %q, %v; want %q by %q", c.rel, original, by, ok, c.original, c.by)
		}
	}
}
