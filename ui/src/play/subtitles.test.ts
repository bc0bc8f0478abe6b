import { describe, expect, it } from 'vitest';
import { cueAt, cuesOf, wide, widthOf, wrapped } from './subtitles';

describe('a line', () => {
  it('is measured in full-width characters', () => {
    expect([widthOf('沈枝：我'), widthOf('abcd'), widthOf('😀')]).toEqual([4, 2, 1]);
  });
  it('breaks after a sign where there is one, and never begins with one', () => {
    expect(wrapped('沈枝：我回来了。')).toEqual(['沈枝：我回来了。']);
    expect(wrapped('沈枝：三年前你说过，金沙湖的灯不会灭，你记得吗？')).toEqual([
      '沈枝：三年前你说过，',
      '金沙湖的灯不会灭，你记得吗？',
    ]);
    for (const text of ['一二三四五六七八九十一二三四，五', '一二三四五六七八九十一二三四五六七八九十'])
      for (const line of wrapped(text)) expect(line).not.toMatch(/^[，。]/);
  });
  it('loses no word of any text', () => {
    const texts = [
      '',
      '   ',
      '嗯',
      '啊'.repeat(200),
      'a'.repeat(99),
      '顾京（OS）：三年了，灯还亮着……我 always knew you would come back.',
    ];
    for (const text of texts) expect(wrapped(text).join('').replaceAll(' ', ''), text).toBe(text.replaceAll(' ', ''));
  });
  it('fits, but for a sign at its end', () => {
    for (const line of wrapped('风很大城市灯火在湖面碎开他一个人站在屋顶上看着远处，没有说话，也没有回头。'))
      expect(widthOf(line)).toBeLessThanOrEqual(wide + 1);
  });
  it('breaks Latin words at blanks', () => {
    expect(wrapped('I have been waiting for you here')).toEqual(['I have been waiting for you', 'here']);
  });
});

describe('cues', () => {
  const dialogue = '沈枝：我回来了。\n\n顾京（OS）：三年前你说过，金沙湖的灯不会灭，可是今天晚上全城都停电了。';
  const cues = cuesOf(dialogue, 6);
  it('hold at most two lines each and stand one after another to the end', () => {
    expect(cues.every((c) => c.lines.length <= 2)).toBe(true);
    expect([cues[0]!.from, cues.at(-1)!.to]).toEqual([0, 6]);
    cues.slice(1).forEach((c, i) => expect(c.from).toBe(cues[i]!.to));
  });
  it('last as long as their words want, the speaker as written', () => {
    expect(cues[0]!.lines).toEqual(['沈枝：我回来了。']);
    expect(cues[0]!.to).toBeLessThan(2);
    expect(cues[1]!.lines[0]).toMatch(/^顾京（OS）：/);
  });
  it('are found by time, the cut belonging to the next', () => {
    expect(cueAt(cues, 0)).toEqual(cues[0]!.lines);
    expect(cueAt(cues, cues[0]!.to)).toEqual(cues[1]!.lines);
    expect(cueAt(cues, 99)).toEqual(cues.at(-1)!.lines);
    expect(cueAt([], 1)).toEqual([]);
  });
  it('leave no word out', () => {
    const all = cues.flatMap((c) => c.lines).join('');
    expect(all).toBe(dialogue.replaceAll('\n', ''));
    expect(cues.length).toBe(3);
  });
  it('are none where nothing is said', () => {
    expect(cuesOf(' \n ', 3)).toEqual([]);
  });
});
