/** Security keys: what the server sends as base64url becomes bytes for the browser, and back. */
import { post } from './client'
import type { Session } from './types'

export const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
export const toText = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

interface Named { id: string; type: 'public-key' }
export interface Challenge { challenge: string; rp_id?: string; timeout_ms: number; allow: Named[]; user_verification?: UserVerificationRequirement }
interface KeyChallenge {
  challenge: string; rp: { id?: string; name: string }; user: { id: string; name: string; display_name: string }; algorithms: number[]; exclude: Named[]
  attestation: AttestationConveyancePreference; timeout_ms: number
}
const named = (list: Named[]) => list.map((one) => ({ id: toBytes(one.id), type: one.type }))

export const supported = () => typeof PublicKeyCredential !== 'undefined'
/** A key belongs to a name: where the address is a number, the server offers none. */
export const challengeSecondFactor = () => post<Challenge>('session/second-factor/challenge')

export interface KeyAnswer { id: string; client_data_json: string; authenticator_data: string; signature: string }
/** What the key answers to a touch; NotAllowedError if there was none. */
export async function answerOf(challenge: Challenge, signal: AbortSignal): Promise<KeyAnswer> {
  const found = (await navigator.credentials.get({
    signal,
    publicKey: {
      challenge: toBytes(challenge.challenge), allowCredentials: named(challenge.allow), timeout: challenge.timeout_ms,
      userVerification: challenge.user_verification ?? 'preferred', ...(challenge.rp_id ? { rpId: challenge.rp_id } : {}),
    },
  })) as PublicKeyCredential | null
  if (!found) throw new DOMException('no key', 'NotAllowedError')
  const response = found.response as AuthenticatorAssertionResponse
  return { id: toText(found.rawId), client_data_json: toText(response.clientDataJSON), authenticator_data: toText(response.authenticatorData), signature: toText(response.signature) }
}
export const touch = async (challenge: Challenge, signal: AbortSignal) => post<Session>('session/second-factor', { webauthn: await answerOf(challenge, signal) })

export async function register(name: string): Promise<Session> {
  const asked = await post<KeyChallenge>('session/second-factors/key-challenge')
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: toBytes(asked.challenge), rp: { name: asked.rp.name, ...(asked.rp.id ? { id: asked.rp.id } : {}) },
      user: { id: toBytes(asked.user.id), name: asked.user.name, displayName: asked.user.display_name },
      pubKeyCredParams: asked.algorithms.map((alg) => ({ alg, type: 'public-key' as const })),
      excludeCredentials: named(asked.exclude), attestation: asked.attestation, timeout: asked.timeout_ms,
    },
  })) as PublicKeyCredential | null
  if (!made) throw new DOMException('no key', 'NotAllowedError')
  const response = made.response as AuthenticatorAttestationResponse
  return post<Session>('session/second-factors/keys', {
    name, id: toText(made.rawId), client_data_json: toText(response.clientDataJSON), attestation_object: toText(response.attestationObject),
  })
}
