/** The English words of pages behind the first one; they come with the first such page. */
import attempts from './attempts.en.json';
import board from './board.en.json';
import breakdown from './breakdown.en.json';
import capture from './capture.en.json';
import charts from './charts.en.json';
import compare from './compare.en.json';
import drafts from './drafts.en.json';
import figures from './figures.en.json';
import funnel from './funnel.en.json';
import imports from './imports.en.json';
import inspect from './inspect.en.json';
import play from './play.en.json';
import player from './player.en.json';
import references from './references.en.json';
import schedule from './schedule.en.json';
import scripts from './scripts.en.json';
import tables from './tables.en.json';
import tokens from './tokens.en.json';

const words = {
  ...attempts,
  ...board,
  ...breakdown,
  ...capture,
  ...charts,
  ...compare,
  ...drafts,
  ...figures,
  ...funnel,
  ...imports,
  ...inspect,
  ...play,
  ...player,
  ...references,
  ...schedule,
  ...scripts,
  ...tables,
  ...tokens,
};

export default words;
