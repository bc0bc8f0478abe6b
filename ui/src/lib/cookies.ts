/** The two cookies that the server also reads, to write language and theme into the first HTML. */

const year = 60 * 60 * 24 * 365;

/** readCookie returns the value of one cookie, or an empty string. */
export function readCookie(name: string, all: string = document.cookie): string {
  for (const part of all.split('; ')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at) === name) return decodeURIComponent(part.slice(at + 1));
  }
  return '';
}

/** writeCookie keeps a value for a year for the whole site. */
export function writeCookie(name: string, value: string): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${year}; samesite=lax`;
}
