//go:build !unix

package library

import (
	"io/fs"
	"os"
)

func keepOwner(*os.File, fs.FileInfo) {}
