package app

import (
	"log"
	"os"
	"path/filepath"
)

// maxLog is the size in bytes at which a new log is begun; the one before is kept.
const maxLog = 1 << 20

// openLog sends what the toolkit logs to a file in the state folder. Nothing is
// logged where that can't be had: the terminal is the user's.
func openLog(state string) (closeLog func()) {
	name := filepath.Join(state, "log")
	if info, err := os.Stat(name); err == nil && info.Size() > maxLog {
		os.Rename(name, name+".old")
	}
	if err := os.MkdirAll(state, 0o700); err != nil {
		return func() {}
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return func() {}
	}
	log.SetOutput(f)
	return func() { f.Close() }
}
