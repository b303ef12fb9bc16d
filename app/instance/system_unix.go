//go:build unix

package instance

import (
	"errors"
	"os"
	"syscall"
)

func isOurs(info os.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Getuid()
}

func isRefused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }

// isBacklog tells that somebody listens but does not look who comes.
func isBacklog(err error) bool { return errors.Is(err, syscall.EAGAIN) }
