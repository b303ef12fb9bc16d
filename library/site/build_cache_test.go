package site

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"longhand/library/site/target"
)

// filled sets everything in a value that is exported to something, each to another.
func filled(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.Repeat("ø", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n) << 20 * int64(1-*n%2*2))
	case reflect.Uint8:
		v.SetUint(uint64(*n % 256))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		fallthrough
	case reflect.Array:
		for i := range v.Len() {
			filled(t, v.Index(i), n)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2000+*n, 3, 4, 5, 6, 7, *n, time.FixedZone("", 5400))))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				filled(t, v.Field(i), n)
			}
		}
	default:
		t.Fatalf("%s: a cache holds none", v.Type())
	}
}

func aCache(t *testing.T) ([]*source, map[string]made) {
	t.Helper()
	full, n := &source{}, 0
	filled(t, reflect.ValueOf(full).Elem(), &n)
	lists := map[string]made{"index.html": {target.SumOf([]byte("a")), target.SumOf([]byte("b"))}, "feed.xml": {}}
	return []*source{full, {Path: "empty.md"}}, lists
}

// What a source gains later is kept as well, or this test fails.
func TestCacheKeepsEverything(t *testing.T) {
	sources, lists := aCache(t)
	data := encodeCache(nil, append(sources, nil), lists)
	found, foundLists, ok := decodeCache(string(data))
	if !ok || len(found) != len(sources) {
		t.Fatalf("%v, %d sources", ok, len(found))
	}
	for i := range found {
		got, want := &found[i], sources[i]
		for j, moment := range []*time.Time{&got.Date, &got.Updated} {
			of := []time.Time{want.Date, want.Updated}[j]
			if moment.Format(time.RFC3339Nano) != of.Format(time.RFC3339Nano) {
				t.Errorf("%v, not %v", moment, of)
			}
			*moment = of
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v\nnot %+v", got, want)
		}
	}
	if !reflect.DeepEqual(foundLists, lists) {
		t.Errorf("%v, not %v", foundLists, lists)
	}
}

func TestLeast(t *testing.T) {
	var epoch source
	epoch.Date, epoch.Updated = time.Unix(0, 0).UTC(), time.Unix(0, 0).UTC()
	none := len(encodeCache(nil, nil, nil))
	if n := len(encodeCache(nil, []*source{&epoch}, nil)) - none; n < leastSource {
		t.Errorf("a source takes but %d bytes", n)
	}
	if n := len(encodeCache(nil, nil, map[string]made{"": {}})) - none; n < leastList {
		t.Errorf("a list takes but %d bytes", n)
	}
}

func FuzzDecodeCache(f *testing.F) {
	t := &testing.T{}
	sources, lists := aCache(t)
	whole := encodeCache(nil, sources, lists)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte{0, 0})
	f.Add(binary.AppendVarint(nil, -1))
	f.Add(binary.AppendVarint(nil, 1<<62))
	f.Fuzz(func(t *testing.T, data []byte) {
		sources, lists, ok := decodeCache(string(data))
		if !ok {
			return
		}
		var all []*source
		for i := range sources {
			all = append(all, &sources[i])
		}
		again := encodeCache(nil, all, lists)
		found, _, ok := decodeCache(string(again))
		if !ok || len(found) != len(sources) {
			t.Fatalf("%q cannot be read again", data)
		}
		all = all[:0]
		for i := range found {
			all = append(all, &found[i])
		}
		if !bytes.Equal(encodeCache(nil, all, lists), again) {
			t.Errorf("%q is not the same when read again", data)
		}
	})
}

// cacheFile is the only one there.
func (f *fixture) cacheFile() string {
	f.t.Helper()
	names, err := filepath.Glob(filepath.Join(f.o.Cache, "site", "*"))
	if err != nil || len(names) != 1 {
		f.t.Fatal(names, err)
	}
	return names[0]
}

func TestCacheOfNoUse(t *testing.T) {
	f := newFixture(t, map[string]string{"a.md": "---\ntitle: A\ndate: 2026-10-01\n---\n\nOne.\n", "b.md": "---\ntitle: B\n---\n\nSee [a](a.md).\n"})
	f.build()
	file := f.cacheFile()
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if r := f.build(); r.Rendered != 0 {
		t.Fatalf("the cache as it was written: %d made", r.Rendered)
	}
	// resealed has the checksum of what it holds, so that only the decoder can find fault.
	resealed := func(data []byte) []byte {
		data = bytes.Clone(data)
		binary.LittleEndian.PutUint32(data[len(cacheVersion):], crc32.Checksum(data[cacheHead:], castagnoli))
		return data
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 4
	for what, data := range map[string][]byte{
		"empty": {}, "only a version": []byte(cacheVersion), "only a head": whole[:cacheHead], "cut": whole[:len(whole)-1], "one bit": flipped,
		"of another version": append([]byte("longhand site cache 4\n"), whole[len(cacheVersion):]...),
		"cut and sealed":     resealed(whole[:len(whole)-40]), "longer and sealed": resealed(append(bytes.Clone(whole), 0)),
		"noise": bytes.Repeat([]byte{0xff}, 1000),
	} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := f.build(); r.Rendered != 2 || r.Written != 0 || len(r.Problems) > 0 {
			t.Errorf("%s: %d made, %d written, %v", what, r.Rendered, r.Written, r.Problems)
		}
		if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, whole) {
			t.Errorf("%s: there is no cache for the next build: %v", what, err)
		}
	}
}

func TestCacheIsWrittenWhereItTellsMore(t *testing.T) {
	f := newFixture(t, map[string]string{"a.md": "One.\n"})
	f.build()
	before, err := os.Stat(f.cacheFile())
	if err != nil {
		t.Fatal(err)
	}
	f.build()
	if after, err := os.Stat(f.cacheFile()); err != nil || !os.SameFile(before, after) {
		t.Errorf("the same cache was written again: %v", err)
	}
	f.write("a.md", "Another.\n")
	f.build()
	if after, err := os.Stat(f.cacheFile()); err != nil || os.SameFile(before, after) {
		t.Errorf("a changed article is not kept: %v", err)
	}
	if r := f.build(); r.Rendered != 0 {
		t.Errorf("%d made with nothing changed", r.Rendered)
	}
}
