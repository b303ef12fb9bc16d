package target

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A manifest that says all that is so is left; one that does not is replaced.
func TestManifestIsWrittenWhereItTellsMore(t *testing.T) {
	dir := t.TempDir()
	manifest := filepath.Join(dir, manifestFile)
	build := func(names ...string) os.FileInfo {
		t.Helper()
		f := open(t, dir)
		for _, name := range names {
			data := strings.TrimRight(name, "0123456789")
			if !f.Keep(name, SumOf([]byte(data))) {
				put(t, f, name, data)
			}
		}
		if _, problems := finish(t, f); len(problems) > 0 {
			t.Error(problems)
		}
		info, err := os.Stat(manifest)
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	first := build("b", "a1", "line\n2")
	if !os.SameFile(first, build("line\n2", "b", "a1")) {
		t.Error("the same manifest was written again")
	}
	whole := content(t, manifest)
	if os.SameFile(first, build("b", "c", "a1", "line\n2")) {
		t.Error("a new file is not in the manifest")
	}
	if build("a1", "b", "line\n2"); content(t, manifest) != whole {
		t.Errorf("the manifest is not as it was:\n%s\n%s", whole, content(t, manifest))
	}
	write(t, manifest, whole+"# something else\n")
	if build("b", "a1", "line\n2"); content(t, manifest) != whole {
		t.Errorf("a damaged manifest is not mended:\n%s", content(t, manifest))
	}
}

// Whatever stands in a manifest, reading it does not fail, and what is whole counts.
func TestManifestOfAnotherHand(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	put(t, f, "a.html", "one")
	finish(t, f)
	manifest := filepath.Join(dir, manifestFile)
	whole := content(t, manifest)
	other := strings.Replace(whole[len(manifestHead):], SumOf([]byte("one")).String(), SumOf([]byte("two")).String(), 1)
	for _, damage := range []string{
		strings.Repeat("ab", 32) + " 1 2 a.html\n", "ab 1 2 a.html\n", " \n   \n", "a\n", SumOf(nil).String() + "\n",
		SumOf(nil).String() + " 1\n", SumOf(nil).String() + " 1 2\n", SumOf(nil).String() + " x 2 a.html\n", SumOf(nil).String() + " 1 2 \"a\n",
		other, other + other,
	} {
		write(t, manifest, damage+whole)
		f := open(t, dir)
		if !f.Keep("a.html", SumOf([]byte("one"))) {
			t.Errorf("%q: a file that is listed after it is not known", damage)
		}
		finish(t, f)
		if got := content(t, manifest); got != whole {
			t.Errorf("%q stays: %s", damage, got)
		}
	}
}

func FuzzParseLine(f *testing.F) {
	f.Add(SumOf(nil).String() + " 12 -3 a/b.html\n")
	f.Add(SumOf(nil).String() + " 12 3 \"a\\nb\"\n")
	f.Add(strings.Repeat("0", 64) + " 1 2 a\n")
	f.Fuzz(func(t *testing.T, line string) {
		name, e, ok := parseLine(line)
		if ok && !isName(name) {
			t.Errorf("%q is no name, in %q", name, line)
		}
		if !ok {
			return
		}
		if name2, e2, ok := parseLine(string(e.appendLine(nil, name))); !ok || name2 != name || e2 != e {
			t.Errorf("%q is read again as %q, %v", line, name2, e2)
		}
	})
}
