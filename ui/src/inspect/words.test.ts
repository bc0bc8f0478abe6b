import { describe, expect, it } from 'vitest';
import { cutPlain, cutterFor, diffWords, type Cutter } from './words';

const byWord: Cutter = cutterFor('zh-CN');
const short = async (a: string, b: string, cut: Cutter) =>
  (await diffWords(a, b, cut))!.map((p) => ({ same: ' ', added: '+', removed: '-' })[p.kind] + p.text);

describe('cutting words', () => {
  for (const text of ['', '雨夜，沈枝回眸 (neon:1.2)\n\nBREAK', 'a  b', '🎬 “引号”', '한국어 テスト'])
    for (const [name, cut] of [['the plain cutter', cutPlain] as const, ['the segmenter', byWord] as const])
      it(`${name} loses nothing of ${JSON.stringify(text)}`, () => expect(cut(text).join('')).toBe(text));
  it('cuts Chinese by character where there is no segmenter', () => {
    expect(cutPlain('雨夜回眸 red dress')).toEqual(['雨', '夜', '回', '眸', ' ', 'red', ' ', 'dress']);
  });
});

describe('diffWords', () => {
  it('names the words that came and went', async () => {
    expect(await short('a red dress, rain', 'a blue dress, rain', byWord)).toEqual([
      ' a ',
      '-red',
      '+blue',
      '  dress, rain',
    ]);
  });
  it('compares Chinese without spaces', async () => {
    expect(await short('雨夜沈枝回眸', '雪夜沈枝回眸', cutPlain)).toEqual(['-雨', '+雪', ' 夜沈枝回眸']);
  });
  it('gives both texts back whole', async () => {
    const [a, b] = ['一束追光打在舞台中央，沈枝 turns', '两束追光打在湖面中央，沈枝 turns slowly'];
    const pieces = (await diffWords(a, b, byWord))!;
    const without = (kind: string) => pieces.filter((p) => p.kind !== kind).map((p) => p.text);
    expect(without('added').join('')).toBe(a);
    expect(without('removed').join('')).toBe(b);
  });
  it('gives up on texts that have nothing in common', async () => {
    const many = (word: string) => Array.from({ length: 700 }, (_, i) => `${word}${i}`).join(' ');
    expect(await diffWords(many('a'), many('b'), (text) => text.split(' '))).toBeUndefined();
  });
});
