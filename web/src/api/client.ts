/** The one door to the API: cookies and the CSRF token of the session, and problem+json as a typed exception. */
import { ref } from 'vue'
import type {
  City,
  Parcel,
  ParcelHits,
  Problem,
  ProposalDocument,
  Report,
  RequestFile,
  RequestFiled,
  RequestRow,
  Session,
} from './shapes'

export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title)
    this.name = 'Refusal'
  }
}

/** Codes the client itself gives when no answer of the API arrived. */
export const OFFLINE = 'offline'
export const UNREADABLE = 'unreadable_answer'

/** How many questions are on their way. */
export const pending = ref(0)

let csrf: string | null = null
let loggedOut: () => void = () => undefined

/** What to do when the service no longer knows the session. */
export function onLoggedOut(act: () => void): void {
  loggedOut = act
}

export function useCsrf(token: string | null): void {
  csrf = token
}

function own(code: string, status: number, detail: string): Refusal {
  return new Refusal({
    type: 'about:blank',
    title: code,
    status,
    detail,
    code,
    where: '',
    args: {},
    correlation_id: '',
  })
}

/** The refusal of something that could not be asked for at all. */
export function offline(what: string): Refusal {
  return own(OFFLINE, 0, what)
}

async function problemOf(answer: Response): Promise<Refusal> {
  const kind = answer.headers.get('content-type') ?? ''
  if (!kind.includes('json')) return own(UNREADABLE, answer.status, `HTTP ${answer.status}`)
  const body = (await answer.json()) as Partial<Problem>
  return new Refusal({
    type: body.type ?? 'about:blank',
    title: body.title ?? '',
    status: body.status ?? answer.status,
    detail: typeof body.detail === 'string' ? body.detail : '',
    code: body.code ?? `http_${answer.status}`,
    where: body.where ?? '',
    args: body.args ?? {},
    correlation_id: body.correlation_id ?? answer.headers.get('x-correlation-id') ?? '',
  })
}

async function ask<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf
  let answer: Response
  pending.value += 1
  try {
    answer = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      signal,
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw own(OFFLINE, 0, String(cause))
  } finally {
    pending.value -= 1
  }
  if (!answer.ok) {
    const refusal = await problemOf(answer)
    if (answer.status === 401) loggedOut()
    throw refusal
  }
  if (answer.status === 204) return undefined as T
  try {
    return (await answer.json()) as T
  } catch (cause) {
    throw own(UNREADABLE, answer.status, String(cause))
  }
}

function query(values: Record<string, string | number | undefined | null>): string {
  const made = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') made.set(name, String(value))
  }
  const text = made.toString()
  return text ? `?${text}` : ''
}

const key = encodeURIComponent

export const api = {
  city: () => ask<City>('GET', '/api/city'),
  searchParcels: (text: string, cursor: string | null, signal?: AbortSignal) =>
    ask<ParcelHits>('GET', `/api/parcels${query({ q: text, limit: 20, cursor })}`, undefined, signal),
  parcelsNear: (lon: number, lat: number, limit = 5) =>
    ask<ParcelHits>('GET', `/api/parcels${query({ near: `${lon},${lat}`, limit })}`),
  parcel: (id: string, on?: string, signal?: AbortSignal) =>
    ask<Parcel>('GET', `/api/parcels/${key(id)}${query({ on })}`, undefined, signal),
  assess: (parcel: string, on: string, proposal: ProposalDocument) =>
    ask<Report>('POST', '/api/assessments', { parcel, on, proposal }),
  file: (parcel: string, proposal: ProposalDocument) =>
    ask<RequestFiled>('POST', '/api/requests', {
      service: 'building_permit',
      parcel,
      channel: 'CITIZEN_WEB',
      proposal,
    }),
  requests: (state: string | null, cursor: string | null) =>
    ask<{ items: RequestRow[]; next: string | null }>('GET', `/api/requests${query({ state, cursor })}`),
  request: (code: string) => ask<RequestFile>('GET', `/api/requests/${key(code)}`),
  move: (code: string, move: string, reason: string) =>
    ask<RequestFile>('POST', `/api/requests/${key(code)}/moves`, { move, reason }),
  session: () => ask<Session>('GET', '/api/session'),
  logIn: (username: string, password: string) => ask<Session>('POST', '/api/session', { username, password }),
  logOut: () => ask<Session | undefined>('DELETE', '/api/session'),
}
