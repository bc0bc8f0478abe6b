import { fireEvent, render, screen } from '@testing-library/svelte';
import { createRawSnippet, flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addKeys, liveKeys } from '../lib/keymap.svelte';
import { ApiError } from '../lib/problem';
import { closeToast, toast, toasts } from '../lib/toasts.svelte';
import { Avatar, ConfirmByName, Dialog, DropZone, ErrorState, StarRating, StateTag, Tabs, TextInput } from '.';
import Toasts from './Toasts.svelte';

const text = (s: string) => createRawSnippet(() => ({ render: () => `<p>${s}</p>` }));

describe('TextInput', () => {
  it('ties label, hint and error to the input', () => {
    render(TextInput, { props: { label: '剧目名称', value: '', hint: '可改', error: '请填写', required: true } });
    const input = screen.getByLabelText(/剧目名称/);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const said = input.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(said.map((id) => document.getElementById(id)?.textContent)).toEqual(['可改', '✕ 请填写']);
  });
});

describe('Dialog', () => {
  it('silences the keys of the page while it is open, and gives them back', async () => {
    const stop = addKeys('page', () => [{ keys: 'j', label: 'j', run: () => undefined }]);
    const view = render(Dialog, { props: { open: true, title: '编辑', children: text('内容') } });
    flushSync();
    expect(liveKeys().flatMap((s) => s.actions())).toEqual([]);
    await view.rerender({ open: false });
    expect(liveKeys().flatMap((s) => s.actions())).toHaveLength(1);
    stop();
  });
});

describe('Dialog on its way out', () => {
  it('gives the keys back at once, before the browser tells that it closed', async () => {
    const stop = addKeys('page', () => [{ keys: 'j', label: 'j', run: () => undefined }]);
    const onclose = vi.fn();
    render(Dialog, { props: { open: true, title: '编辑', children: text('内容'), onclose } });
    const dialog = screen.getByRole('dialog');
    dialog.addEventListener('close', (e) => e.stopImmediatePropagation(), true);
    await fireEvent(dialog, new Event('cancel', { cancelable: true }));
    expect(liveKeys().flatMap((s) => s.actions())).toHaveLength(1);
    expect(onclose).toHaveBeenCalledOnce();
    stop();
  });
});

describe('ConfirmByName', () => {
  it('acts only on the very name, and takes full-width letters as the same', async () => {
    const onconfirm = vi.fn();
    const props = { open: true, title: '删除', text: '', name: 'A 剧', action: '删除剧目', onconfirm };
    render(ConfirmByName, { props });
    const button = screen.getByText('删除剧目').closest('button')!;
    await fireEvent.input(screen.getByLabelText(/请输入/), { target: { value: 'B 剧' } });
    expect(button.disabled).toBe(true);
    await fireEvent.input(screen.getByLabelText(/请输入/), { target: { value: 'Ａ 剧 ' } });
    expect(button.disabled).toBe(false);
    await fireEvent.submit(button.closest('form')!);
    expect(onconfirm).toHaveBeenCalledOnce();
  });
});

