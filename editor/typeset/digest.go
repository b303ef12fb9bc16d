package typeset

import (
	"reflect"
	"unsafe"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/harfbuzz"
)

// openDigests mends a font of go-text/typesetting for shaping. Up to v0.3.5 the filter that keeps a lookup from being
// tried on glyphs it does not cover also rejects some that it does (issue 278 there, mended after v0.3.5): "To" loses
// its kerning and Arabic letters their joined forms. The filters are private; those that may be wrong are opened
// wide, which costs a little time. It does nothing to a version whose filters look otherwise.
func openDigests(hb *harfbuzz.Font, ft *font.Font) {
	var gsub, gpos [][]tables.Coverage
	for _, lookup := range ft.GSUB.Lookups {
		var covers []tables.Coverage
		for _, table := range lookup.Subtables {
			covers = append(covers, table.Cov())
		}
		gsub = append(gsub, covers)
	}
	for _, lookup := range ft.GPOS.Lookups {
		var covers []tables.Coverage
		for _, table := range lookup.Subtables {
			covers = append(covers, table.Cov())
		}
		gpos = append(gpos, covers)
	}
	v := reflect.ValueOf(hb).Elem()
	openLookups(v.FieldByName("gsubAccels"), gsub)
	openLookups(v.FieldByName("gposAccels"), gpos)
}

func openLookups(lookups reflect.Value, covers [][]tables.Coverage) {
	if lookups.Kind() != reflect.Slice || lookups.Len() != len(covers) {
		return
	}
	for i, cover := range covers {
		subtables := lookups.Index(i).FieldByName("subtables")
		if subtables.Kind() != reflect.Slice || subtables.Len() != len(cover) {
			return
		}
		for j, c := range cover {
			if ranges, ok := c.(tables.Coverage2); ok && len(ranges.Ranges) > 0 {
				open(lookups.Index(i).FieldByName("digest")) // of all the lookup's subtables
				if len(ranges.Ranges) > 1 {
					open(subtables.Index(j).FieldByName("digest"))
				}
			}
		}
	}
}

// open makes a filter let everything through.
func open(digest reflect.Value) {
	if digest.Kind() == reflect.Array && digest.Type().Elem().Kind() == reflect.Uint64 && digest.CanAddr() {
		bits := unsafe.Slice((*uint64)(unsafe.Pointer(digest.UnsafeAddr())), digest.Len())
		for i := range bits {
			bits[i] = ^uint64(0)
		}
	}
}
