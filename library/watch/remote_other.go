//go:build !linux

package watch

import "runtime"

// able: elsewhere than on Windows each file in a watched folder is held open, of
// which there may be too many.
const able = runtime.GOOS == "windows"

// remote cannot be told here.
func remote(string) bool { return false }
