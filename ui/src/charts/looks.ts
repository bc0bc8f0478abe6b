/** Eight looks of lines that are told apart by dash and mark too, not by colour alone. */

/** looks is how many lines differ in colour. */
export const looks = 8;

/** colourOf names the colour of a line, a token of kit/tokens.css. */
export function colourOf(look: number): string {
  return `--chart-${look % looks}`;
}

const dashes: number[][] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 5], [5, 3, 1, 3, 1, 3], [4, 6], [16, 3, 4, 3]];

/** dashOf is the dash of a line in pixels; the first is solid. */
export function dashOf(look: number): number[] {
  return dashes[look % looks] ?? [];
}

type Corner = [x: number, y: number];

const square: Corner[] = [
  [-0.85, -0.85],
  [0.85, -0.85],
  [0.85, 0.85],
  [-0.85, 0.85],
];
const diamond: Corner[] = [
  [0, -1.2],
  [1.2, 0],
  [0, 1.2],
  [-1.2, 0],
];
const up: Corner[] = [
  [0, -1.1],
  [1.15, 0.9],
  [-1.15, 0.9],
];
const flip = (corners: Corner[]): Corner[] => corners.map(([x, y]) => [x, -y]);
const cross: Corner[] = [
  [-0.35, -1.1],
  [0.35, -1.1],
  [0.35, -0.35],
  [1.1, -0.35],
  [1.1, 0.35],
  [0.35, 0.35],
  [0.35, 1.1],
  [-0.35, 1.1],
  [-0.35, 0.35],
  [-1.1, 0.35],
  [-1.1, -0.35],
  [-0.35, -0.35],
];
const turn = (corners: Corner[]): Corner[] => corners.map(([x, y]) => [(x - y) * 0.72, (x + y) * 0.72]);
const bar: Corner[] = [
  [-0.45, -1.2],
  [0.45, -1.2],
  [0.45, 1.2],
  [-0.45, 1.2],
];
const shapes: Corner[][] = [[], square, up, diamond, flip(up), cross, turn(cross), bar];

/** markPath draws the mark of a line as an SVG path around a middle: circle, square, triangle, diamond and so on. */
export function markPath(look: number, x: number, y: number, r: number): string {
  const n = (v: number): string => v.toFixed(1);
  const corners = shapes[look % looks] ?? [];
  if (corners.length === 0)
    return `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0z`;
  return `${corners.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${n(x + a * r)} ${n(y + b * r)}`).join('')}z`;
}
