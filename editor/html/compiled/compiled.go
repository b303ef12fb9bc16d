// Package compiled executes templates of html/template that are executed thousands of
// times with data of one type. It writes the same bytes in a fraction of the time: what
// stands for a field is looked up once, and what escapes it is called directly.
//
// It knows what the templates of pages need: fields of structs, texts, numbers and
// addresses, if, with, range, template, variables, and the functions and, or, not, len,
// index, eq and gt. What a template has besides, and whatever goes wrong, is left
// to html/template.
package compiled

import (
	"bytes"
	"html/template"
	"reflect"
)

// Template is a template for data of one type. Once made it is not changed, and may be
// used by many goroutines.
type Template struct {
	slow *template.Template
	data reflect.Type
	fast *block // nil if html/template has to do it
}

// New compiles a template. The example is of what it will be executed with and should
// hold something of everything: html/template is asked what it makes of it, and its
// errors are returned.
func New(t *template.Template, example any) (*Template, error) {
	var want, got bytes.Buffer
	if err := t.Execute(&want, example); err != nil { // which makes the template safe
		return nil, err
	}
	out := &Template{slow: t, data: reflect.TypeOf(example)}
	c := &compiler{find: t.Lookup, blocks: map[blockKey]*block{}}
	if fast, err := c.block(t.Name(), out.data); err == nil {
		out.fast = fast
		if !out.try(&got, reflect.ValueOf(example)) || !bytes.Equal(got.Bytes(), want.Bytes()) {
			out.fast = nil
		}
	}
	return out, nil
}

// Compiled reports whether the template does without html/template.
func (t *Template) Compiled() bool { return t.fast != nil }

// Execute appends what the template makes of the data. Errors are those of
// html/template; nothing has been written then.
func (t *Template) Execute(b *bytes.Buffer, data any) error {
	begin := b.Len()
	if t.fast != nil && reflect.TypeOf(data) == t.data && t.try(b, reflect.ValueOf(data)) {
		return nil
	}
	b.Truncate(begin)
	err := t.slow.Execute(b, data)
	if err != nil {
		b.Truncate(begin)
	}
	return err
}

// try is false where something is nil, or not as long as it was taken to be: what that
// means, html/template says.
func (t *Template) try(b *bytes.Buffer, data reflect.Value) (done bool) {
	defer func() { done = recover() == nil }()
	t.fast.run(b, data)
	return
}

// block is the body of a named template for data of one type.
type block struct {
	steps     []step
	variables int
}

func (k *block) run(b *bytes.Buffer, dot reflect.Value) {
	f := &frame{out: b, variables: make([]reflect.Value, k.variables)}
	f.variables[0] = dot
	f.all(k.steps, dot)
}

// frame is one execution of a block.
type frame struct {
	out       *bytes.Buffer
	variables []reflect.Value // the first is $
}

func (f *frame) all(steps []step, dot reflect.Value) {
	for _, s := range steps {
		s(f, dot)
	}
}

// step writes a part of a block.
type step func(f *frame, dot reflect.Value)

// value is an expression.
type value func(f *frame, dot reflect.Value) reflect.Value
