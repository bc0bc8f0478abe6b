import { describe, expect, it } from 'vitest';
import { anAttempt } from '../attempts/testing';
import { choiceOf, isChosen, valuesOf } from './candidate';

const candidate = {
  node: '9',
  prefix: 'lake',
  fields: {
    seed: '18446744073709551615',
    width: '720',
    height: '1280',
    steps: '20',
    model: 'v1',
    negative: '',
    vae: 'x',
  },
};

describe('a candidate', () => {
  it('states its size by width and height', () => {
    expect(valuesOf(candidate)).toEqual({
      seed: '18446744073709551615',
      steps: '20',
      model: 'v1',
      vae: 'x',
      size: '720x1280',
    });
  });
  it('changes only what differs, and names what cannot be taken over', () => {
    expect(choiceOf(anAttempt({ model: 'v1' }), candidate)).toEqual({
      edit: { seed: '18446744073709551615', steps: '20', size: '720x1280' },
      left: ['vae'],
    });
  });
  it('is chosen once the attempt says the same', () => {
    expect(isChosen(anAttempt(), candidate)).toBe(false);
    expect(
      isChosen(anAttempt({ model: 'v1', seed: '18446744073709551615', steps: '20', size: '720x1280' }), candidate),
    ).toBe(true);
  });
});
