import { describe, expect, it } from 'vitest';
import { asking, caretAt, choose, edited, partsOf, standing, unsettled, type Chosen } from './mentions';
import { aMember, twoZhangs } from './testing';

const zhang = (start: number): Chosen => ({ person_id: 'z1', name: '张伟', start, length: 3 });
const people = [...twoZhangs(), aMember()];

/** after changes a text in which | marks a selection that `put` replaces, as a text area would. */
function after(chosen: Chosen[], marked: string, put: string): { text: string; starts: number[] } {
  const [head = '', cut = '', tail = ''] = marked.split('|');
  const text = head + put + tail;
  return { text, starts: edited(chosen, head + cut + tail, text, (head + put).length).map((c) => c.start) };
}

describe('a choice in a text that changes', () => {
  it.each([
    ['typing before it', '看||@张伟，手', '这里', [3]],
    ['typing right before the @', '||@张伟', '请', [1]],
    ['typing right behind it', '@张伟||', '三月', [0]],
    ['typing behind it', '@张伟，手||', '不对', [0]],
    ['deleting before it', '|看|@张伟', '', [0]],
    ['deleting behind it', '@张伟|，手|', '', [0]],
    ['typing inside the name', '@张||伟', '小', []],
    ['deleting its last character', '@张|伟|', '', []],
    ['deleting the @', '|@|张伟', '', []],
    ['replacing from before into it', '|看@张|伟', '瞧', []],
    ['replacing all of it', '看|@张伟|，', '你', []],
    ['an emoji before it, one character for the server', '||@张伟', '😀', [1]],
  ])('%s', (_, marked, put, starts) => {
    const at = [...marked.replaceAll('|', '')].indexOf('@');
    expect(after([zhang(at)], marked, put).starts).toEqual(starts);
  });
  it('two alike side by side: the caret tells which one went', () => {
    const both = [zhang(0), { ...zhang(3), person_id: 'z2' }];
    expect(edited(both, '@张伟@张伟', '@张伟', 0).map((c) => c.person_id)).toEqual(['z2']);
    expect(edited(both, '@张伟@张伟', '@张伟', 3).map((c) => c.person_id)).toEqual(['z1']);
  });
  it('a caret elsewhere, as after an undo, spoils nothing', () => {
    expect(edited([zhang(2)], '看这@张伟好', '看@张伟好', 5).map((c) => c.start)).toEqual([1]);
    expect(edited([zhang(1)], '看@张伟', '看这@张伟', 0).map((c) => c.start)).toEqual([2]);
  });
  it('a new text without it keeps nothing', () => expect(edited([zhang(0)], '@张伟', '', 0)).toEqual([]));
});

describe('an @ being typed', () => {
  const names = (text: string, chosen: Chosen[] = []) =>
    asking(text, text.length, people, chosen)?.found.map((p) => p.login);

  it('offers everybody, then those who fit by name or login', () => {
    expect(names('@')).toEqual(['lili', 'zhangwei', 'zhangwei2']);
    expect(names('请@张')).toEqual(['zhangwei', 'zhangwei2']);
    expect(names('请@伟')).toEqual(['zhangwei', 'zhangwei2']);
    expect(names('@ZHANGWEI2')).toEqual(['zhangwei2']);
    expect(names('＠张伟')).toEqual(['zhangwei', 'zhangwei2']);
    expect(names('＠ｌｉ')).toEqual(['lili']);
  });
  it('closes where nobody fits, at the end of the name, in an address and on a new line', () => {
    for (const text of ['@王', '@张伟，', '@张伟 ', '@ 张', 'a@', '9@张', '@张\n', '没有']) {
      expect(names(text), text).toBeUndefined();
    }
  });
  it('stays closed behind a choice', () => expect(names('@张伟', [zhang(0)])).toBeUndefined());
  it('leaves out who is no longer active', () => {
    const gone = aMember({ active: false });
    expect(asking('@李', 2, [gone], [])).toBeUndefined();
  });
  it('counts in characters, and looks only before the caret', () => {
    expect(asking('😀@张伟', 4, people, [])).toMatchObject({ start: 1, query: '张' });
  });
});

