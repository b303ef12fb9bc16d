package pictures

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"
	"time"
)

func TestSVGSize(t *testing.T) {
	for attrs, want := range map[string][2]int{
		``:                                     {300, 150},
		`width="40" height="30"`:               {40, 30},
		`width="40px" height=" 30.4 "`:         {40, 30},
		`width="1in" height="72pt"`:            {96, 96},
		`width="25.4mm" height="2.54cm"`:       {96, 96},
		`width="10em" height="1pc"`:            {160, 16},
		`width="100%" viewBox="0 0 20 10"`:     {20, 10},
		`viewBox="-5,-5 20.2 10"`:              {20, 10},
		`width="100" viewBox="0 0 20 10"`:      {100, 50},
		`height="100" viewBox="0 0 20 10"`:     {200, 100},
		`height="100pt" viewBox="0 0 300 300"`: {133, 133},
		`width="0" height="-5"`:                {300, 150},
		`width="1e9" viewBox="0 0 20 10"`:      {20, 10},
		`width="auto" viewBox="0 0 nan 10"`:    {300, 150},
		`width="50"`:                           {50, 150},
		`viewBox="0 0 0.0001 90000"`:           {1, 90000},
		`width="9e4" viewBox="0 0 .001 9e4"`:   {90000, 100000},
	} {
		w, h, err := svgSize([]byte("<svg " + attrs + ">"))
		if err != nil || w != want[0] || h != want[1] {
			t.Errorf("%s: %d x %d, %v; want %v", attrs, w, h, err, want)
		}
	}
	for _, text := range []string{"", "<", "<html><svg>", "<?xml?>", "<!DOCTYPE svg [<!ENTITY a '>'>"} {
		if w, h, err := svgSize([]byte(text)); err != errBroken {
			t.Errorf("%s: %d x %d, %v", text, w, h, err)
		}
	}
}

