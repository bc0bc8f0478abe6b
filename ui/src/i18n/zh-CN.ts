/** All Chinese words, one catalog per noun, as one chunk. */
import attempts from './attempts.zh-CN.json';
import base from './base.zh-CN.json';
import breakdown from './breakdown.zh-CN.json';
import board from './board.zh-CN.json';
import callsheets from './callsheets.zh-CN.json';
import capture from './capture.zh-CN.json';
import charts from './charts.zh-CN.json';
import compare from './compare.zh-CN.json';
import days from './days.zh-CN.json';
import drafts from './drafts.zh-CN.json';
import figures from './figures.zh-CN.json';
import funnel from './funnel.zh-CN.json';
import home from './home.zh-CN.json';
import inspect from './inspect.zh-CN.json';
import keys from './keys.zh-CN.json';
import locations from './locations.zh-CN.json';
import notes from './notes.zh-CN.json';
import people from './people.zh-CN.json';
import places from './places.zh-CN.json';
import player from './player.zh-CN.json';
import play from './play.zh-CN.json';
import references from './references.zh-CN.json';
import releases from './releases.zh-CN.json';
import review from './review.zh-CN.json';
import schedule from './schedule.zh-CN.json';
import scripts from './scripts.zh-CN.json';
import shots from './shots.zh-CN.json';
import tables from './tables.zh-CN.json';
import titles from './titles.zh-CN.json';
import tokens from './tokens.zh-CN.json';
import work from './work.zh-CN.json';

const words = {
  ...base,
  ...home,
  ...people,
  ...titles,
  ...scripts,
  ...drafts,
  ...breakdown,
  ...references,
  ...shots,
  ...tables,
  ...board,
  ...attempts,
  ...capture,
  ...review,
  ...notes,
  ...funnel,
  ...play,
  ...locations,
  ...schedule,
  ...places,
  ...days,
  ...callsheets,
  ...player,
  ...releases,
  ...charts,
  ...compare,
  ...figures,
  ...inspect,
  ...keys,
  ...tokens,
  ...work,
};

export default words;
/** Key is the name of a text; a key that does not exist does not compile. */
export type Key = keyof typeof words;
