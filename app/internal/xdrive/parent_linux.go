package xdrive

import (
	"os/exec"
	"syscall"
)

// dieWithParent lets cmd be killed when this process dies by whatever cause,
// such as the panic of a test that ran too long.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
