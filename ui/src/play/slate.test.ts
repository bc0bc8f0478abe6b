import { describe, expect, it } from 'vitest';
import type { Line } from '../scripts/lines';
import { slateLines, startOfShot } from './slate';

const line = (n: number, kind: string, text: string, said = '', speaker = ''): Line =>
  ({ n, kind, text, said, speaker, mode: '', manner: '', more: false, low: false }) as Line;
const lines = [
  line(1, 'scene', '1-1 夜 内 金沙湖大剧院'),
  line(2, 'cast', '人物：沈枝、顾京'),
  line(3, 'action', '△一束追光打在舞台中央。'),
  line(4, 'speech', '沈枝：我回来了。', '我回来了。', '沈枝'),
  line(5, 'speech', '顾京：是。', '是。', '顾京'),
  line(6, 'action', '△灯灭。'),
];

describe('a slate', () => {
  it('begins where the words of its shot stand in the scene', () => {
    expect(slateLines(lines, { dialogue: '沈枝：我回来了！', description: '' })).toEqual([
      '沈枝：我回来了。',
      '顾京：是。',
      '△灯灭。',
    ]);
    expect(slateLines(lines, { dialogue: '', description: '一束追光打在舞台中央' })[0]).toBe('△一束追光打在舞台中央。');
  });
  it('shows the scene from its start where nothing tells', () => {
    expect(slateLines(lines, { dialogue: '', description: '空镜' })[0]).toBe('人物：沈枝、顾京');
  });
  it('shows what the shot says where the scene has no text', () => {
    expect(slateLines([], { dialogue: '沈枝：走。\n\n顾京：好。', description: '' })).toEqual([
      '沈枝：走。',
      '顾京：好。',
    ]);
    expect(slateLines([], { dialogue: '', description: 'x' })).toEqual([]);
  });
  it('is not led astray by a word that stands everywhere', () => {
    expect(startOfShot(lines, { dialogue: '是', description: '' })).toBe(0);
  });
  it('is no whole scene', () => {
    const many = Array.from({ length: 80 }, (_, i) => line(i, 'action', `△动作 ${i}`));
    expect(slateLines(many, { dialogue: '', description: '' })).toHaveLength(12);
  });
});
