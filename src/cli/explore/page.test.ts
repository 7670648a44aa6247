import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, sound, track } from '../../../test/support/content.ts';
import { exploreData } from '../../explore/explore-data.ts';
import { explorePage } from './page.ts';

test('the page carries all it needs and asks nobody for anything', async () => {
  const tricky = '</script><script>alert(1)</script><!-- & "quoted"';
  const dataset = datasetOf(
    Array.from({ length: 30 }, (_, n) =>
      track(n, {
        name: n === 0 ? tricky : `Song ${n}`,
        year: 1990 + (n % 9),
        features: sound(n / 30, 90 + n),
        artists: [{ name: tricky }],
      }),
    ),
    [{ name: tricky, genres: ['soul'] }],
  );
  const warnings: Error[] = [];
  process.on('warning', (warning) => warnings.push(warning));
  const page = await explorePage(await exploreData(dataset), `A <b>title</b> & more`);
  await new Promise((resume) => setImmediate(resume));
  assert.deepEqual(warnings, []);
  assert.match(page, /^<!doctype html>/);
  assert.ok(page.includes('A &lt;b&gt;title&lt;/b&gt; &amp; more'));
  assert.ok(!page.includes('<script>alert(1)'));
  assert.doesNotMatch(page, /<(?:script|link|img|iframe)[^>]+(?:src|href)=/);
  const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page);
  const data = JSON.parse(json![1]!) as { map: { points: { name: string }[] } };
  assert.ok(data.map.points.some(({ name }) => name === tricky));
  // The inlined charts are plain JavaScript: they compile.
  const last = page.lastIndexOf('<script>') + 8;
  assert.doesNotThrow(() => new Function(page.slice(last, page.indexOf('</script>', last))));
});
