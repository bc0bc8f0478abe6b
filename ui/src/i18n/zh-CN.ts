/** The Chinese words of the frame and the first page, one catalog per noun, as one chunk; the others are in zh-CN.far.ts. */
import base from './base.zh-CN.json';
import callsheets from './callsheets.zh-CN.json';
import days from './days.zh-CN.json';
import home from './home.zh-CN.json';
import keys from './keys.zh-CN.json';
import locations from './locations.zh-CN.json';
import notes from './notes.zh-CN.json';
import people from './people.zh-CN.json';
import places from './places.zh-CN.json';
import releases from './releases.zh-CN.json';
import review from './review.zh-CN.json';
import shots from './shots.zh-CN.json';
import titles from './titles.zh-CN.json';
import wall from './wall.zh-CN.json';
import work from './work.zh-CN.json';
import type far from './zh-CN.far';

const words = {
  ...base,
  ...home,
  ...people,
  ...titles,
  ...shots,
  ...review,
  ...notes,
  ...locations,
  ...places,
  ...days,
  ...callsheets,
  ...releases,
  ...keys,
  ...wall,
  ...work,
};

export default words;
/** Key is the name of a text; a key that does not exist does not compile. */
export type Key = keyof typeof words | keyof typeof far;
