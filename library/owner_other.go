//go:build !unix

package library

import (
	"io/fs"

	"longhand/library/disk"
)

func keepOwner(disk.File, fs.FileInfo) {}
