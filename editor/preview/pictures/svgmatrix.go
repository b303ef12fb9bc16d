package pictures

import (
	"math"
	"strings"
)

// matrix maps x to a*x + c*y + e, and y to b*x + d*y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

func move(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }

// times is first n, then m.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// scale is how much longer things become, on average.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m.a*m.d - m.b*m.c)) }

// transform reads a list of transformations, up to the first that is wrong.
func transform(s string) matrix {
	m := identity
	for {
		name, rest, ok := strings.Cut(s, "(")
		if !ok {
			return m
		}
		args, after, ok := strings.Cut(rest, ")")
		if !ok {
			return m
		}
		s = after
		n := numbers(args)
		count := len(n)
		n = append(n, 0, 0, 0, 0, 0, 0)
		angle := n[0] * math.Pi / 180
		sin, cos := math.Sincos(angle)
		var t matrix
		switch name := strings.ToLower(strings.Trim(name, " \t\r\n,")); {
		case count == 0:
			return m
		case name == "matrix" && count == 6:
			t = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
		case name == "translate":
			t = move(n[0], n[1])
		case name == "scale" && count == 1:
			t = matrix{a: n[0], d: n[0]}
		case name == "scale":
			t = matrix{a: n[0], d: n[1]}
		case name == "rotate":
			t = move(n[1], n[2]).times(matrix{a: cos, b: sin, c: -sin, d: cos}).times(move(-n[1], -n[2]))
		case name == "skewx":
			t = matrix{a: 1, c: math.Tan(angle), d: 1}
		case name == "skewy":
			t = matrix{a: 1, b: math.Tan(angle), d: 1}
		default:
			return m
		}
		m = m.times(t)
	}
}
