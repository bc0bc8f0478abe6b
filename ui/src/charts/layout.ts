/** Where marks and names go, in pixels. */

/**
 * marksOf picks which spots carry their mark: all that have `room` around them, and of those that crowd one in `far`, so that
 * lines stay told apart. The first and the last are always marked.
 */
export function marksOf(at: number[], room: number, far: number): number[] {
  const out: number[] = [];
  for (const [i, x] of at.entries()) {
    const before = at[i - 1] ?? -Infinity;
    const marked = at[out.at(-1) ?? -1] ?? -Infinity;
    if (x - marked >= (x - before >= room ? room : far) || i === at.length - 1) out.push(i);
  }
  return out;
}

/** wrap breaks a row of pieces into lines that fit; each piece is as wide as told. */
export function wrap(widths: number[], room: number): number[][] {
  const lines: number[][] = [];
  let used = 0;
  for (const [i, w] of widths.entries()) {
    const line = lines.at(-1);
    if (line && used + w <= room) line.push(i);
    else {
      lines.push([i]);
      used = 0;
    }
    used += w;
  }
  return lines;
}
