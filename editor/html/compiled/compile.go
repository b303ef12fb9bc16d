package compiled

import (
	"errors"
	"html/template"
	"reflect"
	"strings"
	"text/template/parse"
)

// errUnknown tells of what only html/template can do.
var errUnknown = errors.New("not known here")

type blockKey struct {
	name string
	data reflect.Type
}

// compiler makes blocks of the trees of templates.
type compiler struct {
	find   func(name string) *template.Template
	blocks map[blockKey]*block
}

// scope is what is known while a block is compiled.
type scope struct {
	*compiler
	block     *block
	variables []variable // that can be seen, the innermost last
}

type variable struct {
	name string
	typ  reflect.Type
	at   int
}

func (c *compiler) block(name string, data reflect.Type) (*block, error) {
	key := blockKey{name, data}
	if made := c.blocks[key]; made != nil {
		return made, nil
	}
	t := c.find(name)
	if t == nil || t.Tree == nil {
		return nil, errUnknown
	}
	b := &block{}
	c.blocks[key] = b
	s := &scope{compiler: c, block: b}
	s.declare("$", data)
	var err error
	b.steps, err = s.list(t.Tree.Root, data)
	return b, err
}

func (s *scope) declare(name string, typ reflect.Type) (at int) {
	at = s.block.variables
	s.block.variables++
	s.variables = append(s.variables, variable{name, typ, at})
	return at
}

// list compiles nodes; what they declare is seen in them alone.
func (s *scope) list(l *parse.ListNode, dot reflect.Type) ([]step, error) {
	if l == nil {
		return nil, nil
	}
	seen := len(s.variables)
	defer func() { s.variables = s.variables[:seen] }()
	var steps []step
	for _, n := range l.Nodes {
		one, err := s.node(n, dot)
		if err != nil {
			return nil, err
		}
		if one != nil {
			steps = append(steps, one)
		}
	}
	return steps, nil
}

func (s *scope) node(n parse.Node, dot reflect.Type) (step, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(f *frame, _ reflect.Value) { f.out.Write(text) }, nil
	case *parse.CommentNode:
		return nil, nil
	case *parse.ActionNode:
		return s.action(n.Pipe, dot)
	case *parse.IfNode:
		return s.branch(&n.BranchNode, dot, false)
	case *parse.WithNode:
		return s.branch(&n.BranchNode, dot, true)
	case *parse.RangeNode:
		return s.loop(&n.BranchNode, dot)
	case *parse.TemplateNode:
		if n.Pipe == nil {
			return nil, errUnknown
		}
		v, typ, err := s.pipe(n.Pipe, dot)
		if err != nil || typ == nil {
			return nil, errUnknown
		}
		b, err := s.compiler.block(n.Name, typ)
		if err != nil {
			return nil, err
		}
		return func(f *frame, dot reflect.Value) { b.run(f.out, v(f, dot)) }, nil
	}
	return nil, errUnknown
}

// action is a value that is written, or a variable that is set.
func (s *scope) action(p *parse.PipeNode, dot reflect.Type) (step, error) {
	if len(p.Decl) > 0 {
		v, typ, err := s.pipe(p, dot)
		if err != nil || typ == nil || len(p.Decl) != 1 || p.IsAssign {
			return nil, errUnknown
		}
		at := s.declare(p.Decl[0].Ident[0], typ)
		return func(f *frame, dot reflect.Value) { f.variables[at] = v(f, dot) }, nil
	}
	v, typ, err := s.command(p.Cmds[0], dot)
	if err != nil || typ == nil {
		return nil, errUnknown
	}
	var escapers []string
	for _, c := range p.Cmds[1:] {
		name, ok := c.Args[0].(*parse.IdentifierNode)
		if !ok || len(c.Args) != 1 || !strings.HasPrefix(name.Ident, "_html_template_") {
			return nil, errUnknown
		}
		escapers = append(escapers, escaperName(name.Ident))
	}
	print := printerFor(escapers, typ)
	if print == nil {
		return nil, errUnknown
	}
	return func(f *frame, dot reflect.Value) { print(f.out, v(f, dot)) }, nil
}

// escaperName shortens the names that html/template gives its functions.
func escaperName(ident string) string {
	switch name := strings.TrimPrefix(ident, "_html_template_"); name {
	case "htmlescaper":
		return "html"
	case "attrescaper":
		return "attr"
	case "rcdataescaper":
		return "rcdata"
	case "jsvalescaper":
		return "jsval"
	default:
		return name
	}
}

// branch is an if or a with.
func (s *scope) branch(n *parse.BranchNode, dot reflect.Type, with bool) (step, error) {
	if len(n.Pipe.Decl) > 0 {
		return nil, errUnknown
	}
	v, typ, err := s.pipe(n.Pipe, dot)
	if err != nil {
		return nil, err
	}
	inner := dot
	if with {
		if inner = typ; typ == nil {
			return nil, errUnknown
		}
	}
	then, err := s.list(n.List, inner)
	if err != nil {
		return nil, err
	}
	other, err := s.list(n.ElseList, dot)
	if err != nil {
		return nil, err
	}
	return func(f *frame, dot reflect.Value) {
		switch is := v(f, dot); {
		case !truth(is):
			f.all(other, dot)
		case with:
			f.all(then, is)
		default:
			f.all(then, dot)
		}
	}, nil
}

// loop is a range over a slice.
func (s *scope) loop(n *parse.BranchNode, dot reflect.Type) (step, error) {
	seen := len(s.variables)
	defer func() { s.variables = s.variables[:seen] }()
	v, typ, err := s.pipe(n.Pipe, dot)
	if err != nil || typ == nil || typ.Kind() != reflect.Slice || n.Pipe.IsAssign {
		return nil, errUnknown
	}
	index, element := -1, -1
	switch d := n.Pipe.Decl; len(d) {
	case 2:
		index = s.declare(d[0].Ident[0], intType)
		element = s.declare(d[1].Ident[0], typ.Elem())
	case 1:
		element = s.declare(d[0].Ident[0], typ.Elem())
	}
	body, err := s.list(n.List, typ.Elem())
	if err != nil {
		return nil, err
	}
	other, err := s.list(n.ElseList, dot)
	if err != nil {
		return nil, err
	}
	return func(f *frame, dot reflect.Value) {
		all := v(f, dot)
		if all.Len() == 0 {
			f.all(other, dot)
		}
		for i := range all.Len() {
			one := all.Index(i)
			if index >= 0 {
				f.variables[index] = reflect.ValueOf(i)
			}
			if element >= 0 {
				f.variables[element] = one
			}
			f.all(body, one)
		}
	}, nil
}