func TestSVG(t *testing.T) {
	for name, test := range map[string]struct {
		inside string
		want   map[string]color.Color
	}{
		"nothing":            {``, map[string]color.Color{"50,50": nothing}},
		"fill":               {`<rect width="50" height="100" fill="red"/>`, map[string]color.Color{"20,50": red, "70,50": nothing}},
		"attributes":         {`<g fill="red"><rect width="50%" height="100%"/></g>`, map[string]color.Color{"20,50": red, "70,50": nothing}},
		"style":              {`<g style="fill: blue"><rect fill="red" width="100" height="100" style="fill:rgb(255, 0, 0) !important; x"/></g>`, map[string]color.Color{"20,50": red}},
		"class":              {`<style>/* .a{} */ .a, .b { fill: red }</style><rect class="x a" fill="blue" width="100" height="100"/>`, map[string]color.Color{"20,50": red}},
		"class in CDATA":     {`<style><![CDATA[.a{fill:red}]]></style><rect class="a" width="100" height="100"/>`, map[string]color.Color{"20,50": red}},
		"unknown colour":     {`<g fill="red"><rect width="100" height="100" fill="nocolour" style="fill:light-dark(a, b)"/></g>`, map[string]color.Color{"20,50": red}},
		"currentColor":       {`<g color="red"><rect width="100" height="100" fill="currentColor"/></g>`, map[string]color.Color{"20,50": red}},
		"rgba":               {`<rect width="50" height="100" fill="rgba(255 0 0 / 50%)"/><rect x="50" width="50" height="100" fill="#ff0000ff"/>`, map[string]color.Color{"20,50": red, "70,50": red}},
		"opacity":            {`<g opacity=".5"><rect width="100" height="100" fill="#00c800" fill-opacity="100%"/></g>`, map[string]color.Color{"20,50": color.NRGBA{0, 200, 0, 128}}},
		"transform":          {`<g transform="translate(50) scale(2)"><rect width="25" height="50" fill="red"/></g>`, map[string]color.Color{"70,90": red, "20,50": nothing}},
		"rotate":             {`<rect transform="rotate(90 50 50)" width="100" height="30" fill="red"/>`, map[string]color.Color{"85,50": red, "50,15": nothing}},
		"stroke":             {`<path d="M0 50H100" stroke="red" stroke-width="20"/>`, map[string]color.Color{"50,45": red, "50,55": red, "50,30": nothing}},
		"stroke, scaled":     {`<path transform="scale(10)" d="M0 5H10" stroke="red" stroke-width="2"/>`, map[string]color.Color{"50,43": red, "50,57": red, "50,30": nothing}},
		"stroke, dashed":     {`<path d="M0 50H100" stroke="red" stroke-width="20" stroke-dasharray="50"/>`, map[string]color.Color{"25,50": red, "75,50": nothing}},
		"arcs, run together": {`<path d="M50 0a50 50 0 01 50 50a50 50 0 0150 50a50 50 0 11-100-50z" transform="translate(-25 -10)scale(.8)" fill="red"/>`, map[string]color.Color{"40,50": red}},
		"path, broken":       {`<path d="M0 0h100v100h-100z L x" fill="red"/><rect width="10" height="10" fill="blue"/>`, map[string]color.Color{"50,50": red, "5,5": blue}},
		"numbers":            {`<path d="M0,0l1e2,0l0+1.e2l-100-.0z" fill="red"/>`, map[string]color.Color{"50,50": red}},
		"curves":             {`<path d="M0 50C0 0 100 0 100 50S0 100 0 50M0 50Q50 100 100 50T0 50z" fill="red"/>`, map[string]color.Color{"50,30": red, "2,2": nothing}},
		"even-odd":           {`<path fill-rule="evenodd" d="M0 0h100v100H0zM25 25h50v50h-50z" fill="red"/><path d="M0 0h10v10h-10z" fill="blue"/>`, map[string]color.Color{"15,50": red, "50,50": nothing, "5,5": blue}},
		"non-zero":           {`<path d="M0 0h100v100H0zM25 25h50v50h-50z" fill="red"/>`, map[string]color.Color{"50,50": red}},
		"shapes":             {`<circle cx="25" cy="25" r="20" fill="red"/><ellipse cx="75" cy="25" rx="20" ry="10" fill="blue"/><polygon points="10,60 40,60 40,90 10,90" fill="red"/><line x1="60" x2="90" y1="75" y2="75" stroke="blue" stroke-width="9"/>`, map[string]color.Color{"25,25": red, "75,25": blue, "75,10": nothing, "25,75": red, "75,75": blue}},
		"rounded":            {`<rect width="100" height="100" rx="50" fill="red"/>`, map[string]color.Color{"2,2": nothing, "50,50": red}},
		"defs":               {`<defs><rect width="100" height="100"/></defs><clipPath><rect width="100" height="100"/></clipPath><symbol><rect width="100" height="100"/></symbol>`, map[string]color.Color{"50,50": nothing}},
		"use":                {`<defs><rect id="a" width="50" height="100" fill="red"/></defs><use xlink:href="#a" x="50"/>`, map[string]color.Color{"20,50": nothing, "70,50": red}},
		"use of later":       {`<use href="#a" x="50"/><symbol id="a" viewBox="0 0 1 1"><rect width="1" height="1" fill="red"/></symbol>`, map[string]color.Color{"70,50": red}},
		"use of itself":      {`<g id="a"><rect width="100" height="100" fill="red"/><use href="#a"/></g>`, map[string]color.Color{"50,50": red}},
		"inner svg":          {`<svg x="50" y="50" width="50" height="50" viewBox="0 0 2 2"><rect width="2" height="2" fill="red"/></svg>`, map[string]color.Color{"20,20": nothing, "75,75": red}},
		"not shown":          {`<rect display="none" width="100" height="100"/><g visibility="hidden"><rect width="100" height="100"/></g><text y="50">Hi</text><foreignObject><rect width="100" height="100"/></foreignObject>`, map[string]color.Color{"50,50": nothing}},
		"linear gradient":    {`<linearGradient id="g"><stop stop-color="red"/><stop offset="1" style="stop-color:blue"/></linearGradient><rect width="100" height="100" fill="url(#g)"/>`, map[string]color.Color{"2,50": red, "97,50": blue, "50,50": color.NRGBA{128, 0, 128, 255}}},
		"user space":         {`<linearGradient id="a"><stop stop-color="red"/><stop offset="100%" stop-color="blue"/></linearGradient><linearGradient xlink:href="#a" id="g" gradientUnits="userSpaceOnUse" x1="0" x2="10"/><rect transform="scale(10)" width="10" height="10" fill="url('#g')"/>`, map[string]color.Color{"2,50": red, "97,50": blue, "50,50": color.NRGBA{128, 0, 128, 255}}},
		"radial gradient":    {`<radialGradient id="g" gradientUnits="userSpaceOnUse" cx="5" cy="5" r="5"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></radialGradient><rect transform="scale(10)" width="10" height="10" fill="url(#g)"/>`, map[string]color.Color{"50,50": red, "2,2": blue}},
		"no gradient":        {`<rect width="100" height="100" fill="url(#none) red"/>`, map[string]color.Color{"50,50": red}},
		"one stop":           {`<linearGradient id="g"><stop stop-color="red"/></linearGradient><rect width="100" height="100" fill="url(#g)"/>`, map[string]color.Color{"50,50": red}},
		"far out":            {`<path d="M-1e7 50L1e7 50L1e7 1e7L-1e7 1e7z" fill="red"/>`, map[string]color.Color{"50,75": red, "50,25": nothing}},
		"open tags":          {`<g><foreignObject><div>a<br>b<br></foreignObject><rect width="100" height="100" fill="red"/></g>`, map[string]color.Color{"50,50": red}},
		"cut off":            {`<rect width="100" height="100" fill="red"/><g><path d="M0`, map[string]color.Color{"50,50": red}},
		"no file is read":    {`<image href="file:///etc/passwd" width="100" height="100"/><use href="https://e.org/a.svg#a"/><style>@import url(https://e.org);</style>`, map[string]color.Color{"50,50": nothing}},
	} {
		for _, size := range []int{100, 37, 400} {
			img, err := drawSVG(t.Context(), drawing(test.inside), size, size)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			want := map[string]color.Color{}
			for place, c := range test.want {
				var x, y int
				fmt.Sscanf(place, "%d,%d", &x, &y)
				want[fmt.Sprintf("%d,%d", x*size/100, y*size/100)] = c
			}
			t.Run(fmt.Sprint(name, size), func(t *testing.T) { check(t, img, want) })
		}
	}
}

