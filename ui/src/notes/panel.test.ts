import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aTake } from '../attempts/testing';
import { setMe, type Me } from '../lib/session.svelte';
import { forgetUndo, undoLast } from '../lib/undo.svelte';
import { Draft } from './draft.svelte';
import type { Note } from './link';
import type { Notes } from './notes.svelte';
import { Sketch } from './sketch.svelte';
import { aMember, aNote, aStroke, twoZhangs } from './testing';
import Room from './testing.Room.svelte';

interface Sent {
  call: string;
  body: Record<string, unknown>;
  once: string | null;
  rev: string | null;
}

/** A server of one shot's notes, only as wide as these tests. */
const server = { notes: [] as Note[], sent: [] as Sent[], refuse: 0, next: 1 };

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

function changed(id: string, change: Partial<Note>): Response {
  server.notes = server.notes.map((n) => (n.id === id ? { ...n, ...change, rev: n.rev + 1 } : n));
  return answer(server.notes.find((n) => n.id === id));
}

function added(take: string, body: Record<string, unknown>): Response {
  const note = aNote({ drawing: [], ...body, mentions: [], id: `new${server.next++}`, take_id: take });
  server.notes = [...server.notes, note];
  return answer(note, 201);
}

function serve(url: string, init: RequestInit = {}): Response {
  const path = new URL(url, 'http://x').pathname.replace('/api/v1', '');
  const body = init.body ? (JSON.parse(init.body as string) as Record<string, unknown>) : {};
  const headers = new Headers(init.headers);
  if (path === '/shots/s1/notes') return answer({ items: server.notes.filter((n) => !n.deleted) });
  const id = path.split('/')[2] ?? '';
  if (init.method === 'GET') return answer({ note: server.notes.find((n) => n.id === id) });
  const [once, rev] = [headers.get('Idempotency-Key'), headers.get('If-Match')];
  server.sent.push({ call: `${init.method} ${path}`, body, once, rev });
  if (server.refuse > 0) {
    server.refuse--;
    return answer({ code: 'note.many', status: 409, title: '满了', detail: '这条候选上的批注已满' }, 409);
  }
  const at = '2026-03-06T03:00:00Z';
  if (path.endsWith('/done')) return changed(id, { done: body.done ? at : undefined, done_by: '李丽' });
  if (path.endsWith('/restore')) return changed(id, { deleted: undefined });
  if (init.method === 'DELETE') return changed(id, { deleted: at });
  if (init.method === 'PATCH') return changed(id, { ...body, mentions: [], edited: at } as Partial<Note>);
  return added(id, body);
}

let sketch: Sketch;

function signIn(id: string, name: string, rights: string[] = []) {
  const studio = { zone: 'Asia/Shanghai' };
  setMe({
    person: { id, name, login: id, active: true },
    memberships: [],
    rights,
    title_rights: {},
    studio,
  } as unknown as Me);
}

/** open shows the panel of take k1 of shot s1, number 4, at frame 57 of a clip. */
async function open(more: object = {}) {
  let notes: Notes | undefined;
  const jump = vi.fn();
  const pause = vi.fn();
  const props = {
    take: aTake({ number: 4 }),
    frame: 57,
    range: undefined,
    firstFrame: 1001,
    people: [aMember(), ...twoZhangs()],
    titleId: 't1',
    may: true,
    sketch,
    blind: false,
    takes: [aTake({ number: 4 }), aTake({ id: 'k7', number: 7 })],
    chosen: '',
    onjump: jump,
    oncompose: pause,
    ...more,
  };
  const shown = render(Room, { shot: 's1', give: (n: Notes) => (notes = n), ...props });
  await waitFor(() => expect(notes?.all).toBeDefined());
  return { notes: notes!, jump, pause, show: (change: object) => shown.rerender({ ...props, ...change }), ...shown };
}

const area = (name = '写批注') => screen.getByRole<HTMLTextAreaElement>('textbox', { name });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const card = (text: string | RegExp) => screen.getByText(text).closest('article')!;
const press = (text: string | RegExp, name: string) =>
  fireEvent.click(within(card(text)).getByRole('button', { name }));

async function type(to: HTMLTextAreaElement, text: string) {
  to.value = text;
  to.setSelectionRange(text.length, text.length);
  await fireEvent.input(to);
}

beforeEach(() => {
  Object.assign(server, { notes: [], sent: [], refuse: 0, next: 1 });
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => Promise.resolve(serve(url, init)));
  signIn('p1', '李丽');
  sessionStorage.clear();
  forgetUndo();
  sketch = new Sketch();
});
afterEach(() => vi.unstubAllGlobals());