describe('DropZone', () => {
  const carrying = (...files: File[]) => ({ dataTransfer: { files, types: ['Files'], dropEffect: '' } });
  const png = new File(['x'], 'a.png', { type: 'image/png' });

  it('takes a drop anywhere in the window when it is whole', async () => {
    const onfiles = vi.fn();
    render(DropZone, { props: { label: '记到 E01', whole: true, onfiles } });
    await fireEvent.drop(document.body, carrying(png));
    expect(onfiles).toHaveBeenCalledWith([png]);
  });
  it('shows what a drop will do while files hang over the window', async () => {
    render(DropZone, { props: { label: '记到 E01', whole: true, onfiles: () => undefined } });
    expect(screen.queryByText('记到 E01')).toBeNull();
    await fireEvent.dragEnter(document.body, carrying(png));
    expect(screen.getByText('记到 E01')).toBeTruthy();
    await fireEvent.dragLeave(document.body, carrying(png));
    expect(screen.queryByText('记到 E01')).toBeNull();
  });
  it('leaves pasted text to the field that one types in', async () => {
    const onfiles = vi.fn();
    render(DropZone, { props: { label: 'x', whole: true, onfiles } });
    const input = document.body.appendChild(document.createElement('input'));
    await fireEvent.paste(input, { clipboardData: { files: [png], types: ['text/plain', 'Files'] } });
    await fireEvent.paste(document.body, { clipboardData: { files: [], types: ['text/plain'] } });
    expect(onfiles).not.toHaveBeenCalled();
    await fireEvent.paste(document.body, { clipboardData: { files: [png], types: ['Files'] } });
    expect(onfiles).toHaveBeenCalledOnce();
  });
  it('takes nothing while it is disabled', async () => {
    const onfiles = vi.fn();
    render(DropZone, { props: { label: 'x', whole: true, disabled: true, onfiles } });
    await fireEvent.drop(document.body, carrying(png));
    expect(onfiles).not.toHaveBeenCalled();
  });
});

describe('Tabs', () => {
  it('move with the arrow keys and wrap around', async () => {
    const onchange = vi.fn();
    const items = [
      { id: 'a', label: '甲' },
      { id: 'b', label: '乙' },
    ];
    render(Tabs, { props: { label: 'x', items, value: 'b', onchange } });
    await fireEvent.keyDown(screen.getByRole('tablist'), { key: 'ArrowRight' });
    expect(onchange).toHaveBeenCalledWith('a');
    expect(screen.getByRole('tab', { selected: true }).textContent).toContain('甲');
  });
});

describe('StarRating', () => {
  it('takes a rating away when the same star is pressed again', async () => {
    const onrate = vi.fn();
    render(StarRating, { props: { value: 3, onrate } });
    await fireEvent.click(screen.getByLabelText('3 星'));
    await fireEvent.click(screen.getByLabelText('5 星'));
    expect(onrate.mock.calls).toEqual([[0], [5]]);
  });
});

describe('StateTag', () => {
  it('says a state in words beside its glyph', () => {
    const { container } = render(StateTag, { props: { kind: 'shot', state: 'to_review' } });
    expect(container.textContent?.replace(/\s/g, '')).toBe('●待选');
  });
});

describe('ErrorState', () => {
  const error = (status: number) =>
    new ApiError({ status, code: 'x', title: '坏了', detail: '请重试', requestId: 'r1' });
  it('says what to do and offers it', async () => {
    const retry = vi.fn();
    render(ErrorState, { props: { error: error(503), retry } });
    expect(screen.getByText('请重试')).toBeTruthy();
    expect(screen.getByText(/r1/)).toBeTruthy();
    await fireEvent.click(screen.getByText('重试'));
    expect(retry).toHaveBeenCalledOnce();
  });
  it('says forbidden instead of broken', () => {
    render(ErrorState, { props: { error: error(403) } });
    expect(screen.getByText('没有权限')).toBeTruthy();
  });
});

describe('Avatar', () => {
  it.each([
    ['李丽', '丽'],
    ['罗运营（示例）', '营'],
    ['anna', 'A'],
    ['', '?'],
  ])('of %s shows %s', (name, initial) => {
    const { container } = render(Avatar, { props: { name } });
    expect(container.querySelector('.avatar')?.getAttribute('data-initial')).toBe(initial);
  });
});

describe('Toasts', () => {
  beforeEach(() => toasts().forEach((x) => closeToast(x.id)));
  afterEach(() => toasts().forEach((x) => closeToast(x.id)));
  it('are announced, errors at once, and offer undo', async () => {
    render(Toasts);
    const undo = vi.fn();
    toast('已删除', { undo });
    toast('坏了', { tone: 'error' });
    flushSync();
    expect(screen.getByRole('status').textContent).toContain('已删除');
    expect(screen.getByRole('alert').textContent).toContain('坏了');
    await fireEvent.click(screen.getByText('撤销'));
    expect(undo).toHaveBeenCalledOnce();
  });
});
