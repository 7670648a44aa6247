import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/**
 * Builds what the single-file reports carry: one script and one style sheet each, written to build/reports. The program that
 * writes a report puts both and the data into one HTML file.
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** The licences of what is bundled, which ask to travel with every copy. */
const LICENCES = 'licences.md';
const OUT = fileURLToPath(new URL('../../build/reports/', import.meta.url));

await mkdir(OUT, { recursive: true });
for (const name of ['explore', 'evaluation']) {
  const built = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      write: false,
      target: 'es2022',
      cssCodeSplit: false,
      modulePreload: false,
      license: { fileName: LICENCES },
      rolldownOptions: { input: `${ROOT}src/reports/${name}/main.tsx`, output: { format: 'iife' } },
    },
  });
  if (!('output' in built)) throw new Error(`${name}: expected one output`);
  let script = '';
  let style = '';
  let licences = '';
  for (const file of built.output) {
    if (file.type === 'chunk') script += file.code;
    else if (file.fileName.endsWith('.css')) style += String(file.source);
    else if (file.fileName === LICENCES) licences = String(file.source);
    else throw new Error(`${name}: a single file cannot load ${file.fileName}`);
  }
  if (licences.includes('*/')) throw new Error(`${name}: the licences could not be put into a comment`);
  script = `/*!\n${licences.trim()}\n*/\n${script}`;
  for (const end of ['</script', '<!--'])
    if (script.includes(end)) throw new Error(`${name}: the script contains ${end} and could not be inlined`);
  if (style.includes('</style')) throw new Error(`${name}: the style sheet could not be inlined`);
  await writeFile(`${OUT}${name}.js`, script);
  await writeFile(`${OUT}${name}.css`, style);
  process.stderr.write(`report ${name}: ${((script.length + style.length) / 1000).toFixed(0)} kB\n`);
}
