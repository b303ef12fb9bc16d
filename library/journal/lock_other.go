//go:build !unix

package journal

import "longhand/library/disk"

// lock does nothing where there are no locks that the end of a process frees.
func lock(disk.File, bool) error { return nil }
