import { describe, expect, it } from 'vitest';
import { curlLine, isOver, watchLine } from './lines';

describe('the lines to begin with', () => {
  it('name this server and the token', () => {
    const words = { title: '剧名', folder: './out' };
    expect(curlLine('http://desk:8080', 'chk_x', words)).toBe(
      'curl -H "Authorization: Bearer chk_x" -F title="剧名" -F shot=E01-S01-001 -F file=@take.png http://desk:8080/api/v1/attempts',
    );
    expect(watchLine('http://desk:8080', 'chk_x', words)).toBe(
      'chouka watch ./out --server http://desk:8080 --token chk_x --title "剧名"',
    );
  });
});

describe('isOver', () => {
  const now = new Date('2026-11-24T00:00:00Z');
  it('ends at its time, not before', () => {
    expect(isOver('2026-11-24T00:00:00Z', now)).toBe(true);
    expect(isOver('2026-11-24T00:00:01Z', now)).toBe(false);
  });
  it('never ends without one', () => expect(isOver(undefined, now)).toBe(false));
});
