import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The view that a person sees first. */
const FIRST_VIEW = '/discover/discover.tsx';
/** First-load JavaScript that a person waits for, gzipped: the entry, the first view, and what both import statically. */
const FIRST_LOAD_LIMIT = 120_000;

/** Modules of the first load that other views use as well. */
const SHARED =
  /[\\/](?:react|react-dom|scheduler|query-core|react-query|openapi-fetch)[\\/]|[\\/]lucide-react[\\/]dist[\\/]esm[\\/](?!icons)|vite[\\/]preload-helper|[\\/]src[\\/](?:state|shell[\\/](?:session-context|theme|dropped-files)|ui[\\/](?:text|icon-button|notice|fingerprint|sheet|use-wide)|api[\\/]client|player[\\/]player\.tsx)/;

/** Prints the gzipped size of the first load and fails the build above the limit. */
function firstLoadBudget(): Plugin {
  return {
    name: 'first-load-budget',
    apply: 'build',
    writeBundle(options, bundle) {
      const first = new Set<string>();
      const visit = (file: string): void => {
        const chunk = bundle[file];
        if (first.has(file) || chunk?.type !== 'chunk') return;
        first.add(file);
        for (const next of chunk.imports) visit(next);
      };
      for (const [file, chunk] of Object.entries(bundle))
        if (chunk.type === 'chunk' && (chunk.isEntry || chunk.facadeModuleId?.endsWith(FIRST_VIEW))) visit(file);
      let bytes = 0;
      for (const file of first) bytes += gzipSync(readFileSync(join(options.dir!, file))).length;
      const css = readdirSync(join(options.dir!, 'assets')).filter((f) => f.endsWith('.css')).length;
      const line = `first-load JavaScript: ${(bytes / 1000).toFixed(1)} kB gzipped in ${first.size} files (limit ${FIRST_LOAD_LIMIT / 1000} kB); ${css} style sheets`;
      if (bytes > FIRST_LOAD_LIMIT) throw new Error(line);
      process.stderr.write(`${line}\n`);
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), firstLoadBudget()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of our own origin: data: URLs would need a wider content-security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The licences of what is bundled ask to travel with every copy.
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the entry and every view share is one file: thirty small ones compress worse and are thirty requests.
          groups: [{ name: 'shared', test: SHARED }],
        },
      },
    },
    chunkSizeWarningLimit: 600,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:8787', '/healthz': 'http://127.0.0.1:8787' },
  },
});
