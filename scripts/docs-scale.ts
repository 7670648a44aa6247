import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MODELS, type Results, readResults, SIZES, writeResults } from '../bench/growth/results.ts';

/** Folder of the table's figures, as measured by `npm run bench -- growth`. */
const KEPT = fileURLToPath(new URL('../docs/scale/', import.meta.url));
const PAGE = fileURLToPath(new URL('../docs/scale.md', import.meta.url));
const START = '<!-- costs: npm run docs:scale -->';
const END = '<!-- end of costs -->';

const seconds = (value: number): string =>
  value < 10 ? `${value.toFixed(1)} s` : value < 120 ? `${value.toFixed(0)} s` : `${(value / 60).toFixed(0)} min`;
const whole = (value: number | string): string => Number(value).toLocaleString('en');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The table of costs; it marks what was not run. */
export function costTable(results: Results): string {
  const head = [
    'playlists',
    'model',
    'training, processor time',
    'memory of training',
    'cold load and first answer',
    'memory of answering',
    'answer of 500, p50 / p99',
    'answer of 50, p50 / p99',
    'NDCG@500',
    'load',
  ];
  const rows = Object.keys(SIZES).flatMap((size): string[][] => {
    const { import: imported, train = {}, answer = {}, peers = {} } = results[size] ?? {};
    if (!imported) return [[whole(size), 'not run', ...Array<string>(8).fill('')]];
    const own = MODELS.map((model): string[] => {
      const trained = train[model];
      const asked = answer[model];
      if (!trained) return ['', `\`${model}\``, 'not run', ...Array<string>(7).fill('')];
      const cost = [seconds(trained.processor), `${trained.gigabytes.toFixed(1)} GB`];
      if (!asked) return ['', `\`${model}\``, ...cost, 'not run', ...Array<string>(5).fill('')];
      const times = ({ processor50, processor99 }: typeof asked.long): string =>
        `${processor50.toFixed(1)} / ${processor99.toFixed(1)} ms`;
      return [
        '',
        `\`${model}\``,
        ...cost,
        seconds(asked.first.processor),
        `${asked.gigabytes.toFixed(1)} GB`,
        times(asked.long),
        times(asked.short),
        `${asked.long.ndcg.toFixed(4)}${asked.exact ? ` (without bounds ${asked.exact.ndcg.toFixed(4)})` : ''}`,
        asked.load.toFixed(0),
      ];
    });
    const others = Object.entries(peers).map(([name, peer]) => [
      '',
      name,
      seconds(peer.processor),
      `${peer.gigabytes.toFixed(1)} GB`,
      '',
      '',
      `${peer.long.processor50.toFixed(1)} / ${peer.long.processor99.toFixed(1)} ms`,
      '',
      `${peer.long.ndcg.toFixed(4)}, with seeds only`,
      peer.load.toFixed(0),
    ]);
    const cost = [seconds(imported.processor), `${imported.gigabytes.toFixed(1)} GB`];
    const what = `import: ${whole(imported.tracks)} tracks, ${whole(imported.entries)} entries`;
    return [[whole(size), what, ...cost, ...Array<string>(5).fill(''), imported.load.toFixed(0)], ...own, ...others];
  });
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** The page with the table in it. */
export function withCosts(page: string, results: Results): string {
  const [from, to] = [page.indexOf(START), page.indexOf(END)];
  return `${page.slice(0, from + START.length)}\n\n${costTable(results)}\n\n${page.slice(to)}`;
}

/** npm run docs:scale [DIR]: takes over the bench's results from DIR, and writes the table. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kept = await readResults(KEPT);
  const measured = process.argv[2] ? await readResults(process.argv[2]) : {};
  const results = { ...kept, ...measured };
  await writeResults(KEPT, results);
  await writeFile(PAGE, withCosts(await readFile(PAGE, 'utf8'), results));
}
