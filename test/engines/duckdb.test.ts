import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { DatasetBuilder } from '../../src/dataset/builder.ts';
import { exportParquet } from '../../src/library/export-parquet.ts';
import { parquetSet } from '../../src/sources/parquet-set/parquet-set.ts';
import { PYTHON, pythonLacks } from '../support/python.ts';
import { randomDataset } from '../support/small-dataset.ts';
import { withTemporary } from '../support/temporary.ts';

const SCRIPT = `
import duckdb, json, sys
folder, copy = sys.argv[1:]
rows = lambda q: duckdb.sql(q).fetchall()
owners = rows(f"select o.id, list(t.uri order by e.position) from '{folder}/entries/*.parquet' e join '{folder}/owners/*.parquet' o using (owner) join '{folder}/tracks/*.parquet' t using (track) group by o.id order by o.id")
years = rows(f"select count(year), sum(year), count(energy), sum(len(genres)) from '{folder}/tracks/*.parquet'")[0]
import os
for table in ['tracks', 'artists', 'owners', 'entries']:
    os.makedirs(f'{copy}/{table}')
    duckdb.sql(f"copy (select * from '{folder}/{table}/*.parquet') to '{copy}/{table}/data.parquet' (format parquet, codec 'zstd')")
print(json.dumps({'owners': owners, 'years': years}))
`;

test('DuckDB reads the tables as they are, and Segue reads what DuckDB writes', { skip: pythonLacks('duckdb') }, () =>
  withTemporary(async (folder) => {
    const dataset = randomDataset(9);
    await exportParquet(dataset, join(folder, 'set'), { fileRows: 50, groupRows: 25 });
    const copy = join(folder, 'copy');
    const answer = JSON.parse(
      execFileSync(PYTHON, ['-c', SCRIPT, join(folder, 'set'), copy], { encoding: 'utf8' }),
    ) as {
      owners: [string, string[]][];
      years: [number, number, number, number];
    };
    const { tracks, owners } = dataset;
    const expected = Array.from({ length: owners.count }, (_, o): [string, string[]] => [
      owners.vocabulary.id(o),
      Array.from(dataset.tracksOf(o), (t) => tracks.vocabulary.id(t)),
    ]);
    expected.sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(answer.owners, expected);
    const years = tracks.year.filter((year) => year >= 0);
    assert.deepEqual(answer.years.slice(0, 2), [years.length, years.reduce((sum, year) => sum + year, 0)]);
    assert.equal(answer.years[3], tracks.genres.idx.length);

    const builder = new DatasetBuilder();
    for await (const batch of parquetSet.read(copy)) builder.add(batch);
    const read = builder.finish();
    assert.equal(read.catalogueId, dataset.catalogueId);
    assert.deepEqual(read.byOwner, dataset.byOwner);
    assert.deepEqual(read.tracks.features, tracks.features);
  }),
);
