// Runs axe-core over a sample of the HTML files in the given folders, at 1280 pixels light and at
// 390 pixels dark, and looks whether a page is wider than its window. Fails if anything is found.
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

// pages are the HTML files of a folder but for those that only lead elsewhere.
function pages(dir) {
	return fs.readdirSync(dir, { recursive: true }).filter((f) => f.endsWith('.html')).sort().map((f) => path.resolve(dir, f))
		.filter((f) => !fs.readFileSync(f, 'utf8').includes('http-equiv="refresh"'));
}

// sampled takes the first few files, which are those of lists, and others at even distances.
function sampled(files, n) {
	const step = Math.max(1, files.length / n);
	return [...new Set(Array.from({ length: Math.min(n, files.length) }, (_, i) => files[Math.floor(i * step)]))];
}

async function look(browser, file, width, scheme) {
	const page = await browser.newPage();
	await page.setBypassCSP(true);
	await page.setViewport({ width, height: 900 });
	await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
	await page.goto('file://' + file);
	await page.evaluate(axe);
	const found = await page.evaluate(async () => {
		// A heading without words is an article's own HTML: of Markdown's empty cells we make none.
		const result = await globalThis.axe.run({ rules: { 'empty-table-header': { enabled: false } } });
		const found = result.violations.map((v) => v.id + ' ×' + v.nodes.length + ': ' + v.nodes[0].html.slice(0, 160));
		const root = document.documentElement;
		if (root.scrollWidth > root.clientWidth) found.push('wider than the window by ' + (root.scrollWidth - root.clientWidth));
		return found;
	});
	await page.close();
	return found.map((f) => `${file} (${width}, ${scheme}): ${f}`);
}

(async () => {
	const browser = await puppeteer.launch({
		executablePath: process.env.CHROMIUM, headless: true,
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const found = [];
	let looked = 0;
	for (const dir of process.argv.slice(2)) {
		for (const file of sampled(pages(dir), Number(process.env.SAMPLE))) {
			found.push(...await look(browser, file, 1280, 'light'), ...await look(browser, file, 390, 'dark'));
			looked++;
		}
	}
	await browser.close();
	for (const f of found.slice(0, 40)) console.log('pages: axe: ' + f);
	console.log(`pages: axe: ${looked} pages, ${found.length} violations`);
	process.exit(found.length > 0 ? 1 : 0);
})();
