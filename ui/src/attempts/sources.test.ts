import { describe, expect, it } from 'vitest';
import { glyphs, markOf } from './sources';

describe('markOf', () => {
  const sources = {
    seed: { from: 'file', record: 'png:parameters', certainty: 'exact' },
    service: { from: 'file', record: '', certainty: 'derived' },
    prompt: { from: 'beside', record: 'sidecar:txt', certainty: 'guess' },
    task_id: { from: 'tool', record: 'task:answer', certainty: 'exact' },
    model: { from: 'typed', record: 'x', certainty: 'guess' },
  };
  it('names the record of a field that the file states', () => {
    expect(markOf(sources, 'seed')).toEqual({ from: 'file', certainty: 'exact', record: 'png:parameters' });
  });
  it('tells a worked-out field and a guess from a stated one', () => {
    expect(markOf(sources, 'service')).toMatchObject({ from: 'file', certainty: 'derived' });
    expect(markOf(sources, 'prompt')).toMatchObject({ from: 'beside', certainty: 'guess' });
  });
  it('tells what a tool sent from what a file says', () => {
    expect(markOf(sources, 'task_id')).toEqual({ from: 'tool', certainty: 'exact', record: 'task:answer' });
  });
  it('takes what somebody typed as certain, without a record', () => {
    expect(markOf(sources, 'model')).toEqual({ from: 'typed', certainty: 'exact', record: '' });
  });
  it('says nothing about a field that nobody filled', () => {
    expect(markOf(sources, 'negative')).toBeUndefined();
  });
  it('has a glyph of its own for every source and doubt', () => {
    const seen = Object.values(glyphs).filter(Boolean);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(7);
  });
});
