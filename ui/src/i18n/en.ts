/** All English words, one catalog per noun, as one chunk. */
import attempts from './attempts.en.json';
import base from './base.en.json';
import breakdown from './breakdown.en.json';
import board from './board.en.json';
import callsheets from './callsheets.en.json';
import capture from './capture.en.json';
import charts from './charts.en.json';
import compare from './compare.en.json';
import days from './days.en.json';
import drafts from './drafts.en.json';
import figures from './figures.en.json';
import funnel from './funnel.en.json';
import home from './home.en.json';
import inspect from './inspect.en.json';
import keys from './keys.en.json';
import locations from './locations.en.json';
import notes from './notes.en.json';
import people from './people.en.json';
import places from './places.en.json';
import player from './player.en.json';
import play from './play.en.json';
import references from './references.en.json';
import releases from './releases.en.json';
import review from './review.en.json';
import schedule from './schedule.en.json';
import scripts from './scripts.en.json';
import shots from './shots.en.json';
import tables from './tables.en.json';
import titles from './titles.en.json';
import tokens from './tokens.en.json';
import work from './work.en.json';

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
