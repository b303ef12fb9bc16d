package compiled

import (
	"reflect"
	"text/template/parse"
)

// pipe is an expression of one command. The type is nil where it is one of several, of
// which only the truth can be asked.
func (s *scope) pipe(p *parse.PipeNode, dot reflect.Type) (value, reflect.Type, error) {
	if len(p.Cmds) != 1 {
		return nil, nil, errUnknown
	}
	return s.command(p.Cmds[0], dot)
}

func (s *scope) command(c *parse.CommandNode, dot reflect.Type) (value, reflect.Type, error) {
	if name, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return s.function(name.Ident, c.Args[1:], dot)
	}
	if len(c.Args) != 1 {
		return nil, nil, errUnknown
	}
	return s.operand(c.Args[0], dot)
}

func (s *scope) operand(n parse.Node, dot reflect.Type) (value, reflect.Type, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(_ *frame, dot reflect.Value) reflect.Value { return dot }, dot, nil
	case *parse.FieldNode:
		return fields(func(_ *frame, dot reflect.Value) reflect.Value { return dot }, dot, n.Ident)
	case *parse.VariableNode:
		for i := len(s.variables) - 1; i >= 0; i-- {
			if known := s.variables[i]; known.name == n.Ident[0] {
				return fields(func(f *frame, _ reflect.Value) reflect.Value { return f.variables[known.at] }, known.typ, n.Ident[1:])
			}
		}
	case *parse.ChainNode:
		of, typ, err := s.operand(n.Node, dot)
		if err != nil {
			return nil, nil, err
		}
		return fields(of, typ, n.Field)
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return s.pipe(n, dot)
		}
	case *parse.StringNode:
		return constant(n.Text), stringType, nil
	case *parse.NumberNode:
		if n.IsInt && !n.IsFloat || n.IsInt && n.Text[0] >= '0' && n.Text[0] <= '9' {
			return constant(int(n.Int64)), intType, nil
		}
	case *parse.BoolNode:
		return constant(n.True), boolType, nil
	}
	return nil, nil, errUnknown
}

func constant(of any) value {
	v := reflect.ValueOf(of)
	return func(*frame, reflect.Value) reflect.Value { return v }
}

// fields are fields of fields of a value.
func fields(of value, typ reflect.Type, names []string) (value, reflect.Type, error) {
	for _, name := range names {
		pointer := false
		if typ == nil {
			return nil, nil, errUnknown
		}
		if _, method := typ.MethodByName(name); method {
			return nil, nil, errUnknown
		}
		if typ.Kind() == reflect.Pointer {
			pointer, typ = true, typ.Elem()
		}
		if typ.Kind() != reflect.Struct {
			return nil, nil, errUnknown
		}
		if _, method := reflect.PointerTo(typ).MethodByName(name); method {
			return nil, nil, errUnknown
		}
		field, ok := typ.FieldByName(name)
		if !ok || !field.IsExported() || len(field.Index) != 1 {
			return nil, nil, errUnknown
		}
		at, from := field.Index[0], of
		if pointer {
			of = func(f *frame, dot reflect.Value) reflect.Value { return from(f, dot).Elem().Field(at) } // panics of nil
		} else {
			of = func(f *frame, dot reflect.Value) reflect.Value { return from(f, dot).Field(at) }
		}
		typ = field.Type
	}
	if typ != nil && (typ.Kind() == reflect.Interface || typ.Kind() == reflect.Map || typ.Kind() == reflect.Func) {
		return nil, nil, errUnknown
	}
	return of, typ, nil
}

func (s *scope) function(name string, args []parse.Node, dot reflect.Type) (value, reflect.Type, error) {
	values, types := make([]value, len(args)), make([]reflect.Type, len(args))
	for i, a := range args {
		var err error
		if values[i], types[i], err = s.operand(a, dot); err != nil {
			return nil, nil, err
		}
	}
	switch {
	case (name == "and" || name == "or") && len(args) > 0:
		stop := name == "or" // at the first that is so
		typ := types[0]
		for _, t := range types {
			if t != typ {
				typ = nil
			}
		}
		return func(f *frame, dot reflect.Value) (v reflect.Value) {
			for _, one := range values {
				if v = one(f, dot); truth(v) == stop {
					break
				}
			}
			return v
		}, typ, nil
	case name == "not" && len(args) == 1:
		return func(f *frame, dot reflect.Value) reflect.Value { return reflect.ValueOf(!truth(values[0](f, dot))) }, boolType, nil
	case name == "len" && len(args) == 1 && types[0] != nil && (types[0].Kind() == reflect.Slice || types[0].Kind() == reflect.String):
		return func(f *frame, dot reflect.Value) reflect.Value { return reflect.ValueOf(values[0](f, dot).Len()) }, intType, nil
	case name == "gt" && len(args) == 2 && types[0] == intType && types[1] == intType:
		return func(f *frame, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(values[0](f, dot).Int() > values[1](f, dot).Int())
		}, boolType, nil
	case name == "eq" && len(args) == 2 && types[0] == stringType && types[1] == stringType:
		return func(f *frame, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(values[0](f, dot).String() == values[1](f, dot).String())
		}, boolType, nil
	case name == "eq" && len(args) == 2 && types[0] == intType && types[1] == intType:
		return func(f *frame, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(values[0](f, dot).Int() == values[1](f, dot).Int())
		}, boolType, nil
	case name == "index" && len(args) == 2 && types[0] != nil && types[0].Kind() == reflect.Slice && types[1] == intType:
		return func(f *frame, dot reflect.Value) reflect.Value { // panics where there are not as many
			return values[0](f, dot).Index(int(values[1](f, dot).Int()))
		}, types[0].Elem(), nil
	}
	return nil, nil, errUnknown
}

// truth is what if asks.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Int:
		return v.Int() != 0
	case reflect.Pointer:
		return !v.IsNil()
	case reflect.Struct:
		return true
	}
	panic("a value of another kind")
}
