import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Parser } from 'htmlparser2';
import { type ReportName, reportPage } from './report-page.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of a page as a browser's parser finds them. */
function elementsOf(html: string): Element[] {
  const found: Element[] = [];
  const open: Element[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const element = { name, attributes, text: '' };
      found.push(element);
      open.push(element);
    },
    ontext: (text) => {
      const last = open.at(-1);
      if (last) last.text += text;
    },
    onclosetag: () => open.pop(),
  });
  parser.end(html);
  return found;
}

const hostile = '</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> & "quoted"';
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

for (const name of ['explore', 'evaluation'] satisfies ReportName[])
  test(`the ${name} report is one self-contained file, and no text in the data becomes markup`, async () => {
    const { html, policy } = await reportPage(name, hostile, { songs: [hostile], [hostile]: 1 });
    const elements = elementsOf(html);
    const named = (tag: string): Element[] => elements.filter((e) => e.name === tag);
    assert.deepEqual(
      named('script').map((e) => e.attributes),
      [{ type: 'application/json', id: 'data' }, {}],
    );
    for (const { name, attributes } of elements)
      assert.ok(!('src' in attributes) && !('href' in attributes) && name !== 'link' && name !== 'img', name);
    const [data, script] = named('script');
    const [style] = named('style');
    assert.match(
      script!.text,
      /^\/\*!.*## @observablehq\/plot.*Permission to use, copy, modify.*\*\//s,
      'its licences',
    );
    assert.deepEqual(JSON.parse(data!.text), { songs: [hostile], [hostile]: 1 });
    assert.equal(named('title')[0]!.text, hostile);
    // The policy admits exactly the script and the style that are inside.
    assert.ok(policy.includes(`script-src ${hashOf(script!.text)}`));
    assert.ok(policy.includes(`style-src ${hashOf(style!.text)}`));
    assert.ok(policy.startsWith("default-src 'none'"));
    const meta = named('meta').find((e) => e.attributes['http-equiv'] === 'Content-Security-Policy');
    assert.equal(meta!.attributes.content, policy);
    assert.doesNotMatch(style!.text, /@import|url\(/);
  });
