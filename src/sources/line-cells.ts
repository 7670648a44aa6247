const [LF, QUOTE] = [0x0a, 0x22];

/** Where the cells of a plain line begin and end, without their quotes; one object for all lines. */
export class LineCells {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  private readonly width: number;

  /** @param width cells that are looked for; further ones are passed over */
  constructor(width: number) {
    this.width = width;
    this.starts = new Int32Array(width);
    this.ends = new Int32Array(width);
  }

  /** Reads the line that starts here; missing cells are empty. @returns start of the next line */
  take(bytes: Uint8Array, at: number, separator: number, quoted: boolean): number {
    const { starts, ends, width } = this;
    let cells = 0;
    for (;;) {
      let c = bytes[at]!;
      let from = at;
      let to = at;
      if (quoted && c === QUOTE) {
        from = ++at;
        while (bytes[at] !== QUOTE) at++;
        to = at;
        c = bytes[++at]!;
      } else {
        while (c !== separator && c !== LF) c = bytes[++at]!;
        to = at;
      }
      if (cells < width) {
        starts[cells] = from;
        ends[cells] = to;
        cells++;
      }
      at++;
      if (c === LF) break;
    }
    for (; cells < width; cells++) starts[cells] = ends[cells] = at;
    return at;
  }
}
