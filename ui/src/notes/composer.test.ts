import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../lib/client';
import Composer from './Composer.svelte';
import { Draft } from './draft.svelte';
import type { MemberRow } from './link';
import { aMember, twoZhangs } from './testing';

const people = [...twoZhangs(), aMember()];

function open(more: { people?: MemberRow[]; send?: () => Promise<unknown>; onleave?: () => void } = {}) {
  const draft = new Draft('take.k1');
  const send = vi.fn(more.send ?? (() => Promise.resolve()));
  render(Composer, {
    props: { draft, people, titleId: 't1', label: '写批注', act: '发出', ...more, send },
  });
  return { draft, send, area: screen.getByLabelText<HTMLTextAreaElement>('写批注') };
}

/** type puts a text into the area, the caret behind it, as typing does. */
async function type(area: HTMLTextAreaElement, text: string) {
  area.focus();
  area.value = text;
  area.setSelectionRange(text.length, text.length);
  await fireEvent.input(area);
}

const press = (area: Element, key: string, more: KeyboardEventInit = {}) => fireEvent.keyDown(area, { key, ...more });
const logins = () => screen.queryAllByRole('option').map((o) => o.querySelector('.login')?.textContent);
const button = (name: string | RegExp) => screen.getByRole('button', { name });

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe('an @', () => {
  it('offers people, told apart by login and role; arrows and Enter choose one', async () => {
    const { area, draft, send } = open();
    await type(area, '请@张');
    expect(logins()).toEqual(['zhangwei', 'zhangwei2']);
    expect(screen.getAllByRole('option').map((o) => o.querySelector('.role')?.textContent)).toEqual([
      '抽卡师',
      '导演/编剧',
    ]);
    await press(area, 'ArrowDown');
    expect(area.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[1]!.id);
    await press(area, 'Enter');
    expect(draft.text).toBe('请@张伟');
    expect(draft.chosen).toEqual([{ person_id: 'z2', name: '张伟', start: 1, length: 3 }]);
    expect(logins()).toEqual([]);
    expect(send).not.toHaveBeenCalled();
    expect(screen.getByText('zhangwei2')).toBeTruthy();
  });
  it('of full width does the same, and a press chooses', async () => {
    const { area, draft } = open();
    await type(area, '＠张伟');
    await fireEvent.click(screen.getAllByRole('option')[0]!);
    expect([draft.text, draft.chosen[0]?.person_id]).toEqual(['@张伟', 'z1']);
  });
  it('Escape closes the list first, and leaves then; the draft stays', async () => {
    const onleave = vi.fn();
    const { area, draft } = open({ onleave });
    await type(area, '@张');
    await press(area, 'Escape');
    expect([logins().length, onleave.mock.calls.length]).toEqual([0, 0]);
    await press(area, 'Escape');
    expect(onleave).toHaveBeenCalledOnce();
    expect(draft.text).toBe('@张');
  });
});

it('does not move what lies below it when the focus goes, only by Escape', async () => {
  const { area } = open();
  expect(screen.queryByRole('button', { name: /发出/ })).toBeNull();
  await type(area, '@');
  area.blur();
  await fireEvent.pointerDown(document.body);
  expect([button(/发出/), logins().length]).toEqual([expect.anything(), 3]);
  await fireEvent.click(document.body);
  expect(logins()).toEqual([]);
  await type(area, '');
  expect(button(/发出/)).toBeTruthy();
  await press(area, 'Escape');
  expect(screen.queryByRole('button', { name: /发出/ })).toBeNull();
});

describe('an input method', () => {
  it('that confirms a word by Enter chooses nobody and sends nothing', async () => {
    const { area, draft, send } = open();
    await type(area, '@');
    expect(logins()).toHaveLength(3);
    await fireEvent.compositionStart(area);
    await type(area, '@zhang');
    expect(logins()).toHaveLength(3);
    await press(area, 'Enter', { isComposing: true });
    await press(area, 'Enter', { keyCode: 229 });
    await press(area, 'Enter', { isComposing: true, ctrlKey: true });
    expect([draft.chosen.length, send.mock.calls.length]).toEqual([0, 0]);
    await type(area, '@张');
    await fireEvent.compositionEnd(area);
    await press(area, 'Enter', { keyCode: 229 });
    expect(draft.chosen).toEqual([]);
    expect(logins()).toEqual(['zhangwei', 'zhangwei2']);
    await press(area, 'Enter');
    expect(draft.chosen[0]?.person_id).toBe('z1');
  });
  it('that writes behind a choice keeps it', async () => {
    const { area, draft } = open();
    await type(area, '@张');
    await press(area, 'Enter');
    await fireEvent.compositionStart(area);
    await type(area, '@张伟shou');
    await type(area, '@张伟手');
    await fireEvent.compositionEnd(area);
    expect(draft.chosen).toHaveLength(1);
  });
});

