/** Stacks: attempts of one shot that asked for the same thing with other seeds. */
import type { Attempt } from '../attempts/fields';

/** Stack is a run of rows with one key, in the order in which they were given. */
export interface Stack<T> {
  key: string;
  rows: T[];
}

/** Place says that something is the index-th of so many in its stack, the oldest being the first. */
export interface Place {
  index: number;
  of: number;
}

/** requestKey is the same for two requests of one prompt, negative prompt and model, after NFKC and trimming; '' without a prompt. */
export function requestKey(g: Pick<Attempt, 'prompt' | 'negative' | 'model'>): string {
  const parts = [g.prompt, g.negative, g.model].map((x) => (x ?? '').normalize('NFKC').trim());
  return parts[0] ? parts.join('\u0000') : '';
}

/** fold puts rows of one key together where the first of them stands; rows without a key stay alone. */
export function fold<T>(rows: T[], keyOf: (row: T) => string): Stack<T>[] {
  const stacks: Stack<T>[] = [];
  const byKey = new Map<string, Stack<T>>();
  for (const row of rows) {
    const key = keyOf(row);
    const have = key ? byKey.get(key) : undefined;
    if (have) have.rows.push(row);
    else {
      const stack = { key, rows: [row] };
      stacks.push(stack);
      if (key) byKey.set(key, stack);
    }
  }
  return stacks;
}

/** places counts attempts, not takes: each row's attempt number within its stack. Attempts alone in theirs have no place. */
export function places<T>(rows: T[], keyOf: (row: T) => string, numberOf: (row: T) => number): Map<number, Place> {
  const out = new Map<number, Place>();
  for (const stack of fold(rows, keyOf)) {
    const numbers = [...new Set(stack.rows.map(numberOf))].sort((a, b) => a - b);
    if (!stack.key || numbers.length < 2) continue;
    numbers.forEach((n, i) => out.set(n, { index: i + 1, of: numbers.length }));
  }
  return out;
}

/** seedsOf lists the seeds of a stack, each once, in its order; attempts without one are left out. */
export function seedsOf(attempts: Pick<Attempt, 'seed'>[]): string[] {
  return [...new Set(attempts.map((a) => a.seed).filter(Boolean))];
}
