/** browserName makes "Chrome 126 · Windows" out of what a browser calls itself; '' when nothing in it is known. */
export function browserName(agent: string): string {
  const browsers: [RegExp, string][] = [
    [/Edg\/(\d+)/, 'Edge'],
    [/(?:OPR|Opera)\/(\d+)/, 'Opera'],
    [/Firefox\/(\d+)/, 'Firefox'],
    [/(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/, 'Chrome'],
    [/Version\/(\d+).* Safari/, 'Safari'],
    [/^(?:curl|chouka)\/(\d+)/, 'API'],
  ];
  const systems: [RegExp, string][] = [
    [/Windows/, 'Windows'],
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ];
  const browser = browsers.map(([re, name]) => [re.exec(agent), name] as const).find(([hit]) => hit);
  const system = systems.find(([re]) => re.test(agent))?.[1];
  return [browser ? `${browser[1]} ${browser[0]?.[1] ?? ''}`.trim() : '', system ?? ''].filter(Boolean).join(' · ');
}
