import { columnKey, columnsMissing, readRowsTogether, type TableRow } from '../table.ts';

/** No export has more rows. */
const MOST_ROWS = 20_000_000;

/** A table by the names of its columns, in any spelling and order. */
export class Columns {
  private readonly at: ReadonlyMap<string, number>;
  readonly names: readonly string[];
  /** Columns by names as they were asked for. */
  private readonly asked = new Map<string, number>();

  constructor(header: readonly string[]) {
    this.names = header.map((name) => name.replace(/^\uFEFF/, '').trim());
    this.at = new Map(this.names.map((name, i) => [columnKey(name), i] as const).reverse());
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => this.at.has(columnKey(name)));
  }

  /** The first of these columns that the row fills, empty when none does. */
  cell(row: readonly string[], ...names: readonly string[]): string {
    for (const name of names) {
      let column = this.asked.get(name);
      if (column === undefined) this.asked.set(name, (column = this.at.get(columnKey(name)) ?? -1));
      const text = (row[column] ?? '').trim();
      if (text !== '' && text !== 'undefined' && text !== 'null') return text;
    }
    return '';
  }
}

/** The rows below the header, in batches. @param needed groups of columns, of which at least one each is required @throws SegueError COLUMNS_MISSING, FILE_UNREADABLE */
export async function* readTable(
  input: string,
  needed: readonly (readonly string[])[],
  expected: string,
): AsyncGenerator<{ readonly columns: Columns; readonly rows: readonly TableRow[] }> {
  let columns: Columns | null = null;
  let count = 0;
  for await (const read of readRowsTogether(input)) {
    let rows = read;
    if (!columns) {
      const header = rows[0];
      if (!header) continue;
      columns = new Columns(header.cells);
      for (const group of needed) if (!columns.has(...group)) throw columnsMissing(input, columns.names, expected);
      rows = rows.slice(1);
    }
    count += rows.length;
    if (count > MOST_ROWS) throw columnsMissing(input, columns.names, `at most ${MOST_ROWS} rows`);
    yield { columns, rows };
  }
}

/** The column keys of the first line, for recognising a table; empty when the first line is no header. */
export function headerOf(head: string): ReadonlySet<string> {
  const line = head.split(/\r\n|\r|\n/, 1)[0]!;
  const separator = [',', ';', '\t'].reduce((best, s) => (line.split(s).length > line.split(best).length ? s : best));
  return new Set(line.split(separator).map((name) => columnKey(name)));
}

export const hasColumns = (head: string, ...names: readonly string[]): boolean => {
  const header = headerOf(head);
  return names.every((name) => header.has(columnKey(name)));
};
