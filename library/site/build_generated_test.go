package site

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/library"
)

// generated writes a library of n articles of 5 to 6 KB each, recombined from the
// texts of real articles, with tags and authors. The same n gives the same.
func generated(tb testing.TB, dir string, n int) {
	tb.Helper()
	blocks := realBlocks(tb)
	r := rand.New(rand.NewPCG(1, 2))
	var tags, authors []string
	for i := range 120 {
		tags = append(tags, fmt.Sprintf("topic %d", i))
	}
	for i := range 20 {
		id := fmt.Sprintf("author-%d", i)
		authors = append(authors, id)
		write2(tb, filepath.Join(dir, "authors", id+".md"), fmt.Sprintf("---\nname: Author Number %d\n---\nWrites *often*.\n", i))
	}
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		var b strings.Builder
		by := authors[r.IntN(20)]
		if i%7 == 0 {
			by += ", " + authors[r.IntN(20)]
		}
		fmt.Fprintf(&b, "---\ntitle: The article with number %d\ndate: %s\ntags: [%s, %s, %s]\nauthors: [%s]\n---\n\n",
			i, day.Format(time.DateOnly), tags[r.IntN(120)], tags[r.IntN(120)], tags[r.IntN(30)], by)
		if i%3 == 0 && i > 10 {
			fmt.Fprintf(&b, "See [another](article-%05d.md).\n\n", i-7)
		}
		for at := r.IntN(len(blocks)); b.Len() < 5<<10; at = (at + 1) % len(blocks) {
			if b.Len()+len(blocks[at]) < 6<<10 {
				b.WriteString(blocks[at] + "\n\n")
			}
		}
		write2(tb, filepath.Join(dir, fmt.Sprintf("article-%05d.md", i)), b.String())
		day = day.Add(-13 * time.Hour)
	}
	// As if it had been written some time ago.
	old := time.Now().Add(-time.Hour)
	entries, err := os.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		if err := os.Chtimes(filepath.Join(dir, e.Name()), old, old); err != nil {
			tb.Fatal(err)
		}
	}
}

func write2(tb testing.TB, file, data string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// realBlocks are the paragraphs, lists and code of real articles; a code block
// with blank lines stays whole.
func realBlocks(tb testing.TB) []string {
	tb.Helper()
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		tb.Skip("LONGHAND_DATA names no collection of articles")
	}
	var blocks []string
	for _, name := range []string{"rust-blog", "optech"} {
		lib, err := library.Open(filepath.Join(data, "library", name))
		if err != nil {
			tb.Skip(err)
		}
		articles, _, err := lib.Load(tb.Context())
		if err != nil {
			tb.Fatal(err)
		}
		for _, a := range articles {
			block, fenced := "", false
			for part := range strings.SplitSeq(a.Body, "\n\n") {
				// What Hugo would take for its own would stop it.
				part = strings.ReplaceAll(strings.ReplaceAll(part, "{{", "{ {"), "{%", "{ %")
				if strings.Count(part, "```")%2 == 1 {
					fenced = !fenced
				}
				if block += part; fenced {
					block += "\n\n"
					continue
				}
				if len(block) < 3<<10 && strings.Count(block, "```")%2 == 0 && strings.TrimSpace(block) != "" {
					blocks = append(blocks, block)
				}
				block = ""
			}
		}
	}
	if len(blocks) == 0 {
		tb.Skip("there are no articles in LONGHAND_DATA")
	}
	return blocks
}
