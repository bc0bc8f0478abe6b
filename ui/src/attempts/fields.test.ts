import { describe, expect, it } from 'vitest';
import { backOf, carryOver, draftOf, emptyDraft, faultsOf, nextOf, statusesAfter, toEdit, toIn } from './fields';
import { anAttempt } from './testing';

describe('an attempt typed in', () => {
  it('sends only what was filled in', () => {
    const draft = { ...emptyDraft(), model: ' 可灵 2.1 ', seed: ' １２３ ', cost: '0.6' };
    expect(toIn(draft)).toEqual({
      status: 'failed',
      model: '可灵 2.1',
      seed: '123',
      cost: { amount: 6000, currency: 'CNY' },
    });
  });
  it('keeps a 64-bit seed digit by digit', () => {
    expect(toIn({ ...emptyDraft(), seed: '18446744073709551615' }).seed).toBe('18446744073709551615');
  });
  it('names the fields that cannot be sent', () => {
    expect(Object.keys(faultsOf({ ...emptyDraft(), seed: '12a', cost: '贵' }))).toEqual(['seed', 'cost']);
    expect(faultsOf({ ...emptyDraft(), seed: '-7' })).toEqual({});
  });
  it('carries over the request of the last attempt, not its outcome', () => {
    const last = anAttempt({ model: '即梦', seed: '7', status: 'succeeded', reason: 'x', task_id: 'T', remark: 'y' });
    const draft = carryOver({ ...last, cost: { amount: 3000, currency: 'credit' } }, emptyDraft());
    expect(draft).toMatchObject({ model: '即梦', seed: '7', cost: '30', currency: 'credit', status: 'failed' });
    expect([draft.reason, draft.task_id, draft.remark]).toEqual(['', '', '']);
  });
  it('reuses everything that was asked for', () => {
    const asked = { steps: '28', cfg: '5.5', sampler: 'Euler', scheduler: 'Karras', denoise: '0.4' };
    const last = anAttempt({ prompt: '雨夜', seed: '7', duration: '5', ratio: '9:16', mode: 'pro', ...asked });
    const draft = carryOver(last, emptyDraft());
    expect(draft).toMatchObject({ prompt: '雨夜', seed: '7', duration: '5', ratio: '9:16', mode: 'pro', ...asked });
    expect(toIn(draft)).toMatchObject({ ...asked, ratio: '9:16', seed: '7' });
  });
  it('leaves the seed to chance when asked to', () => {
    expect(carryOver(anAttempt({ prompt: 'x', seed: '7' }), emptyDraft(), true)).toMatchObject({
      prompt: 'x',
      seed: '',
    });
  });
  it('forgets a cost of before where the last attempt has none', () => {
    expect(carryOver(anAttempt(), { ...emptyDraft(), cost: '3' }).cost).toBe('');
  });
  it('keeps the request for the next one', () => {
    const next = nextOf({ ...emptyDraft(), model: '即梦', reason: '排队超时', seed: '7' });
    expect(next).toMatchObject({ model: '即梦', reason: '', seed: '' });
  });
});

describe('an attempt corrected by hand', () => {
  const a = anAttempt({ model: 'v1', seed: '7', cost: { amount: 6000, currency: 'CNY' } });
  it('sends nothing when nothing changed', () => {
    expect(toEdit(a, draftOf(a))).toEqual({});
  });
  it('sends the changed fields alone', () => {
    expect(toEdit(a, { ...draftOf(a), model: 'v2', cost: '0.7' })).toEqual({
      model: 'v2',
      cost: { amount: 7000, currency: 'CNY' },
    });
  });
  it('corrects the sampling too', () => {
    expect(toEdit(a, { ...draftOf(a), steps: '30', duration: '5' })).toEqual({ steps: '30', duration: '5' });
  });
  it('can empty a field', () => {
    expect(toEdit(a, { ...draftOf(a), seed: '', cost: '' })).toEqual({ seed: '', cost: { amount: 0, currency: '' } });
  });
  it('is taken back by the old values of the same fields', () => {
    expect(backOf(a, { model: 'v2', seed: '' })).toEqual({ model: 'v1', seed: '7' });
  });
});

describe('statusesAfter', () => {
  it('lets an ended attempt change only between failed and refused', () => {
    expect(statusesAfter('succeeded')).toEqual(['succeeded']);
    expect(statusesAfter('failed')).toEqual(['failed', 'refused']);
    expect(statusesAfter('queued')).toHaveLength(6);
  });
});
