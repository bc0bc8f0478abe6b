import { describe, expect, it } from 'vitest';
import { backOf, badSums, bodyOf, clockOf, draftOf, groupOf, namesOf } from './form';
import { aPlace } from './testing';

const noPrice = { currency: '', flat: 0, day: 0, hour: 0, deposit: 0, note: '' };

describe('the form of a place', () => {
  it('sends all that is filled in for a new place', () => {
    const draft = { ...draftOf(), name: ' 金沙湖大剧院 ', aliases: '剧院后台\n\n 金沙湖剧院 ', status: 'held' };
    expect(bodyOf(draft)).toEqual({ name: '金沙湖大剧院', aliases: ['剧院后台', '金沙湖剧院'], status: 'held' });
  });
  it('sends the name of a new place even where it is empty, so that the server says so', () => {
    expect(bodyOf(draftOf())).toEqual({ name: '', status: 'wanted' });
  });
  it('sends nothing where nothing changed, however full the place is', () => {
    const place = aPlace({
      contacts: [{ name: '周敏', role: '物业', phone: '571-8888', note: '' }],
      price: { ...noPrice, currency: 'CNY', day: 35_000_000 },
      hours: [{ weekdays: [6, 7], from: '08:00', to: '02:00', note: '' }],
      point: { lat: 30.3, lon: 120.3 },
      tags: ['剧院'],
    });
    expect(bodyOf(draftOf(place), place)).toEqual({});
  });
  it('sends only what changed, and knows the way back', () => {
    const place = aPlace({ note: '停车难', aliases: ['剧院'] });
    const body = bodyOf({ ...draftOf(place), note: '', aliases: '' }, place);
    expect(body).toEqual({ note: '', aliases: [] });
    expect(backOf(body, place)).toEqual({ note: '停车难', aliases: ['剧院'] });
  });
  it('takes money as 1/10,000 and names what is none', () => {
    const draft = draftOf();
    draft.price.day = '￥3,500.5';
    draft.price.deposit = '1万';
    expect(badSums(draft)).toEqual(['deposit']);
    draft.price.deposit = '10000';
    expect(bodyOf(draft).price).toEqual({ ...noPrice, currency: 'CNY', day: 35_005_000, deposit: 100_000_000 });
  });
  it('drops empty lines of contacts and hours', () => {
    const draft = draftOf();
    draft.contacts = [{ name: ' ', role: '', phone: '', note: '' }];
    draft.hours = [
      { weekdays: [], from: '', to: '', note: '' },
      { weekdays: [3, 1], from: '8：00', to: '2200', note: ' 夜里不行 ' },
    ];
    const body = bodyOf(draft);
    expect(body.contacts).toBeUndefined();
    expect(body.hours).toEqual([{ weekdays: [1, 3], from: '08:00', to: '22:00', note: '夜里不行' }]);
  });
});

describe('the point of a place', () => {
  const point = { lat: 30.31, lon: 120.33, system: 'gcj02' as const };
  it('goes as it was given, and back to what it was', () => {
    const place = aPlace({ point: { lat: 1, lon: 2 } });
    const body = bodyOf({ ...draftOf(place), point }, place);
    expect(body).toEqual({ point });
    expect(backOf(body, place)).toEqual({ point: { lat: 1, lon: 2, system: 'wgs84' } });
    expect(backOf(body, aPlace())).toEqual({ no_point: true });
  });
  it('is taken off only where there is one', () => {
    const place = aPlace({ point: { lat: 1, lon: 2 } });
    expect(bodyOf({ ...draftOf(place), point: null }, place)).toEqual({ no_point: true });
    expect(bodyOf({ ...draftOf(aPlace()), point: null }, aPlace())).toEqual({});
  });
});

describe('fields', () => {
  it('stand on a page of the form', () => {
    expect(
      ['body.name', 'body.point.lat', 'body.contacts[0].phone', 'price', 'hours', 'load_in', 'odd'].map(groupOf),
    ).toEqual(['basic', 'where', 'people', 'people', 'site', 'site', 'basic']);
  });
  it('read lists and clocks as they are typed', () => {
    expect(namesOf('剧院、屋顶，夜景\n剧院', /[\n,，、]/)).toEqual(['剧院', '屋顶', '夜景']);
    expect(['8:00', '0830', '２４：００', '早上'].map(clockOf)).toEqual(['08:00', '08:30', '24:00', '早上']);
  });
});
