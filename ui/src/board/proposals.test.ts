import { describe, expect, it } from 'vitest';
import { acceptedOf, cut, draftsOf, dropped, merged, unreadable } from './proposals';

const shot = (change: object = {}) => ({
  size: '',
  camera: '',
  description: '',
  dialogue: '',
  sound: '',
  prompt: '',
  characters: '',
  note: '',
  milliseconds: 0,
  lines: [],
  ...change,
});

const list = () =>
  draftsOf([
    shot({ description: '灯灭。她回头。', characters: '林晚', milliseconds: 3000, lines: ['a'] }),
    shot({ dialogue: '林晚：谁？', characters: '林晚、顾川', size: '近景', milliseconds: 2000, lines: ['a', 'b'] }),
    shot({ description: '雨', lines: ['c'] }),
  ]);

describe('proposals', () => {
  it('are sent as they came where nothing was changed', () => {
    const all = list();
    expect(acceptedOf(all).map((p) => [p.description, p.milliseconds, p.lines])).toEqual([
      ['灯灭。她回头。', 3000, ['a']],
      ['', 2000, ['a', 'b']],
      ['雨', 0, ['c']],
    ]);
    expect(Object.keys(acceptedOf(all)[0]!)).not.toContain('key');
  });
  it('are sent without those that are off', () => {
    const [a, b, c] = list();
    expect(acceptedOf([a!, { ...b!, on: false }, c!]).map((p) => p.description)).toEqual(['灯灭。她回头。', '雨']);
  });
  it('merge with the one below: every text, line and second stays, people once', () => {
    const [one, two] = merged(list(), 0);
    expect(one).toMatchObject({
      description: '灯灭。她回头。',
      dialogue: '林晚：谁？',
      characters: '林晚、顾川',
      size: '近景',
      seconds: '5',
      lines: ['a', 'b'],
    });
    expect(two!.description).toBe('雨');
    const whole = list();
    expect(merged(whole, 2)).toBe(whole);
  });
  it('are cut in two that share the length and both stand for the lines', () => {
    const out = cut(list(), 0);
    expect(out.map((d) => d.description)).toEqual(['灯灭。', '她回头。', '', '雨']);
    expect([out[0]!.seconds, out[1]!.seconds]).toEqual(['1.5', '1.5']);
    expect([out[0]!.lines, out[1]!.lines]).toEqual([['a'], ['a']]);
    expect(new Set(out.map((d) => d.key)).size).toBe(4);
  });
  it('are left out', () => expect(dropped(list(), 1).map((d) => d.key)).toEqual([0, 2]));
  it('with an unreadable length are named, unless they are off', () => {
    const [a, b, c] = list();
    const bad = [{ ...a!, seconds: '三秒多' }, { ...b!, seconds: 'x', on: false }, c!];
    expect(unreadable(bad).map((d) => d.key)).toEqual([0]);
  });
});
