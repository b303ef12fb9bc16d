package pictures

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"maps"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/fyne-io/oksvg"
)

// tamer rewrites a drawing into the little that oksvg draws right: shapes and
// gradients with plain attributes, each shape with its whole style and with the
// matrix to the canvas. Left to itself, oksvg refuses whole drawings for one
// value that it does not know, draws what is only defined, does not scale the
// widths of lines, and overflows the stack when a <use> holds itself.
type tamer struct {
	out       strings.Builder
	ids       map[string]*element
	classes   map[string]map[string]string
	precise   float64 // factor of the shape's lengths: oksvg keeps no more than 64ths
	count     int
	gradients int
	left      int // bytes that may still be gone through
}

// inherited are the properties that are handed down and that oksvg knows.
var inherited = []string{
	"fill", "fill-opacity", "fill-rule", "stroke", "stroke-opacity", "stroke-width", "stroke-linecap",
	"stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color", "visibility",
}

// tame returns the drawing so that it fills width x height.
func tame(root *element, width, height int) (svg string, err error) {
	defer func() {
		if r, ok := recover().(enough); ok {
			err = r.err
		}
	}()
	t := &tamer{ids: map[string]*element{}, classes: map[string]map[string]string{}, left: 8 * mostRewrite}
	t.collect(root)
	w, h := naturalSize(root.attrs)
	m := matrix{a: float64(width) / w, d: float64(height) / h}
	b, ok := viewBox(root.attrs)
	if ok {
		m = m.times(fit(b, w, h, root.attrs["preserveAspectRatio"]))
	} else {
		b = box{0, 0, w, h}
	}
	fmt.Fprintf(&t.out, `<svg viewBox="0 0 %d %d">`, width, height)
	t.kids(root, pen{matrix: m, whole: b, opacity: 1, looks: t.looks(root, nil)})
	t.out.WriteString("</svg>")
	return t.out.String(), nil
}

// enough is panicked with when a drawing asks for too much.
type enough struct{ err error }

// work counts what is gone through: a <use> can have much done for few bytes.
func (t *tamer) work(n int) {
	if t.left -= n; t.left < 0 || t.out.Len() > mostRewrite {
		panic(enough{errTooLarge})
	}
}

// collect finds what can be referred to, and the classes of style sheets.
func (t *tamer) collect(e *element) {
	if id := e.attrs["id"]; id != "" && t.ids[id] == nil {
		t.ids[id] = e
	}
	for rule := range strings.SplitSeq(cssComment.ReplaceAllString(string(e.text), ""), "}") {
		names, body, _ := strings.Cut(rule, "{")
		for name := range strings.SplitSeq(names, ",") {
			if class, ok := strings.CutPrefix(strings.TrimSpace(name), "."); ok {
				if t.classes[class] == nil {
					t.classes[class] = map[string]string{}
				}
				t.work(len(body))
				t.declare(t.classes[class], body)
			}
		}
	}
	for _, kid := range e.kids {
		t.collect(kid)
	}
}

var cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// declare adds the declarations that can be read.
func (t *tamer) declare(looks map[string]string, s string) {
	for one := range strings.SplitSeq(s, ";") {
		name, value, ok := strings.Cut(one, ":")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		value = strings.TrimSpace(strings.TrimSuffix(value, "!important"))
		if ok && !(isPaint(name) && value != "inherit" && t.paint(value) == "") {
			looks[name] = value
		}
	}
}

func isPaint(name string) bool { return name == "fill" || name == "stroke" || name == "stop-color" }

// pen is how and where an element is drawn.
type pen struct {
	matrix  matrix // to the canvas
	whole   box    // what percentages are of
	opacity float64
	looks   map[string]string
	uses    int
}

// looks are the properties of an element: its own and those handed down.
func (t *tamer) looks(e *element, outer map[string]string) map[string]string {
	t.work(500 + e.size)
	looks := make(map[string]string, len(outer)+len(e.attrs))
	own := e.attrs
	if e.attrs["style"] != "" || e.attrs["class"] != "" && len(t.classes) > 0 {
		own = maps.Clone(e.attrs)
		for class := range strings.FieldsSeq(e.attrs["class"]) {
			t.work(32 * len(t.classes[class]))
			maps.Copy(own, t.classes[class])
		}
		t.declare(own, e.attrs["style"])
	}
	for _, name := range inherited {
		if v := outer[name]; v != "" {
			looks[name] = v
		}
	}
	for name, v := range own {
		switch {
		case v == "inherit":
			continue
		case name == "fill" || name == "stroke":
			if v = t.paint(v, own["color"], looks["color"]); v == "" {
				continue
			}
		}
		looks[name] = v
	}
	return looks
}

