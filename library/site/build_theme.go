package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template/parse"

	"longhand/editor/html"
	"longhand/editor/html/compiled"
	"longhand/library/site/target"
)

// Theme is how a site looks: its articles' pages and its lists. It is not
// changed after LoadTheme and may be used by many goroutines.
type Theme struct {
	Page  *html.Theme
	lists map[string]*compiled.Template // executed with a List, or an Entry
	style []byte
	sum   target.Sum
}

// The templates of lists; layout.html holds what they have in common.
const (
	layoutTemplate  = "layout.html"
	entryTemplate   = "entry.html"   // one post in a list
	listTemplate    = "list.html"    // home, tags, authors: posts with their first words
	archiveTemplate = "archive.html" // titles by year
	termsTemplate   = "terms.html"   // all tags, or all authors
	searchTemplate  = "search.html"
	missingTemplate = "404.html"
	listStyle       = "site.css"
)

var listTemplates = []string{layoutTemplate, entryTemplate, listTemplate, archiveTemplate, termsTemplate, searchTemplate, missingTemplate}

// LoadTheme reads a theme from its folder: what [html.LoadTheme] reads, and
// layout.html, list.html, archive.html, terms.html, search.html and 404.html,
// which are executed with a [List], entry.html with an [Entry], and site.css, which goes before style.css.
// Errors name the file, and the line where there is one.
func LoadTheme(fsys fs.FS) (*Theme, error) {
	page, err := html.LoadTheme(fsys)
	if err != nil {
		return nil, err
	}
	t := &Theme{Page: page, lists: map[string]*compiled.Template{}}
	lists := template.New("").Option("missingkey=error")
	var all bytes.Buffer
	all.Write(page.Stylesheet())
	for _, name := range append([]string{"page.html", listStyle}, listTemplates...) {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("theme: %w", err)
		}
		fmt.Fprintf(&all, "%s %d\n", name, len(data))
		all.Write(data)
		switch name {
		case "page.html":
			continue
		case listStyle:
			style, err := html.Style(listStyle, string(data))
			if err != nil {
				return nil, err
			}
			t.style = slices.Concat([]byte(style), page.Stylesheet())
			continue
		}
		if _, err := lists.New(name).Parse(string(data)); err != nil {
			return nil, themeError(err)
		}
	}
	if err := cycle(lists); err != nil {
		return nil, err
	}
	t.sum = target.SumOf(all.Bytes())
	return t, t.compile(lists)
}

func themeError(err error) error {
	return errors.New("theme: " + strings.TrimPrefix(strings.TrimPrefix(err.Error(), "html/template:"), "template: "))
}

// cycle finds templates that include themselves, which would never end.
func cycle(t *template.Template) error {
	calls := map[string][]*parse.TemplateNode{}
	trees := map[string]*parse.Tree{}
	for _, one := range t.Templates() {
		if one.Tree == nil {
			continue
		}
		trees[one.Name()] = one.Tree
		walk(one.Tree.Root, func(n *parse.TemplateNode) { calls[one.Name()] = append(calls[one.Name()], n) })
	}
	state := map[string]int{} // 1 on the way, 2 done
	var visit func(name string) error
	visit = func(name string) error {
		state[name] = 1
		for _, n := range calls[name] {
			if state[n.Name] == 1 {
				where, _ := trees[name].ErrorContext(n)
				return fmt.Errorf("theme: %s: %q includes itself, directly or through others", where, n.Name)
			}
			if state[n.Name] == 0 {
				if err := visit(n.Name); err != nil {
					return err
				}
			}
		}
		state[name] = 2
		return nil
	}
	names := make([]string, 0, len(trees))
	for name := range trees {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if state[name] == 0 {
			if err := visit(name); err != nil {
				return err
			}
		}
	}
	return nil
}

func walk(n parse.Node, found func(*parse.TemplateNode)) {
	branch := func(b *parse.BranchNode) {
		walk(b.List, found)
		if b.ElseList != nil {
			walk(b.ElseList, found)
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				walk(child, found)
			}
		}
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.TemplateNode:
		found(n)
	}
}

// compile makes a list with everything in it, so that a theme that asks for what is
// not there fails at once.
func (t *Theme) compile(lists *template.Template) error {
	for _, name := range listTemplates[1:] {
		var example any = sample()
		if name == entryTemplate {
			example = Entry{Title: "t", Summary: "s", Minutes: "m", URL: "u", Picture: "p", Lang: "l", Dir: "ltr", Date: &Day{"i", "t"}, Tags: sample().Nav, Authors: sample().Nav}
		}
		var err error
		if t.lists[name], err = compiled.New(lists.Lookup(name), example); err != nil {
			return themeError(err)
		}
	}
	return nil
}

// entry makes a post in a list.
func (t *Theme) entry(e Entry) (template.HTML, error) {
	b := pageBuffers.Get().(*bytes.Buffer)
	defer freePage(b)
	if err := t.lists[entryTemplate].Execute(b, e); err != nil {
		return "", themeError(err)
	}
	return template.HTML(b.String()), nil
}

// list makes a page of a list.
func (t *Theme) list(name string, v *List) ([]byte, error) {
	var b bytes.Buffer
	length := 8 << 10
	for _, e := range v.Entries {
		length += len(e)
	}
	b.Grow(length)
	if err := t.lists[name].Execute(&b, v); err != nil {
		return nil, themeError(err)
	}
	return b.Bytes(), nil
}

// ThemeFiles returns the folder of a theme: that of the name in the user's
// folder of themes, where it is there, else the built-in one. What the user's
// lacks is taken from the built-in one of that name, or from the fallback. An
// unknown name is an error that tells the known ones.
func ThemeFiles(builtin fs.FS, user, name, fallback string) (fs.FS, error) {
	known := folders(builtin)
	var layers overlay
	if user != "" {
		dirs := folders(os.DirFS(user))
		if slices.Contains(dirs, name) {
			layers = append(layers, os.DirFS(filepath.Join(user, name)))
		}
		known = append(known, dirs...)
	}
	if !slices.Contains(known, name) {
		slices.Sort(known)
		return nil, fmt.Errorf("there is no theme %q; there are: %s", name, strings.Join(slices.Compact(known), ", "))
	}
	for _, built := range []string{name, fallback} {
		if slices.Contains(folders(builtin), built) {
			sub, err := fs.Sub(builtin, built)
			if err != nil {
				return nil, err
			}
			layers = append(layers, sub)
		}
	}
	return layers, nil
}

func folders(fsys fs.FS) []string {
	entries, _ := fs.ReadDir(fsys, ".")
	var names []string
	for _, e := range entries {
		if info, err := fs.Stat(fsys, e.Name()); err == nil && info.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// overlay is folders of which the first that has a file gives it.
type overlay []fs.FS

// Open implements fs.FS.
func (o overlay) Open(name string) (fs.File, error) {
	var first error
	for _, fsys := range o {
		f, err := fsys.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return nil, first
}