describe('threads', () => {
  beforeEach(() => {
    server.notes = [
      aNote({ id: 'a', frame: 57, last: 69, text: '手部穿帮', drawing: [aStroke()] }),
      aNote({ id: 'b', parent: 'a', text: '已重抽', author: 'z1', author_name: '张伟' }),
      aNote({ id: 'c', take_id: 'k7', frame: 3, text: '眼神不对', author: 'z2', author_name: '张伟' }),
      aNote({ id: 'd', text: '光太平', done: '2026-03-06T03:00:00Z', done_by: '李丽' }),
    ];
  });

  it('show those of the take first, open before done, with their frames and their answers', async () => {
    const { notes } = await open();
    expect(screen.getAllByRole('article').map((x) => x.querySelector('.text')?.textContent)).toEqual([
      '手部穿帮',
      '已重抽',
      '眼神不对',
    ]);
    expect(screen.getByRole('heading', { name: '第 7 条' })).toBeTruthy();
    expect(card('手部穿帮').textContent).toContain('F1058–1070');
    expect(card('手部穿帮').textContent).toContain('✎');
    expect([notes.count, notes.open.get('k1'), notes.markers('k1').length]).toEqual([2, 1, 1]);
    await fireEvent.click(button('已处理 1 条'));
    expect(card('光太平').textContent).toContain('已处理');
  });
  it('tell two of one name apart', async () => {
    await open();
    expect(card('已重抽').textContent).toContain('张伟（zhangwei）');
    expect(card('眼神不对').textContent).toContain('张伟（zhangwei2）');
  });
  it('call people by their role where one judges blind, but for oneself', async () => {
    server.notes.push(
      aNote({
        id: 'e',
        text: '@张伟 看',
        mentions: [{ person_id: 'z1', name: '张伟', start: 0, length: 3 }],
        done: '2026-03-06T03:00:00Z',
        done_by: '张伟',
      }),
    );
    const { container } = await open({ blind: true });
    await fireEvent.click(button('已处理 2 条'));
    expect(container.textContent).not.toMatch(/张伟|zhangwei/);
    expect(card('已重抽').textContent).toContain('抽卡师');
    expect(card('手部穿帮').textContent).toContain('李丽');
    expect(screen.getByText('@抽卡师')).toBeTruthy();
  });
  it('jump to their frame, on another take too', async () => {
    const { jump } = await open();
    await press('眼神不对', '跳到 F1004');
    expect(jump).toHaveBeenCalledWith(expect.objectContaining({ id: 'c', take_id: 'k7', frame: 3 }));
  });
  it('show the note of the address, though it is done', async () => {
    await open({ chosen: 'd' });
    expect(card('光太平').getAttribute('aria-current')).toBe('true');
  });
  it('say of a deleted note that it is deleted, and bring it back', async () => {
    server.notes.push(aNote({ id: 'gone', text: '删掉的', deleted: '2026-03-06T03:00:00Z' }));
    await open({ chosen: 'gone' });
    await screen.findByText('这条批注已删除。');
    await fireEvent.click(button('恢复'));
    await screen.findByText('删掉的');
    expect(screen.queryByText('这条批注已删除。')).toBeNull();
  });
  it('let readers only read', async () => {
    await open({ may: false });
    expect(screen.queryByLabelText('写批注')).toBeNull();
    expect(screen.queryByRole('button', { name: /回复|编辑|删除|标为/ })).toBeNull();
  });
  it('are one’s own to change, and everybody’s for who picks', async () => {
    const { unmount } = await open();
    expect(within(card('眼神不对')).queryByRole('button', { name: '编辑' })).toBeNull();
    expect(within(card('手部穿帮')).queryByRole('button', { name: '编辑' })).toBeTruthy();
    unmount();
    signIn('p1', '李丽', ['take.pick']);
    await open();
    expect(within(card('眼神不对')).queryByRole('button', { name: '编辑' })).toBeTruthy();
  });
});