// On dense screens too.
func TestCorners(t *testing.T) {
	img, err := drawSVG(t.Context(), drawing(`<path d="M10 10H90V90H10z" fill="none" stroke="red" stroke-width="4"/>`), 2000, 2000)
	if err != nil {
		t.Fatal(err)
	}
	check(t, img, map[string]color.Color{
		"164,164": red, "1836,164": red, "164,1836": red, "1836,1836": red, "155,155": nothing, "245,245": nothing, "1000,164": red,
	})
}

func TestViewBox(t *testing.T) {
	for attrs, want := range map[string]map[string]color.Color{
		`viewBox="50 50 100 100"`:                                                       {"25,50": nothing, "75,50": red},
		`viewBox="50 100 200 100"`:                                                      {"10,30": nothing, "55,40": red, "55,60": nothing},
		`viewBox="50 100 200 100" preserveAspectRatio="none"`:                           {"55,5": red, "20,50": nothing},
		`viewBox="50 100 200 100" preserveAspectRatio="xMidYMin"`:                       {"55,5": red, "55,60": nothing},
		`viewBox="50 100 200 100" preserveAspectRatio="xMinYMid slice"`:                 {"90,5": red, "90,75": nothing, "20,20": nothing},
		`viewBox="100 100 100 100" preserveAspectRatio="xMidYMid slice" x="3" id="svg"`: {"50,25": red, "50,75": nothing},
	} {
		data := strings.Replace(string(drawing(`<rect x="100" y="50" width="100" height="100" fill="red"/>`)), "<svg", "<svg "+attrs, 1)
		img, err := drawSVG(t.Context(), []byte(data), 100, 100)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(attrs, func(t *testing.T) { check(t, img, want) })
	}
}

