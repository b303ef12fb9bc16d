//go:build linux || freebsd || openbsd || netbsd || dragonfly

package app

import (
	"bufio"
	"os/exec"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// manager is a file manager that only writes down what it is asked to show.
type manager struct{ shown chan []string }

// ShowItems is the method of org.freedesktop.FileManager1.
func (m manager) ShowItems(uris []string, _ string) *dbus.Error {
	m.shown <- uris
	return nil
}

// bus starts a session bus for this test alone.
func bus(t *testing.T) *dbus.Conn {
	t.Helper()
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Skip("no session bus: ", err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func TestShowInFileManager(t *testing.T) {
	f, d, _ := atDesk(t, map[string]string{"río #1%.md": "# River\n"})
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	f.revealOpen()
	if said := f.status.said().text; !strings.Contains(said, "No article is open") {
		t.Errorf("with nothing open it says %q", said)
	}
	f.choose("río #1%.md")

	// Without a file manager that can, the folder is shown.
	f.revealOpen()
	f.until("the folder", func() bool { return len(d.opened) == 1 })
	if got := d.opened[0].Path; got != f.lib.Dir() {
		t.Errorf("%s is shown", got)
	}
	conn := bus(t)
	f.revealOpen() // a bus without a file manager
	f.until("the folder again", func() bool { return len(d.opened) == 2 })

	m := manager{make(chan []string, 1)}
	if err := conn.Export(m, "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1"); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName("org.freedesktop.FileManager1", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	f.revealOpen()
	got := <-m.shown
	f.drain()
	if len(got) != 1 || !strings.HasSuffix(got[0], "/library/r%C3%ADo%20%231%25.md") || !strings.HasPrefix(got[0], "file:///") {
		t.Errorf("shown is %q", got)
	}
	if len(d.opened) != 2 {
		t.Error("the folder is shown as well")
	}
}
