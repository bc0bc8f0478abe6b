/**
 * Words in two languages. Catalogs live in src/i18n/<noun>.<language>.json; `t('shots.empty.title', { n: 3 })` reads one.
 * The language comes with the first HTML (the server reads the cookie), so nothing flashes.
 */
import { untrack } from 'svelte';
import type { Key } from '../i18n/zh-CN';
import { writeCookie } from './cookies';

export type { Key };
export const languages = ['zh-CN', 'en'] as const;
export type Lang = (typeof languages)[number];
export type Params = Record<string, string | number>;
export type Text = string | { one?: string; other: string };
export type Catalog = Record<string, Text>;

function written(): Lang {
  return document.documentElement.lang === 'en' ? 'en' : 'zh-CN';
}

let current = $state<Lang>(written());
let words = $state.raw<Catalog>({});

const load: Record<Lang, () => Promise<{ default: Catalog }>> = {
  'zh-CN': () => import('../i18n/zh-CN'),
  en: () => import('../i18n/en'),
};

const loadFar: Record<Lang, () => Promise<{ default: Catalog }>> = {
  'zh-CN': () => import('../i18n/zh-CN.far'),
  en: () => import('../i18n/en.far'),
};
let far = false;

/** lang is the language in force. */
export function lang(): Lang {
  return current;
}

/** startLanguage loads the words of the language that came with the page; call it before anything is drawn. */
export async function startLanguage(): Promise<void> {
  words = (await load[current]()).default;
}

/** moreWords loads the words of the pages behind the first one; they are kept from then on. */
export async function moreWords(): Promise<void> {
  if (far) return;
  const language = untrack(() => current);
  const more = (await loadFar[language]()).default;
  if (language !== current) return moreWords();
  far = true;
  words = { ...words, ...more };
}

/** setLanguage changes the language of the whole page at once and keeps the choice. */
export async function setLanguage(next: Lang): Promise<void> {
  const near = (await load[next]()).default;
  const more = far ? (await loadFar[next]()).default : {};
  words = { ...near, ...more };
  current = next;
  document.documentElement.lang = next;
  writeCookie('chouka_lang', next);
}

/** fill puts params into the {holes} of a text; {n} also chooses between {one, other} by the rules of the language. */
export function fill(text: Text, params: Params = {}, language: Lang = current): string {
  let form: string;
  if (typeof text === 'string') form = text;
  else {
    const rule = new Intl.PluralRules(language).select(Number(params.n ?? 0));
    form = (rule === 'one' ? text.one : undefined) ?? text.other;
  }
  return form.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = params[name];
    if (value === undefined) return hole;
    return typeof value === 'number' ? value.toLocaleString(language === 'en' ? 'en-US' : 'zh-CN') : value;
  });
}

/** t is the text of a key in the language in force. */
export function t(key: Key, params?: Params): string {
  const text = words[key];
  return text === undefined ? key : fill(text, params);
}

/** tAny is the text of a key whose tail comes from the server, as tAny(`shot.state.${x}`); an unknown one shows its tail. */
export function tAny(key: string, params?: Params): string {
  const text = words[key];
  return text === undefined ? key.slice(key.lastIndexOf('.') + 1) : fill(text, params);
}

/** hasText tells whether a key with a tail from the server has words here. */
export function hasText(key: string): boolean {
  return words[key] !== undefined;
}
