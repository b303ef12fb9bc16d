// Runs the search page's script over a site, on a page that is only as much of one as
// the script needs. Standard input tells the folder of the site, the queries, which
// are typed one after the other, and whether other scripts fail to load.
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const { dir, queries, fail } = JSON.parse(fs.readFileSync(0, 'utf8'));
const page = path.join(dir, 'search');
const html = fs.readFileSync(path.join(page, 'index.html'), 'utf8');
const data = (name) => (html.match(new RegExp(`data-${name}="([^"]*)"`)) || [])[1];

class Element {
	constructor(name) { Object.assign(this, { name, children: [], dataset: {}, text: '', listeners: {} }); }
	get textContent() { return this.text; }
	set textContent(s) {
		this.text = String(s);
		this.children = [];
	}
	appendChild(e) {
		this.children.push(e);
		if (e.name === 'script') load(e);
		return e;
	}
	addEventListener(name, f) { this.listeners[name] = f; }
	focus() {}
	remove() {}
	all(name) { return this.children.flatMap((c) => [...(c.name === name ? [c] : []), ...c.all(name)]); }
}

const elements = { q: new Element('input'), found: new Element('ol'), nothing: new Element('p') };
elements.q.value = '';
elements.q.form = new Element('form');
elements.found.dataset.root = data('root');
elements.nothing.dataset = { nothing: data('nothing'), found: data('found') };
const asked = [];
let loading = 0;

const window = new Element('window');
Object.assign(window, {
	window, location: { search: '' }, URLSearchParams, history: { replaceState() {} }, innerHeight: 900, scrollY: 0,
	document: {
		documentElement: { scrollHeight: 900 }, head: new Element('head'),
		getElementById: (id) => elements[id], createElement: (name) => new Element(name),
	},
});
vm.createContext(window);
const run = (file) => vm.runInContext(fs.readFileSync(file, 'utf8'), window, { filename: file });

function load(script) {
	asked.push(script.src);
	loading++;
	setImmediate(() => {
		loading--;
		try {
			if (fail) throw new Error('not there');
			run(path.join(page, script.src.replace(/\?.*/, '')));
		} catch (e) {
			script.onerror();
			return;
		}
		script.onload();
	});
}

(async () => {
	run(path.join(page, 'index.js'));
	run(path.join(dir, 'theme', 'search.js'));
	const all = [];
	for (const query of queries) {
		elements.q.value = query;
		elements.q.listeners.input();
		while (loading > 0) await new Promise(setImmediate);
		const links = elements.found.all('a');
		all.push({ titles: links.map((a) => a.text), links: links.map((a) => a.href), says: elements.nothing.text, asked: [...asked] });
	}
	process.stdout.write(JSON.stringify(all));
})();
