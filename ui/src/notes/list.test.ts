import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aTake } from '../attempts/testing';
import Mentions from '../home/Mentions.svelte';
import { go } from '../lib/router.svelte';
import { setMe, type Me } from '../lib/session.svelte';
import type { NoteRow } from './link';
import NoteList from './NoteList.svelte';
import { aMember, aNote, twoZhangs } from './testing';

function aRow(change: Partial<NoteRow['note']> = {}): NoteRow {
  const at = { title: '金沙湖来信', label: 'E01-S01-001', take_number: 8, first_frame: 1001, media: aTake().media };
  return { ...at, note: aNote(change) };
}

const server = { rows: [] as NoteRow[], asked: [] as string[] };

function serve(url: string): Response {
  const to = new URL(url, 'http://x');
  const body = () => {
    if (to.pathname.endsWith('/members')) return { items: [aMember(), ...twoZhangs()] };
    if (!to.pathname.endsWith('/notes')) return { title: { id: 't1', name: '金沙湖来信' } };
    server.asked.push(`${to.searchParams.get('open') ?? ''} ${to.searchParams.get('author') ?? ''}`.trim());
    return { items: server.rows };
  };
  return new Response(JSON.stringify(body()));
}

beforeEach(() => {
  Object.assign(server, { rows: [], asked: [] });
  vi.stubGlobal('fetch', (url: string) => Promise.resolve(serve(url)));
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
  const studio = { zone: 'Asia/Shanghai' };
  setMe({ person: { id: 'p1', name: '李丽' }, memberships: [], rights: [], title_rights: {}, studio } as unknown as Me);
});
afterEach(async () => {
  await go('/');
  vi.unstubAllGlobals();
});

describe('the notes of a title', () => {
  it('say where they are, by the same number as everywhere, and lead there', async () => {
    server.rows = [
      aRow({ frame: 57, last: 69 }),
      aRow({ id: 'n2', text: '@张伟 看', mentions: [{ person_id: 'z1', name: '张伟', start: 0, length: 3 }] }),
    ];
    render(NoteList, { props: { params: { t: 't1' } } });
    const link = await screen.findByRole('link', { name: '打开 E01-S01-001 第 8 条 F1058–1070' });
    expect(link.getAttribute('href')).toBe('/titles/t1/review?shot=s1&take=k1&f=57&note=n1');
    expect(screen.getByRole('link', { name: '打开 E01-S01-001 第 8 条 整条' })).toBeTruthy();
    expect(screen.getByText('@张伟').className).toContain('mention');
    expect(server.asked).toEqual(['true']);
  });
  it('can be narrowed to an author, and widened to those that are done', async () => {
    server.rows = [aRow()];
    render(NoteList, { props: { params: { t: 't1' } } });
    await screen.findByRole('option', { name: '张伟（zhangwei2）' });
    await fireEvent.change(screen.getByLabelText('作者'), { target: { value: 'z2' } });
    await waitFor(() => expect(server.asked.at(-1)).toBe('true z2'));
    await fireEvent.change(screen.getByLabelText('状态'), { target: { value: 'all' } });
    await waitFor(() => expect(server.asked.at(-1)).toMatch(/^(false )?z2$/));
  });
  it('teach where there are none', async () => {
    render(NoteList, { props: { params: { t: 't1' } } });
    await screen.findByText(/没处理完的都排在这里/);
    expect(screen.getByRole('link', { name: '去选片' }).getAttribute('href')).toBe('/titles/t1/review');
    await fireEvent.click(screen.getByRole('button', { name: '看全部' }));
    await screen.findByText('还没有批注');
  });
});

describe('mentions at home', () => {
  it('name the title and the frame', () => {
    render(Mentions, { props: { rows: [aRow({ frame: 57 })] } });
    const item = screen.getByRole('listitem');
    expect(item.textContent).toContain('金沙湖来信');
    expect(item.textContent).toContain('F1058');
  });
});
