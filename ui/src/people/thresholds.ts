/** Milestone thresholds as people write them: 1千万 5千万 1亿. Whole numbers only, worked out on digits, never in floats. */

const units: [RegExp, bigint][] = [
  [/^千万$/, 10_000_000n],
  [/^百万$/, 1_000_000n],
  [/^[亿億]$/, 100_000_000n],
  [/^[万萬w]$/i, 10_000n],
  [/^k$/i, 1_000n],
  [/^m$/i, 1_000_000n],
  [/^b$/i, 1_000_000_000n],
  [/^$/, 1n],
];
const largest = 10n ** 15n;

/** readThreshold reads one figure; undefined when it is none, or has a fraction of a view. */
export function readThreshold(text: string): number | undefined {
  const hit = /^(\d+)(?:\.(\d+))?(\D*)$/.exec(text.normalize('NFKC').replace(/[,，\s]/g, ''));
  if (!hit) return undefined;
  const [, whole = '', part = '', unit = ''] = hit;
  const size = units.find(([re]) => re.test(unit))?.[1];
  if (size === undefined) return undefined;
  const scale = 10n ** BigInt(part.length);
  const value = BigInt(whole + part) * size;
  if (value % scale !== 0n || value === 0n || value / scale > largest) return undefined;
  return Number(value / scale);
}

/** readThresholds reads a list divided by blanks, 、 or ;. It gives the sorted figures, and the words that are none. */
export function readThresholds(text: string): { values: number[]; bad: string[] } {
  const words = text.split(/[\s、;；]+/).filter(Boolean);
  const read = words.map((w) => [w, readThreshold(w)] as const);
  const values = new Set(read.flatMap(([, v]) => (v === undefined ? [] : [v])));
  return { values: [...values].sort((a, b) => a - b), bad: read.filter(([, v]) => v === undefined).map(([w]) => w) };
}
