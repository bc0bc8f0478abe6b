import { describe, expect, it } from 'vitest';
import { markOf } from './sources';

describe('markOf', () => {
  const sources = {
    seed: { from: 'file', record: 'png:parameters', certainty: 'exact' },
    service: { from: 'file', record: '', certainty: 'derived' },
    prompt: { from: 'file', record: 'png:prompt', certainty: 'guess' },
    model: { from: 'typed', record: '', certainty: 'exact' },
  };
  it('names the record of a field that the file states', () => {
    expect(markOf(sources, 'seed')).toEqual({ mark: 'file', record: 'png:parameters' });
  });
  it('tells a worked-out field from a stated one', () => {
    expect(markOf(sources, 'service')?.mark).toBe('derived');
    expect(markOf(sources, 'prompt')?.mark).toBe('guess');
  });
  it('marks what somebody typed', () => {
    expect(markOf(sources, 'model')).toEqual({ mark: 'typed', record: '' });
  });
  it('says nothing about a field that nobody filled', () => {
    expect(markOf(sources, 'negative')).toBeUndefined();
  });
});
