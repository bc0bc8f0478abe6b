import { describe, expect, it } from 'vitest';
import { backOf, bodyOf, draftOf } from './form';
import { aRelease } from './testing';

describe('the form of a release', () => {
  it('sends the platform even where it is empty, so that the server says so', () => {
    expect(bodyOf(draftOf())).toEqual({ platform: '', region: 'CN' });
  });
  it('sends episodes as a number and leaves out what is none', () => {
    expect(bodyOf({ ...draftOf(), platform: '抖音', episodes: '80' }).episodes).toBe(80);
    expect(bodyOf({ ...draftOf(), platform: '抖音', episodes: '八十' }).episodes).toBeUndefined();
  });
  it('sends only what changed, and knows the way back', () => {
    const { release } = aRelease();
    const body = bodyOf({ ...draftOf(release), date: '', episodes: '' }, release);
    expect(body).toEqual({ date: '', episodes: 0 });
    expect(backOf(body, release)).toEqual({ date: '2026-03-01', episodes: 80 });
  });
  it('takes aliases one a line, each once, and sends them only where they changed', () => {
    const { release } = aRelease();
    expect(bodyOf({ ...draftOf(release), aliases: ' 气运 \n\n气运\n三角洲 ' }, release)).toEqual({
      aliases: ['气运', '三角洲'],
    });
    const named = { ...release, aliases: ['气运'] };
    expect(bodyOf({ ...draftOf(named), aliases: '气运\n' }, named)).toEqual({});
    expect(backOf({ aliases: [] }, named)).toEqual({ aliases: ['气运'] });
  });
  it('sends how money is taken and that no more figures are expected', () => {
    const { release } = aRelease();
    const draft = {
      ...draftOf(release),
      external: ' 7301 ',
      priceModel: 'mixed' as const,
      priceNote: '前 10 集免费',
      quiet: true,
    };
    const body = bodyOf(draft, release);
    expect(body).toEqual({ external_id: '7301', price_model: 'mixed', price_note: '前 10 集免费', quiet: true });
    expect(backOf(body, release)).toEqual({ external_id: '', price_model: '', price_note: '', quiet: false });
  });
});
