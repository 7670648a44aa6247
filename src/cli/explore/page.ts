import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { SegueError } from '../../errors.ts';
import type { ExploreData } from '../../explore/explore-types.ts';

/** The parts that every page carries: charting library, behaviour and style. All come with the installation. */
const PARTS = {
  d3: '../../../node_modules/d3/dist/d3.min.js',
  plot: '../../../node_modules/@observablehq/plot/dist/plot.umd.min.js',
  browser: './browser.js',
  style: './page.css',
} as const;
/** The chart definitions, each after what it uses. */
const FIGURES = ['figure', 'gaps', 'features', 'years', 'genres', 'lists', 'map', 'all'] as const;

const SECTIONS: readonly (readonly [id: string, title: string])[] = [
  ['gaps', 'Counts and gaps'],
  ['features', 'Features'],
  ['relations', 'Correlations'],
  ['years', 'By year'],
  ['genres', 'By genre'],
  ['popularity', 'Popularity and lists'],
  ['map', 'Clusters'],
  ['rows', 'Rejected and duplicate rows'],
];

/** One HTML file that asks nobody for anything: data, charts and style are inside. */
export async function explorePage(data: ExploreData, title: string): Promise<string> {
  const [d3, plot, browser, style] = await Promise.all(Object.values(PARTS).map(part));
  const charts = await withoutTypes(
    (await Promise.all(FIGURES.map((name) => part(`./figures/${name}.ts`)))).map(asDeclarations).join('\n'),
  );
  const counts = Object.entries(data.counts).filter(([what, count]) => count > 0 || what === 'tracks');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${escaped(title)} – Segue</title>
<style>${style}</style>
</head>
<body>
<div class="page">
<header class="top"><div><h1>${escaped(title)}</h1><p>What the data looks like before anything is recommended from it.</p></div>
<button type="button" id="theme">Light or dark</button></header>
<dl class="counts">${counts.map(([what, count]) => `<div><dd>${count.toLocaleString('en')}</dd><dt>${what}</dt></div>`).join('')}</dl>
<nav aria-label="Sections">${SECTIONS.map(([id, name]) => `<a href="#${id}">${name}</a>`).join('')}</nav>
<main>${SECTIONS.map(([id, name]) => `<section id="${id}"><h2>${name}</h2><div class="figures"></div>${id === 'rows' ? tables(data) : ''}${id === 'map' ? legend(data) : ''}</section>`).join('\n')}</main>
<footer><p>Made by <code>segue explore</code>. The charts are drawn by Observable Plot and D3 (ISC licence), which this file carries.</p></footer>
</div>
<script>${inScript(d3!)}</script>
<script>${inScript(plot!)}</script>
<script type="application/json" id="data">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>
<script>(() => {
${inScript(charts)}
${inScript(browser!)}
})();</script>
</body>
</html>
`;
}

/** As modules of their own the figures' exports would be out of reach; one after another in one script they are plain declarations. */
const asDeclarations = (source: string): string =>
  source
    .split(';\n')
    .filter((statement) => !statement.startsWith('import '))
    .join(';\n')
    .replace(/^export (?=const|function)/gm, '');

/** Node strips types with a notice that the function may change, which is nothing for the person who asked for a page. */
async function withoutTypes(source: string): Promise<string> {
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  try {
    return stripTypeScriptTypes(source);
  } finally {
    await new Promise((resume) => setImmediate(resume));
    for (const listener of listeners) process.on('warning', listener);
  }
}

async function part(path: string): Promise<string> {
  try {
    return await readFile(new URL(path, import.meta.url), 'utf8');
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `A part of the exploration page is missing: ${path.split('/').at(-1)}`,
      expected: 'a complete installation',
      remedy: 'Run `npm ci`',
      cause,
    });
  }
}

/** Text that cannot end the script element it stands in. */
const inScript = (text: string): string => text.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

function legend({ clusters }: ExploreData): string {
  const items = clusters.map(
    ({ label, tracks }, c) => `<li><i data-cluster="${c}"></i>${escaped(label)} (${tracks.toLocaleString('en')})</li>`,
  );
  return `<ul class="clusters">${items.join('')}</ul>`;
}

function tables({ sources, cleaning, rejections, counts }: ExploreData): string {
  const number = (value: number): string => value.toLocaleString('en');
  const duplicates = counts.tracks - counts.songs;
  const cleaned = [
    ...(duplicates > 0 ? [{ rule: 'tracks that are another version of a song, linked to it', count: duplicates }] : []),
    ...cleaning.filter(({ rule }) => rule !== 'tracks linked as the same song'),
  ];
  return [
    table(
      'Where the rows came from',
      ['source', 'licence', 'files', 'tracks', 'lists'],
      sources.map((s) => [s.source, s.licence, number(s.files), number(s.tracks), number(s.owners)]),
    ),
    table(
      'Rows that were rejected',
      ['source', 'cause', 'first at', 'rows'],
      rejections.map((r) => [r.source, r.cause, r.firstAt, number(r.count)]),
    ),
    table(
      'What cleaning changed',
      ['rule', 'times'],
      cleaned.map((c) => [c.rule, number(c.count)]),
    ),
  ].join('');
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const numeric = head.map((_, column) => rows.length > 0 && rows.every((row) => /^[\d,.]+$/.test(row[column]!)));
  const line = (tag: 'td' | 'th', texts: readonly string[]): string =>
    `<tr>${texts.map((text, c) => `<${tag}${numeric[c] ? ' class="number"' : ''}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  const body =
    rows.length > 0 ? rows.map((row) => line('td', row)).join('') : `<tr><td colspan="${head.length}">None.</td></tr>`;
  return `<div class="card"><table><caption>${caption}</caption><thead>${line('th', head)}</thead><tbody>${body}</tbody></table></div>`;
}
