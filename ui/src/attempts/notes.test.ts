import { describe, expect, it } from 'vitest';
import { noteText } from './notes';

describe('noteText', () => {
  it('says what the reader found in words', () => expect(noteText('workflow_only')).toContain('草图'));
  it('names the field in which a tool and the file disagree', () => {
    expect(noteText('differs:seed')).toBe('种子：送来的值和文件里写的不一样');
  });
  it('shows a note that has no words here as it came', () => expect(noteText('sun_spots')).toBe('sun_spots'));
});
