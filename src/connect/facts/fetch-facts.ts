import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import type { OnProgress } from '../../math/progress.ts';
import { FACT_COLUMNS, type Fact, type FactKind, type FactProvider } from './facts.ts';

export interface FetchParts {
  readonly provider: FactProvider;
  readonly kind: FactKind;
  /** Spotify ids; repeated ones are asked for once. */
  readonly ids: readonly string[];
  /** Path of the table; ids that were not found or failed are written to `<out>.errors.csv`. */
  readonly out: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface FetchReport {
  /** Rows in the table, those of earlier runs among them. */
  readonly rows: number;
  /** Ids that the provider does not know. */
  readonly unknown: number;
  /** Rows that this run added. */
  readonly added: number;
}

/**
 * Looks facts up batch by batch and appends them to a CSV table. Every batch is on disk before the next is asked for; a run that was killed
 * anywhere goes on after the last whole line, and nothing that is there is asked for again.
 * @throws SegueError FILE_UNREADABLE for a table of another kind, NOT_POSSIBLE, and those of the provider
 */
export async function fetchFacts({ provider, kind, ids, out, signal, onProgress }: FetchParts): Promise<FetchReport> {
  const size = provider.batch[kind];
  if (size === undefined) throw new SegueError('NOT_POSSIBLE', { got: `This provider offers no ${kind}` });
  const table = new Table(out, ['id', ...FACT_COLUMNS[kind]]);
  const errors = new Table(`${out}.errors.csv`, ['id', 'cause']);
  try {
    const wanted = [...new Set(ids)];
    const open = wanted.filter((id) => !table.ids.has(id) && !errors.ids.has(id));
    const before = table.ids.size;
    for (let at = 0; at < open.length; at += size) {
      throwIfCancelled(signal, 'Fetching');
      const batch = open.slice(at, at + size);
      const found = await provider.lookUp(kind, batch, signal);
      table.append(batch.flatMap((id) => (found.has(id) ? [{ ...found.get(id)!, id }] : [])));
      errors.append(batch.flatMap((id) => (found.has(id) ? [] : [{ id, cause: 'unknown there' }])));
      const done = wanted.length - open.length + at + batch.length;
      onProgress?.({ fraction: done / wanted.length, note: `${done} of ${wanted.length} ${kind}` });
    }
    return { rows: table.ids.size, unknown: errors.ids.size, added: table.ids.size - before };
  } finally {
    table.close();
    errors.close();
  }
}

/** A CSV table that only grows. What a kill left of a last line is cut off. */
class Table {
  readonly ids = new Set<string>();
  private readonly columns: readonly string[];
  private readonly file: number;

  constructor(path: string, columns: readonly string[]) {
    this.columns = columns;
    const before = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const whole = before.subarray(0, before.lastIndexOf('\n') + 1);
    const header = `${columns.join(',')}\n`;
    if (whole.length > 0) {
      if (!whole.toString('utf8').startsWith(header))
        throw new SegueError('FILE_UNREADABLE', {
          got: `${path} has other columns`,
          expected: `a table that begins with ${header.trim()}, or no file`,
        });
      const rows = parse(whole, { columns: true }) as { id: string }[];
      for (const { id } of rows) this.ids.add(id);
    }
    this.file = openSync(path, existsSync(path) ? 'r+' : 'wx');
    ftruncateSync(this.file, whole.length);
    this.at = whole.length;
    if (whole.length === 0) this.write(header);
  }

  private at = 0;

  append(rows: readonly Fact[]): void {
    if (rows.length === 0) return;
    this.write(rows.map((row) => `${this.columns.map((name) => cell(row[name])).join(',')}\n`).join(''));
    for (const { id } of rows) this.ids.add(String(id));
  }

  close(): void {
    closeSync(this.file);
  }

  private write(text: string): void {
    const bytes = Buffer.from(text);
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.file, bytes, done, bytes.length - done, this.at + done);
    this.at += bytes.length;
    fsyncSync(this.file);
  }
}

/** Lines contain no line breaks, so that a truncated line can be recognised. */
function cell(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const plain = value.replace(/[\r\n]+/g, ' ');
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
