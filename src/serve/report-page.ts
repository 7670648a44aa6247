import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SegueError } from '../errors.ts';

/** The reports that Vite builds from web/src/reports. */
export type ReportName = 'explore' | 'evaluation';

/** Where `npm run build` puts each report's script and style sheet. */
const BUILT = new URL('../../build/reports/', import.meta.url);

export interface ReportPage {
  /** One self-contained HTML file with its script, style and data. */
  readonly html: string;
  /** Its content-security policy: its own script and style by their hashes, and nothing else. */
  readonly policy: string;
}

/**
 * A report as one HTML file.
 * @param title shown by the browser, and by some reports as the heading
 * @param data what the report draws; JSON
 * @throws SegueError FILE_UNREADABLE when the reports were not built
 */
export async function reportPage(name: ReportName, title: string, data: unknown): Promise<ReportPage> {
  const [script, style] = await Promise.all([built(`${name}.js`), built(`${name}.css`)]);
  const policy = `default-src 'none';script-src '${hash(script)}';style-src '${hash(style)}';base-uri 'none';form-action 'none'`;
  // In JSON, "<" occurs only in strings, where its escape is equivalent; so no string can close the element.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript>This report draws its charts with JavaScript. The data is in this file, as JSON.</noscript>
<script type="application/json" id="data">${json}</script>
<script>${script}</script>
</body>
</html>
`;
  return { html, policy };
}

const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

async function built(file: string): Promise<string> {
  try {
    return await readFile(new URL(file, BUILT), 'utf8');
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `Part of the report is missing: ${file}`,
      expected: 'a complete installation',
      remedy: 'Run `npm run build`',
      cause,
    });
  }
}
