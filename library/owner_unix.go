//go:build unix

package library

import (
	"io/fs"
	"os"
	"syscall"

	"longhand/library/disk"
)

// keepOwner gives the file the owner of the old one where that is allowed, so
// that editing as root does not take a file from its user.
func keepOwner(f disk.File, old fs.FileInfo) {
	if st, ok := old.Sys().(*syscall.Stat_t); ok && (int(st.Uid) != os.Geteuid() || int(st.Gid) != os.Getegid()) {
		_ = f.Chown(int(st.Uid), int(st.Gid))
	}
}
