import { describe, expect, it } from 'vitest';
import { ApiError } from '../lib/client';
import type { Transport } from '../lib/upload';
import { Evidence, faultOf, most, pictureUrl } from './evidence.svelte';

const png = (name: string, type = 'image/png'): File => new File(['x'], name, { type });
const keeps: Transport = (one) =>
  Promise.resolve({ id: `id-${new URL(one.url, 'http://x').searchParams.get('name')}` });

describe('evidence', () => {
  it('is kept and named by its id, in the order in which it came', async () => {
    const e = new Evidence(() => 't1', keeps);
    await e.add([png('a.png'), png('b.png')]);
    expect(e.ids).toEqual(['id-a.png', 'id-b.png']);
    expect(e.busy).toBe(false);
    expect(pictureUrl('id-1')).toBe('/api/v1/evidence/id-1');
  });
  it('goes to the title of the form', async () => {
    const urls: string[] = [];
    const e = new Evidence(
      () => 't 1',
      (one) => (urls.push(one.url), Promise.resolve({ id: 'x' })),
    );
    await e.add([png('图 1.png')]);
    expect(urls).toEqual(['/api/v1/titles/t%201/evidence?name=%E5%9B%BE+1.png']);
  });
  it('is at most six, and a seventh says so', async () => {
    const e = new Evidence(() => 't1', keeps);
    e.begin(['1', '2', '3', '4', '5']);
    await e.add([png('6.png'), png('7.png')]);
    expect(e.ids).toHaveLength(most);
    expect(e.list.at(-1)?.error).toContain('6');
  });
  it('is a picture of a usual size', () => {
    expect(faultOf({ type: 'application/pdf', size: 1 }, 0)).toContain('PNG');
    expect(faultOf({ type: 'image/png', size: 17 << 20 }, 0)).toContain('16 MB');
    expect(faultOf({ type: 'image/webp', size: 16 << 20 }, 5)).toBe('');
  });
  it('keeps what was refused in sight, until it is taken away', async () => {
    const refuses: Transport = () =>
      Promise.reject(new ApiError({ status: 422, code: 'x', title: '', detail: '这不是图片' }));
    const e = new Evidence(() => 't1', refuses);
    await e.add([png('a.png')]);
    expect([e.ids, e.list[0]?.error]).toEqual([[], '这不是图片']);
    e.remove(e.list[0]!.key);
    expect(e.list).toEqual([]);
  });
  it('stops what is on its way when it is taken away', async () => {
    let stopped = false;
    const waits: Transport = (_one, _key, _told, signal) =>
      new Promise((_done, fail) =>
        signal.addEventListener('abort', () => {
          stopped = true;
          fail(new DOMException('', 'AbortError'));
        }),
      );
    const e = new Evidence(() => 't1', waits);
    const going = e.add([png('a.png')]);
    expect(e.busy).toBe(true);
    e.remove(e.list[0]!.key);
    await going;
    expect([stopped, e.list, e.busy]).toEqual([true, [], false]);
  });
});
