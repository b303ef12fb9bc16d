// Types words into the search pages of the sites in the given folders, opened from the disk: some
// that stand in the middle of posts, the beginnings of those, several, and one that is nowhere.
// Fails if a post is not found, or if the browser complains.
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');

// words are the longest that stand in the middle of a post's body, as a reader sees it.
async function words(page, file) {
	await page.goto('file://' + file);
	const text = await page.evaluate(() => (document.querySelector('.body, article, main') || document.body).innerText);
	const middle = text.slice(text.length / 3, text.length * 2 / 3);
	return [...new Set(middle.match(/(?<![\p{L}\p{Nd}\p{M}_'’-])[\p{L}\p{M}]{4,30}(?![\p{L}\p{Nd}\p{M}_'’-])/gu) || [])].sort((a, b) => b.length - a.length);
}

async function type(page, text) {
	await page.$eval('#q', (field) => { field.value = ''; });
	await page.type('#q', text);
	await page.waitForNetworkIdle({ idleTime: 50 });
	return page.evaluate(async () => {
		const frame = () => new Promise(requestAnimationFrame);
		for (let before = -1, now = 0; now !== before;) { // the rest comes as one scrolls
			before = now;
			window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
			await frame();
			await frame();
			now = document.querySelectorAll('#found a').length;
		}
		return { links: [...document.querySelectorAll('#found a')].map((a) => a.href.replace(/#.*/, '')), says: document.getElementById('nothing').innerText };
	});
}

async function look(browser, dir) {
	const found = [];
	const complain = (what) => found.push(`${dir}: ${what}`);
	const page = await browser.newPage();
	const reader = await browser.newPage();
	page.on('console', (m) => m.type() === 'error' && complain(m.text()));
	page.on('pageerror', (e) => complain(e.message));
	await page.goto('file://' + path.resolve(dir, 'search/index.html'));
	const posts = await page.evaluate(() => window.longhandPosts.map((p) => p[0]));
	let typed = 0;
	for (let i = 0; i < 6 && i < posts.length; i++) {
		const address = posts[Math.floor(i * posts.length / 6)];
		const file = path.resolve(dir, decodeURIComponent(address));
		const some = await words(reader, file);
		if (!some.length) continue;
		await page.bringToFront();
		for (const query of [some[0], some[0].slice(0, -2), some[0].toUpperCase(), some.slice(0, 2).join(' ')]) {
			const { links, says } = await type(page, query);
			typed++;
			if (!links.some((l) => decodeURIComponent(l) === 'file://' + file)) complain(`"${query}" does not find ${address} but ${links.length} others`);
			if (says.replace(/\D/g, '') !== String(links.length)) complain(`"${query}" finds ${links.length} posts, and the page says "${says}"`);
		}
	}
	const { links } = await type(page, 'zzzxqjv');
	if (links.length) complain('a word that is nowhere is found');
	await page.close();
	await reader.close();
	return { found, typed };
}

(async () => {
	const browser = await puppeteer.launch({
		executablePath: process.env.CHROMIUM, headless: true,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const all = [];
	let sites = 0, words = 0;
	for (const dir of process.argv.slice(2)) {
		if (!fs.existsSync(path.join(dir, 'search/words-0.js'))) continue;
		const { found, typed } = await look(browser, dir);
		all.push(...found);
		words += typed;
		sites++;
	}
	await browser.close();
	for (const f of all.slice(0, 40)) console.log('pages: search: ' + f);
	console.log(`pages: search: ${words} queries on ${sites} sites, ${all.length} complaints`);
	process.exit(all.length > 0 ? 1 : 0);
})();
