/** All English words, one catalog per noun, as one chunk. */
import base from './base.en.json';
import callsheets from './callsheets.en.json';
import days from './days.en.json';
import home from './home.en.json';
import keys from './keys.en.json';
import locations from './locations.en.json';
import notes from './notes.en.json';
import people from './people.en.json';
import places from './places.en.json';
import releases from './releases.en.json';
import review from './review.en.json';
import shots from './shots.en.json';
import titles from './titles.en.json';
import wall from './wall.en.json';
import work from './work.en.json';

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
