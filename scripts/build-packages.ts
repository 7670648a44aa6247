import { rolldown } from 'rolldown';

/**
 * Packages of hundreds of small modules, each made into a few: every command and every thread loads them, and finding the modules takes most of that time.
 * `package.json` maps `#name` to what is made here, with the package's own types.
 */
const PACKAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kysely: { index: 'kysely', migration: 'kysely/migration' },
  typebox: { index: 'typebox', value: 'typebox/value', compile: 'typebox/compile' },
};

for (const [name, input] of Object.entries(PACKAGES)) {
  const bundle = await rolldown({ input: { ...input }, platform: 'node', treeshake: false });
  await bundle.write({ dir: `build/packages/${name}`, format: 'esm', cleanDir: true });
  await bundle.close();
}
