import { describe, expect, it } from 'vitest';
import { byPlace, chord, isModifier, keyLabel, type Press } from './chord';

const none = { code: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
const shift = { shiftKey: true };
const ctrl = { ctrlKey: true };

describe('a key press is called', () => {
  it.each<[string, Partial<Press> & { key: string }, string]>([
    ['what it types', { key: 'j', code: 'KeyJ' }, 'j'],
    ['its capital with shift', { key: 'P', code: 'KeyP', ...shift }, 'P'],
    ['the mark that shift makes', { key: '?', code: 'Slash', ...shift }, '?'],
    ['by name', { key: 'ArrowUp', code: 'ArrowUp', ...shift }, 'Shift+ArrowUp'],
    ['Space', { key: ' ', code: 'Space' }, 'Space'],
    ['Mod with Ctrl', { key: 'k', code: 'KeyK', ...ctrl }, 'Mod+k'],
    ['Mod with Command', { key: 'k', code: 'KeyK', metaKey: true }, 'Mod+k'],
    ['Mod and Shift', { key: 'Z', code: 'KeyZ', ...ctrl, ...shift }, 'Mod+Shift+z'],
    ['Alt', { key: 'k', code: 'KeyK', altKey: true }, 'Alt+k'],

    ['by its place where the input method has it', { key: 'Process', code: 'KeyP' }, 'p'],
    ['a capital by its place', { key: 'Process', code: 'KeyP', ...shift }, 'P'],
    ['a digit by its place', { key: 'Process', code: 'Digit3' }, '3'],
    ['a mark by its place', { key: 'Process', code: 'Digit3', ...shift }, '#'],
    ['Space by its place', { key: 'Process', code: 'Space' }, 'Space'],
    ['Enter by its place', { key: 'Process', code: 'NumpadEnter' }, 'Enter'],
    ['an arrow by its place', { key: 'Unidentified', code: 'ArrowLeft', ...shift }, 'Shift+ArrowLeft'],
    ['a chord by its place', { key: 'Process', code: 'KeyZ', ...ctrl, ...shift }, 'Mod+Shift+z'],
    ['the Shift that switches an input method', { key: 'Process', code: 'ShiftLeft', ...shift }, 'Shift+Shift'],

    ['in half width', { key: 'ｐ', code: 'KeyP' }, 'p'],
    ['in half width, capital', { key: 'Ｐ', code: 'KeyP', ...shift }, 'P'],
    ['in half width, by what it types on Dvorak', { key: 'ｌ', code: 'KeyP' }, 'l'],
    ['？ as ? where the place is unknown', { key: '？', ...shift }, '?'],
    ['？ as ?', { key: '？', code: 'Slash', ...shift }, '?'],
    ['， as ,', { key: '，', code: 'Comma' }, ','],
    ['。 as .', { key: '。', code: 'Period' }, '.'],
    ['； as ;', { key: '；', code: 'Semicolon' }, ';'],
    ['： as :', { key: '：', code: 'Semicolon', ...shift }, ':'],
    ['【 as [', { key: '【', code: 'BracketLeft' }, '['],
    ['】 as ]', { key: '】', code: 'BracketRight' }, ']'],
    ['、 as \\', { key: '、', code: 'Backslash' }, '\\'],
    ['！ as !', { key: '！', code: 'Digit1', ...shift }, '!'],
    ['￥ as $', { key: '￥', code: 'Digit4', ...shift }, '$'],
    ['…… as ^', { key: '……', code: 'Digit6', ...shift }, '^'],
    ['《 as <', { key: '《', code: 'Comma', ...shift }, '<'],
    ['“ as "', { key: '“', code: 'Quote', ...shift }, '"'],
    ['· as `', { key: '·', code: 'Backquote' }, '`'],
    ['a wide space as Space', { key: '\u3000', code: 'Space' }, 'Space'],

    ['by its place on a Russian layout', { key: 'л', code: 'KeyK', ...ctrl }, 'Mod+k'],
    ['by its place on a Greek layout', { key: 'Π', code: 'KeyP', ...shift }, 'P'],
    ['by its place where Option makes another letter', { key: '˚', code: 'KeyK', altKey: true }, 'Alt+k'],
    ['by its place where an accent waits', { key: 'Dead', code: 'KeyE', altKey: true }, 'Alt+e'],
    ['what it types on Dvorak', { key: 'l', code: 'KeyP' }, 'l'],
    ['what it types on AZERTY', { key: 'a', code: 'KeyQ' }, 'a'],
    ['the digit where AZERTY types é', { key: 'é', code: 'Digit2' }, '2'],
    ['what it says where the place is unknown', { key: 'Process' }, 'Process'],
    ['what it says where the place is strange', { key: 'é', code: 'Lang1' }, 'é'],
  ])('%s', (_, press, name) => expect(chord({ ...none, ...press })).toBe(name));
});

describe('byPlace', () => {
  it.each([
    ['KeyA', 'a', 'A'],
    ['Digit0', '0', ')'],
    ['Digit9', '9', '('],
    ['Numpad7', '7', '7'],
    ['NumpadAdd', '+', '+'],
    ['Minus', '-', '_'],
    ['Quote', "'", '"'],
    ['IntlBackslash', '\\', '|'],
    ['F12', 'F12', 'F12'],
    ['Escape', 'Escape', 'Escape'],
    ['ControlRight', 'Control', 'Control'],
    ['Convert', '', ''],
    ['', '', ''],
  ])('knows %s', (code, plain, shifted) => {
    expect(byPlace(code, false)).toBe(plain);
    expect(byPlace(code, true)).toBe(shifted);
  });
});

describe('isModifier', () => {
  it.each([
    ['Shift', true],
    ['Shift+Shift', true],
    ['Mod+Control', true],
    ['Mod+Alt+Shift+Meta', true],
    ['Mod+k', false],
    ['Alt+ArrowUp', false],
    ['+', false],
  ])('tells of %s', (name, is) => expect(isModifier(name)).toBe(is));
});

describe('keyLabel', () => {
  it.each([
    ['Mod+k', false, 'Ctrl+K'],
    ['Mod+Shift+z', true, '⌘+Shift+Z'],
    ['g t', false, 'g t'],
    ['ArrowUp', false, '↑'],
    ['P', false, 'P'],
    ['?', false, '?'],
    ['+', false, '+'],
    ['Mod++', false, 'Ctrl++'],
  ])('writes %s for people', (keys, apple, label) => expect(keyLabel(keys, apple)).toBe(label));
});
