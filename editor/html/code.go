package html

import (
	"fmt"
	"strings"

	"github.com/alecthomas/chroma/v2"

	"longhand/editor/markdown"
)

// maxColoured is the size above which code is left without colours: lexers are
// made of regular expressions, and a listing this long is data.
const maxColoured = 256 << 10

// codeClasses maps chroma's token types to the classes that a page may have,
// most special first, and these to the variable of the theme that holds
// the colour. Few colours are enough, and they keep pages small.
var codeClasses = []struct {
	is              func(chroma.TokenType) bool
	class, variable string
}{
	{exactly(chroma.KeywordType), "kt", "type"},
	{within(chroma.Keyword), "k", "keyword"},
	{exactly(chroma.OperatorWord), "ow", "keyword"},
	{exactly(chroma.NameFunction, chroma.NameFunctionMagic), "nf", "function"},
	{exactly(chroma.NameClass, chroma.NameException, chroma.NameNamespace), "nc", "type"},
	{exactly(chroma.NameBuiltin, chroma.NameBuiltinPseudo, chroma.NameConstant), "nb", "number"},
	{exactly(chroma.NameTag, chroma.NameProperty), "nt", "keyword"},
	{exactly(chroma.NameAttribute, chroma.NameDecorator, chroma.NameVariable, chroma.NameLabel), "na", "function"},
	{exactly(chroma.CommentPreproc, chroma.CommentPreprocFile), "cp", "type"},
	{within(chroma.Comment), "c", "comment"},
	{sub(chroma.LiteralString), "s", "string"},
	{sub(chroma.LiteralNumber), "m", "number"},
	{exactly(chroma.GenericDeleted), "gd", "deleted"},
	{exactly(chroma.GenericInserted), "gi", "inserted"},
	{exactly(chroma.GenericHeading, chroma.GenericSubheading), "gh", "comment"},
	{exactly(chroma.GenericOutput), "go", "comment"},
	{exactly(chroma.GenericPrompt), "gp", "keyword"},
}

func exactly(types ...chroma.TokenType) func(chroma.TokenType) bool {
	return func(t chroma.TokenType) bool {
		for _, candidate := range types {
			if t == candidate {
				return true
			}
		}
		return false
	}
}

func within(category chroma.TokenType) func(chroma.TokenType) bool {
	return func(t chroma.TokenType) bool { return t.InCategory(category) }
}

func sub(category chroma.TokenType) func(chroma.TokenType) bool {
	return func(t chroma.TokenType) bool { return t.InSubCategory(category) }
}

func codeClass(t chroma.TokenType) string {
	for _, c := range codeClasses {
		if c.is(t) {
			return c.class
		}
	}
	return ""
}

// colour returns code as HTML with classes, or "" if the language is unknown.
func colour(code, language string) string {
	if language == "" || len(code) > maxColoured {
		return ""
	}
	lexer := markdown.Lexer(language)
	if lexer == nil {
		return ""
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return ""
	}
	var b strings.Builder
	rest := len(code)
	for _, t := range tokens.Tokens() {
		// Some lexers end the last line when the author did not.
		value := t.Value[:min(len(t.Value), rest)]
		rest -= len(value)
		if class := codeClass(t.Type); class != "" && strings.TrimSpace(value) != "" {
			fmt.Fprintf(&b, `<span class="%s">%s</span>`, class, escapeText(value))
		} else {
			b.WriteString(escapeText(value))
		}
	}
	if rest > 0 {
		return "" // the lexer lost something: plain code is better than less code
	}
	return b.String()
}

// codeCSS is the style for the classes that stand in body.
func codeCSS(body string) string {
	return codeRules(func(class string) bool { return strings.Contains(body, `<span class="`+class+`">`) })
}

func allCodeCSS() string { return codeRules(func(string) bool { return true }) }

func codeRules(needed func(class string) bool) string {
	var b strings.Builder
	for _, c := range codeClasses {
		if needed(c.class) {
			fmt.Fprintf(&b, ".chroma .%s{color:var(--code-%s,inherit)}\n", c.class, c.variable)
		}
	}
	return b.String()
}
