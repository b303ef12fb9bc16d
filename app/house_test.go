package app_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// room is what a package may know of the others in the house.
type room struct {
	pure    bool // reaches neither the window's toolkit nor the user's folders
	planned bool // need not be there yet
	knows   []string
}

// house is the plan: each package with all it may import of this module. A new
// package is added here on purpose, on the floor where it belongs.
var house = map[string]room{
	"": {knows: []string{"app", "app/cli", "resources"}},

	"app": {knows: []string{
		"app/internal/quiet", "app/internal/xim", "app/look", "app/selection", "editor", "editor/edits", "editor/find", "editor/html", "editor/markdown", "editor/pane", "editor/preview", "editor/preview/column", "editor/preview/pictures", "editor/text", "editor/typeset",
		"library", "library/disk", "library/imports", "library/journal", "library/links", "library/lock", "library/manage", "library/merge", "library/search", "library/site", "library/site/sketch", "library/trash", "library/versions", "library/watch", "resources",
		"app/crash", "app/instance",
	}},
	"app/cli": {pure: true, knows: []string{
		"editor/html", "editor/markdown", "library", "library/check", "library/disk", "library/imports", "library/journal", "library/search", "library/site",
	}},
	"app/crash":           {pure: true, knows: []string{"library/disk"}},
	"app/instance":        {pure: true, knows: []string{"library/disk"}},
	"app/look":            {knows: []string{"editor", "editor/preview", "editor/preview/column", "editor/typeset", "resources"}},
	"app/selection":       {pure: true},
	"app/internal/quiet":  {pure: true},
	"app/internal/shots":  {pure: true, knows: []string{"app/internal/xdrive", "app/selection", "library/lock"}},
	"app/internal/xdrive": {pure: true},
	"app/internal/xim":    {pure: true},

	"editor":               {knows: []string{"editor/edits", "editor/find", "editor/layout", "editor/markdown", "editor/pane", "editor/text", "editor/typeset"}},
	"editor/edits":         {pure: true, knows: []string{"editor/markdown", "editor/text"}},
	"editor/find":          {pure: true, knows: []string{"editor/text"}},
	"editor/layout":        {pure: true, knows: []string{"editor/markdown", "editor/text", "editor/typeset"}},
	"editor/html":          {pure: true, knows: []string{"editor/html/compiled", "editor/markdown"}},
	"editor/html/compiled": {pure: true},
	"editor/markdown":      {pure: true, knows: []string{"editor/text"}},
	"editor/pane":          {},
	"editor/preview": {knows: []string{
		"editor/html", "editor/markdown", "editor/pane", "editor/preview/column", "editor/preview/content", "editor/preview/pictures", "editor/typeset",
	}},
	"editor/preview/column":   {pure: true, knows: []string{"editor/markdown", "editor/preview/content", "editor/text", "editor/typeset"}},
	"editor/preview/content":  {pure: true, knows: []string{"editor/html", "editor/markdown", "editor/text"}},
	"editor/preview/pictures": {pure: true, knows: []string{"editor/html"}},
	"editor/text":             {pure: true},
	"editor/typeset":          {pure: true, knows: []string{"editor/text", "editor/typeset/bidi"}},
	"editor/typeset/bidi":     {pure: true},

	"library":              {pure: true, knows: []string{"editor/markdown", "editor/text", "library/disk"}},
	"library/check":        {pure: true, knows: []string{"editor/html", "editor/markdown", "editor/text", "library", "library/links", "library/site"}},
	"library/imports":      {pure: true, planned: true, knows: []string{"editor/html", "editor/markdown", "editor/text", "library"}},
	"library/links":        {pure: true, knows: []string{"editor/markdown", "editor/text", "library"}},
	"library/manage":       {pure: true, knows: []string{"editor/html", "editor/text", "library", "library/links"}},
	"library/trash":        {pure: true, knows: []string{"library"}},
	"library/disk":         {pure: true},
	"library/disk/faulty":  {pure: true, knows: []string{"library/disk"}},
	"library/disk/mounted": {pure: true},
	"library/journal":      {pure: true, knows: []string{"editor/text", "library", "library/disk"}},
	"library/lock":         {pure: true, knows: []string{"library", "library/disk"}},
	"library/merge":        {pure: true, knows: []string{"editor/text"}},
	"library/versions":     {pure: true, knows: []string{"editor/text", "library", "library/disk", "library/merge"}},
	"library/sample":       {pure: true, knows: []string{"library"}},
	"library/search":       {pure: true, knows: []string{"editor/markdown", "editor/text", "library", "library/terms"}},
	"library/site":         {pure: true, knows: []string{"editor/html", "editor/html/compiled", "editor/markdown", "editor/text", "library", "library/links", "library/site/target", "library/terms"}},
	"library/terms":        {pure: true},
	"library/watch":        {pure: true, knows: []string{"library"}},

	"library/site/target": {pure: true, knows: []string{"library", "library/disk"}},
	"library/site/sketch": {pure: true},

	"resources": {pure: true},
}

