package site

import (
	"longhand/library"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"
)

func TestZGen(t *testing.T) {
	if os.Getenv("ZGEN") == "" {
		t.Skip()
	}
	os.RemoveAll(os.Getenv("ZGEN"))
	generated(t, os.Getenv("ZGEN"), 4000)
}
func TestZCold(t *testing.T) {
	if os.Getenv("ZLIB") == "" {
		t.Skip()
	}
	debug.SetGCPercent(300)
	debug.SetMemoryLimit(256 << 20)
	lib, _ := library.Open(os.Getenv("ZLIB"))
	to := filepath.Join(t.TempDir(), "s")
	t0 := time.Now()
	r, err := Build(t.Context(), lib, Options{To: to, Theme: siteTheme(t), BaseURL: "https://example.org", Now: time.Now(), Cache: t.TempDir()})
	t.Log(time.Since(t0), r.Files, err)
}
