import { describe, expect, it } from 'vitest';
import { readPasted, withRemark } from './pasted';

describe('a pasted text', () => {
  it('is nothing when it is blank', () => {
    expect(readPasted(' \n\t\n')).toEqual({ kind: 'none' });
  });
  it('is links only where every line is one', () => {
    expect(readPasted(' https://jimeng.jianying.com/x?y=1 \r\nhttp://a.cn/b\nhttp://a.cn/b')).toEqual({
      kind: 'links',
      links: ['https://jimeng.jianying.com/x?y=1', 'http://a.cn/b'],
    });
    expect(readPasted('www.runway.com/v/1').kind).toBe('links');
  });
  it('is a card otherwise, word for word', () => {
    for (const text of ['a lake, see https://a.cn', 'https://a.cn 追光', '{"prompt":"x"}', 'a\n\nSteps: 20', 'httpsx'])
      expect(readPasted(text)).toEqual({ kind: 'card', text });
  });
});

describe('withRemark', () => {
  it('adds lines, each once', () => {
    expect(withRemark('', ['http://a'])).toBe('http://a');
    expect(withRemark('旧的\nhttp://a', ['http://a', 'http://b'])).toBe('旧的\nhttp://a\nhttp://b');
  });
});
