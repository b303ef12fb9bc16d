package pictures

import (
	"fmt"
	"math"
	"strings"
)

// precision is how many units of oksvg, which keeps 64ths of them, a pixel has.
const precision = 8

// shape writes a shape with all that it needs.
func (t *tamer) shape(e *element, p pen) {
	t.work(len(p.looks["d"]) + len(p.looks["points"]))
	t.precise = precision * p.matrix.scale()
	if !(t.precise > 1e-9 && t.precise < 1e9) {
		return // too small to be seen
	}
	fill := t.ink(p.looks["fill"], "#000000", p)
	stroke := t.ink(p.looks["stroke"], "none", p)
	t.out.WriteString("<" + e.name)
	size := func(name string, whole float64) (float64, bool) {
		f, ok := length(p.looks[name], whole)
		return f * t.precise, ok
	}
	w, h := p.whole.w, p.whole.h
	diagonal := math.Hypot(w, h) / math.Sqrt2
	write := func(whole float64, names ...string) {
		for _, name := range names {
			if f, ok := size(name, whole); ok {
				t.number(name, f)
			}
		}
	}
	switch e.name {
	case "path":
		t.attr("d", t.path(p.looks["d"]))
	case "polyline", "polygon":
		var b strings.Builder
		n := numbers(p.looks["points"])
		for _, f := range n[:len(n)&^1] {
			b.WriteString(coarse(f*t.precise) + " ")
		}
		t.attr("points", b.String())
	case "rect":
		write(w, "x", "width")
		write(h, "y", "height")
		rx, okX := size("rx", w)
		ry, okY := size("ry", h)
		if !okX {
			rx = ry
		} else if !okY {
			ry = rx
		}
		t.number("rx", rx)
		t.number("ry", ry)
	default:
		write(w, "x1", "x2", "cx", "rx")
		write(h, "y1", "y2", "cy", "ry")
		write(diagonal, "r")
	}
	t.attr("fill", fill)
	t.attr("stroke", stroke)
	t.number("fill-opacity", p.opacity*share(p.looks["fill-opacity"]))
	t.number("stroke-opacity", p.opacity*share(p.looks["stroke-opacity"]))
	if p.looks["fill-rule"] == "evenodd" {
		t.attr(evenOdd, "flat")
	}
	if stroke == "none" {
		t.number("stroke-width", 0)
	} else {
		t.line(p, diagonal)
	}
	m, s := p.matrix, 1/t.precise
	t.attr("transform", fmt.Sprintf("matrix(%s)", strings.Join([]string{
		digits(m.a * s), digits(m.b * s), digits(m.c * s), digits(m.d * s), digits(m.e), digits(m.f),
	}, " ")))
	t.out.WriteString(`/><path d=""/>`) // empties what oksvg leaves of a path that it refuses
}

// evenOdd is an attribute of oksvg's own that no drawing has. It carries a rule
// for filling that oksvg does not read.
const evenOdd = "stroke-linegap"

func share(s string) float64 {
	if f, ok := length(s, 1); ok {
		return max(0, min(f, 1))
	}
	return 1
}

// line writes how a shape is stroked, in pixels of the canvas: oksvg does not
// scale it.
func (t *tamer) line(p pen, diagonal float64) {
	s := p.matrix.scale()
	width, ok := length(p.looks["stroke-width"], diagonal)
	if !ok {
		width = 1
	}
	t.number("stroke-width", min(width*s, 5000))
	join := p.looks["stroke-linejoin"]
	if join == "" {
		join = "miter"
	}
	t.attr("stroke-linejoin", join)
	if v := p.looks["stroke-linecap"]; v != "" {
		t.attr("stroke-linecap", v)
	}
	if f, ok := length(p.looks["stroke-miterlimit"], 1); ok {
		t.number("stroke-miterlimit", min(f, 100))
	}
	sum := 0.0
	var all []string
	for one := range strings.FieldsFuncSeq(p.looks["stroke-dasharray"], func(r rune) bool { return r == ',' || r <= ' ' }) {
		f, ok := length(one, diagonal)
		if !ok || f < 0 {
			return
		}
		sum += f * s
		all = append(all, digits(f*s))
	}
	if len(all)%2 == 1 {
		all, sum = append(all, all...), 2*sum
	}
	if sum < 0.5 || len(all) > 100 {
		return // would look solid
	}
	t.attr("stroke-dasharray", strings.Join(all, ","))
	if f, ok := length(p.looks["stroke-dashoffset"], diagonal); ok {
		t.number("stroke-dashoffset", math.Mod(math.Mod(f*s, sum)+sum, sum))
	}
}

// ink is a paint as it is written into the shape.
func (t *tamer) ink(v, otherwise string, p pen) string {
	if v == "" {
		return otherwise
	}
	if !strings.HasPrefix(v, "url(") {
		return v
	}
	id, instead, _ := strings.Cut(v[4:], ")")
	e := t.ids[strings.TrimPrefix(strings.Trim(id, ` "'`), "#")]
	if e != nil && (e.name == "linearGradient" || e.name == "radialGradient") {
		return t.gradient(e, p)
	}
	if v := t.paint(instead); v != "" {
		return v
	}
	return "none"
}

