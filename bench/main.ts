import { parseArgs } from 'node:util';
import { type Line, machine, printTable } from './harness.ts';
import { BENCHES } from './registry.ts';

/**
 * npm run bench                        all benches that take seconds
 * npm run bench -- scan matrix         these
 * npm run bench -- scan --json         as JSON
 * npm run bench -- import --value DIR  values that a bench asks for
 * npm run bench -- load --minutes 10   keeps a load up for so long
 * npm run bench -- --list              what there is
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '42' },
    value: { type: 'string', multiple: true, default: [] },
  },
});
if (values.list) {
  for (const { id, title, heavy } of BENCHES) console.log(`${id.padEnd(26)}${title}${heavy ? ' (heavy)' : ''}`);
  process.exit(0);
}
const unknown = positionals.filter((id) => !BENCHES.some((bench) => bench.id === id));
if (unknown.length > 0) {
  console.error(
    `There is no bench "${unknown.join('", "')}". Expected: ${BENCHES.map((bench) => bench.id).join(', ')}.`,
  );
  process.exit(2);
}
const chosen = BENCHES.filter((bench) => (positionals.length > 0 ? positionals.includes(bench.id) : !bench.heavy));
const seed = Number(values.seed);
const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
const report: { id: string; title: string; lines: Line[] }[] = [];
if (!values.json) console.log(`${machine()}, seed ${seed}`);
for (const { id, title, run } of chosen) {
  const lines = await run({ seed, values: values.value, minutes, say: (text) => console.error(text) });
  report.push({ id, title, lines });
  if (!values.json) printTable(title, lines);
}
if (values.json) console.log(JSON.stringify({ machine: machine(), seed, benches: report }, null, 2));
