package html

import (
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

type forms = map[plural.Form]string

const englishMonths = "January February March April May June July August September October November December"

// words is read only.
var words = map[string]*Words{
	"en": {
		AboutAuthor: "About the author", AboutAuthors: "About the authors",
		ViewAll: "View all posts by %s", PostsBy: "Posts by %s", Updated: "Updated %s",
		Draft: "Draft", Untitled: "Untitled", NoPicture: "Picture not found",
		tag: language.English, minutes: forms{plural.One: "%d minute", plural.Other: "%d minutes"},
		date: "{d} {m} {y}", months: englishMonths,
	},
	"en-us": {
		AboutAuthor: "About the author", AboutAuthors: "About the authors",
		ViewAll: "View all posts by %s", PostsBy: "Posts by %s", Updated: "Updated %s",
		Draft: "Draft", Untitled: "Untitled", NoPicture: "Picture not found",
		tag: language.English, minutes: forms{plural.One: "%d minute", plural.Other: "%d minutes"},
		date: "{m} {d}, {y}", months: englishMonths,
	},
	"fr": {
		AboutAuthor: "À propos de l’auteur", AboutAuthors: "À propos des auteurs",
		ViewAll: "Voir tous les articles de %s", PostsBy: "Articles de %s", Updated: "Mis à jour le %s",
		Draft: "Brouillon", Untitled: "Sans titre", NoPicture: "Image introuvable",
		tag: language.French, minutes: forms{plural.One: "%d minute", plural.Other: "%d minutes"},
		date: "{d} {m} {y}", first: "1er",
		months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
	},
	"de": {
		AboutAuthor: "Über den Autor", AboutAuthors: "Über die Autoren",
		ViewAll: "Alle Beiträge von %s ansehen", PostsBy: "Beiträge von %s", Updated: "Aktualisiert am %s",
		Draft: "Entwurf", Untitled: "Ohne Titel", NoPicture: "Bild nicht gefunden",
		tag: language.German, minutes: forms{plural.One: "%d Minute", plural.Other: "%d Minuten"},
		date:   "{d}. {m} {y}",
		months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
	},
	"es": {
		AboutAuthor: "Sobre el autor", AboutAuthors: "Sobre los autores",
		ViewAll: "Ver todas las entradas de %s", PostsBy: "Entradas de %s", Updated: "Actualizado el %s",
		Draft: "Borrador", Untitled: "Sin título", NoPicture: "Imagen no encontrada",
		tag: language.Spanish, minutes: forms{plural.One: "%d minuto", plural.Other: "%d minutos"},
		date:   "{d} de {m} de {y}",
		months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	},
	"it": {
		AboutAuthor: "Sull’autore", AboutAuthors: "Sugli autori",
		ViewAll: "Vedi tutti gli articoli di %s", PostsBy: "Articoli di %s", Updated: "Aggiornato il %s",
		Draft: "Bozza", Untitled: "Senza titolo", NoPicture: "Immagine non trovata",
		tag: language.Italian, minutes: forms{plural.One: "%d minuto", plural.Other: "%d minuti"},
		date: "{d} {m} {y}", first: "1º",
		months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	},
	"pt": {
		AboutAuthor: "Sobre o autor", AboutAuthors: "Sobre os autores",
		ViewAll: "Ver todos os artigos de %s", PostsBy: "Artigos de %s", Updated: "Atualizado em %s",
		Draft: "Rascunho", Untitled: "Sem título", NoPicture: "Imagem não encontrada",
		tag: language.Portuguese, minutes: forms{plural.One: "%d minuto", plural.Other: "%d minutos"},
		date: "{d} de {m} de {y}", first: "1º",
		months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	},
	"nl": {
		AboutAuthor: "Over de auteur", AboutAuthors: "Over de auteurs",
		ViewAll: "Alle berichten van %s bekijken", PostsBy: "Berichten van %s", Updated: "Bijgewerkt op %s",
		Draft: "Concept", Untitled: "Zonder titel", NoPicture: "Afbeelding niet gevonden",
		tag: language.Dutch, minutes: forms{plural.One: "%d minuut", plural.Other: "%d minuten"},
		date:   "{d} {m} {y}",
		months: "januari februari maart april mei juni juli augustus september oktober november december",
	},
	"sv": {
		AboutAuthor: "Om författaren", AboutAuthors: "Om författarna",
		ViewAll: "Visa alla inlägg av %s", PostsBy: "Inlägg av %s", Updated: "Uppdaterad %s",
		Draft: "Utkast", Untitled: "Utan titel", NoPicture: "Bilden hittades inte",
		tag: language.Swedish, minutes: forms{plural.One: "%d minut", plural.Other: "%d minuter"},
		date:   "{d} {m} {y}",
		months: "januari februari mars april maj juni juli augusti september oktober november december",
	},
	"pl": {
		AboutAuthor: "O autorze", AboutAuthors: "O autorach",
		ViewAll: "Zobacz wszystkie wpisy: %s", PostsBy: "Wpisy: %s", Updated: "Zaktualizowano %s",
		Draft: "Szkic", Untitled: "Bez tytułu", NoPicture: "Nie znaleziono obrazu",
		tag:     language.Polish,
		minutes: forms{plural.One: "%d minuta", plural.Few: "%d minuty", plural.Other: "%d minut"},
		date:    "{d} {m} {y}",
		months:  "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
	},
	"ru": {
		AboutAuthor: "Об авторе", AboutAuthors: "Об авторах",
		ViewAll: "Все записи автора: %s", PostsBy: "Записи автора: %s", Updated: "Обновлено %s",
		Draft: "Черновик", Untitled: "Без названия", NoPicture: "Изображение не найдено",
		tag:     language.Russian,
		minutes: forms{plural.One: "%d минута", plural.Few: "%d минуты", plural.Other: "%d минут"},
		date:    "{d} {m} {y} г.",
		months:  "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
	},
	"zh": {
		AboutAuthor: "关于作者", AboutAuthors: "关于作者",
		ViewAll: "查看%s的所有文章", PostsBy: "%s的文章", Updated: "更新于%s",
		Draft: "草稿", Untitled: "无标题", NoPicture: "找不到图片",
		tag: language.Chinese, minutes: forms{plural.Other: "%d分钟"}, date: "{y}年{m}月{d}日",
	},
	"zh-hant": {
		AboutAuthor: "關於作者", AboutAuthors: "關於作者",
		ViewAll: "檢視%s的所有文章", PostsBy: "%s的文章", Updated: "更新於%s",
		Draft: "草稿", Untitled: "無標題", NoPicture: "找不到圖片",
		tag: language.TraditionalChinese, minutes: forms{plural.Other: "%d分鐘"}, date: "{y}年{m}月{d}日",
	},
	"ja": {
		AboutAuthor: "著者について", AboutAuthors: "著者について",
		ViewAll: "%sの記事をすべて見る", PostsBy: "%sの記事", Updated: "%s更新",
		Draft: "下書き", Untitled: "無題", NoPicture: "画像が見つかりません",
		tag: language.Japanese, minutes: forms{plural.Other: "%d分"}, date: "{y}年{m}月{d}日",
	},
	"ko": {
		AboutAuthor: "글쓴이 소개", AboutAuthors: "글쓴이 소개",
		ViewAll: "%s의 모든 글 보기", PostsBy: "%s의 글", Updated: "%s 수정",
		Draft: "초안", Untitled: "제목 없음", NoPicture: "그림을 찾을 수 없습니다",
		tag: language.Korean, minutes: forms{plural.Other: "%d분"}, date: "{y}년 {m}월 {d}일",
	},
	"ar": {
		AboutAuthor: "عن الكاتب", AboutAuthors: "عن الكتّاب",
		ViewAll: "عرض كل مقالات %s", PostsBy: "مقالات %s", Updated: "حُدِّث في %s",
		Draft: "مسودة", Untitled: "بلا عنوان", NoPicture: "الصورة غير موجودة",
		tag: language.Arabic,
		minutes: forms{plural.One: "دقيقة واحدة", plural.Two: "دقيقتان", plural.Few: "%d دقائق",
			plural.Many: "%d دقيقة", plural.Other: "%d دقيقة"},
		date:   "{d} {m} {y}",
		months: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
	},
	"he": {
		AboutAuthor: "על הכותב", AboutAuthors: "על הכותבים",
		ViewAll: "לכל הרשומות מאת %s", PostsBy: "רשומות מאת %s", Updated: "עודכן ב־%s",
		Draft: "טיוטה", Untitled: "ללא כותרת", NoPicture: "התמונה לא נמצאה",
		tag:     language.Hebrew,
		minutes: forms{plural.One: "דקה אחת", plural.Two: "שתי דקות", plural.Other: "%d דקות"},
		date:    "{d} ב{m} {y}",
		months:  "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
	},
	"fa": {
		AboutAuthor: "دربارهٔ نویسنده", AboutAuthors: "دربارهٔ نویسندگان",
		ViewAll: "دیدن همهٔ نوشته\u200cهای %s", PostsBy: "نوشته\u200cهای %s", Updated: "به\u200cروزرسانی: %s",
		Draft: "پیش\u200cنویس", Untitled: "بدون عنوان", NoPicture: "تصویر پیدا نشد",
		tag: language.Persian, minutes: forms{plural.Other: "%d دقیقه"}, digits: "۰۱۲۳۴۵۶۷۸۹",
		date:   "{d} {m} {y}",
		months: "ژانویهٔ فوریهٔ مارس آوریل مهٔ ژوئن ژوئیهٔ اوت سپتامبر اکتبر نوامبر دسامبر",
	},
}
