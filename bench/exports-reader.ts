import { readPersonal, recognise } from '../src/sources/personal/read-personal.ts';
import { peakMemory } from './harness.ts';

/** Reads one export and prints the cost; runs as a separate process to measure its peak memory. */
const [path, yields] = process.argv.slice(2) as [string, 'play' | 'like' | 'songs'];
const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const base = peakMemory();
const start = processor();
let rows = 0;
for await (const { row } of readPersonal((await recognise([path])).files))
  if (yields === 'songs') rows += row.kind === 'playlist' ? row.items.length : 0;
  else if (row.kind === yields) rows++;
process.stdout.write(JSON.stringify({ ms: processor() - start, peak: peakMemory(), base, rows }));
