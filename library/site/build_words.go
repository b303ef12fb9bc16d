package site

import "strings"

// Words are the fixed words of a site's lists in one language. %s stands for a name.
type Words struct {
	Archive, Tags, Authors, Search string
	Newer, Older                   string // posts, on the pages of a list
	Tagged                         string // %s is a tag
	Moved                          string // this page has another address now
	NotFound, NotFoundHelp         string
	SearchHint, NoScript, Nothing  string
	Found                          string // %s is the number of posts
	Undated, Feed, Skip            string
}

// wordsFor returns the words for a BCP 47 tag, in English where there are none.
func wordsFor(lang string) *Words {
	lower := strings.ToLower(lang)
	base, rest, _ := strings.Cut(lower, "-")
	if base == "zh" {
		for part := range strings.SplitSeq(rest, "-") {
			switch part {
			case "hant", "tw", "hk", "mo":
				base = "zh-hant"
			}
		}
	}
	if w := listWords[base]; w != nil {
		return w
	}
	return listWords["en"]
}

// listWords is read only.
var listWords = map[string]*Words{
	"en": {"Archive", "Tags", "Authors", "Search", "Newer posts", "Older posts", "Posts tagged “%s”", "This page has moved to:",
		"Page not found", "There is no page at this address. The archive lists all posts.", "Search all posts", "Searching needs JavaScript. The archive lists all posts.", "Nothing found.", "Posts found: %s", "Without a date", "Feed", "Skip to content"},
	"de": {"Archiv", "Schlagwörter", "Autoren", "Suche", "Neuere Beiträge", "Ältere Beiträge", "Beiträge zu „%s“", "Diese Seite ist umgezogen:",
		"Seite nicht gefunden", "Unter dieser Adresse gibt es keine Seite. Das Archiv führt alle Beiträge auf.", "Alle Beiträge durchsuchen", "Die Suche braucht JavaScript. Das Archiv führt alle Beiträge auf.", "Nichts gefunden.", "Gefundene Beiträge: %s", "Ohne Datum", "Feed", "Zum Inhalt"},
	"fr": {"Archives", "Étiquettes", "Auteurs", "Recherche", "Articles plus récents", "Articles plus anciens", "Articles sur « %s »", "Cette page a changé d’adresse :",
		"Page introuvable", "Il n’y a pas de page à cette adresse. Les archives donnent la liste de tous les articles.", "Chercher dans tous les articles", "La recherche a besoin de JavaScript. Les archives donnent la liste de tous les articles.", "Aucun résultat.", "Articles trouvés : %s", "Sans date", "Flux", "Aller au contenu"},
	"es": {"Archivo", "Etiquetas", "Autores", "Buscar", "Entradas más recientes", "Entradas anteriores", "Entradas sobre «%s»", "Esta página se ha trasladado a:",
		"Página no encontrada", "No hay ninguna página en esta dirección. El archivo contiene todas las entradas.", "Buscar en todas las entradas", "La búsqueda necesita JavaScript. El archivo contiene todas las entradas.", "No se ha encontrado nada.", "Entradas encontradas: %s", "Sin fecha", "Canal", "Ir al contenido"},
	"it": {"Archivio", "Etichette", "Autori", "Cerca", "Articoli più recenti", "Articoli precedenti", "Articoli su «%s»", "Questa pagina si è spostata:",
		"Pagina non trovata", "A questo indirizzo non c’è nessuna pagina. L’archivio elenca tutti gli articoli.", "Cerca in tutti gli articoli", "La ricerca richiede JavaScript. L’archivio elenca tutti gli articoli.", "Nessun risultato.", "Articoli trovati: %s", "Senza data", "Feed", "Vai al contenuto"},
	"pt": {"Arquivo", "Etiquetas", "Autores", "Pesquisa", "Artigos mais recentes", "Artigos anteriores", "Artigos sobre “%s”", "Esta página mudou de endereço:",
		"Página não encontrada", "Não há nenhuma página neste endereço. O arquivo tem todos os artigos.", "Pesquisar em todos os artigos", "A pesquisa precisa de JavaScript. O arquivo tem todos os artigos.", "Nada encontrado.", "Artigos encontrados: %s", "Sem data", "Feed", "Ir para o conteúdo"},
	"nl": {"Archief", "Trefwoorden", "Auteurs", "Zoeken", "Nieuwere berichten", "Oudere berichten", "Berichten over ‘%s’", "Deze pagina is verhuisd naar:",
		"Pagina niet gevonden", "Op dit adres is geen pagina. Het archief bevat alle berichten.", "Alle berichten doorzoeken", "Zoeken vereist JavaScript. Het archief bevat alle berichten.", "Niets gevonden.", "Gevonden berichten: %s", "Zonder datum", "Feed", "Naar de inhoud"},
	"sv": {"Arkiv", "Etiketter", "Författare", "Sök", "Nyare inlägg", "Äldre inlägg", "Inlägg om ”%s”", "Sidan har flyttat till:",
		"Sidan hittades inte", "Det finns ingen sida på den här adressen. Arkivet har alla inlägg.", "Sök bland alla inlägg", "Sökningen behöver JavaScript. Arkivet har alla inlägg.", "Inget hittades.", "Hittade inlägg: %s", "Utan datum", "Flöde", "Till innehållet"},
	"pl": {"Archiwum", "Tagi", "Autorzy", "Szukaj", "Nowsze wpisy", "Starsze wpisy", "Wpisy z tagiem „%s”", "Ta strona ma nowy adres:",
		"Nie znaleziono strony", "Pod tym adresem nie ma strony. Archiwum zawiera wszystkie wpisy.", "Szukaj we wszystkich wpisach", "Wyszukiwanie wymaga JavaScriptu. Archiwum zawiera wszystkie wpisy.", "Nic nie znaleziono.", "Znalezione wpisy: %s", "Bez daty", "Kanał", "Przejdź do treści"},
	"ru": {"Архив", "Метки", "Авторы", "Поиск", "Более новые записи", "Более старые записи", "Записи с меткой «%s»", "Страница переехала:",
		"Страница не найдена", "По этому адресу страницы нет. В архиве есть все записи.", "Искать во всех записях", "Для поиска нужен JavaScript. В архиве есть все записи.", "Ничего не найдено.", "Найдено записей: %s", "Без даты", "Лента", "К содержанию"},
	"zh": {"归档", "标签", "作者", "搜索", "较新的文章", "较早的文章", "标签“%s”的文章", "本页已移至：",
		"找不到页面", "此地址没有页面。归档列有全部文章。", "搜索全部文章", "搜索需要 JavaScript。归档列有全部文章。", "没有找到。", "找到的文章：%s", "无日期", "订阅", "跳到正文"},
	"zh-hant": {"彙整", "標籤", "作者", "搜尋", "較新的文章", "較舊的文章", "標籤「%s」的文章", "本頁已移至：",
		"找不到頁面", "此網址沒有頁面。彙整列有全部文章。", "搜尋全部文章", "搜尋需要 JavaScript。彙整列有全部文章。", "沒有找到。", "找到的文章：%s", "無日期", "訂閱", "跳到內文"},
	"ja": {"アーカイブ", "タグ", "著者", "検索", "新しい記事", "古い記事", "「%s」の記事", "このページは移動しました：",
		"ページが見つかりません", "このアドレスにページはありません。アーカイブにすべての記事があります。", "すべての記事を検索", "検索には JavaScript が必要です。アーカイブにすべての記事があります。", "見つかりませんでした。", "見つかった記事：%s", "日付なし", "フィード", "本文へ"},
	"ko": {"보관함", "태그", "글쓴이", "검색", "새 글", "이전 글", "‘%s’ 태그의 글", "이 페이지는 옮겨졌습니다:",
		"페이지를 찾을 수 없습니다", "이 주소에는 페이지가 없습니다. 보관함에 모든 글이 있습니다.", "모든 글 검색", "검색하려면 JavaScript가 필요합니다. 보관함에 모든 글이 있습니다.", "찾은 것이 없습니다.", "찾은 글: %s", "날짜 없음", "피드", "본문으로"},
	"ar": {"الأرشيف", "الوسوم", "الكتّاب", "بحث", "مقالات أحدث", "مقالات أقدم", "مقالات بوسم «%s»", "انتقلت هذه الصفحة إلى:",
		"الصفحة غير موجودة", "لا توجد صفحة على هذا العنوان. في الأرشيف كل المقالات.", "البحث في كل المقالات", "يحتاج البحث إلى JavaScript. في الأرشيف كل المقالات.", "لا نتائج.", "المقالات التي وُجدت: %s", "بلا تاريخ", "تغذية", "إلى المحتوى"},
	"he": {"ארכיון", "תגיות", "כותבים", "חיפוש", "רשומות חדשות יותר", "רשומות ישנות יותר", "רשומות בתגית „%s”", "הדף עבר אל:",
		"הדף לא נמצא", "אין דף בכתובת הזאת. בארכיון נמצאות כל הרשומות.", "חיפוש בכל הרשומות", "החיפוש דורש JavaScript. בארכיון נמצאות כל הרשומות.", "לא נמצא דבר.", "רשומות שנמצאו: %s", "ללא תאריך", "הזנה", "לתוכן"},
	"fa": {"بایگانی", "برچسب\u200cها", "نویسندگان", "جستجو", "نوشته\u200cهای تازه\u200cتر", "نوشته\u200cهای قدیمی\u200cتر", "نوشته\u200cها با برچسب «%s»", "این صفحه جابه\u200cجا شده است:",
		"صفحه پیدا نشد", "در این نشانی صفحه\u200cای نیست. همهٔ نوشته\u200cها در بایگانی هست.", "جستجو در همهٔ نوشته\u200cها", "جستجو به JavaScript نیاز دارد. همهٔ نوشته\u200cها در بایگانی هست.", "چیزی پیدا نشد.", "نوشته\u200cهای پیداشده: %s", "بدون تاریخ", "خوراک", "رفتن به محتوا"},
}

func named(format, name string) string { return strings.ReplaceAll(format, "%s", name) }
