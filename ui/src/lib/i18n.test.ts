import { afterEach, describe, expect, it } from 'vitest';
import { readCookie } from './cookies';
import { fill, lang, setLanguage, t, tAny } from './i18n.svelte';

afterEach(() => setLanguage('zh-CN'));

describe('fill', () => {
  it('puts values into the holes and leaves unknown holes to be seen', () => {
    expect(fill('{a} 和 {b}', { a: '甲' })).toBe('甲 和 {b}');
  });
  it('chooses the plural form of the language by n', () => {
    const text = { one: '{n} take', other: '{n} takes' };
    expect(fill(text, { n: 1 }, 'en')).toBe('1 take');
    expect(fill(text, { n: 1200 }, 'en')).toBe('1,200 takes');
    expect(fill(text, { n: 1 }, 'zh-CN')).toBe('1 takes');
  });
  it('never treats a value as a pattern', () => {
    expect(fill('{a}', { a: '$& {a}' })).toBe('$& {a}');
  });
});

describe('language', () => {
  it('changes words, the html element and the cookie at once', async () => {
    expect(t('nav.home')).toBe('今日');
    await setLanguage('en');
    expect(t('nav.home')).toBe('Today');
    expect(lang()).toBe('en');
    expect(document.documentElement.lang).toBe('en');
    expect(readCookie('chouka_lang')).toBe('en');
  });
  it('keeps the words of the pages behind the first one', async () => {
    expect(t('funnel.title')).not.toBe('funnel.title');
    const before = t('funnel.title');
    await setLanguage('en');
    expect(t('funnel.title')).not.toBe(before);
    expect(t('funnel.title')).not.toBe('funnel.title');
  });
  it('shows the tail of a key that only the server knows', () => {
    expect(tAny('state.shot.unheard_of')).toBe('unheard_of');
  });
});

describe('cookies', () => {
  it('finds a cookie among others and not by the end of its name', () => {
    expect(readCookie('b', 'ab=1; b=2%203; c=4')).toBe('2 3');
    expect(readCookie('x', 'ab=1; b=2')).toBe('');
  });
});
