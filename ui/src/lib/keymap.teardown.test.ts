import { describe, expect, it } from 'vitest';
import { addKeys, liveKeys } from './keymap.svelte';

describe('keys of pages that follow each other', () => {
  it('keep those of the new page when the old one is torn down after it', () => {
    const before = liveKeys().length;
    const oldPage = addKeys('old', () => []);
    const newPage = addKeys('new', () => []);
    oldPage();
    expect(liveKeys().map((s) => s.title)).toContain('new');
    newPage();
    expect(liveKeys()).toHaveLength(before);
  });
});
