import { describe, expect, it } from 'vitest';
import type { Photo } from './places';
import { backOf, bodyOf, dialOf, draftOf, mapOf, movesOf, pictureOf, statuses } from './places';
import { aPlace } from './testing';

describe('the form of a place', () => {
  it('sends all that is filled in for a new place', () => {
    const draft = { ...draftOf(), name: ' 金沙湖大剧院 ', aliases: '剧院后台\n\n 金沙湖剧院 ', status: 'held' };
    expect(bodyOf(draft)).toEqual({ name: '金沙湖大剧院', aliases: ['剧院后台', '金沙湖剧院'], status: 'held' });
  });
  it('sends the name of a new place even where it is empty, so that the server says so', () => {
    expect(bodyOf(draftOf()).name).toBe('');
  });
  it('sends only what changed, and knows the way back', () => {
    const place = aPlace({ note: '停车难', aliases: ['剧院'] });
    const body = bodyOf({ ...draftOf(place), note: '', aliases: '' }, place);
    expect(body).toEqual({ note: '', aliases: [] });
    expect(backOf(body, place)).toEqual({ note: '停车难', aliases: ['剧院'] });
  });
});

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
  it('ask the map for address and name', () => {
    expect(mapOf(aPlace({ address: '钱塘区 & 1号' }))).toContain(encodeURIComponent('钱塘区 & 1号 金沙湖大剧院'));
  });
  it('ask for no picture that is not made yet', () => {
    const photo = { id: 'p', media: { derived: 'pending' } } as Photo;
    expect(pictureOf('l1', photo, 'thumb')).toBe('');
    expect(pictureOf('l1', photo, 'original')).toBe('/api/v1/locations/l1/photos/p/original');
    expect(pictureOf('l1', { ...photo, media: { ...photo.media, derived: 'ready' } }, 'thumb')).toMatch(/thumb$/);
  });
});