// bombs are small and ask for very much.
func bombs() map[string]string {
	var uses strings.Builder
	uses.WriteString(`<g id="u0"><path d="M0 0h100v100z"/></g>`)
	for i := range 12 {
		fmt.Fprintf(&uses, `<g id="u%d">%s</g>`, i+1, strings.Repeat(fmt.Sprintf(`<use href="#u%d"/>`, i), 10))
	}
	stops := strings.Repeat(`<stop offset=".5" stop-color="red"/>`, 40_000)
	long := "M0 0" + strings.Repeat("c9 9 9 9 9 9", 200_000)
	return map[string]string{
		"uses":         uses.String(),
		"repeated":     `<path id="p" d="` + long + `"/>` + strings.Repeat(`<use href="#p"/>`, 20_000),
		"nothing used": `<g id="p" class="` + strings.Repeat("a ", 1_000_000) + `"/>` + strings.Repeat(`<use href="#p"/>`, 40_000),
		"elements":     strings.Repeat(`<g/>`, mostElements+1),
		"nested":       strings.Repeat(`<g>`, 100_000),
		"dashes":       `<path d="M0 0H1e7" stroke="red" stroke-dasharray=".3 .3" transform="scale(10)"/>`,
		"long dashes":  `<path d="M0 0` + strings.Repeat("H1e6H0", 1000) + `" stroke="red" stroke-dasharray="1 1"/>`,
		"large":        strings.Repeat(`<rect width="100%" height="100%"/>`, 30_000),
		"gradients":    `<linearGradient id="g">` + stops + `</linearGradient>` + strings.Repeat(`<rect width="100%" height="100%" fill="url(#g)"/>`, 5_000),
		"curves":       `<path d="M0 0` + strings.Repeat("C1e6 0 0 1e6 9 9", 100_000) + `" stroke="red"/>`,
		"arcs":         `<path d="M0 0` + strings.Repeat("A1e6 1e6 0 1 1 9 9", 50_000) + `" stroke="red" stroke-width="1e5" stroke-linejoin="round"/>`,
		"style":        `<style>` + strings.Repeat(`a<!-- -->`, 400_000) + `</style>`,
		"classes":      `<style>.a{` + strings.Repeat("x:y;", 100_000) + `}</style>` + strings.Repeat(`<g class="a a a a a a a a"/>`, 20_000),
		"rules":        `<style>` + strings.Repeat(`.a{x:y}`, 300_000) + `</style>`,
		"brackets":     strings.Repeat(`<`, 1_000_000),
		"entities":     `<g x="` + strings.Repeat(`&amp;`, 700_000) + `"/>`,
		"transforms":   `<g transform="` + strings.Repeat(`scale(9)`, 400_000) + `"><rect width="9" height="9"/></g>`,
	}
}

func TestBombs(t *testing.T) {
	for name, inside := range bombs() {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			_, err := drawWithin(t.Context(), drawing(inside), 1240, 1240, mostWork/10)
			if err != nil && err != errTooLarge && err != errBroken {
				t.Error(err)
			}
			took := time.Since(begin)
			t.Log(took.Round(time.Millisecond), err)
			if took > time.Minute { // a second at most on a machine that is idle
				t.Errorf("took %v", took)
			}
		})
	}
}

// What takes long ends with its context.
func TestSVGEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := drawSVG(ctx, drawing(bombs()["large"]), 1240, 1240); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// The edges of shapes that meet leave no gap, and what is covered in part is
// coloured in part.
func TestCoverage(t *testing.T) {
	c := newCanvas(40, 40, func(int) {})
	points := []point{{20, -30}, {70, 20}, {20, 70}, {-30, 20}, {20, -30}}
	for i, p := range points[1:] {
		c.line(points[i], p)
	}
	c.fill(ink{colour: colour{255, 0, 0, 255}}, false)
	for i := 3; i < len(c.image.Pix); i += 4 {
		if c.image.Pix[i] != 255 {
			t.Fatalf("pixel %d has alpha %d", i/4, c.image.Pix[i])
		}
	}
	circle := newCanvas(40, 40, func(int) {})
	before := point{35, 20}
	for i := 1; i <= 360; i++ {
		sin, cos := math.Sincos(float64(i) * math.Pi / 180)
		p := point{20 + 15*cos, 20 + 15*sin}
		circle.line(before, p)
		before = p
	}
	circle.fill(ink{colour: colour{0, 0, 0, 255}}, true)
	area := 0.0
	for i := 3; i < len(circle.image.Pix); i += 4 {
		area += float64(circle.image.Pix[i]) / 255
	}
	if want := math.Pi * 15 * 15; math.Abs(area-want) > 1 {
		t.Errorf("the circle covers %.1f, want %.1f", area, want)
	}
	if circle.image.Rect != image.Rect(0, 0, 40, 40) {
		t.Error(circle.image.Rect)
	}
}
