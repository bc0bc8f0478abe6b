import { afterEach, describe, expect, it, vi } from 'vitest';
import { copied } from './clipboard';

const give = (clipboard: unknown) =>
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
const command = (act: () => boolean) =>
  Object.defineProperty(document, 'execCommand', { value: act, configurable: true });

/** What a browser does at the old command: it asks whether there is something to copy, and then for it. */
function oldWay(): { text: string } {
  const board = { text: '' };
  command(() => {
    if (document.dispatchEvent(new Event('beforecopy', { cancelable: true }))) return false;
    const e = new Event('copy', { cancelable: true });
    Object.defineProperty(e, 'clipboardData', { value: { setData: (_: string, text: string) => (board.text = text) } });
    document.dispatchEvent(e);
    return true;
  });
  return board;
}

describe('copying', () => {
  afterEach(() => {
    give(undefined);
    command(() => false);
  });

  it('uses the clipboard of the browser where there is one', async () => {
    const writeText = vi.fn(() => Promise.resolve());
    give({ writeText });
    await copied('一');
    expect(writeText).toHaveBeenCalledWith('一');
  });

  it('copies by the old command over plain http, and where it is not allowed', async () => {
    for (const clipboard of [undefined, { writeText: () => Promise.reject(new Error('no')) }]) {
      give(clipboard);
      const board = oldWay();
      await copied('二');
      expect(board.text).toBe('二');
    }
  });

  it('says so where neither works', async () => {
    give(undefined);
    command(() => false);
    await expect(copied('三')).rejects.toThrow();
  });
});
