/** A signature by the person's own security key where there is one here, else on the server's word. */
import { onUnmounted, ref } from 'vue'
import { post } from '../api/client'
import { Problem } from '../api/problem'
import { answerOf, supported, type Challenge, type KeyAnswer } from '../api/webauthn'

type Asked = Challenge & { words: string[] }
export type SignedBy = { webauthn: KeyAnswer } | { without_key: true } | Record<string, never>

/** `path`: of what gives the digest to be signed. */
export function useTouch(path: () => string) {
  /** The person has a key that can be used here. */
  const hasKey = ref(false)
  /** It is not at hand, the person says. */
  const without = ref(false)
  const waiting = ref(false)
  const digest = ref('')
  let abort = new AbortController()

  async function ask() {
    const asked = await post<Asked>(path(), {})
    hasKey.value = asked.allow.length > 0 && supported()
    digest.value = asked.words[0] ?? ''
    return asked
  }
  /** Whether a key will be asked for. Nothing is said of a failure: whoever signs will hear of it. */
  async function look() {
    without.value = false
    await ask().catch(() => { hasKey.value = false })
  }
  /** What goes with the signature; a touch is waited for. */
  async function give(): Promise<SignedBy> {
    const asked = await ask()
    if (!asked.allow.length) return {}
    if (without.value || !hasKey.value) return { without_key: true }
    abort.abort()
    abort = new AbortController()
    waiting.value = true
    try {
      return { webauthn: await answerOf(asked, abort.signal) }
    } catch {
      throw new Problem({ code: 'touch_missing', status: 0 })
    } finally {
      waiting.value = false
    }
  }
  const stop = () => abort.abort()
  onUnmounted(stop)
  return { hasKey, without, waiting, digest, look, give, stop }
}
