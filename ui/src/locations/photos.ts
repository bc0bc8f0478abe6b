/** Photos on their way in, and what a camera wrote into them. */
import type { Photo } from './places';

/** isHeic tells a photo that no browser but Apple's shows, by its name or type. */
export function isHeic(file: { name: string; type: string }): boolean {
  return /\.(heic|heif|hif)$/i.test(file.name) || /^image\/hei[cf]/i.test(file.type);
}

/** takenText is when a camera says it took a photo: 2026-11-22 14:30, by the camera's own clock; '' where it says nothing. */
export function takenText(photo: Photo): string {
  const hit = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?(.*)$/.exec(photo.taken ?? '');
  if (!hit) return '';
  const zone = hit[3] === 'Z' ? '+00:00' : (hit[3] ?? '');
  return `${hit[1]} ${hit[2]}${zone ? ` ${zone}` : ''}`;
}

/** sharedOf is the address of a photo's copy without its position. */
export function sharedOf(place: string, photo: Photo): string {
  return `/api/v1/locations/${place}/photos/${photo.id}/shared`;
}
