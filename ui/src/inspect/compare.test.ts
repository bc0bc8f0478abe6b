import { describe, expect, it } from 'vitest';
import { anAttempt } from '../attempts/testing';
import { compare, differences } from './compare';

describe('compare', () => {
  const before = anAttempt({
    model: 'v1',
    seed: '18446744073709551615',
    steps: '28',
    task_id: 'A',
    params: { vae: 'x', b: '1' },
  });
  const after = anAttempt({
    model: 'v1',
    seed: '18446744073709551614',
    cost: { amount: 6000, currency: 'CNY' },
    task_id: 'B',
    params: { vae: 'y', a: '2' },
  });
  const rows = compare(before, after);
  it('keeps the fixed order of the fields, and parameters by name behind them', () => {
    expect(rows.map((r) => r.name)).toEqual(['model', 'seed', 'steps', 'cost', 'a', 'b', 'vae']);
  });
  it('sees the last digit of a seed', () => expect(rows.find((r) => r.name === 'seed')?.same).toBe(false));
  it('shows what only one of them has', () => {
    expect(rows.find((r) => r.name === 'steps')).toMatchObject({ before: '28', after: '', same: false });
    expect(rows.find((r) => r.name === 'a')).toMatchObject({ before: '', after: '2', param: true });
  });
  it('counts the differences', () => expect(differences(rows)).toBe(6));
  it('finds none between an attempt and itself', () => expect(differences(compare(before, before))).toBe(0));
});
