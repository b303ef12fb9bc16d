package compiled

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
)

var (
	stringType = reflect.TypeFor[string]()
	intType    = reflect.TypeFor[int]()
	boolType   = reflect.TypeFor[bool]()
	htmlType   = reflect.TypeFor[template.HTML]()
	urlType    = reflect.TypeFor[template.URL]()
	jsType     = reflect.TypeFor[template.JS]()
	cssType    = reflect.TypeFor[template.CSS]()
)

// printer writes a value in its place in the HTML.
type printer func(b *bytes.Buffer, v reflect.Value)

// printerFor is what the functions of html/template do one after another with a value of
// the type, nil if that is not known here.
func printerFor(escapers []string, of reflect.Type) printer {
	chain := strings.Join(escapers, " ")
	text := of == stringType || of == urlType
	switch {
	case (chain == "html" || chain == "attr" || chain == "rcdata") && text:
		return func(b *bytes.Buffer, v reflect.Value) { escape(b, v.String()) }
	case (chain == "html" || chain == "attr" || chain == "rcdata") && of == intType:
		return func(b *bytes.Buffer, v reflect.Value) { b.WriteString(strconv.FormatInt(v.Int(), 10)) }
	case chain == "html" && of == htmlType, chain == "jsval" && of == jsType, chain == "cssvaluefilter" && of == cssType:
		return func(b *bytes.Buffer, v reflect.Value) { b.WriteString(v.String()) }
	case chain == "urlfilter urlnormalizer attr" && of == urlType:
		return func(b *bytes.Buffer, v reflect.Value) { address(b, v.String(), true) }
	case chain == "urlfilter urlnormalizer attr" && of == stringType:
		return func(b *bytes.Buffer, v reflect.Value) {
			s := v.String()
			if !safeScheme(s) {
				s = "#ZgotmplZ" // as html/template writes
			}
			address(b, s, true)
		}
	case chain == "urlescaper attr" && text:
		return func(b *bytes.Buffer, v reflect.Value) { address(b, v.String(), of == urlType) }
	}
	return nil
}

// escape writes text for an element or an attribute in quotes.
func escape(b *bytes.Buffer, s string) {
	written := 0
	for i := 0; i < len(s); i++ {
		with := ""
		switch s[i] {
		case 0:
			with = "\ufffd"
		case '"':
			with = "&#34;"
		case '&':
			with = "&amp;"
		case '\'':
			with = "&#39;"
		case '+':
			with = "&#43;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		default:
			continue
		}
		b.WriteString(s[written:i])
		b.WriteString(with)
		written = i + 1
	}
	b.WriteString(s[written:])
}

// safeScheme tells addresses that may stand in any template from those that have to be
// a template.URL.
func safeScheme(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return !ok || strings.Contains(scheme, "/") ||
		strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

const hex = "0123456789abcdef"

// address writes an address, or with whole unset a part of one, for an attribute.
func address(b *bytes.Buffer, s string, whole bool) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_', c == '~':
			b.WriteByte(c)
		case whole && c == '&':
			b.WriteString("&amp;")
		case whole && c == '+':
			b.WriteString("&#43;")
		case whole && strings.IndexByte("!#$*,/:;=?@[]", c) >= 0,
			whole && c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
