import { describe, expect, it } from 'vitest';
import zh from '../i18n/scripts.zh-CN.json';
import {
  accounted,
  allLines,
  indexOfLine,
  kindCounts,
  kindOrder,
  startOf,
  toggleLines,
  type Line,
  type Reading,
} from './lines';
import { encodingName, sortCounts, warningText, type Warning } from './warnings';

const line = (n: number, kind: string, text: string, more: Partial<Line> = {}): Line => ({
  n,
  kind,
  text,
  speaker: '',
  mode: '',
  manner: '',
  said: '',
  more: false,
  low: false,
  ...more,
});
const speech = (n: number, speaker: string, said: string, more: Partial<Line> = {}) =>
  line(n, 'speech', `${speaker}：${said}`, { speaker, said, ...more });

const scene = (lines: Line[]): Reading['episodes'][number]['scenes'][number] => ({
  label: '1-1',
  heading: '1-1 夜 内 出租屋',
  place: '出租屋',
  time: '夜',
  interior: '内',
  cast: [],
  deleted: false,
  line: 3,
  lines,
});
const reading = (kinds: Record<string, number>, lines: number): Reading => ({
  format: 'txt',
  encoding: 'utf-8',
  guessed: false,
  front: [line(1, 'title', '剧名')],
  episodes: [
    {
      number: 1,
      label: '第一集',
      name: '',
      line: 2,
      front: [line(2, 'episode', '第一集')],
      scenes: [
        scene([line(3, 'scene', '1-1 夜 内 出租屋'), line(5, 'action', '△ 灯灭。'), speech(6, '周大海', '小满。')]),
      ],
    },
  ],
  counts: { kinds, lines, episodes: 1, scenes: 1, speeches: 1, characters: 1 },
  warnings: [],
});
const whole = { title: 1, episode: 1, scene: 1, action: 1, speech: 1 };

describe('the lines of a reading', () => {
  it('stand in the order of the file, whatever they belong to', () => {
    expect(allLines(reading(whole, 5)).map((l) => l.n)).toEqual([1, 2, 3, 5, 6]);
  });
  it('are accounted for only when kinds, file and list agree', () => {
    const good = reading(whole, 5);
    expect(accounted(good, allLines(good))).toBe(true);
    const short = reading(whole, 6);
    expect(accounted(short, allLines(short))).toBe(false);
    expect(accounted(good, allLines(good).slice(1))).toBe(false);
  });
  it('are counted by kind, a new kind of the server last', () => {
    const counts = kindCounts(reading({ ...whole, verse: 2, note: 0 }, 7));
    expect(counts.map((c) => c.kind)).toEqual(['title', 'episode', 'scene', 'action', 'speech', 'verse']);
  });
  it('are found by their number, the next one where that line is blank', () => {
    const lines = allLines(reading(whole, 5));
    expect(lines[indexOfLine(lines, 4)]?.n).toBe(5);
    expect(lines[indexOfLine(lines, 99)]?.n).toBe(6);
  });
  it('have a word for every kind', () => {
    for (const kind of kindOrder) expect(zh).toHaveProperty([`scripts.kind.${kind}`]);
  });
});

describe('a shot from chosen lines', () => {
  it('takes action as its picture without the mark, speeches as dialogue, speakers as people', () => {
    const start = startOf([
      line(5, 'action', '△ 灯灭。'),
      speech(6, '周大海', '小满。', { mode: 'OS' }),
      speech(7, '周小满、钱少', '谁？', { manner: '回头' }),
      speech(8, '周大海', '是我。'),
    ]);
    expect(start).toEqual({
      description: '灯灭。',
      dialogue: '周大海 OS：小满。\n周小满、钱少（回头）：谁？\n周大海：是我。',
      characters: '周大海、周小满、钱少',
    });
  });
  it('joins a name alone on its line with the words below it', () => {
    const start = startOf([
      line(5, 'speech', '何经理', { speaker: '何经理' }),
      line(6, 'speech', '送餐走后门！', { speaker: '何经理', said: '送餐走后门！', more: true }),
      line(7, 'speech', '地砖你赔得起吗？', { speaker: '何经理', said: '地砖你赔得起吗？', more: true }),
    ]);
    expect(start.dialogue).toBe('何经理：送餐走后门！\n地砖你赔得起吗？');
    expect(start.characters).toBe('何经理');
  });
});

describe('toggleLines', () => {
  const lines = [3, 5, 6, 9].map((n) => line(n, 'action', 'x'));
  it('chooses and drops single lines', () => {
    expect(toggleLines(lines, [], 5, false)).toEqual([5]);
    expect(toggleLines(lines, [5, 6], 5, false)).toEqual([6]);
  });
  it('takes the whole stretch from the line chosen last, in both directions and without doubles', () => {
    expect(toggleLines(lines, [3], 9, true).sort((a, b) => a - b)).toEqual([3, 5, 6, 9]);
    expect(toggleLines(lines, [9], 5, true).sort((a, b) => a - b)).toEqual([5, 6, 9]);
    expect(toggleLines(lines, [], 5, true)).toEqual([5]);
  });
});

describe('warnings', () => {
  const warn = (code: string, params: Record<string, string> = {}): Warning => ({ code, line: 7, params });
  it('speak of episodes and scenes in the reader’s words', () => {
    expect(warningText(warn('gap', { what: 'scene', number: '1-4', expected: '3' }))).toBe(
      '场从这里跳到 1-4，中间缺 3',
    );
    expect(warningText(warn('guessed_encoding', { encoding: 'gb18030' }))).toContain('GB18030');
  });
  it('tell a doubtful speaker from a doubtful action, and an episode without scenes from a script without', () => {
    const named = { name: '字幕', count: '3' };
    expect(warningText(warn('low_speaker', { ...named, as: 'speech' }))).toContain('先当作说话人');
    expect(warningText(warn('low_speaker', { ...named, as: 'action' }))).toContain('先当作动作');
    expect(warningText(warn('no_scene', { episode: '2' }))).toContain('第 2 集');
    expect(warningText(warn('no_scene'))).toContain('文字都留在开头');
  });
  it('leave no hole open for any code of the server', () => {
    const params = {
      what: 'episode',
      number: '2',
      expected: '1',
      name: '甲',
      as: 'speech',
      count: '1',
      episode: '2',
      encoding: 'utf-8',
      code: 'gap',
    };
    const codes = [
      'gap',
      'double',
      'out_of_order',
      'no_episode',
      'no_scene',
      'no_number',
      'episode_mismatch',
      'low_speaker',
      'unknown',
      'long_line',
      'guessed_encoding',
      'more',
    ];
    for (const code of codes) {
      const text = warningText(warn(code, params));
      expect(text, code).not.toMatch(/[{}]/);
      expect(text.length, code).toBeGreaterThan(4);
    }
  });
  it('are counted by code, the line that says how many are left out aside', () => {
    expect(sortCounts([warn('gap'), warn('unknown'), warn('gap'), warn('more')])).toEqual([
      { code: 'gap', n: 2 },
      { code: 'unknown', n: 1 },
    ]);
  });
  it('name an encoding, and Word’s own', () => {
    expect(encodingName('utf-8-bom')).toBe('UTF-8（带 BOM）');
    expect(encodingName('')).toBe('Word 自带');
  });
});
