import { describe, expect, it } from 'vitest';
import { askOf, findOf, geojsonOf, isNarrow, lookIn, narrowsOf, nearOf, priceGroups, spotOf, withTag } from './find';
import { aPlace } from './testing';

const from = (search: string) => findOf((name) => new URLSearchParams(search).get(name) ?? '');
const ask = (search: string) => askOf(from(search), 'Asia/Shanghai');

describe('what the server is asked', () => {
  it('is nothing for a bare address', () => {
    expect(ask('')).toEqual({});
    expect(isNarrow(from(''))).toBe(false);
    expect(isNarrow(from('sort=price'))).toBe(false);
  });
  it('takes money as 1/10,000 and days of the studio to their end', () => {
    expect(ask('q=jsh&status=held&tag=剧院,屋顶&price=3,500.5&from=2026-12-01&to=2026-12-03')).toEqual({
      q: 'jsh',
      status: 'held',
      tag: '剧院,屋顶',
      max_price: 35_005_000,
      free_from: '2026-11-30T16:00:00.000Z',
      free_to: '2026-12-03T16:00:00.000Z',
    });
  });
  it('takes one day alone as that day', () => {
    expect(ask('from=2026-12-01').free_to).toBe('2026-12-01T16:00:00.000Z');
    expect(ask('to=2026-12-01').free_from).toBe('2026-11-30T16:00:00.000Z');
  });
  it('compares prices within one unit and one currency', () => {
    expect(ask('price=20&unit=hour&currency=USD')).toEqual({ max_price: 200_000, unit: 'hour', currency: 'USD' });
    expect(ask('sort=price&unit=flat')).toEqual({ sort: 'price', unit: 'flat' });
    expect(ask('sort=price&unit=day&currency=CNY')).toEqual({ sort: 'price' });
    expect(ask('price=20&unit=week&currency=dollars')).toEqual({ max_price: 200_000 });
    expect(ask('unit=hour&currency=USD')).toEqual({});
  });
  it('leaves out what makes no sense', () => {
    expect(ask('status=gone&price=abc&from=2026-12-03&to=2026-12-01&near=here&within=3&sort=near')).toEqual({});
  });
  it('orders by distance where a point is given, unless told otherwise', () => {
    expect(ask('near=30.3,120.3&within=2.5')).toEqual({ near: '30.3,120.3', within: 2500, sort: 'near' });
    expect(ask('near=30.3,120.3&sort=price').sort).toBe('price');
  });
  it('stands in the address of the file too', () => {
    expect(geojsonOf(ask('near=30.3,120.3'))).toBe('/api/v1/locations/geojson?near=30.3%2C120.3&sort=near');
  });
});

describe('the address', () => {
  it('knows the three looks', () => {
    expect(['', 'wall', 'map', 'globe'].map((v) => lookIn(() => v))).toEqual(['cards', 'wall', 'map', 'cards']);
  });
  it('puts a tag in and takes it out', () => {
    expect(withTag('', '剧院')).toBe('剧院');
    expect(withTag('剧院,屋顶', '剧院')).toBe('屋顶');
  });
  it('counts the conditions of the panel', () => {
    expect(narrowsOf(from('q=a&status=held&tag=a&from=2026-12-01&to=2026-12-02&near=1,2&within=3'))).toBe(3);
  });
  it('holds points', () => {
    expect(nearOf({ lat: 30.30991234, lon: 120.3 })).toBe('30.309912,120.3');
    expect(spotOf('30.309912,120.3')).toEqual({ lat: 30.309912, lon: 120.3 });
    expect(['', 'x,y', '1,2,3', '1'].map(spotOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('a list by price', () => {
  const priced = (name: string, currency: string, day: number, hour = 0) =>
    aPlace({ name, price: { currency, day, hour, flat: 0, deposit: 0, note: '' } });
  it('parts where the currency changes, and before what has no such price', () => {
    const list = [priced('a', '', 1), priced('b', 'CNY', 2), priced('c', 'USD', 1), priced('d', 'USD', 0, 5)];
    const parts = priceGroups(list, 'day').map((g) => [g.currency, g.places.map((p) => p.name).join('')]);
    expect(parts).toEqual([
      ['CNY', 'ab'],
      ['USD', 'c'],
      ['', 'd'],
    ]);
    expect(priceGroups(list, 'hour').map((g) => g.currency)).toEqual(['', 'USD']);
    expect(priceGroups([], 'day')).toEqual([]);
  });
});