// paint makes a paint one that oksvg can read; it is empty if that cannot be.
func (t *tamer) paint(v string, colors ...string) string {
	if strings.HasPrefix(v, "url(") {
		return v
	}
	v = strings.ToLower(strings.TrimSpace(v))
	switch v {
	case "":
		return ""
	case "none", "transparent":
		return "none"
	case "currentcolor":
		for _, c := range colors {
			if c != "" && !strings.EqualFold(c, "currentColor") {
				return t.paint(c)
			}
		}
		return "black"
	}
	if name, args, ok := strings.Cut(v, "("); ok {
		f := strings.FieldsFunc(strings.TrimSuffix(args, ")"), func(r rune) bool { return r <= ' ' || r == ',' || r == '/' })
		if len(f) == 4 {
			if alpha, ok := length(f[3], 1); ok && alpha == 0 {
				return "none"
			}
			f = f[:3] // the only transparency that can be drawn is that of properties
		}
		v = strings.TrimSuffix(name, "a") + "(" + strings.Join(f, ",") + ")"
	} else if v[0] == '#' && len(v) == 9 {
		v = v[:7]
	} else if v[0] == '#' && len(v) == 5 {
		v = v[:4]
	}
	c, err := oksvg.ParseSVGColor(v)
	if err != nil || c == nil {
		return ""
	}
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
}

// fit is how a view box lies in the given size.
func fit(b box, w, h float64, how string) matrix {
	sx, sy := w/b.w, h/b.h
	if strings.Contains(how, "none") {
		return matrix{a: sx, d: sy, e: -b.x * sx, f: -b.y * sy}
	}
	s := min(sx, sy)
	if strings.Contains(how, "slice") {
		s = max(sx, sy)
	}
	place := func(room float64, first, last string) float64 {
		switch {
		case strings.Contains(how, first):
			return 0
		case strings.Contains(how, last):
			return room
		}
		return room / 2
	}
	return matrix{
		a: s, d: s,
		e: place(w-b.w*s, "xMin", "xMax") - b.x*s,
		f: place(h-b.h*s, "YMin", "YMax") - b.y*s,
	}
}

func (t *tamer) kids(e *element, p pen) {
	for _, kid := range e.kids {
		t.element(kid, p)
	}
}

func (t *tamer) element(e *element, p pen) {
	if t.count++; t.count > mostElements {
		panic(enough{errTooLarge})
	}
	switch e.name {
	case "svg", "g", "a", "switch", "use", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon":
	default:
		return // definitions, texts, and what is not known
	}
	p.looks = t.looks(e, p.looks)
	if p.looks["display"] == "none" {
		return
	}
	if o, ok := length(p.looks["opacity"], 1); ok {
		p.opacity *= max(0, min(o, 1))
	}
	p.matrix = p.matrix.times(transform(p.looks["transform"]))
	switch e.name {
	case "g", "a", "switch":
		t.kids(e, p)
	case "svg":
		t.inner(e, p, e.attrs)
	case "use":
		t.use(e, p)
	default:
		if v := p.looks["visibility"]; v == "" || v == "visible" {
			t.shape(e, p)
		}
	}
}

// inner rewrites an svg or a symbol at its place within another.
func (t *tamer) inner(e *element, p pen, size map[string]string) {
	x, _ := length(size["x"], p.whole.w)
	y, _ := length(size["y"], p.whole.h)
	side := func(name string, whole float64) float64 {
		for _, attrs := range []map[string]string{size, e.attrs} {
			if f, ok := length(attrs[name], whole); ok {
				return f
			}
		}
		return whole
	}
	w, h := side("width", p.whole.w), side("height", p.whole.h)
	if !(w > 0 && h > 0) {
		return
	}
	p.matrix = p.matrix.times(move(x, y))
	p.whole = box{0, 0, w, h}
	if b, ok := viewBox(e.attrs); ok {
		p.matrix = p.matrix.times(fit(b, w, h, e.attrs["preserveAspectRatio"]))
		p.whole = b
	}
	t.kids(e, p)
}

func (t *tamer) use(e *element, p pen) {
	target := t.ids[strings.TrimPrefix(e.attrs["href"], "#")]
	if p.uses++; target == nil || p.uses > mostUses {
		return
	}
	if target.name == "symbol" {
		p.looks = t.looks(target, p.looks)
		t.inner(target, p, e.attrs)
		return
	}
	x, _ := length(e.attrs["x"], p.whole.w)
	y, _ := length(e.attrs["y"], p.whole.h)
	p.matrix = p.matrix.times(move(x, y))
	t.element(target, p)
}

// attr writes an attribute.
func (t *tamer) attr(name, value string) {
	t.out.WriteByte(' ')
	t.out.WriteString(name)
	t.out.WriteString(`="`)
	xml.EscapeText(&t.out, []byte(value))
	t.out.WriteByte('"')
}

func (t *tamer) number(name string, f float64) { t.attr(name, digits(f)) }

// digits writes a number in the only way that oksvg reads everywhere.
func digits(f float64) string {
	if !(math.Abs(f) < 1e9) {
		f = 0
	}
	return strconv.FormatFloat(math.Round(f*1e6)/1e6, 'f', -1, 64)
}
