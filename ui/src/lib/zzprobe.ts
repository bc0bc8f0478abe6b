export const probe: number = 'no';
