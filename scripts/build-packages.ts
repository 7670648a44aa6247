import { rolldown } from 'rolldown';

/**
 * Bundles packages of hundreds of small modules into a few files. Every command and every thread loads these packages, and most of that time is spent
 * on finding modules. `package.json` maps `#name` to the bundle, with the package's own types.
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
