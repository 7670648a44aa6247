/** Width of a text in terminal columns: East Asian wide characters and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}|\u200d|\ufe0f/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/** Removes characters that would move a terminal's cursor or hide text: control characters and changes of direction. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ');

function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let out = '';
  for (const character of text) {
    if (displayWidth(out + character) > width - 1) break;
    out += character;
  }
  return `${out}…`;
}

/** A plain table: a header, columns as wide as needed and at most `widths[i]`; columns in `right` are right-aligned. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  options: { widths?: readonly (number | undefined)[]; right?: readonly number[] } = {},
): string {
  const clean = rows.map((row) => row.map(printable));
  const widths = header.map((title, c) => {
    const widest = Math.max(displayWidth(title), ...clean.map((row) => displayWidth(row[c] ?? '')));
    return Math.min(widest, options.widths?.[c] ?? widest);
  });
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => {
        const text = cut(cell, widths[c]!);
        const gap = ' '.repeat(Math.max(0, widths[c]! - displayWidth(text)));
        return options.right?.includes(c) ? gap + text : text + gap;
      })
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((w) => '─'.repeat(w))), ...clean.map(line)].join('\n');
}