describe('what one does with a note', () => {
  beforeEach(() => {
    server.notes = [aNote({ id: 'a', frame: 57, text: '手部穿帮', drawing: [aStroke()] })];
  });

  it('ticking shows at once, and comes back by undo', async () => {
    const { notes } = await open();
    const ticked = press('手部穿帮', '标为已处理');
    await ticked;
    expect(notes.count).toBe(0);
    await waitFor(() => expect(server.notes[0]?.done).toBeTruthy());
    await waitFor(async () => expect(await undoLast()).toBe(true));
    expect(server.sent.map((s) => s.body.done)).toEqual([true, false]);
    expect(notes.count).toBe(1);
  });
  it('a tick that is refused goes away again', async () => {
    const { notes } = await open();
    server.refuse = 1;
    await press('手部穿帮', '标为已处理');
    await waitFor(() => expect(notes.count).toBe(1));
    expect(await undoLast()).toBe(false);
  });
  it('two ticks reach the server in their order, and the last one shows all the while', async () => {
    const { notes } = await open();
    const note = notes.find('a')!;
    let answered = () => {};
    const late = new Promise<void>((done) => (answered = done));
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      const answer = serve(url, init);
      if (init?.body === '{"done":false}') await late;
      return answer;
    });
    void notes.setDone(note, true);
    void notes.setDone(note, false);
    expect(notes.count).toBe(1);
    await waitFor(() => expect(server.sent.map((s) => s.body.done)).toEqual([true, false]));
    expect(notes.count).toBe(1);
    answered();
    await waitFor(() => expect(notes.find('a')?.rev).toBe(3));
    expect(notes.count).toBe(1);
  });
  it('an answer goes to the note, and undo takes it back', async () => {
    await open();
    await press('手部穿帮', '回复');
    await type(area('回复'), '已重抽');
    await fireEvent.click(screen.getAllByRole('button', { name: /^回复/ }).at(-1)!);
    await screen.findByText('已重抽');
    expect(server.sent[0]).toMatchObject({ call: 'POST /takes/k1/notes', body: { parent: 'a', text: '已重抽' } });
    expect(server.sent[0]?.body).not.toHaveProperty('frame');
    await undoLast();
    await waitFor(() => expect(screen.queryByText('已重抽')).toBeNull());
  });
  it('a change sends the text with the revision, keeps the drawing, and comes back', async () => {
    await open();
    await press('手部穿帮', '编辑');
    await type(area('改批注'), '左手穿帮');
    await fireEvent.click(button(/保存/));
    await screen.findByText('左手穿帮');
    expect(server.sent[0]).toMatchObject({ call: 'PATCH /notes/a', rev: '"1"', body: { text: '左手穿帮' } });
    expect(server.sent[0]?.body).not.toHaveProperty('drawing');
    await undoLast();
    expect(server.sent[1]).toMatchObject({ rev: '"2"', body: { text: '手部穿帮' } });
  });
  it('a change may take the drawing away', async () => {
    await open();
    await press('手部穿帮', '编辑');
    await fireEvent.click(button('去掉画稿'));
    await fireEvent.click(button(/保存/));
    await waitFor(() => expect(server.sent[0]?.body.drawing).toEqual([]));
    await undoLast();
    expect(server.sent[1]?.body.drawing).toHaveLength(1);
  });
  it('deleting needs no question, and undo restores it', async () => {
    await open();
    await press('手部穿帮', '删除');
    await waitFor(() => expect(screen.queryByText('手部穿帮')).toBeNull());
    await undoLast();
    await screen.findByText('手部穿帮');
    expect(server.sent.map((s) => s.call)).toEqual(['DELETE /notes/a', 'POST /notes/a/restore']);
  });
  it('its link leads to its frame', async () => {
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await open();
    await press('手部穿帮', '复制链接');
    expect(copied).toHaveBeenCalledWith(`${location.origin}/titles/t1/review?shot=s1&take=k1&f=57&note=a`);
  });
});

