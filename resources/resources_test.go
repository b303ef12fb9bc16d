package resources

import (
	"io/fs"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// TestLicencesNameEveryModule keeps the About box whole.
func TestLicencesNameEveryModule(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-tags", "migrated_fynedo", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "..")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	text := Licences()
	for module := range strings.FieldsSeq(string(out)) {
		if !strings.Contains(text, module+", ") {
			t.Errorf("licences.txt does not name %s", module)
		}
	}
}

func TestWelcomeIsDated(t *testing.T) {
	files := Welcome(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	if !strings.Contains(string(files["welcome.md"]), "\ndate: 2026-11-22\n") {
		t.Error("the welcome article has no date")
	}
	if len(files["authors/you.md"]) == 0 {
		t.Error("there is no author")
	}
}

func TestDefaultThemeIsBuiltIn(t *testing.T) {
	for _, name := range []string{"page.html", "style.css"} {
		if _, err := fs.Stat(Theme(DefaultTheme), name); err != nil {
			t.Error(err)
		}
	}
}
