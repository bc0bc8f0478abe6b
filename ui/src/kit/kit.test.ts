import { describe, expect, it } from 'vitest';
import { choose } from './choice';
import { namePasted } from './files';
import { lookOf } from './states';
import base from '../i18n/base.zh-CN.json';

describe('choose', () => {
  const choices = [
    { value: '1', label: '李丽', more: 'lili' },
    { value: '2', label: '李莉', more: 'lili2' },
    { value: '3', label: '金沙湖大剧院', more: 'JSH' },
  ];
  it('finds by characters and by login, whatever the case or width', () => {
    expect(choose(choices, '李丽').map((c) => c.value)).toEqual(['1']);
    expect(choose(choices, 'ｊｓｈ').map((c) => c.value)).toEqual(['3']);
  });
  it('puts what begins with the typed text first', () => {
    expect(
      choose(
        [
          { value: 'a', label: '新美虹星' },
          { value: 'b', label: '星河' },
        ],
        '星',
      )[0]?.value,
    ).toBe('b');
  });
  it('gives all for nothing typed', () => expect(choose(choices, '  ')).toHaveLength(3));
});

describe('namePasted', () => {
  it('gives pasted pictures names of their own and leaves others alone', () => {
    const now = new Date(2026, 10, 22, 9, 5, 7);
    expect(namePasted(new File(['x'], 'image.png'), now, 0).name).toBe('paste-20261122-090507.png');
    expect(namePasted(new File(['x'], 'image.png'), now, 2).name).toBe('paste-20261122-090507-2.png');
    expect(namePasted(new File(['x'], 'ComfyUI_1.png'), now, 0).name).toBe('ComfyUI_1.png');
  });
});

describe('states', () => {
  const stated = Object.keys(base).filter((k) => /^state\.(shot|attempt|verdict|place|booking|milestone)\./.test(k));
  it('have a glyph for every word, so that colour never speaks alone', () => {
    expect(stated.length).toBeGreaterThan(25);
    for (const key of stated) {
      const [, kind, state] = key.split('.') as [string, 'shot', string];
      expect(lookOf(kind, state).glyph, key).not.toBe('·');
    }
  });
  it('never share both glyph and tone within a kind', () => {
    for (const kind of ['shot', 'attempt', 'verdict', 'place', 'booking'] as const) {
      const looks = stated
        .filter((k) => k.startsWith(`state.${kind}.`))
        .map((k) => JSON.stringify(lookOf(kind, k.split('.')[2] ?? '')));
      expect(new Set(looks).size).toBe(looks.length);
    }
  });
});
