import { SegueError } from '../errors.ts';

/**
 * Splits `name=value` into its two parts, both trimmed; the value may contain further equals signs.
 * @param option the flag that took the text, e.g. `--option` @param example a valid pair @throws SegueError USAGE
 */
export function pair(text: string, option: string, example: string): [name: string, value: string] {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  // The text is not quoted: with a missing equals sign it may contain a password.
  if (at < 1 || name === '')
    throw new SegueError('USAGE', {
      got: `A value of ${option} has no "name=" before it`,
      expected: `${option} name=value, e.g. ${option} ${example}`,
    });
  return [name, text.slice(at + 1).trim()];
}

/** Parses the values of `--set`, in the notation shared by all commands: `als.factors=32` → { als: { factors: 32 } }. @throws SegueError USAGE */
export function modelSettings(texts: readonly string[]): Record<string, Record<string, unknown>> {
  const set: Record<string, Record<string, unknown>> = {};
  for (const text of texts) {
    const match = /^([a-z0-9-]+)\.([A-Za-z0-9]+)=(.*)$/s.exec(text);
    if (!match)
      throw new SegueError('USAGE', {
        got: `--set ${text}`,
        expected: 'model.setting=value, e.g. --set als.factors=32',
      });
    const [, model, setting, value] = match;
    (set[model!] ??= {})[setting!] = jsonOrText(value!);
  }
  return set;
}

/** Parses numbers, booleans and lists as JSON, and everything else as text. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
