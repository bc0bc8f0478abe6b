import { describe, expect, it } from 'vitest';
import type { Photo } from './places';
import { dialOf, mapsOf, movesOf, pictureOf, pricesOf, priceText, statuses } from './places';
import { aPlace } from './testing';

describe('statuses', () => {
  it('go a step on or back, and from released anew', () => {
    expect(Object.fromEntries(statuses.map((s) => [s, movesOf(s)]))).toEqual({
      wanted: ['scouting'],
      scouting: ['held', 'wanted'],
      held: ['confirmed', 'scouting'],
      confirmed: ['released', 'held'],
      released: ['confirmed', 'wanted'],
    });
  });
});

describe('links', () => {
  it('dial only what is a number', () => {
    expect(dialOf('+86 571-8888 1234')).toBe('tel:+8657188881234');
    expect(dialOf('１３８ ０００')).toBe('tel:138000');
    expect(dialOf('微信联系')).toBe('');
    expect(dialOf('javascript:alert(1)')).toBe('');
  });
  it('lead to the point in five map services, or look for the address in one', () => {
    const maps = { amap: 'a', tencent: 't', baidu: 'b', apple: 'p', google: 'g' };
    expect(mapsOf(aPlace({ maps })).map((m) => m.id)).toEqual(['amap', 'tencent', 'baidu', 'apple', 'google']);
    const [only, ...more] = mapsOf(aPlace({ address: '钱塘区 & 1号' }));
    expect(only!.href).toContain(encodeURIComponent('钱塘区 & 1号 金沙湖大剧院'));
    expect(more).toEqual([]);
    expect(mapsOf(aPlace({ address: '' }))).toEqual([]);
  });
  it('write what is agreed, the day first', () => {
    const price = { currency: 'CNY', day: 35_000_000, hour: 0, flat: 0, deposit: 100_000_000, note: '' };
    expect(pricesOf(aPlace({ price }))).toEqual([
      { id: 'day', text: '¥3500.00' },
      { id: 'deposit', text: '¥10000.00' },
    ]);
  });
  it('write another currency by its code', () => {
    const price = { currency: 'HKD', day: 0, hour: 5_000_000, flat: 0, deposit: 0, note: '' };
    expect(pricesOf(aPlace({ price }))).toEqual([{ id: 'hour', text: 'HKD 500.00' }]);
    expect(priceText(20_000, 'USD')).toBe('$2.00');
  });
  it('ask for no picture that is not made yet', () => {
    const photo = { id: 'p', media: { derived: 'pending' } } as Photo;
    expect(pictureOf('l1', photo, 'thumb')).toBe('');
    expect(pictureOf('l1', photo, 'original')).toBe('/api/v1/locations/l1/photos/p/original');
    expect(pictureOf('l1', { ...photo, media: { ...photo.media, derived: 'ready' } }, 'thumb')).toMatch(/thumb$/);
  });
});
