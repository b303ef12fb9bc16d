package search

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"
)

// damage ruins some bytes of the index.
func damage(r *rand.Rand, data []byte) []byte {
	data = bytes.Clone(data)
	switch r.IntN(4) {
	case 0:
		return data[:r.IntN(len(data))]
	case 1:
		at := r.IntN(len(data))
		for i := at; i < min(len(data), at+4096); i++ {
			data[i] = byte(r.Uint32())
		}
	case 2:
		page := r.IntN(len(data)/4096) * 4096
		clear(data[page : page+4096])
	default:
		for range 20 {
			data[r.IntN(len(data))] ^= byte(1 + r.IntN(255))
		}
	}
	return data
}

// use does with an index what the window does, and mends it when it says so.
func (f disk) use(t *testing.T, cache string) {
	t.Helper()
	x := f.open(t, cache)
	e := f["3.md"]
	e.ModTime = e.ModTime.Add(time.Minute)
	f["3.md"] = e
	for range 3 {
		if err := x.Sync(t.Context(), f.files(), f.load, nil); err != nil {
			t.Fatal(err)
		}
		var err error
		for _, q := range []string{"article", "number7", `"article number9"`, "a", "-article", "tag:x", "number1 -zzz"} {
			if _, err = x.Search(t.Context(), q, 20); err != nil {
				break
			}
		}
		if err == nil {
			x.Close()
			return
		}
		if !errors.Is(err, ErrRebuilt) {
			t.Fatal(err)
		}
	}
	t.Fatal("the index does not get well")
}

func TestDamagedFile(t *testing.T) {
	f, cache := newDisk(150), t.TempDir()
	x := f.open(t, cache)
	f.sync(t, x)
	x.Close()
	file := indexFile(cache, "/library")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(13, 14))
	bad := [][]byte{nil, []byte("not a database at all, but some text that is longer than a header would be"), bytes.Replace(whole, []byte("CREATE"), []byte("CREATX"), 1)}
	for range 40 {
		bad = append(bad, damage(r, whole))
	}
	for _, data := range bad {
		removeStore(file)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		f.use(t, cache)
	}
}

func FuzzDamagedFile(f *testing.F) {
	lib, cache := newDisk(40), f.TempDir()
	x := lib.open(f, cache)
	lib.sync(f, x)
	x.Close()
	whole, err := os.ReadFile(indexFile(cache, "/library"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte{1, 2, 3})
	f.Add(uint32(100), []byte("\x00\x00\x00\x00"))
	f.Add(uint32(len(whole)-50), bytes.Repeat([]byte{0xff}, 50))
	f.Fuzz(func(t *testing.T, at uint32, bad []byte) {
		data := bytes.Clone(whole)
		copy(data[int(at)%len(data):], bad)
		cache := t.TempDir()
		if err := os.WriteFile(indexFile(cache, "/library"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		newDisk(40).use(t, cache)
	})
}

func FuzzRecord(f *testing.F) {
	x := New(Entry{Path: "a", Title: "A title", Tags: []string{"t"}, Body: "text 漢字"})
	f.Add(x.state.whole().encode())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		// With a right sum, as damage seldom has it.
		r, err := decode((&writer{out: data, texts: data}).summed())
		if err == nil {
			_ = newState().apply(r)
		}
	})
}

func TestOtherVersionIsMadeAgain(t *testing.T) {
	f, cache := newDisk(20), t.TempDir()
	x := f.open(t, cache)
	f.sync(t, x)
	if _, err := x.store.db.Exec("PRAGMA user_version=99"); err != nil {
		t.Fatal(err)
	}
	x.Close()
	x = f.open(t, cache)
	if x.Len() != 0 {
		t.Error("another version was read")
	}
	f.sync(t, x)
	f.sound(t, x)
}

func TestMissingTableIsMadeAgain(t *testing.T) {
	for _, table := range []string{"fts", "own", "log"} {
		f, cache := newDisk(20), t.TempDir()
		x := f.open(t, cache)
		f.sync(t, x)
		if _, err := x.store.db.Exec("DROP TABLE " + table); err != nil {
			t.Fatal(err)
		}
		x.Close()
		x = f.open(t, cache)
		f.sync(t, x)
		f.sound(t, x)
	}
}

// TestKilledWhileIndexing runs itself as another process and kills it.
func TestKilledWhileIndexing(t *testing.T) {
	f := newDisk(4000)
	if cache := os.Getenv("LONGHAND_TEST_KILL"); cache != "" {
		f.sync(t, f.open(t, cache))
		fmt.Println("done")
		return
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	r := rand.New(rand.NewPCG(15, 16))
	cache, killed := t.TempDir(), 0
	for round := range 6 {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestKilledWhileIndexing$")
		cmd.Env = append(os.Environ(), "LONGHAND_TEST_KILL="+cache)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(50+r.IntN(500)) * time.Millisecond)
		if cmd.Process.Kill() == nil && cmd.Wait() != nil {
			killed++
		}
		x := f.open(t, cache)
		var verdict string
		if err := x.store.db.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
			t.Fatalf("round %d: %q, %v", round, verdict, err)
		}
		if _, err := x.store.db.Exec("INSERT INTO fts(fts) VALUES('integrity-check')"); err != nil {
			t.Fatal(err)
		}
		x.Close()
	}
	if killed == 0 {
		t.Error("none was killed in the middle")
	}
	x := f.open(t, cache)
	f.sync(t, x)
	f.sound(t, x)
}
