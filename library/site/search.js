// Searches the posts. search/index.js brings the list of them; which words their
// texts have is in search/words-N.js, asked for when it is needed. All of it are
// scripts, for a page opened from a disk may load nothing else.
"use strict";
(function () {
	var field = document.getElementById("q");
	var found = document.getElementById("found");
	var status = document.getElementById("nothing");
	var posts = window.longhandPosts || [];
	var texts = window.longhandTexts; // {shards, version}, if texts are searched
	var root = found.dataset.root;
	var step = 50; // posts shown at once

	// Folding and cutting are those of library/terms, by which the words were found.
	var plain = {
		"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
		"ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "ς": "σ",
		"’": "'", "‘": "'", "“": "\"", "”": "\"", "\u00ad": "", "\u200b": "", "\ufeff": ""
	};
	var accents = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/g;
	var asIs = /[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]/;
	var blank = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
	var letter = /[\p{L}\p{Nd}\p{M}]/u;
	var symbol = /[^\0-\x7f]/;
	var unspaced = /[\u3041-\u30fa\u30fc-\u30ff\u4e00-\u9fff\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

	// fold drops case and accents.
	function fold(s) {
		s = s.replace(/[\u3041-\u30fe][\u3099\u309a]/g, function (kana) { return kana.normalize("NFC"); });
		return s.replace(/[^\0-\x7f]/gu, function (c) {
			if (asIs.test(c)) return c;
			if (c in plain) return plain[c];
			if (blank.test(c)) return " ";
			return Array.from(c.normalize("NFKD").replace(accents, "")).map(function (part) {
				return part in plain ? plain[part] : part === " " ? "" : part.toLowerCase();
			}).join("");
		}).toLowerCase();
	}

	// cut returns the words of a folded text: [word, whether it may go on].
	function cut(s) {
		var out = [], word = "", last = "", paired = false;
		function flush() {
			if (word) out.push([word, false]);
			else if (last && !paired) out.push([last, true]);
			word = last = "";
			paired = false;
		}
		var all = Array.from(s);
		all.forEach(function (c, i) {
			if (unspaced.test(c)) {
				if (word) flush();
				if (last) {
					out.push([last + c, true]);
					paired = true;
				}
				last = c;
			} else if (letter.test(c)) {
				if (last) flush();
				word += c;
			} else {
				if (word.length < 3 && (c === "+" || c === "#")) word += sharp(all.slice(i), word);
				flush();
				if (symbol.test(c) && /\p{S}/u.test(c)) out.push([c, true]);
			}
		});
		if (word) out.push([word, word.length > 1]);
		else flush();
		return out;
	}

	// sharp is what follows a word in names such as C++ or F#, in the signs that the
	// index has for it.
	function sharp(rest, word) {
		var n = rest[0] === "#" ? 1 : rest[1] === "+" ? 2 : 0;
		var next = rest[n];
		var bytes = Array.from(word).reduce(function (sum, c) { return sum + (c < "\x80" ? 1 : c < "\u0800" ? 2 : 3); }, 0);
		if (!n || !bytes || bytes > 2 || next !== undefined && (next === rest[0] || /[\p{L}\p{Nd}]/u.test(next))) return "";
		return (rest[0] === "#" ? "\uff03" : "\uff0b").repeat(n);
	}

	// The shards of the index, by number: a list of [word, posts] with the numbers
	// still as they are written, "asked" or "failed".
	var shards = [];

	function shardOf(word) {
		var first = word.codePointAt(0);
		var second = unspaced.test(String.fromCodePoint(first)) ? 0 : word.codePointAt(first > 0xffff ? 2 : 1) || 0;
		return ((first * 40503 + second * 2246822519) >>> 8) % texts.shards;
	}

	window.longhandWords = function (shard, code) {
		var words = [], before = "", entry = /([A-P])([^A-Z !-\/:-@[-`{-~]+)?([Q-Z !-\/:-@[-`{-~]+)/g;
		for (var m; (m = entry.exec(code));) {
			before = before.slice(0, m[1].charCodeAt(0) - 65) + (m[2] || "");
			words.push([before, m[3]]);
		}
		shards[shard] = words;
	};

	function ask(shard) {
		shards[shard] = "asked";
		var script = document.createElement("script");
		script.src = root + "search/words-" + shard + ".js?" + texts.version;
		script.onload = script.onerror = function () {
			if (shards[shard] === "asked") shards[shard] = "failed";
			script.remove();
			search();
		};
		document.head.appendChild(script);
	}

	var digits = {};
	Array.from("QRSTUVWXYZ !#$%&'()*+,-./:;<=>?@[]^_`{|}").forEach(function (c, i) { digits[c] = i; });

	// numbers calls f with the numbers that are written in code: see texts_code.go.
	function numbers(code, f) {
		var i, n = 0, times = 1, last = -1;
		if (code[0] === "~") {
			for (i = 1; i < code.length; i++) {
				for (var bit = 0; bit < 5; bit++) {
					if (digits[code[i]] >> bit & 1) f((i - 1) * 5 + bit);
				}
			}
			return;
		}
		for (i = 0; i < code.length; i++) {
			var d = digits[code[i]];
			n += d * times;
			if (d >= 24) {
				times *= 16;
			} else {
				last += n + 1;
				f(last);
				n = 0;
				times = 1;
			}
		}
	}

	// inTexts returns by place which word a post has that is the one asked for or, if
	// that may go on, begins with it; null where it is not known (yet).
	function inTexts(word, open) {
		var shard = shardOf(word);
		if (!shards[shard]) ask(shard);
		if (typeof shards[shard] === "string") return null;
		var has = new Map();
		shards[shard].forEach(function (w) {
			if (open ? w[0].startsWith(word) : w[0] === word) {
				numbers(w[1], function (n) {
					var place = posts.length - 1 - n;
					if (!has.has(place)) has.set(place, w[0]);
				});
			}
		});
		return has;
	}

	// look returns by place how a post's text has all words of what a reader typed between
	// two spaces; null where it is not known (yet).
	function look(a) {
		var has = null;
		for (var i = 0; i < a.words.length; i++) {
			var more = inTexts(a.words[i][0], a.words[i][1]);
			if (!more) return null;
			if (has) has.forEach(function (w, place) { if (!more.has(place)) has.delete(place); });
			else has = more;
		}
		// As typed, a browser finds it also where it has accents.
		if (has) has.forEach(function (w, place) { if (a.words.length > 1 || w === a.folded) has.set(place, a.typed); });
		return has;
	}

	// A post is [address, title, date, day, first words, tags, authors], then its
	// language where that is not the site's.
	var folded = posts.map(function (p) {
		return { title: fold(p[1]), names: fold(p[5] + "\n" + p[6]), text: fold(p[4]) + " " + p[3] };
	});

	// fit says how well a post fits all that is asked for, and with which words of its
	// text: null if it lacks one.
	function fit(p, place, asked) {
		var sum = 0, words = [];
		for (var i = 0; i < asked.length; i++) {
			var a = asked[i];
			var at = p.title.indexOf(a.folded);
			if (at >= 0) {
				sum += at === 0 || !/[\p{L}\p{N}]/u.test(p.title[at - 1]) ? 8 : 4;
			} else if (p.names.indexOf(a.folded) >= 0) {
				sum += 3;
			} else if (a.has && a.has.has(place)) {
				sum += 1;
				words.push(a.has.get(place));
			} else if (p.text.indexOf(a.folded) >= 0) {
				sum += 1;
			} else if (a.words.length || !asked.some(function (o) { return o.words.length; })) {
				return null;
			} // a sign between words asks for nothing
		}
		return { sum: sum, place: place, words: words };
	}

	function element(name, text, parent, kind) {
		var e = document.createElement(name);
		e.textContent = text;
		if (kind) e.className = kind;
		parent.appendChild(e);
		return e;
	}

	function show(hit) {
		var p = posts[hit.place];
		var item = document.createElement("li");
		var article = element("article", "", item);
		article.dir = "auto";
		if (p[7]) article.lang = p[7];
		var link = element("a", p[1], element("h2", "", article));
		link.href = root + p[0];
		// A browser that can goes to where the words stand.
		if (hit.words.length) link.href += "#:~:" + hit.words.slice(0, 4).map(function (w) { return "text=" + encodeURIComponent(w.normalize("NFC")).replace(/-/g, "%2D"); }).join("&");
		if (p[4]) element("p", p[4], article, "summary");
		var meta = element("p", "", article, "meta");
		if (p[2]) element("time", p[2], meta).dateTime = p[3];
		if (p[6]) element("span", p[6], meta);
		found.appendChild(item);
	}

	var hits = [], shown = 0, last = "";

	function showMore() {
		hits.slice(shown, shown + step).forEach(show);
		shown = Math.min(shown + step, hits.length);
	}

	function say(text) {
		if (status.textContent !== text) status.textContent = text;
	}

	// search shows what fits what is typed, as far as it is known. What is asked for
	// calls it again when it comes.
	function search() {
		var asked = field.value.split(blank).map(function (typed) {
			var folded = fold(typed).trim();
			return { typed: typed, folded: folded, words: cut(folded), has: null };
		}).filter(function (a) { return a.folded; });
		// One letter is the beginning of too much, where words have several.
		var one = asked.length === 1 && Array.from(asked[0].folded).length === 1 && !unspaced.test(asked[0].folded);
		if (texts && !one) asked.forEach(function (a) { a.has = look(a); });
		hits = [];
		if (asked.length) {
			folded.forEach(function (p, i) {
				var hit = fit(p, i, asked);
				if (hit) hits.push(hit);
			});
		}
		// The best first, then as in the list: the newest first.
		hits.sort(function (a, b) { return b.sum - a.sum || a.place - b.place; });
		var now = JSON.stringify(hits);
		if (now !== last) {
			last = now;
			found.textContent = "";
			shown = 0;
			showMore();
		}
		if (!asked.length || !hits.length && shards.indexOf("asked") >= 0) say("");
		else if (!hits.length) say(status.dataset.nothing);
		else say((status.dataset.found || "").replace("%s", hits.length));
	}

	var query = new URLSearchParams(location.search).get("q");
	if (query) field.value = query;
	field.addEventListener("input", function () {
		// What could not be loaded may be there now.
		shards.forEach(function (s, i) { if (s === "failed") shards[i] = undefined; });
		search();
	});
	field.form.addEventListener("submit", function (e) {
		e.preventDefault();
		search();
		try { history.replaceState(null, "", "?q=" + encodeURIComponent(field.value)); } catch (e) { /* pages of a disk may not */ }
	});
	window.addEventListener("scroll", function () {
		if (shown < hits.length && window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 1200) showMore();
	}, { passive: true });
	search();
	field.focus();
})();