describe('sending', () => {
  it('asks first which of two is meant where nobody was chosen, and goes on then', async () => {
    const { area, draft, send } = open();
    await type(area, '@张伟，手部穿帮');
    await press(area, 'Enter', { ctrlKey: true });
    expect(screen.getByText(/有 2 位叫张伟/)).toBeTruthy();
    expect(send).not.toHaveBeenCalled();
    await fireEvent.click(button(/zhangwei2/));
    await waitFor(() => expect(send).toHaveBeenCalledOnce());
    expect(draft.said()).toEqual({ text: '@张伟，手部穿帮', mentions: [{ person_id: 'z2', start: 0 }] });
  });
  it('asks for each place, one after another', async () => {
    const { area, draft, send } = open();
    await type(area, '@张伟看，@张伟改');
    await press(area, 'Enter', { metaKey: true });
    await fireEvent.click(button(/zhangwei2/));
    await waitFor(() => expect(screen.getByText(/「@张伟改」/)).toBeTruthy());
    expect(send).not.toHaveBeenCalled();
    await fireEvent.click(button(/zhangwei 抽卡师/));
    await waitFor(() => expect(send).toHaveBeenCalledOnce());
    expect(draft.said().mentions.map((m) => m.person_id)).toEqual(['z2', 'z1']);
  });
  it('asks when only the server knows the second of that name', async () => {
    const answers = [new ApiError({ status: 422, code: 'note.who', title: '', detail: '有 2 位「张伟」' })];
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ items: people }))));
    const send = () => (answers[0] ? Promise.reject(answers.pop()!) : Promise.resolve());
    const { area, draft, send: sent } = open({ people: people.slice(0, 1), send });
    await type(area, '@张伟，手');
    await fireEvent.click(button(/发出/));
    await fireEvent.click(await screen.findByRole('button', { name: /zhangwei2/ }));
    await waitFor(() => expect(sent).toHaveBeenCalledTimes(2));
    expect(draft.chosen[0]?.person_id).toBe('z2');
    expect(screen.queryByText(/有 2 位/)).toBeNull();
  });
  it('that is refused says why and loses nothing, a reload neither', async () => {
    const refusal = new ApiError({
      status: 422,
      code: 'invalid.frame',
      title: '',
      detail: '',
      fields: [{ location: 'body.frame', message: '超出了片尾' }],
    });
    const { area, draft } = open({ send: () => Promise.reject(refusal) });
    await type(area, '@李');
    await press(area, 'Enter');
    draft.change({ drawing: [{ tool: 'pen', colour: 1, size: 8, points: [1, 2, 3] }] });
    await press(area, 'Enter', { ctrlKey: true });
    await screen.findByText(/超出了片尾/);
    expect(area.value).toBe('@李丽');
    const again = new Draft('take.k1');
    expect([again.text, again.chosen, again.drawing.length]).toEqual([draft.text, draft.chosen, 1]);
    expect(new Draft('take.k2').empty).toBe(true);
  });
  it('nothing is not possible', async () => {
    const { area, send } = open();
    await type(area, '   ');
    await press(area, 'Enter', { ctrlKey: true });
    expect(send).not.toHaveBeenCalled();
  });
});

describe('a draft', () => {
  it('is sent without blanks around it, with its choices where they stand then', () => {
    const draft = new Draft('take.k1');
    draft.change({ text: ' \n@李丽 好 ', chosen: [{ person_id: 'p1', name: '李丽', start: 2, length: 3 }] });
    expect(draft.said()).toEqual({ text: '@李丽 好', mentions: [{ person_id: 'p1', start: 0 }] });
  });
  it('points to where the clip stood with its first word', () => {
    let frame = 10;
    const draft = new Draft('take.k1', {}, () => ({ frame }));
    frame = 57;
    draft.change({ text: '手' });
    frame = 99;
    draft.change({ text: '手部' });
    expect(draft.noteIn()).toEqual({ text: '手部', mentions: [], frame: 57 });
    draft.change({ scope: 'take' });
    expect(draft.noteIn()).not.toHaveProperty('frame');
    draft.clear();
    expect([draft.scope, draft.aim.frame, sessionStorage.length]).toEqual(['frame', 99, 0]);
  });
  it('speaks of the loop where one is set, and of the take on a still', () => {
    const looped = new Draft('take.k1', {}, () => ({ frame: 5, range: [3, 9] }));
    looped.change({ text: '手' });
    expect(looped.noteIn()).toMatchObject({ frame: 3, last: 9 });
    expect(new Draft('take.k2').scope).toBe('take');
  });
  it('that is sent again after a lost answer has the same name, a changed one another', () => {
    const draft = new Draft('take.k1');
    draft.change({ text: '手' });
    const { once } = draft;
    expect(draft.once).toBe(once);
    draft.change({ text: '手部' });
    expect(draft.once).not.toBe(once);
  });
});
