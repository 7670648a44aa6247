import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LARGE_EXPORTS, writeLarge } from '../test/support/large-exports.ts';
import { type Bench, type Line, lineOf } from './harness.ts';

const READER = fileURLToPath(new URL('exports-reader.ts', import.meta.url));
const MB = 1e6;
const BYTES = [25 * MB, 50 * MB] as const;

interface Read {
  readonly ms: number;
  readonly peak: number;
  readonly base: number;
  readonly rows: number;
}

export const exportsBench: Bench = {
  id: 'exports',
  title:
    'Personal exports of 25 and 50 MB in every format, each read in a process of its own (--value FORMAT: only these; goal: twice the file in at most 2.5 times the processor time)',
  heavy: true,
  async run({ say, values }) {
    const work = await mkdtemp(join(tmpdir(), 'segue-bench-'));
    const lines: Line[] = [];
    try {
      for (const large of LARGE_EXPORTS) {
        if (values.length > 0 && !values.includes(large.format)) continue;
        const reads: Read[] = [];
        for (const bytes of BYTES) {
          say(`${large.format}, ${bytes / MB} MB`);
          const path = join(work, large.file);
          const rows = await writeLarge(large, path, bytes);
          const { stdout } = await promisify(execFile)(process.execPath, [READER, path, large.yields]);
          const read = JSON.parse(stdout) as Read;
          if (read.rows !== rows) throw new Error(`${large.format}: ${read.rows} of ${rows} rows were read`);
          reads.push(read);
          await rm(path);
        }
        const [half, whole] = reads as [Read, Read];
        const growth = whole.ms / half.ms;
        const memory = ({ peak, base }: Read): string => `${((peak - base) / MB).toFixed(0)} MB`;
        lines.push(
          lineOf(large.format, [whole.ms], {
            rate: `${(BYTES[1] / MB / (whole.ms / 1000)).toFixed(0)} MB/s`,
            quality: `${whole.rows.toLocaleString('en')} rows, ${growth.toFixed(2)} times the time of half the file; memory ${memory(half)}, then ${memory(whole)}`,
            goal: { text: '≤ 2.5 times', met: growth <= 2.5 },
          }),
        );
      }
      return lines;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};
