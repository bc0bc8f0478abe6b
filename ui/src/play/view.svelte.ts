/** How the play is looked at: what is laid over the picture, and whether it fills the screen. The choices stay in this browser. */
import { nextPlatform, platforms, type Platform } from './guides';

const kept = 'chouka.play-view';

interface Kept {
  subtitles: boolean;
  safe: boolean;
  platform: Platform | '';
  sound: boolean;
}

function read(): Kept {
  const usual: Kept = { subtitles: true, safe: false, platform: '', sound: false };
  try {
    const had = JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<Kept>;
    const platform = platforms.find((p) => p === had.platform) ?? '';
    const flag = (name: 'subtitles' | 'safe' | 'sound') => (typeof had[name] === 'boolean' ? had[name] : usual[name]);
    return { subtitles: flag('subtitles'), safe: flag('safe'), platform, sound: flag('sound') };
  } catch {
    return usual;
  }
}

export class View {
  subtitles = $state(true);
  safe = $state(false);
  platform = $state<Platform | ''>('');
  sound = $state(false);
  full = $state(false);

  constructor() {
    Object.assign(this, read());
  }

  #keep(): void {
    const { subtitles, safe, platform, sound } = this;
    localStorage.setItem(kept, JSON.stringify({ subtitles, safe, platform, sound }));
  }

  flip(what: 'subtitles' | 'safe' | 'sound'): void {
    this[what] = !this[what];
    this.#keep();
  }

  /** overlay goes on to the next platform's overlay, and to none. */
  overlay(): void {
    this.platform = nextPlatform(this.platform);
    this.#keep();
  }

  /** setPlatform shows one platform's overlay. */
  setPlatform(platform: string): void {
    this.platform = platforms.find((p) => p === platform) ?? '';
    this.#keep();
  }

  // The whole document goes full screen, so that toasts and dialogs stay over the picture. Where a phone has no full
  // screen the page at least fills its window.
  async setFull(on: boolean): Promise<void> {
    this.full = on;
    try {
      if (on && !document.fullscreenElement) await document.documentElement.requestFullscreen?.();
      else if (!on && document.fullscreenElement) await document.exitFullscreen();
    } catch {
      // Refused by the browser: the window is filled all the same.
    }
  }
}
