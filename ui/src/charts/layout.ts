/** Where marks and names go, in pixels. */

/** marksOf picks which spots carry their mark: all where there is room, else some, so that lines stay told apart. */
export function marksOf(at: number[], room: number, far: number): number[] {
  const first = at[0] ?? 0;
  const wide = (at.at(-1) ?? 0) - first;
  if (at.length < 2 || wide / (at.length - 1) >= room) return at.map((_, i) => i);
  const out: number[] = [];
  for (const [i, x] of at.entries()) {
    if (out.length === 0 || x - (at[out.at(-1) ?? 0] ?? 0) >= far || i === at.length - 1) out.push(i);
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
