import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SET_TABLES, SET_VERSION } from '../src/sources/parquet-set/tables.ts';

/** The page on the Parquet tables, from the list that export, import and the Spark jobs use. */
export function parquetPage(): string {
  const tables = Object.values(SET_TABLES).map(
    ({ name, meaning, columns }) => `## ${name}/

${meaning[0]!.toUpperCase()}${meaning.slice(1)}.

| Column | Type | Meaning |
| --- | --- | --- |
${columns.map((c) => `| \`${c.name}\` | ${c.type === 'strings' ? 'list of strings' : c.type}${c.required ? ', required' : ''} | ${c.meaning.replaceAll('<', '\\<')} |`).join('\n')}
`,
  );
  return `# Parquet tables

\`segue export parquet DIR\` writes the library as four Parquet tables that DuckDB, Polars, pandas and Spark read as they are; \`segue import parquet DIR\`
reads them back, or the same tables written by another engine. \`npm run docs:parquet\` generates this page.

- Each table is a folder of files \`part-00000.parquet\`, …, of at most 4 million rows, compressed with zstd.
- A null means unknown. A column that is not required may be missing; other columns are ignored.
- 64-bit integers and doubles are accepted wherever 32-bit ones are written. Rows may come in any order.
- \`set.json\`, next to the tables, identifies the catalogue. A [training job on Spark](../spark/README.md) returns it, so that only the right library adopts the result. The import does not need it.
- The metadata key \`segue.set\` in each file is the version of the tables, currently ${SET_VERSION}; a file without it is read as the current version.
- Rows that refer to an unknown owner or track, repeat a number or carry a negative weight are left out and counted by cause.

\`\`\`sql
-- DuckDB: the tracks with the most owners
select t.name, t.artist_names[1] as artist, count(*) as owners
from 'DIR/entries/*.parquet' join 'DIR/tracks/*.parquet' t using (track)
group by all order by owners desc limit 10;
\`\`\`

${tables.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await writeFile(fileURLToPath(new URL('../docs/parquet.md', import.meta.url)), parquetPage());
