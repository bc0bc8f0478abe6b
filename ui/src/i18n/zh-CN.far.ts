/** The Chinese words of pages behind the first one; they come with the first such page. */
import attempts from './attempts.zh-CN.json';
import board from './board.zh-CN.json';
import breakdown from './breakdown.zh-CN.json';
import capture from './capture.zh-CN.json';
import charts from './charts.zh-CN.json';
import compare from './compare.zh-CN.json';
import drafts from './drafts.zh-CN.json';
import figures from './figures.zh-CN.json';
import funnel from './funnel.zh-CN.json';
import imports from './imports.zh-CN.json';
import inspect from './inspect.zh-CN.json';
import play from './play.zh-CN.json';
import player from './player.zh-CN.json';
import references from './references.zh-CN.json';
import schedule from './schedule.zh-CN.json';
import scripts from './scripts.zh-CN.json';
import tables from './tables.zh-CN.json';
import tokens from './tokens.zh-CN.json';

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
