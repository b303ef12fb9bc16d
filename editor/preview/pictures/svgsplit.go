package pictures

import (
	"math"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
)

// split cuts the long straight lines of a path into pieces. At the corners of
// longer ones rasterx multiplies beyond 32 bits and draws odd shapes.
func split(path rasterx.Path, work func(int)) rasterx.Path {
	const long, most = 200 * precision * 64, 32 // of a line that leads far out
	out := make(rasterx.Path, 0, len(path))
	var at, start [2]fixed.Int26_6
	line := func(to [2]fixed.Int26_6, whole bool) {
		dx, dy := float64(to[0])-float64(at[0]), float64(to[1])-float64(at[1])
		n := int(min(math.Ceil(math.Hypot(dx, dy)/long), most))
		for i := 1; i < n; i++ {
			work(200)
			f := float64(i) / float64(n)
			out = append(out, fixed.Int26_6(rasterx.PathLineTo), at[0]+fixed.Int26_6(dx*f), at[1]+fixed.Int26_6(dy*f))
		}
		if whole {
			out = append(out, fixed.Int26_6(rasterx.PathLineTo), to[0], to[1])
		}
		at = to
	}
	coordinates := [...]int{rasterx.PathMoveTo: 2, rasterx.PathLineTo: 2, rasterx.PathQuadTo: 4, rasterx.PathCubicTo: 6, rasterx.PathClose: 0}
	for i := 0; i < len(path); {
		command := rasterx.PathCommand(path[i])
		n := coordinates[command]
		switch command {
		case rasterx.PathLineTo:
			line([2]fixed.Int26_6{path[i+1], path[i+2]}, true)
		case rasterx.PathClose:
			line(start, false)
			out = append(out, path[i])
		default:
			out = append(out, path[i:i+n+1]...)
			at = [2]fixed.Int26_6{path[i+n-1], path[i+n]}
			if command == rasterx.PathMoveTo {
				start = at
			}
		}
		i += n + 1
	}
	return out
}
