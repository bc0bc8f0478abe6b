/** The keys of the play. */
import { keyTable } from '../lib/keytable';

export const playTable = keyTable('play.title', [
  { id: 'play.toggle', keys: 'Space', label: 'play.key.toggle' },
  { id: 'play.frame-on', keys: 'ArrowRight', label: 'play.key.frameOn' },
  { id: 'play.frame-back', keys: 'ArrowLeft', label: 'play.key.frameBack' },
  { id: 'play.second-on', keys: 'Shift+ArrowRight', label: 'play.key.secondOn' },
  { id: 'play.second-back', keys: 'Shift+ArrowLeft', label: 'play.key.secondBack' },
  { id: 'play.next', keys: ['j', 'ArrowDown'], label: 'play.key.next' },
  { id: 'play.previous', keys: ['k', 'ArrowUp'], label: 'play.key.previous' },
  { id: 'play.start', keys: 'Home', label: 'play.key.start' },
  { id: 'play.end', keys: 'End', label: 'play.key.end' },
  { id: 'play.takes', keys: 't', label: 'play.key.takes' },
  { id: 'play.pick', keys: 'p', label: 'play.key.pick' },
  { id: 'play.loop', keys: 'l', label: 'play.key.loop' },
  { id: 'play.subtitles', keys: 'c', label: 'play.key.subtitles' },
  { id: 'play.safe', keys: 's', label: 'play.key.safe' },
  { id: 'play.overlay', keys: 'o', label: 'play.key.overlay' },
  { id: 'play.sound', keys: 'm', label: 'play.key.sound' },
  { id: 'play.slower', keys: ',', label: 'play.key.slower' },
  { id: 'play.faster', keys: '.', label: 'play.key.faster' },
  { id: 'play.full', keys: 'f', label: 'play.key.full' },
  { id: 'play.undo', keys: 'Mod+z', label: 'review.key.undo' },
  { id: 'play.redo', keys: ['Mod+Shift+z', 'Mod+y'], label: 'review.key.redo' },
]);