// gradient writes a gradient for one shape. What it does not say itself, those
// say that it refers to.
func (t *tamer) gradient(e *element, p pen) string {
	get := func(name string) string {
		for at, i := e, 0; at != nil && i < 8; i++ {
			if v := at.attrs[name]; v != "" {
				return v
			}
			at = t.ids[strings.TrimPrefix(at.attrs["href"], "#")]
		}
		return ""
	}
	t.gradients++
	name := fmt.Sprintf("g%d", t.gradients)
	t.out.WriteString("<" + e.name)
	t.attr("id", name)
	if v := get("spreadMethod"); v != "" {
		t.attr("spreadMethod", v)
	}
	user := get("gradientUnits") == "userSpaceOnUse"
	m := transform(get("gradientTransform"))
	whole := box{0, 0, 1, 1}
	if user {
		// In pixels of the canvas: oksvg does not apply the shape's matrix.
		t.attr("gradientUnits", "userSpaceOnUse")
		m, whole = p.matrix.times(m), p.whole
	}
	at := func(name, otherwise string, whole float64) float64 {
		v := get(name)
		if v == "" {
			v = otherwise
		}
		f, _ := length(v, whole)
		return f
	}
	pair := func(x, y string, fx, fy float64) {
		fx, fy = m.apply(fx, fy)
		t.number(x, fx)
		t.number(y, fy)
	}
	if e.name == "linearGradient" {
		pair("x1", "y1", at("x1", "0", whole.w), at("y1", "0", whole.h))
		pair("x2", "y2", at("x2", "100%", whole.w), at("y2", "0", whole.h))
	} else {
		cx, cy := at("cx", "50%", whole.w), at("cy", "50%", whole.h)
		pair("cx", "cy", cx, cy)
		fx, fy := cx, cy
		if get("fx") != "" {
			fx = at("fx", "", whole.w)
		}
		if get("fy") != "" {
			fy = at("fy", "", whole.h)
		}
		pair("fx", "fy", fx, fy)
		t.number("r", m.scale()*at("r", "50%", math.Hypot(whole.w, whole.h)/math.Sqrt2))
	}
	t.out.WriteByte('>')
	t.stops(e)
	t.out.WriteString("</" + e.name + ">")
	return "url(#" + name + ")"
}

func (t *tamer) stops(e *element) {
	const most = 64 // each is looked at for each pixel
	for i := 0; e != nil && i < 8; i++ {
		n := 0
		t.work(8 * len(e.kids))
		for _, kid := range e.kids {
			if kid.name != "stop" || n == most {
				continue
			}
			n++
			looks := t.looks(kid, nil)
			c := t.paint(looks["stop-color"], looks["color"])
			if c == "" || c == "none" {
				c = "#000000"
			}
			at, _ := length(looks["offset"], 1)
			t.out.WriteString("<stop")
			t.number("offset", max(0, min(at, 1)))
			t.attr("stop-color", c)
			t.number("stop-opacity", share(looks["stop-opacity"]))
			t.out.WriteString("/>")
		}
		if n > 0 {
			return
		}
		e = t.ids[strings.TrimPrefix(e.attrs["href"], "#")]
	}
}

// coarse writes a coordinate, of which there are many: as short as will do, and
// no larger than oksvg can hold.
func coarse(f float64) string { return digits(math.Round(max(-5e5, min(f, 5e5))*1e3) / 1e3) }

// counts is how many numbers each command of a path takes.
var counts = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 's': 4, 'q': 4, 't': 2, 'a': 7, 'z': 0}

// path rewrites the data of a path, up to where it is wrong: each command by
// itself, its numbers apart.
func (t *tamer) path(data string) string {
	var b strings.Builder
	var command byte
	for {
		data = strings.TrimLeft(data, " \t\r\n\f,")
		if data == "" || b.Len() > mostRewrite {
			return b.String()
		}
		if c := data[0] | 0x20; c >= 'a' && c <= 'z' {
			if _, ok := counts[c]; !ok || command == 0 && c != 'm' {
				return b.String()
			}
			command, data = data[0], data[1:]
		} else if command == 0 || command|0x20 == 'z' {
			return b.String()
		}
		lower := command | 0x20
		var n [7]float64
		for i := range counts[lower] {
			data = strings.TrimLeft(data, " \t\r\n\f,")
			ok := false
			if flag := lower == 'a' && (i == 3 || i == 4); !flag {
				n[i], data, ok = number(data)
			} else if data != "" && (data[0] == '0' || data[0] == '1') { // may stand without a space
				n[i], data, ok = float64(data[0]-'0'), data[1:], true
			}
			if !ok {
				return b.String()
			}
		}
		t.command(&b, command, n[:counts[lower]])
		if lower == 'm' {
			command-- // to l: further points are lines
		}
	}
}

// command writes a command of a path in units of oksvg.
func (t *tamer) command(b *strings.Builder, command byte, n []float64) {
	arc := command == 'a' || command == 'A'
	switch {
	case command == 'a' && n[5] == 0 && n[6] == 0:
		return // oksvg divides by zero in these
	case arc && (n[0] == 0 || n[1] == 0):
		command, n, arc = command+'l'-'a', n[5:], false // a straight line
	}
	b.WriteByte(command)
	for i, f := range n {
		if !arc || i < 2 || i > 4 {
			f *= t.precise
		}
		b.WriteByte(' ')
		b.WriteString(coarse(f))
	}
}