// topLevel are the entries of the repository besides those with a dot.
var topLevel = []string{
	"main.go", "app", "editor", "library", "resources",
	"FyneApp.toml", "go.mod", "go.sum", "README.md", "Makefile", "LICENSE", "CHANGELOG.md",
	"build", // what make leaves; never committed
}

const (
	module = "longhand"
	tags   = "migrated_fynedo"
	xdg    = "github.com/adrg/xdg"
)

// impure is what a pure package reaches by no path.
var impure = []string{"fyne.io", "github.com/go-gl", xdg}

// listed is a package as go list tells of it.
type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
	Deps                               []string
}

// packages lists all packages of the module.
func packages(t *testing.T) map[string]listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags", tags, "-json=ImportPath,Imports,TestImports,XTestImports,Deps", module+"/...")
	cmd.Dir = ".."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	found := map[string]listed{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		found[floor(p.ImportPath)] = p
	}
}

// floor is the name of a package in the plan.
func floor(importPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(importPath, module), "/")
}

func ours(importPath string) bool {
	return importPath == module || strings.HasPrefix(importPath, module+"/")
}

func isImpure(importPath string) bool {
	return slices.ContainsFunc(impure, func(p string) bool { return importPath == p || strings.HasPrefix(importPath, p+"/") })
}

func TestHouse(t *testing.T) {
	found := packages(t)
	for name := range house {
		if _, ok := found[name]; !ok && !house[name].planned {
			t.Errorf("package %q is in the plan but not in the house", name)
		}
	}
	for name, p := range found {
		plan, ok := house[name]
		if !ok {
			t.Errorf("package %q has no place in the plan: add it to the table above", name)
			continue
		}
		for _, other := range p.Imports {
			switch {
			case other == module:
				t.Errorf("%q imports main", name)
			case ours(other) && !slices.Contains(plan.knows, floor(other)):
				t.Errorf("%q imports %q, of which it should not know", name, floor(other))
			case other == xdg && name != "":
				t.Errorf("%q imports %s: only main knows the user's folders", name, xdg)
			}
		}
		if !plan.pure {
			continue
		}
		for _, dep := range p.Deps {
			if isImpure(dep) {
				t.Errorf("%q is pure but reaches %s", name, dep)
			}
		}
		for _, other := range slices.Concat(p.TestImports, p.XTestImports) {
			if isImpure(other) || ours(other) && !pureFloor(floor(other)) {
				t.Errorf("%q is pure but its tests import %s", name, other)
			}
		}
	}
}

func pureFloor(name string) bool { return house[name].pure }

// The plan itself must flow one way.
func TestPlan(t *testing.T) {
	var reaches func(from, to string) bool
	reaches = func(from, to string) bool {
		return slices.ContainsFunc(house[from].knows, func(n string) bool { return n == to || reaches(n, to) })
	}
	for name, plan := range house {
		for _, other := range plan.knows {
			if _, ok := house[other]; !ok {
				t.Errorf("%q may know %q, which is not in the plan", name, other)
			} else if plan.pure && !house[other].pure {
				t.Errorf("%q is pure and may know %q, which is not", name, other)
			} else if reaches(other, name) {
				t.Errorf("%q and %q may know each other", name, other)
			}
			if strings.HasPrefix(other, "app") && name != "" && !strings.HasPrefix(name, "app") {
				t.Errorf("%q may know %q, a floor above", name, other)
			}
			if strings.HasPrefix(other, "library") && strings.HasPrefix(name, "editor") {
				t.Errorf("%q may know %q, a floor above", name, other)
			}
		}
	}
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || slices.Contains(topLevel, name) || ignored(t, name) {
			continue
		}
		t.Errorf("%s lies at the top of the repository, where only %v belong", name, topLevel)
	}
}

// ignored reports whether git takes no notice of a file.
func ignored(t *testing.T, name string) bool {
	t.Helper()
	cmd := exec.Command("git", "check-ignore", "--quiet", filepath.Join("..", name))
	return cmd.Run() == nil
}