describe('choosing', () => {
  it('writes the name over what was typed and puts the caret behind it', () => {
    const got = choose('😀请＠zhang看', [], 2, 8, people[0]!);
    expect(got).toEqual({ text: '😀请@张伟看', chosen: [zhang(2)], caret: 6 });
    expect(got.caret).toBe(caretAt(got.text, 5));
  });
  it('moves the choices behind it and keeps those before', () => {
    const got = choose('@张伟和@l和@张伟', [zhang(0), zhang(7)], 4, 6, people[2]!);
    expect(got.text).toBe('@张伟和@李丽和@张伟');
    expect(got.chosen.map((c) => [c.person_id, c.start])).toEqual([
      ['z1', 0],
      ['p1', 4],
      ['z1', 8],
    ]);
  });
});

describe('names that several people share', () => {
  it('are unsettled until somebody is chosen', () => {
    const [one, ...more] = unsettled('@张伟，手部穿帮', people, []);
    expect(one).toMatchObject({ start: 0, length: 3, name: '张伟' });
    expect(one?.people.map((p) => p.person_id)).toEqual(['z1', 'z2']);
    expect(more).toEqual([]);
    expect(unsettled('@张伟，手部穿帮', people, [zhang(0)])).toEqual([]);
  });
  it('are asked for at each place, full-width too, with words right behind', () => {
    expect(unsettled('＠张伟看 @张伟', people, []).map((u) => u.start)).toEqual([0, 5]);
  });
  it('are none where one person has the name, in an address, or where a longer name fits', () => {
    const long = aMember({ person_id: 'z3', name: '张伟民', login: 'zwm' });
    expect(unsettled('@李丽 a@张伟 @王五', people, [])).toEqual([]);
    expect(unsettled('@张伟民', [...people, long], [])).toEqual([]);
  });
});

describe('names in letters', () => {
  const sams = ['s1', 's2'].map((id) => aMember({ person_id: id, name: 'Sam Li', login: id }));
  const at = (text: string) => unsettled(text, sams, []).map((u) => u.start);
  it('end where no letter follows', () => {
    expect([at('@sam li, see'), at('@Sam Li看'), at('@Sam Lily'), at('@Sam Li2')]).toEqual([[0], [0], [], []]);
  });
  it('are typed with their blank', () => {
    expect(asking('@sam l', 6, sams, [])?.found).toHaveLength(2);
  });
});

describe('choices of an old text', () => {
  it('hold while their people are here under that name', () => {
    const [one, two] = [zhang(0), { ...zhang(4), person_id: 'z2' }];
    const text = '@张伟和@张伟';
    expect(standing(text, [one, two], people)).toEqual([one, two]);
    expect(standing(text, [one, two], people.slice(1))).toEqual([two]);
    expect(standing(text, [one], [aMember({ person_id: 'z1', name: '张薇' })])).toEqual([]);
    expect(standing(text, [one], [aMember({ person_id: 'z1', name: '张伟', active: false })])).toEqual([]);
    expect(standing(text, [{ ...one, start: 1 }], people)).toEqual([]);
  });
});

describe('partsOf', () => {
  it('cuts a text at its mentions', () => {
    expect(partsOf('😀@张伟，看', [zhang(1)])).toEqual([
      { text: '😀' },
      { text: '@张伟', mention: { person_id: 'z1', name: '张伟' } },
      { text: '，看' },
    ]);
  });
  it('leaves out mentions that reach past the text or into each other', () => {
    expect(partsOf('@张', [zhang(0)])).toEqual([{ text: '@张' }]);
    expect(partsOf('@张伟伟', [zhang(0), zhang(1)]).filter((p) => p.mention)).toHaveLength(1);
    expect(partsOf('', [])).toEqual([]);
  });
});
