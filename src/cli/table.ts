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

/** The text in lines of at most `width` columns, broken between words; a longer word is cut. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || displayWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((each) => cut(each, width));
}

interface TableOptions {
  /** Most columns of the terminal for each column; longer cells are cut. */
  readonly widths?: readonly (number | undefined)[];
  /** Columns that are right-aligned. */
  readonly right?: readonly number[];
  /** Columns whose longer cells continue on further lines instead. */
  readonly wrap?: readonly number[];
}

/** A plain table: a header, and columns as wide as needed. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { widths: most, right, wrap }: TableOptions = {},
): string {
  const clean = rows.map((row) => row.map(printable));
  const widths = header.map((title, c) => {
    const widest = Math.max(displayWidth(title), ...clean.map((row) => displayWidth(row[c] ?? '')));
    return Math.min(widest, most?.[c] ?? widest);
  });
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, c) => {
        const gap = ' '.repeat(Math.max(0, widths[c]! - displayWidth(text)));
        return right?.includes(c) ? gap + text : text + gap;
      })
      .join('  ')
      .trimEnd();
  const linesOf = (cells: readonly string[]): string[] => {
    const parts = cells.map((cell, c) => (wrap?.includes(c) ? wrapped(cell, widths[c]!) : [cut(cell, widths[c]!)]));
    return Array.from({ length: Math.max(...parts.map(({ length }) => length)) }, (_, l) =>
      line(parts.map((part) => part[l] ?? '')),
    );
  };
  return [...linesOf(header), line(widths.map((w) => '─'.repeat(w))), ...clean.flatMap(linesOf)].join('\n');
}
