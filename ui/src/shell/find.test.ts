import { describe, expect, it } from 'vitest';
import { joined, place, wayTo, type Hit } from './find';

const hit = (kind: Hit['kind'], more: Partial<Hit> = {}): Hit => ({
  kind,
  id: 'x',
  title_id: 't',
  name: '名',
  more: '',
  matched: 'text',
  ...more,
});

describe('place', () => {
  it.each([
    ['title', {}, '/titles/x'],
    ['episode', { episode: 3 }, '/titles/t/e/3'],
    ['scene', { episode: 3 }, '/titles/t/e/3?scene=x'],
    ['shot', {}, '/titles/t/shots/x'],
    ['element', {}, '/titles/t/breakdown?element=x'],
    ['reference', {}, '/titles/t/references/x'],
    ['location', {}, '/locations/x'],
    ['person', { name: '张 伟' }, '/people?q=%E5%BC%A0%20%E4%BC%9F'],
  ] as const)('of a %s', (kind, more, want) => {
    expect(place(hit(kind, more))).toBe(want);
  });
});

describe('joined', () => {
  it('puts what was found behind the pages, each way once', () => {
    const pages = [{ value: '/titles/x', label: '名' }];
    const ways = joined(pages, [wayTo(hit('title')), wayTo(hit('shot', { title: '剧' }))], 5);
    expect(ways.map((w) => w.value)).toEqual(['/titles/x', '/titles/t/shots/x']);
    expect(ways[1]).toMatchObject({ kind: 'palette.shot', of: '剧' });
    expect(joined(pages, [wayTo(hit('shot'))], 1)).toHaveLength(1);
  });
});
