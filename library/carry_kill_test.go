package library

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A process that is killed while it carries loses nothing, whenever that is: the next
// start finds all in its old place, or in the new one.
func TestCarryKilled(t *testing.T) {
	if from := os.Getenv("LONGHAND_TEST_CARRY"); from != "" {
		fmt.Println("begun")
		if left, err := Carry(t.Context(), from, os.Getenv("LONGHAND_TEST_CARRY_TO")); left != nil || err != nil {
			t.Fatal(left, err)
		}
		return
	}
	if testing.Short() {
		t.Skip("starts many processes")
	}
	want := map[string]string{}
	for i := range 60 {
		want[fmt.Sprintf("%d/%d.md", i%4, i)] = strings.Repeat(fmt.Sprintln("text", i), 1000)
	}
	took := time.Second
	ended, undone := 0, 0
	for range 16 {
		dir := t.TempDir()
		lib, err := Init(filepath.Join(dir, "lib"), nil)
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range want {
			write(t, lib.File("slug/"+name), s)
		}
		to := filepath.Join(dir, "trash", "slug")
		if err := os.Mkdir(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestCarryKilled$")
		cmd.Env = append(os.Environ(), "LONGHAND_TEST_CARRY="+lib.File("slug"), "LONGHAND_TEST_CARRY_TO="+to)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		timer := time.AfterFunc(rand.N(took), func() { _ = cmd.Process.Kill() })
		if cmd.Wait() == nil {
			took = min(took, time.Since(begun)) // how long it takes when it is let
		}
		timer.Stop()
		lib.Sweep(scanned(t, lib))
		files := contents(t, lib.Dir())
		if len(files) == 0 {
			ended++
			sameFiles(t, "in the new place", to, want)
			continue
		}
		undone++
		old := map[string]string{}
		for name, s := range want {
			old["slug/"+name] = s
		}
		if !maps.Equal(files, old) {
			t.Errorf("%d files are left in the old place, want %d", len(files), len(old))
		}
	}
	t.Logf("%d ended, %d undone", ended, undone)
}
