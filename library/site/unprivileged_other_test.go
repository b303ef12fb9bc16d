//go:build !linux

package site

import (
	"os"
	"testing"
)

// unprivileged makes sure that permissions count.
func unprivileged(t *testing.T) (again bool) {
	t.Helper()
	if os.Getuid() <= 0 {
		t.Skip("permissions do not count for this user or on this system")
	}
	return false
}
