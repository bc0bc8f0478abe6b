/** What the server says when it refuses (RFC 9457), as an error that pages can show. */
import { t } from './i18n.svelte';

export interface FieldFault {
  location: string;
  message: string;
}

interface Parts {
  status: number;
  code: string;
  title: string;
  detail: string;
  fields?: FieldFault[];
  requestId?: string;
  params?: Record<string, unknown>;
  current?: unknown;
  retryAfter?: number;
}

/** ApiError is a refusal: status 0 and code "offline" where no answer came. title and detail are in the reader's language. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly fields: FieldFault[];
  readonly requestId: string;
  readonly params: Record<string, unknown>;
  readonly current: unknown;
  /** retryAfter is the seconds that the server asks to wait, 0 where it asks for none. */
  readonly retryAfter: number;

  constructor(p: Parts) {
    super(p.detail || p.title);
    this.name = 'ApiError';
    this.status = p.status;
    this.code = p.code;
    this.title = p.title;
    this.detail = p.detail;
    this.fields = p.fields ?? [];
    this.requestId = p.requestId ?? '';
    this.params = p.params ?? {};
    this.current = p.current;
    this.retryAfter = p.retryAfter ?? 0;
  }

  /** field is the message for one input, by the last part of its location: body.name or name. */
  field(name: string): string {
    return this.fields.find((f) => f.location === name || f.location.endsWith(`.${name}`))?.message ?? '';
  }
}

function asObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function faults(value: unknown): FieldFault[] {
  if (!Array.isArray(value)) return [];
  return value.map((v: unknown) => {
    const one = (v ?? {}) as Record<string, unknown>;
    return { location: asText(one.location), message: asText(one.message) };
  });
}

/** problemOf reads a refused answer; a body that is no problem document still gives an error with plain words. */
export function problemOf(status: number, text: string, headers: { get(name: string): string | null }): ApiError {
  const body = asObject(text);
  const code = asText(body.code) || asText(body.type).split('#')[1] || `http_${status}`;
  const title = asText(body.title) || t('error.server.title', { status: String(status) });
  const params = body.params && typeof body.params === 'object' ? (body.params as Record<string, unknown>) : undefined;
  return new ApiError({
    status,
    code,
    title,
    detail: asText(body.detail) || (body.title ? '' : t('error.server.text')),
    fields: faults(body.errors),
    requestId: asText(body.instance) || (headers.get('X-Request-Id') ?? ''),
    params,
    current: body.current,
    retryAfter: Number(headers.get('Retry-After')) || 0,
  });
}

/** asError turns anything thrown into an ApiError. */
export function asError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new ApiError({ status: 0, code: 'unexpected', title: t('error.unexpected.title'), detail });
}

/** wasAborted tells whether a call was given up on purpose. */
export function wasAborted(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError';
}
