import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface SourceFile {
  /** Path from the root of the repository, with forward slashes. */
  path: string;
  text: string;
}

/** All TypeScript files under a folder of the repository, sorted, excluding dependencies, builds and generated files. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist|build|assembly)\//.test(path))
    .filter((path) => !/\.(generated|d)\.ts$/.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8') }));
}

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** Code without comments and string contents, which are blanked so that words in them do not count; line breaks are kept. */
export function withoutCommentsAndTexts(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g,
    (match) => match.replace(/[^\n]/g, ' '),
  );
}

/** The code as JavaScript. Node warns once that the function may change, which no test can fix. */
export const withoutTypes = (text: string): string => stripTypeScriptTypes(text);
