package compiled

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
)

type inner struct {
	Label string
	URL   template.URL
	Count int
	Deep  *inner
}

func (inner) Method() string { return "m" }

type outer struct {
	Title, Plain string
	Body         template.HTML
	Data         template.JS
	Style        template.CSS
	Link         template.URL
	On           bool
	N            int
	One          *inner
	Two          inner
	All          []inner
	Pages        []template.HTML
	Any          any
}

func example(text string) *outer {
	return &outer{
		Title: text, Plain: "x" + text, Body: template.HTML("<b>" + text + "</b>"), Data: template.JS(`{"a":1}`), Style: "p{color:red}", Link: template.URL("a/" + text), On: true, N: 2,
		One: &inner{text, template.URL(text), 3, &inner{Label: "deep"}}, Two: inner{Label: text},
		All: []inner{{text, "u?a=b&c=+%41%zz", 1, nil}, {"second", "javascript:x", 0, &inner{}}}, Pages: []template.HTML{"<i>", "</i>"}, Any: 1,
	}
}

const everything = `<!doctype html><title>{{.Title}}</title><style>{{.Style}}</style><script type="application/ld+json">{{.Data}}</script>
{{/* a comment */}}{{$many := gt (len .All) 1}}{{$t := .Title}}<p class="{{.Plain}}" id="{{.N}}">{{.N}} {{.Body}} {{.Plain}} {{.Link}}</p>
<a href="{{.Link}}" title="{{.Link}}">{{.Title}}</a><a href="{{.Title}}">s</a><a href="#{{.Plain}}">f</a><a href="{{.Plain}}?{{.Title}}">q</a>
{{with .One}}<a href="{{.URL}}">{{.Label}}{{with .Deep}}{{.Label}}{{else}}none{{end}}</a>{{end}}{{.Two.Label}}{{.One.Deep.Label}}
{{range .All}}<li>{{.Label}} {{$t}} {{$.N}}{{if .Deep}} deep{{end}}{{if .Count}} {{.Count}}{{end}}<a href="{{.URL}}">u</a></li>{{else}}empty{{end}}
{{range $i, $x := .All}}{{if $i}}, {{end}}{{$x.Label}}{{end}}{{range .Pages}}{{.}}{{end}}
{{if and .On (or (not .One) (index .All 1).URL)}}yes{{else if eq .N 3}}three{{end}}{{if eq .Title "t"}}t{{end}}{{or .Plain "und"}}{{if $many}}many{{end}}
{{template "part" .One}}{{template "part" .Two}}{{define "part"}}[{{.Label}} {{.Count}}]{{end}}`

func parsed(t testing.TB, source string) *template.Template {
	t.Helper()
	made, err := template.New("t").Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// same holds a compiled template to what html/template makes.
func same(t testing.TB, made *Template, slow *template.Template, data any) {
	t.Helper()
	var got, want bytes.Buffer
	err, wanted := made.Execute(&got, data), slow.Execute(&want, data)
	if (err == nil) != (wanted == nil) || err == nil && got.String() != want.String() {
		t.Errorf("is\n%s %v\nnot\n%s %v", got.String(), err, want.String(), wanted)
	}
	if err != nil && got.Len() > 0 {
		t.Errorf("%q is written with an error", got.String())
	}
}

func TestAsHTMLTemplate(t *testing.T) {
	slow := parsed(t, everything)
	made, err := New(slow, example("t"))
	if err != nil || !made.Compiled() {
		t.Fatalf("is not compiled: %v", err)
	}
	for _, text := range []string{
		"", "t", "a b", `"'<>&+` + "`", "\x00\x7f\xff\n\t", "é 日本 \u2028", "javascript:alert(1)", "HTTP://x", "mailto:a", "a:b/c", "a/b:c", "%41%4", "%", "x%zz", "!#$&*,/:;=?@[]()-._~", "https://example.org/?a=b&amp;c",
	} {
		same(t, made, slow, example(text))
	}
	same(t, made, slow, &outer{One: &inner{Deep: &inner{}}, All: make([]inner, 2)})
}

func TestWhatGoesWrongIsSaidByHTMLTemplate(t *testing.T) {
	slow := parsed(t, everything)
	made, err := New(slow, example("t"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, made, slow, &outer{})              // no One, whose field is asked for
	same(t, made, slow, &outer{One: &inner{}}) // no Deep
	same(t, made, slow, &inner{Label: "x"})    // of another type
	if _, err := New(parsed(t, "{{.Nothing}}"), example("t")); err == nil {
		t.Error("a field that is not there is no error")
	}
}

func TestWhatIsNotKnownIsLeftToHTMLTemplate(t *testing.T) {
	for _, source := range []string{
		"{{.Two.Method}}", "{{printf \"%s\" .Title}}", "{{.Any}}", "<a onclick=\"f({{.Title}})\">", "<p class={{.Title}}>", "<a title=\"{{.Body}}\">", "{{$x := 1}}{{$x = 2}}{{$x}}",
		"{{range .All}}{{break}}{{end}}", "{{with $x := .One}}{{$x.Label}}{{end}}", "{{.Title | html}}", "{{if .Any}}a{{end}}", "{{range 3}}a{{end}}", "{{.On}}", "{{block \"b\" .}}{{.Any}}{{end}}", "<script>var x = {{.N}}</script>", "{{if gt 1.5 1.0}}a{{end}}", "{{.One}}",
	} {
		slow := parsed(t, source)
		made, err := New(slow, example("t"))
		if err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if made.Compiled() {
			t.Errorf("%s is taken to be known", source)
		}
		same(t, made, slow, example("<t>"))
	}
}

func FuzzAsHTMLTemplate(f *testing.F) {
	slow := parsed(f, everything)
	made, err := New(slow, example("t"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add("a<b")
	f.Add(strings.Repeat("%4", 3) + ":/")
	f.Fuzz(func(t *testing.T, text string) { same(t, made, slow, example(text)) })
}
