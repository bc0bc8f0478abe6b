import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clearUploads } from '../lib/uploads.svelte';
import { arrivalOf, gathered, type Gathered } from './arrival';
import {
  answered,
  closeAccount,
  logArrivals,
  offeredText,
  onLogged,
  outcomes,
  sendAgain,
  waiting,
} from './logging.svelte';
import { aRow } from './testing';

/** Desk stands for the server behind XMLHttpRequest: it numbers attempts and refuses names that begin with "bad". */
const desk = { urls: [] as string[], next: 1, refuse: /^bad/ };

class Request {
  upload: { onprogress?: (e: { loaded: number }) => void } = {};
  status = 0;
  responseText = '';
  onload = () => undefined;
  private url = '';
  open(_: string, url: string) {
    this.url = url;
  }
  setRequestHeader() {}
  getResponseHeader() {
    return null;
  }
  abort() {}
  send() {
    const name = new URL(this.url, 'http://x').searchParams.get('name') ?? '';
    desk.urls.push(this.url);
    const bad = desk.refuse.test(name);
    this.status = bad ? 415 : 201;
    const beside = /attempts\/(a\d+)\/beside/.exec(this.url)?.[1];
    const id = beside ?? `a${desk.next++}`;
    const row = aRow({ id, number: Number(id.slice(1)) }, { duplicate: name.startsWith('dup') });
    this.responseText = JSON.stringify(bad ? { code: 'media.type', title: '不行', detail: '不认识这个文件' } : row);
    setTimeout(() => this.onload());
  }
}

const real = globalThis.XMLHttpRequest;
beforeEach(() => {
  Object.assign(globalThis, { XMLHttpRequest: Request });
  Object.assign(desk, { urls: [], next: 1, refuse: /^bad/ });
});
afterEach(() => {
  Object.assign(globalThis, { XMLHttpRequest: real });
  closeAccount();
  clearUploads();
});

const png = (name: string) => new File(['\x89PNG'], name);
const until = async (fits: () => boolean) => {
  for (let i = 0; i < 200 && !fits(); i++) await new Promise((r) => setTimeout(r, 10));
  expect(fits()).toBe(true);
};
const log = (from: File[] | Gathered) => logArrivals(Array.isArray(from) ? gathered(from) : from, 's1', 'E01-S01-001');
const became = () => Object.fromEntries(outcomes().map((o) => [o.path, o.became]));

describe('logging what came', () => {
  it('sends what describes a result to the attempt that the result made', async () => {
    await log([png('a.txt'), png('a.mp4'), png('a.png'), png('a-audio.mp4')]);
    await until(() => desk.urls.length === 4);
    const short = desk.urls.map((u) => u.replace('/api/v1', ''));
    expect(short[0]).toBe('/shots/s1/files?name=a.mp4');
    expect(short.slice(1).sort()).toEqual([
      '/attempts/a1/beside?name=a.png',
      '/attempts/a1/beside?name=a.txt',
      '/shots/s1/files?name=a-audio.mp4&attempt=a1',
    ]);
  });
  it('says what became of each of a mixed drop, and lets none fall', async () => {
    const lost = [{ path: 'out/x.png', size: 0, why: '读不出来' }];
    const files = ['a.png', 'bad.png', 'bad.txt', 'dup.png', 'lone.json', 'art.psd', '.DS_Store', 'b.crdownload'];
    const heard: string[] = [];
    const stop = onLogged((row) => heard.push(row.attempt.id));
    await log({ files: files.map((n) => arrivalOf(n === 'art.psd' ? new File(['8BPS'], n) : png(n))), lost });
    await until(() => outcomes().length === 9 && outcomes().every((o) => o.became !== 'open'));
    stop();
    expect(became()).toEqual({
      'a.png': 'new',
      'bad.png': 'refused',
      'bad.txt': 'refused',
      'dup.png': 'duplicate',
      'lone.json': 'card',
      'art.psd': 'unknown',
      '.DS_Store': 'system',
      'b.crdownload': 'lost',
      'out/x.png': 'lost',
    });
    expect(heard).toEqual(['a1']);
    expect(outcomes().find((o) => o.path === 'bad.png')?.why).toBe('不认识这个文件');
    expect(outcomes().find((o) => o.path === 'bad.txt')?.why).toContain('bad.png');
  });
  it('sends a refused file again from the account, and what waits for it', async () => {
    await log([png('a.png'), png('bad.png'), png('bad.txt')]);
    await until(() => outcomes().length === 3);
    desk.refuse = /^never/;
    sendAgain(outcomes().find((o) => o.path === 'bad.png')!.id);
    await until(() => outcomes().every((o) => o.became !== 'refused' && o.became !== 'open'));
    expect(became()).toEqual({ 'a.png': 'new', 'bad.png': 'new', 'bad.txt': 'beside' });
  });
  it('sends a refused file again even when the bar was cleared', async () => {
    await log([png('a.png'), png('bad.png')]);
    await until(() => outcomes().length === 2);
    clearUploads();
    desk.refuse = /^never/;
    sendAgain(outcomes().find((o) => o.path === 'bad.png')!.id);
    await until(() => became()['bad.png'] === 'new');
  });
  it('shows files on their way and refused ones under their shot', async () => {
    await log([png('bad.png')]);
    await until(() => waiting('s1').failed.length === 1);
    expect(waiting('s2').failed).toEqual([]);
    expect(outcomes()).toEqual([]);
  });
  it('asks about one text alone, and takes the answer', async () => {
    await log([png('note.txt')]);
    expect(offeredText()?.outcome.path).toBe('note.txt');
    expect(desk.urls).toEqual([]);
    answered(offeredText()!, aRow({ id: 'a5' }));
    expect(offeredText()).toBeUndefined();
  });
  it('keeps hundreds of files apart', async () => {
    await log(Array.from({ length: 300 }, (_, i) => png(`${i % 10 === 0 ? 'bad' : ''}${i}.png`)));
    await until(() => outcomes().length === 300 && outcomes().every((o) => o.became !== 'open'));
    expect(outcomes().filter((o) => o.became === 'new')).toHaveLength(270);
    expect(outcomes().filter((o) => o.became === 'refused')).toHaveLength(30);
    expect(new Set(outcomes().map((o) => o.row?.attempt.id)).size).toBe(271);
  });
});
