import { SegueError } from '../errors.ts';

/** The two sides of `name=value`, spaces around them left out. @param example a right one, for the message @throws SegueError USAGE */
export function nameAndValue(
  text: string,
  option: string,
  example: string,
  form = 'name=value',
): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  throw new SegueError('USAGE', {
    got: `${option} ${text}`,
    expected: `${option} ${form}, e.g. ${option} ${example}`,
  });
}

/** `user=alice` … → { user: 'alice' } @throws SegueError USAGE */
export const namesAndValues = (
  texts: readonly string[] | undefined,
  option: string,
  example: string,
): Record<string, string> => Object.fromEntries((texts ?? []).map((text) => nameAndValue(text, option, example)));

/** `als.factors=32` → { als: { factors: 32 } }; values are JSON, else text. @throws SegueError USAGE */
export function modelSettings(texts: readonly string[] | undefined): Record<string, Record<string, unknown>> {
  const set: Record<string, Record<string, unknown>> = {};
  for (const text of texts ?? []) {
    const [path, value] = nameAndValue(text, '--set', 'als.factors=32', 'model.setting=value');
    const [model, name, ...rest] = path.split('.');
    if (!model || !name || rest.length > 0)
      throw new SegueError('USAGE', {
        got: `--set ${text}`,
        expected: '--set model.setting=value, e.g. --set als.factors=32',
      });
    set[model] = { ...set[model], [name]: jsonOrText(value) };
  }
  return set;
}

export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
