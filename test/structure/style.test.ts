import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTest, type SourceFile, sourceFiles, withoutCommentsAndTexts } from '../support/source-files.ts';

const FOLDERS = ['src', 'test', 'bench', 'web/src'];

/** `path:line` of each match in the files. */
function places(files: readonly SourceFile[], pattern: RegExp, codeOnly: boolean): string[] {
  return files.flatMap(({ path, text }) =>
    (codeOnly ? withoutCommentsAndTexts(text) : text)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}`] : [])),
  );
}

const all = FOLDERS.flatMap(sourceFiles);
const product = all.filter(({ path }) => !isTest(path) && !path.startsWith('test/'));

test('no `any` and no silenced type errors', () => {
  assert.ok(all.length > 50, 'the files were read');
  assert.deepEqual(places(all, /[:<|&,(]\s*any\b(?!\s*\()|\bas any\b|\bany\[\]/, true), []);
  assert.deepEqual(places(all, new RegExp(`@ts-${'(ignore|nocheck|expect-error)'}`), false), []);
});

test('no markers of unfinished work', () => {
  const notes = new RegExp(`\\b(${['TO', 'FIX'].map((word, i) => word + ['DO', 'ME'][i]).join('|')})\\b`);
  assert.deepEqual(places(all, notes, false), []);
});

test('randomness is an argument everywhere', () => {
  assert.deepEqual(places(product, /\bMath\.random\b/, true), []);
});

test('models, features, dataset maths and metrics do not look at the clock', () => {
  const timeless = ['src/math', 'src/models', 'src/features', 'src/evaluate/metrics'];
  const files = timeless.flatMap(sourceFiles).filter(({ path }) => !isTest(path));
  assert.deepEqual(places(files, /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, true), []);
});

test('no catch-all modules', () => {
  const names = /(^|\/)(utils?|helpers?|common|misc)(\.tsx?$|\/)/;
  assert.deepEqual(
    all.map(({ path }) => path).filter((path) => names.test(path)),
    [],
  );
});
