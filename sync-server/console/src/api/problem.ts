/** An error of the server (RFC 9457) or of the way to it, in one shape that pages switch on by `code`. */
import type { Actor, Role } from './types'

export interface ProblemBody {
  code: string; status: number; detail?: string; what?: string; what_en?: string; safe?: string; safe_en?: string; next?: string; next_en?: string
  request?: string; field?: string; reason?: string; until?: string; needed?: Role[]; by?: Actor; at?: string; yours?: unknown; current?: unknown
  base?: { log?: number; writes?: string[] }; state?: string
}

export class Problem extends Error {
  constructor(readonly body: ProblemBody) {
    super(body.code)
  }
  get code() {
    return this.body.code
  }
  get status() {
    return this.body.status
  }
}

/** Whatever was thrown, as a Problem: a fetch that failed has the code `unreachable`, one that was cut `timeout`. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  const name = thrown instanceof Error ? thrown.name : ''
  return new Problem({ code: name === 'TimeoutError' ? 'timeout' : 'unreachable', status: 0, detail: String(thrown) })
}

export async function problemOf(response: Response): Promise<Problem> {
  const status = response.status
  try {
    const body = (await response.json()) as Partial<ProblemBody>
    return new Problem({ ...body, status, code: typeof body.code === 'string' ? body.code : `http_${status}` })
  } catch {
    return new Problem({ code: `http_${status}`, status })
  }
}
