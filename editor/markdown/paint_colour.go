package markdown

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// tokens maps chroma's types to classes, most special first.
var tokens = []struct {
	from, to chroma.TokenType // types come in ranges
	class    Token
}{
	{chroma.KeywordType, chroma.KeywordType, Name},
	{chroma.Keyword, chroma.Keyword + 999, Keyword},
	{chroma.NameFunction, chroma.NameFunctionMagic, Function},
	{chroma.NameDecorator, chroma.NameDecorator, Function},
	{chroma.NameTag, chroma.NameTag, Keyword},
	{chroma.NameAttribute, chroma.NameAttribute, Function},
	{chroma.NameBuiltin, chroma.NameBuiltinPseudo, Name},
	{chroma.NameClass, chroma.NameConstant, Name},
	{chroma.NameException, chroma.NameException, Name},
	{chroma.NameNamespace, chroma.NameProperty, Name},
	{chroma.LiteralString, chroma.LiteralString + 99, String},
	{chroma.LiteralNumber, chroma.LiteralNumber + 99, Number},
	{chroma.OperatorWord, chroma.OperatorWord, Keyword},
	{chroma.Operator, chroma.Operator + 999, Operator},
	{chroma.CommentPreproc, chroma.CommentPreprocFile, Name},
	{chroma.Comment, chroma.Comment + 999, CommentToken},
	{chroma.GenericDeleted, chroma.GenericDeleted, Deleted},
	{chroma.GenericInserted, chroma.GenericInserted, Inserted},
	{chroma.GenericHeading, chroma.GenericHeading, CommentToken},
	{chroma.GenericOutput, chroma.GenericOutput, CommentToken},
	{chroma.GenericPrompt, chroma.GenericPrompt, Keyword},
}

func tokenOf(t chroma.TokenType) Token {
	for _, c := range tokens {
		if t >= c.from && t <= c.to {
			return c.class
		}
	}
	return NoToken
}

// maxColoured is how much code in one block is coloured: lexers take seconds for
// a megabyte.
const maxColoured = 64 << 10

// coloured is a number of bytes of one token class.
type coloured struct {
	length int
	class  Token
}

// colourer returns the token classes of code from its start on, and whether they
// are final.
type colourer func(language, code string) (colours []coloured, done bool)

// Language takes the name of a language from the info string of a fence, such as
// "go", "rust,ignore" or "{.python .numbered}", in lower case.
func Language(info string) string {
	info = strings.TrimLeft(strings.TrimSpace(info), "{. ")
	if i := strings.IndexAny(info, " \t,{}:;"); i >= 0 {
		info = info[:i]
	}
	return strings.ToLower(info)
}

// lexerNames are chroma's lexers by name, alias and file extension. Its own look-up takes
// milliseconds for a name that it does not know.
var lexerNames = sync.OnceValue(func() map[string]chroma.Lexer {
	names := map[string]chroma.Lexer{}
	add := func(name string, l chroma.Lexer) {
		if _, taken := names[name]; !taken {
			names[name] = l
		}
	}
	all := slices.Clone(lexers.GlobalLexerRegistry.Lexers)
	slices.SortStableFunc(all, func(a, b chroma.Lexer) int {
		return cmp.Compare(b.Config().Priority, a.Config().Priority)
	})
	for _, l := range all {
		add(strings.ToLower(l.Config().Name), l)
	}
	for _, l := range all {
		for _, alias := range l.Config().Aliases {
			add(strings.ToLower(alias), l)
		}
	}
	for _, l := range all {
		for _, file := range l.Config().Filenames {
			if extension, ok := strings.CutPrefix(file, "*."); ok {
				add(strings.ToLower(extension), l)
			}
		}
	}
	return names
})

// Lexer returns chroma's lexer for a language, or nil.
func Lexer(language string) chroma.Lexer { return lexerNames()[language] }

// lex colours code with chroma, if it knows the language. It stops early when
// asked to.
func lex(language, code string, stop func() bool) []coloured {
	lexer := Lexer(language)
	if lexer == nil {
		return nil
	}
	next, err := lexer.Tokenise(nil, code)
	if err != nil {
		return nil
	}
	var colours []coloured
	rest := len(code)
	for t := next(); t != chroma.EOF && rest > 0 && !stop(); t = next() {
		// Some lexers end the last line when the author did not.
		c := coloured{min(len(t.Value), rest), tokenOf(t.Type)}
		rest -= c.length
		if n := len(colours); n > 0 && colours[n-1].class == c.class {
			colours[n-1].length += c.length
		} else {
			colours = append(colours, c)
		}
	}
	return colours
}
