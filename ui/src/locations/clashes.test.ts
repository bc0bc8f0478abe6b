import { describe, expect, it } from 'vitest';
import { keyOf, outcomeOf, sentence, worst, type Clash } from './clashes';
import { hinders, troubled, type SlotPreview } from './import';
import { feedAddress, wantsOf } from './feeds';
import { complete, leftText, repeatOf, seriesIn, tally, toggled } from './series';
import { draftOf } from './slots';
import { aBooking } from './testing';

const clash = (level: Clash['level'], kind: Clash['kind'] = 'overlap'): Clash => ({
  kind,
  level,
  zh: '被占',
  en: 'held',
});

describe('clashes', () => {
  it('are as bad as the worst of them', () => {
    expect(worst([clash('note'), clash('soft')])).toBe('soft');
    expect(worst([clash('note'), clash('hard'), clash('soft')])).toBe('hard');
    expect(worst([])).toBe('');
  });
  it('refuse or ask for a reason only what is confirmed', () => {
    const hard = clash('hard');
    const soft = clash('soft', 'hours');
    expect(outcomeOf([soft, hard], true)).toEqual({ refused: hard });
    expect(outcomeOf([soft, clash('note')], true)).toEqual({ reason: [soft] });
    expect(outcomeOf([clash('note')], true)).toBe('take');
    expect(outcomeOf([hard, soft], false)).toBe('take');
  });
  it('speak the language of the reader', () =>
    expect([sentence(clash('hard'), 'zh-CN'), sentence(clash('hard'), 'en')]).toEqual(['被占', 'held']));
  it('belong to one slot alone', () => {
    const slot = { location_id: 'l', title_id: 't', start: 'a', end: 'b' };
    expect(keyOf(slot)).not.toBe(keyOf({ ...slot, area_id: 'hall' }));
    expect(keyOf(slot)).toBe(keyOf({ ...slot }));
  });
});

describe('a series', () => {
  const draft = { ...draftOf('Asia/Shanghai', { location: 'l1', title: 't1', day: '2026-11-25' }, ''), note: '' };
  it('begins with the weekday of the slot', () => {
    expect(repeatOf('2026-11-25T08:00')).toEqual({ on: false, weekdays: [3], until: '2026-12-23', skip: false });
    expect(repeatOf('')).toEqual({ on: false, weekdays: [], until: '', skip: false });
    expect(toggled([3], 1)).toEqual([1, 3]);
    expect(toggled([1, 3], 3)).toEqual([1]);
  });
  it('is asked for once weekdays and a last day are chosen', () => {
    const r = { ...repeatOf(draft.start), on: true };
    expect(complete(r, draft)).toBe(true);
    expect(complete({ ...r, weekdays: [] }, draft)).toBe(false);
    expect(complete({ ...r, until: '2026-11-24' }, draft)).toBe(false);
    expect(seriesIn(draft, r, 'Asia/Shanghai', true)).toMatchObject({ weekdays: [3], until: '2026-12-23', dry: true });
  });
  it('counts its slots by what is hardest in their way', () => {
    const slots = [{ conflicts: [] }, { conflicts: [clash('soft'), clash('hard')] }, { conflicts: [clash('note')] }];
    expect(tally(slots)).toEqual({ hard: 1, soft: 0, note: 1, free: 1 });
  });
});

describe('a table of slots', () => {
  const preview = (change: Partial<SlotPreview>): SlotPreview => ({
    sha256: '',
    choice: {},
    encodings: [],
    sheets: [],
    header: [],
    fields: [],
    sample: [],
    rows: [],
    new: 3,
    confirm: 0,
    same: 0,
    blocked: 0,
    wrong: 0,
    soft: 0,
    ...change,
  });
  it('is written once nothing hinders', () => {
    expect(hinders(preview({}), false, '')).toBe('');
    expect(hinders(preview({ blocked: 1 }), false, '')).toBe('rows');
    expect(hinders(preview({ wrong: 1 }), true, '')).toBe('');
    expect(hinders(preview({ soft: 1 }), false, ' ')).toBe('reason');
    expect(hinders(preview({ soft: 1 }), false, '场方同意')).toBe('');
    expect(hinders(preview({ new: 0, same: 4 }), true, '')).toBe('nothing');
    expect(hinders(preview({ new: 0, confirm: 1 }), false, '')).toBe('');
  });
  it('shows as troubled what cannot be had or needs a reason', () => {
    const row = { state: 'new' as const, conflicts: [], errors: [] };
    expect(troubled(row)).toBe(false);
    expect(troubled({ ...row, conflicts: [clash('note')] })).toBe(false);
    expect(troubled({ ...row, conflicts: [clash('soft')] })).toBe(true);
    expect(troubled({ ...row, state: 'blocked' })).toBe(true);
  });
});

describe('a series whose end is taken back', () => {
  const left = (conflicts: Clash[]) =>
    leftText({ booking: aBooking(), conflicts }, 'Asia/Shanghai', '2026-11-20', 'zh-CN');
  it('says which slot stays cancelled and who has it, or that somebody changed it', () => {
    expect(left([clash('note'), { ...clash('hard'), zh: '《昼以继夜》占用' }])).toContain('《昼以继夜》占用');
    expect(left([])).toMatch(/11月22日.*08:00–18:00/);
    expect(left([clash('note')])).toBe(left([]));
  });
});

describe('calendars', () => {
  it('are offered for oneself and for what the page shows', () => {
    expect(wantsOf().map((w) => w.kind)).toEqual(['person']);
    expect(wantsOf({ id: 't1', name: '剧' }, { id: 'l1', name: '场' }).map((w) => [w.kind, w.object_id])).toEqual([
      ['person', undefined],
      ['title', 't1'],
      ['location', 'l1'],
    ]);
  });
  it('have an address below the API', () =>
    expect(feedAddress('http://desk:8080', '/calendar/x.ics')).toBe('http://desk:8080/api/v1/calendar/x.ics'));
});
