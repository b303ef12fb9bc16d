package markdown

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func specExamples(t testing.TB) []string {
	t.Helper()
	data := os.Getenv("LONGHAND_DATA")
	if data == "" {
		t.Skip("LONGHAND_DATA is not set: the examples of the CommonMark spec are not there")
	}
	raw, err := os.ReadFile(filepath.Join(data, "markdown", "commonmark-spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []struct{ Markdown string }
	if err := json.Unmarshal(raw, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("%d examples", len(examples))
	}
	all := make([]string, len(examples))
	for i, e := range examples {
		all[i] = e.Markdown
	}
	return all
}

func TestRealDataSpecAgrees(t *testing.T) {
	for i, source := range specExamples(t) {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) { checkAgreement(t, []byte(source), true) })
	}
}
