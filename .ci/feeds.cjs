// Looks at the feeds and sitemaps of sites: node feeds.cjs FOLDER...
// JSON Feeds are checked by the JSON Schema of jsonfeed-schema, sitemaps by the XML Schema that
// comes with sitemap. Atom feeds, whose grammar jing looks at, are read by a feed reader's parser,
// which must find in each what the JSON Feed beside it says, and what a grammar cannot ask for.
const fs = require('fs');
const path = require('path');
const Ajv = require('ajv').default;
const addFormats = require('ajv-formats').default;
const schema = require('jsonfeed-schema/v1.1');
const { parseAtomFeed } = require('feedsmith');
const { validateXML } = require('xmllint-wasm');

let faults = 0;
function fault(file, what) {
  if (++faults <= 20) console.log(`feeds: ${file}: ${what}`);
}

function find(folder, is) {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(e => e.isFile() && is(e.name)).map(e => path.join(e.parentPath ?? e.path, e.name)).sort();
}

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
const isJSONFeed = ajv.compile(schema);

function lookAtJSON(file) {
  let feed;
  try {
    feed = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (e) {
    return fault(file, e.message);
  }
  if (!isJSONFeed(feed)) for (const e of isJSONFeed.errors) fault(file, `${e.instancePath || '/'} ${e.message}`);
  if (feed.version !== 'https://jsonfeed.org/version/1.1') fault(file, `version ${feed.version}`);
  return feed;
}

// XML has no place for some characters that JSON can hold.
const forXML = v => Array.isArray(v) ? v.map(forXML) : typeof v !== 'string' ? v : v.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, '\ufffd');

const one = (links, rel) => links.filter(l => (l.rel ?? 'alternate') === rel);
const instant = t => new Date(t).getTime();

function lookAtAtom(file, json, folder) {
  let feed;
  try {
    feed = parseAtomFeed(fs.readFileSync(file, 'utf8'));
  } catch (e) {
    return fault(file, e.message);
  }
  const same = (what, here, there) => {
    if (JSON.stringify(here) !== JSON.stringify(forXML(there))) fault(file, `${what} is ${JSON.stringify(here)?.slice(0, 200)}, in the JSON Feed ${JSON.stringify(there)?.slice(0, 200)}`);
  };
  const self = one(feed.links ?? [], 'self'), page = one(feed.links ?? [], 'alternate');
  if (self.length !== 1 || !self[0].href.endsWith('/' + path.relative(folder, file))) fault(file, `links to itself: ${JSON.stringify(self)}`);
  if (page.length !== 1) fault(file, `${page.length} links to its page`);
  const entries = feed.entries ?? [], items = json.items ?? [];
  if (new Set(entries.map(e => e.id)).size !== entries.length) fault(file, 'two entries have one id');
  same('the title', feed.title?.value ?? feed.title, json.title);
  same('the page', page[0]?.href, json.home_page_url);
  same('the ids', entries.map(e => e.id), items.map(i => i.id));
  entries.forEach((e, n) => {
    const i = items[n] ?? {};
    if (!e.authors?.length && !feed.authors?.length) fault(file, `${e.id} has no author, nor has the feed`);
    const to = one(e.links ?? [], 'alternate');
    if (to.length !== 1 || to[0].href !== i.url) fault(file, `${e.id} links to ${JSON.stringify(to)}`);
    if (!(instant(e.updated) >= instant(e.published))) fault(file, `${e.id} was updated ${e.updated} and published ${e.published}`);
    same(`${e.id}, published`, instant(e.published), instant(i.date_published));
    same(`${e.id}, updated`, instant(e.updated), instant(i.date_modified ?? i.date_published));
    same(`${e.id}, title`, e.title?.value ?? e.title, i.title.trim());
    if (e.content) same(`${e.id}, content`, (e.content.value ?? e.content).trim(), i.content_html.trim());
    same(`${e.id}, authors`, (e.authors ?? []).map(a => a.name), (i.authors ?? []).map(a => a.name));
    same(`${e.id}, tags`, (e.categories ?? []).map(c => c.term), i.tags ?? []);
  });
}

async function lookAtSitemaps(files) {
  const folder = path.join(path.dirname(require.resolve('sitemap/package.json')), 'schema');
  const xsd = fs.readFileSync(path.join(folder, 'sitemap.xsd'), 'utf8');
  for (const file of files) {
    const contents = fs.readFileSync(file, 'utf8');
    if (contents.includes('<sitemapindex')) continue; // has another schema
    const found = await validateXML({ xml: { fileName: file, contents }, schema: [xsd], initialMemoryPages: 1024, maxMemoryPages: 8192 });
    if (!found.valid) for (const e of found.errors) fault(file, e.message);
  }
}

(async () => {
  const folders = process.argv.slice(2);
  let feeds = 0;
  const maps = [];
  for (const folder of folders) {
    const atom = find(folder, name => name === 'feed.xml');
    if (atom.length === 0) fault(folder, 'there is no feed');
    for (const file of atom) {
      const json = lookAtJSON(path.join(path.dirname(file), 'feed.json'));
      if (json) lookAtAtom(file, json, folder);
    }
    feeds += 2 * atom.length;
    const here = find(folder, name => /^sitemap(-\d+)?\.xml$/.test(name));
    if (here.length === 0) fault(folder, 'there is no sitemap');
    maps.push(...here);
  }
  await lookAtSitemaps(maps);
  console.log(`feeds: ${feeds} feeds and ${maps.length} sitemaps looked at, ${faults} faults`);
  process.exit(faults > 0 ? 1 : 0);
})();
