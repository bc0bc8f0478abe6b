/** The lights in which scenes play, 内/外 × 日/夜: the colour of a strip and the row of a call sheet, always with the words. */

export type Light = 'day_in' | 'day_out' | 'night_in' | 'night_out' | 'unknown';

/** lights in the order in which choices list them. */
export const lights: readonly Light[] = ['day_in', 'day_out', 'night_in', 'night_out', 'unknown'];

/** lightClass is the class of base.css that gives an element the colour and the pattern of a light. */
export const lightClass = (light: Light): string => `light-${light.replace('_', '-')}`;
