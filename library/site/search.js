// Searches the list of posts that search/index.js brings along. It asks no
// server, so that it works for pages opened from a disk as well.
"use strict";
(function () {
	var field = document.getElementById("q");
	var found = document.getElementById("found");
	var nothing = document.getElementById("nothing");
	var posts = window.longhandPosts || [];
	var root = found.dataset.root;
	var shown = 50;

	// Case and accents do not matter.
	function fold(s) {
		return s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
	}

	// A post is [address, title, date, day, first words, tags, authors], then its
	// language where that is not the site's.
	var folded = posts.map(function (p) {
		return { title: fold(p[1]), names: fold(p[5] + "\n" + p[6]), text: fold(p[4]) + " " + p[3] };
	});

	// How well a post fits all the words; 0 if one stands nowhere.
	function rank(p, words) {
		var sum = 0;
		for (var i = 0; i < words.length; i++) {
			var at = p.title.indexOf(words[i]);
			if (at >= 0) {
				sum += at === 0 || !/[\p{L}\p{N}]/u.test(p.title[at - 1]) ? 8 : 4;
			} else if (p.names.indexOf(words[i]) >= 0) {
				sum += 3;
			} else if (p.text.indexOf(words[i]) >= 0) {
				sum += 1;
			} else {
				return 0;
			}
		}
		return sum;
	}

	function element(name, text, parent, kind) {
		var e = document.createElement(name);
		e.textContent = text;
		if (kind) e.className = kind;
		parent.appendChild(e);
		return e;
	}

	function show(p) {
		var item = document.createElement("li");
		var article = element("article", "", item);
		article.dir = "auto";
		if (p[7]) article.lang = p[7];
		var link = element("a", p[1], element("h2", "", article));
		link.href = root + p[0];
		if (p[4]) element("p", p[4], article, "summary");
		var meta = element("p", "", article, "meta");
		if (p[2]) element("time", p[2], meta).dateTime = p[3];
		if (p[6]) element("span", p[6], meta);
		found.appendChild(item);
	}

	function search() {
		var words = fold(field.value).split(/\s+/).filter(Boolean);
		found.textContent = "";
		nothing.textContent = "";
		if (!words.length) return;
		var hits = [];
		folded.forEach(function (p, i) {
			var r = rank(p, words);
			if (r) hits.push([r, i]);
		});
		// The best first, then as in the list: the newest first.
		hits.sort(function (a, b) { return b[0] - a[0] || a[1] - b[1]; });
		hits.slice(0, shown).forEach(function (h) { show(posts[h[1]]); });
		if (!hits.length) nothing.textContent = nothing.dataset.nothing;
	}

	var query = new URLSearchParams(location.search).get("q");
	if (query) field.value = query;
	field.addEventListener("input", search);
	field.form.addEventListener("submit", function (e) {
		e.preventDefault();
		search();
		try { history.replaceState(null, "", "?q=" + encodeURIComponent(field.value)); } catch (e) { /* pages of a disk may not */ }
	});
	search();
	field.focus();
})();
