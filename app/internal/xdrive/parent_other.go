//go:build !linux

package xdrive

import "os/exec"

// dieWithParent does nothing here: Xvfb's -terminate has to do.
func dieWithParent(*exec.Cmd) {}