describe('a new note', () => {
  it('pauses the clip, and speaks of the frame at which it was begun', async () => {
    const { pause, show } = await open();
    await fireEvent.focusIn(area());
    expect(pause).toHaveBeenCalledOnce();
    await type(area(), '手');
    await show({ frame: 80 });
    await fireEvent.click(button(/发出/));
    await screen.findByText('手');
    expect(server.sent[0]).toMatchObject({ call: 'POST /takes/k1/notes', body: { text: '手', frame: 57 } });
    expect(area().value).toBe('');
  });
  it('may move to the frame on the screen, or speak of the whole take or the loop', async () => {
    const { show } = await open();
    await type(area(), '手');
    await show({ frame: 80, range: [70, 90] });
    await fireEvent.click(button('改到 F1081'));
    expect(screen.getByLabelText<HTMLInputElement>(/这一帧/).checked).toBe(true);
    await fireEvent.click(screen.getByLabelText(/这一段/));
    await fireEvent.click(button(/发出/));
    await waitFor(() => expect(server.sent[0]?.body).toMatchObject({ frame: 70, last: 90 }));
  });
  it('on a still has no scope to choose', async () => {
    await open({ frame: undefined });
    await type(area(), '手');
    expect(screen.queryByRole('radio')).toBeNull();
    await fireEvent.click(button(/发出/));
    await waitFor(() => expect(server.sent[0]?.body).not.toHaveProperty('frame'));
  });
  it('takes the drawing along, also without words, and leaves a clean ground', async () => {
    await open();
    sketch.load(sketch.of, [aStroke()]);
    await screen.findByText(/画稿 1 笔/);
    await fireEvent.click(button(/发出/));
    await waitFor(() => expect(server.sent[0]?.body.drawing).toEqual([aStroke()]));
    await waitFor(() => expect(sketch.strokes).toEqual([]));
    expect(sessionStorage.length).toBe(0);
  });
  it('that is refused keeps words and drawing, for a reload too; the second try is the same note', async () => {
    const { unmount } = await open();
    sketch.load(sketch.of, [aStroke()]);
    await type(area(), '手');
    server.refuse = 1;
    await fireEvent.click(button(/发出/));
    await screen.findByText(/批注已满/);
    expect([area().value, sketch.strokes.length]).toEqual(['手', 1]);
    await fireEvent.click(button(/发出/));
    await waitFor(() => expect(server.sent).toHaveLength(2));
    expect(server.sent[0]?.once).toBe(server.sent[1]?.once);
    unmount();
    expect(new Draft('take.k1').empty).toBe(true);
  });
  it('goes back to its frame where one goes on with its drawing', async () => {
    const seek = vi.fn();
    const { show } = await open({ onseek: seek });
    sketch.begin();
    sketch.load(sketch.of, [aStroke()]);
    await screen.findByText(/画稿 1 笔/);
    sketch.end();
    await show({ frame: 80, onseek: seek });
    expect(seek).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByText(/画稿 1 笔/));
    expect(seek).toHaveBeenCalledExactlyOnceWith(57);
  });
  it('shows its drawing at the frame it was made for, beside those of notes', async () => {
    server.notes = [aNote({ id: 'a', frame: 57, drawing: [aStroke({ colour: 3 })] })];
    const { notes, show } = await open();
    sketch.load(sketch.of, [aStroke({ colour: 5 })]);
    await screen.findByText(/画稿 1 笔/);
    const colours = (frame: number | undefined) => notes.drawn('k1', frame, '', sketch).map((s) => s.colour);
    expect([colours(57), colours(58), colours(undefined)]).toEqual([[3, 5], [], []]);
    expect(notes.drawn('k7', 57, '', sketch)).toEqual([]);
    sketch.begin();
    expect(colours(57)).toEqual([3]);
    sketch.end();
    await show({ frame: undefined });
    await fireEvent.click(screen.getByLabelText('整条'));
    await waitFor(() => expect(colours(undefined)).toEqual([5]));
  });
  it('waits with its take while one looks at another', async () => {
    const { show } = await open();
    sketch.load(sketch.of, [aStroke()]);
    await type(area(), '手');
    await show({ take: aTake({ id: 'k7', number: 7 }) });
    expect([area().value, sketch.strokes.length]).toEqual(['', 0]);
    await type(area(), '脸');
    await show({ take: aTake({ number: 4 }) });
    expect([area().value, sketch.strokes.length]).toEqual(['手', 1]);
    sketch.begin();
    sketch.writing = { x: 5000, y: 5000, text: '写了一半' };
    await show({ take: aTake({ id: 'k7', number: 7 }) });
    expect([area().value, sketch.on, sketch.strokes.length]).toEqual(['脸', false, 0]);
    await show({ take: aTake({ number: 4 }) });
    expect(sketch.strokes.map((s) => s.text)).toEqual([undefined, '写了一半']);
  });
  it('is there after a reload, open, with its drawing', async () => {
    const kept = new Draft('take.k1', {}, () => ({ frame: 12 }));
    kept.change({ text: '写了一半', drawing: [aStroke()] });
    await open();
    expect(area().value).toBe('写了一半');
    expect(sketch.strokes).toHaveLength(1);
    await fireEvent.click(button(/发出/));
    await waitFor(() => expect(server.sent[0]?.body).toMatchObject({ frame: 12, text: '写了一半' }));
  });
  it('does not show to the next person at this tab', async () => {
    new Draft('take.k1').change({ text: '写了一半' });
    signIn('p2', '王五');
    await open();
    expect(area().value).toBe('');
  });
});
