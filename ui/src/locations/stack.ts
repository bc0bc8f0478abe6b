/** Which lines of a tall calendar are drawn: lines differ in height, so their tops are added up once. */

/** Stack is where each line begins, in pixels from the first; tops has one more entry than there are lines, the whole height. */
export interface Stack {
  tops: number[];
}

/** stackOf adds up heights. */
export function stackOf(heights: number[]): Stack {
  const tops = [0];
  for (const h of heights) tops.push((tops.at(-1) ?? 0) + h);
  return { tops };
}

/** lineAt is the line at a height, the first or the last one beyond the ends; -1 where there is none. */
export function lineAt({ tops }: Stack, y: number): number {
  const count = tops.length - 1;
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return count === 0 ? -1 : low;
}

/** shownOf is the lines [from, to) that touch a stretch of the height, with a margin on both sides. */
export function shownOf(stack: Stack, top: number, height: number, margin = 200): { from: number; to: number } {
  const from = lineAt(stack, top - margin);
  return from < 0 ? { from: 0, to: 0 } : { from, to: lineAt(stack, top + height + margin) + 1 };
}
