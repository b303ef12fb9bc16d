package versions

import (
	"bytes"
	"os"
	"testing"
	"time"

	"longhand/library/disk"
)

// Whatever a list holds, reading it ends, in memory bounded by its size; what is kept
// after that can be had.
func FuzzList(f *testing.F) {
	v := versionLine(Version{At: now, Sum: Sum([]byte("x")), Size: 1, Words: 1, Why: Saved})
	head := headerLine("/a.md")
	f.Add([]byte{})
	f.Add(bytes.Join([][]byte{head, v, v[:20]}, nil))
	f.Add(bytes.Join([][]byte{v, head, []byte("\n\n\x00"), v}, nil))
	f.Add(seal(map[string]any{"versions": 1, "raw": []byte("/\xff"), "at": "yesterday"}))
	f.Add([]byte("00000000 {\"versions\":2,\n"))
	s, err := Open(disk.OS{}, f.TempDir(), Options{})
	if err != nil {
		f.Fatal(err)
	}
	path := s.list("/a.md")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		l := parse(path, data)
		before := l.versions()
		for _, v := range before {
			if !validSum(v.Sum) {
				t.Fatalf("sum %q", v.Sum)
			}
		}
		kept, err := s.Keep("/a.md", State{Data: []byte("mine"), At: now, Why: Ours})
		if err != nil {
			if !newer(data[:min(len(data), 24)]) {
				t.Fatal(err)
			}
			return
		}
		after, _ := s.List("/a.md")
		if kept && (len(after) != len(before)+1 || after[0].Why != Ours) {
			t.Fatalf("%d versions, then %d", len(before), len(after))
		}
		_ = s.Thin(t.Context(), now.Add(365*24*time.Hour))
		if again, _ := s.List("/a.md"); len(again) == 0 {
			t.Fatal("the last version is thinned away")
		}
	})
}

// Whatever an object holds, reading it gives the text of that sum or an error.
func FuzzObject(f *testing.F) {
	s, err := Open(disk.OS{}, f.TempDir(), Options{})
	if err != nil {
		f.Fatal(err)
	}
	v := Version{Sum: Sum([]byte("the text"))}
	if err := s.store(v.Sum, []byte("the text")); err != nil {
		f.Fatal(err)
	}
	whole, err := os.ReadFile(s.object(v.Sum))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)-3])
	f.Add(append(bytes.Clone(whole), whole...))
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(s.object(v.Sum), data, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Read(v); err == nil && string(got) != "the text" {
			t.Fatalf("read %q", got)
		}
	})
}
