package app

import (
	"path/filepath"
	"testing"
)

// The page beside the text trusts the article's HTML as the exported one does.
func TestPreviewTrustsAsThePage(t *testing.T) {
	files := three()
	files["imported.md"] = "---\ntitle: Imported\nimported: ghost\n---\n\n<script>1</script>\n"
	f := start(t, files)
	f.choose("river.md")
	if f.doc.around.frame.Trusted {
		t.Error("trusted without a word")
	}
	write(t, filepath.Join(f.lib.Dir(), "site.toml"), "trust_html = true\n")
	f.reloadAll()
	f.until("the trust", func() bool { return f.doc.around.frame.Trusted })
	f.choose("imported.md")
	if f.doc.around.frame.Trusted {
		t.Error("what is imported is trusted")
	}
}
