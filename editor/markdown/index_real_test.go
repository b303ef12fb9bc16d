package markdown

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhand/editor/text"
)

func TestRealDataIndexOfSpecAfterEdits(t *testing.T) {
	all := specExamples(t)
	for i := 0; i+20 <= len(all); i += 20 {
		testEdits(t, strings.Join(all[i:i+20], "\n"), uint64(i), 20, []int{100, 700, maxWork}[i/20%3])
	}
	x, d := finished(t, strings.Join(all, "\n"))
	checkIndex(t, x, d)
}

// TestRealDataArticles takes real articles as long as there is time.
func TestRealDataArticles(t *testing.T) {
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA is not set: there are no real articles to read")
	}
	budget := 20 * time.Second
	if testing.Short() {
		budget = 2 * time.Second
	}
	start, count := time.Now(), 0
	err := filepath.WalkDir(filepath.Join(data, "library"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		if time.Since(start) > budget {
			return fs.SkipAll
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		d, err := text.Decode(source)
		if err != nil {
			return nil
		}
		body := d.String()
		checkAgreement(t, []byte(body[FrontMatterEnd(body):]), false)
		testEdits(t, body, uint64(count), 3, []int{500, 5000, maxWork}[count%3])
		count++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d articles", count)
}
