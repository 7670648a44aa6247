import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SET_TABLES, SET_VERSION } from '../src/sources/parquet-set/tables.ts';

/** The page of the Parquet tables, from the one list that export, import and the Spark jobs follow. */
export function parquetPage(): string {
  const tables = Object.values(SET_TABLES).map(
    ({ name, meaning, columns }) => `## ${name}/

${meaning[0]!.toUpperCase()}${meaning.slice(1)}.

| Column | Type | Meaning |
| --- | --- | --- |
${columns.map((c) => `| \`${c.name}\` | ${c.type === 'strings' ? 'list of strings' : c.type}${c.required ? ', required' : ''} | ${c.meaning} |`).join('\n')}
`,
  );
  return `# Parquet tables

\`segue export parquet DIR\` writes the library as four Parquet tables that DuckDB, Polars, pandas and Spark read as they are; \`segue import parquet DIR\`
reads them back, or the same tables written by another engine. This page is written by \`npm run docs:parquet\`.

- Each table is a folder of files \`part-00000.parquet\`, …, of at most 4 million rows, compressed with zstd.
- A null means unknown. A column that is not required may be missing; other columns are ignored.
- 64-bit integers and doubles are accepted wherever 32-bit ones are written. Rows may come in any order.
- \`set.json\`, next to the tables, identifies the catalogue; a training job elsewhere returns it, so that its result is adopted by the right library only ([../spark/](../spark/README.md)). The import does not need it.
- The key \`segue.set\` in each file's metadata holds the version of the tables, now ${SET_VERSION}; a file without it counts as the current one.
- Rows that refer to an unknown owner or track, repeat a number or carry a negative weight are left out and counted by cause.

\`\`\`sql
-- DuckDB: the tracks that most owners hold
select t.name, t.artist_names[1] as artist, count(*) as owners
from 'DIR/entries/*.parquet' join 'DIR/tracks/*.parquet' t using (track)
group by all order by owners desc limit 10;
\`\`\`

${tables.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(fileURLToPath(new URL('../docs/parquet.md', import.meta.url)), parquetPage());
