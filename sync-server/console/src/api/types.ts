/** What docs/CONSOLE_API.md says, as types. Instants are RFC 3339 UTC, days YYYY-MM-DD of Asia/Shanghai. */
export type Id = string
export type Digest = string
export type Instant = string
export type Day = string
export type Severity = 'minor' | 'major' | 'critical'
export type Cell = 'kept' | 'unmeasured' | 'explain' | 'not_kept' | 'against' | 'missing'
export type CheckStateName =
  | 'sealed' | 'opened' | 'under_way' | 'to_review' | 'photos_arriving' | 'replied' | 'returned' | 'accepted'
  | 'changed_after_acceptance' | 'conflict' | 'void'
export type Role =
  | 'inspector' | 'team_lead' | 'reviewer' | 'chief' | 'unit_clerk' | 'vice_mayor' | 'mayor' | 'administrator' | 'security' | 'auditor'
export type Entry = 'desk' | 'checks' | 'conflicts' | 'findings' | 'rectifications' | 'items' | 'requests' | 'escalation' | 'ranking' | 'papers' | 'devices' | 'people' | 'tokens' | 'erasures' | 'audit'

export const PAPER_KINDS = ['supervision_notice', 'urging_notice', 'circular', 'criticism', 'interview_notice', 'accountability_request', 'supervision_report', 'monthly_ranking'] as const
export type PaperKindName = (typeof PAPER_KINDS)[number]
/** By the step of the ladder that it announces; 0 is the urging before it. */
export const PAPER_OF_STEP: readonly PaperKindName[] = ['urging_notice', 'circular', 'criticism', 'interview_notice', 'accountability_request']
export interface Paper {
  id: Id; number: string; kind: PaperKindName; words: string; title: string; to: Ref[]; level: string; day: string; state: 'issued' | 'received' | 'revoked'
  received: number; of: number; revoked_by?: Id; item?: Id; month?: string
}
export interface PaperContent { rests_on: { clause: string; wording: string }[]; number: string; title: string }
export interface PaperWhole extends Paper {
  pages: number; content: PaperContent; digest: Digest; receipts: { unit: Id; name: string; read_on?: string }[]
  revocation?: { by: Id; number: string; on: string; reason: string }
}
/** A draft that was handed on to whoever may issue. */
export interface HandedDraft {
  id: Id; kind: PaperKindName; title: string; state: 'waiting' | 'returned'; drafter: { id: Id; name: string }; since: Instant; version: number
  item?: Ref; month?: string; return?: { by: string; reason: string }; changed_by?: string
}
export interface HandedDraftWhole extends HandedDraft {
  order: { kind: PaperKindName; subject: string; day: string; signer: string; meeting_at: string; meeting_place: string; more: string }
  may: { issue: boolean; change: boolean }; anew: string[]; no_ground?: string; stands?: string
}
export interface PaperDraft { kind: PaperKindName; title: string; to: Id[]; day: string; pages: number; images: string[]; content: PaperContent }

export interface Actor { id?: Id; name: string; role?: Role }
export interface Ref { id: Id; name: string; code?: string; number?: string }
export interface Span {
  from?: Instant; to: Instant; device: Instant; device_error_ms?: number
  basis: ('anchor' | 'monotonic' | 'gnss' | 'receipt')[]; anchor_log?: number; receipt_log?: number
}
export interface Fix { t: Instant; lat: number; lon: number; accuracy_mm?: number; age_ms: number; source: string; flags: string[] }
export interface Both { zh: string; en: string }

export type SessionState = 'none' | 'second_factor' | 'password_change' | 'second_factor_setup' | 'full'
export interface Session {
  state: SessionState
  server: { name: string; fingerprint: Digest; idle_minutes: number; max_hours: number; failures_allowed: number }
  first_run_done: boolean; csrf?: string; actor?: Actor; roles?: Role[]; opens_on?: string; entries?: Entry[]
  expires_at?: Instant; idle_at?: Instant; last_sign_in?: { at: Instant; address: string }; failures_since?: number
  second_factors?: ('totp' | 'webauthn')[]; second_factor_at?: Instant; reason?: string
}
export interface FirstRunStep {
  id: 'password' | 'second_factor' | 'root_key' | 'ledger' | 'officers' | 'import' | 'tablet'
  done_at?: Instant; optional: boolean; file_name?: string; fingerprint?: Digest; name?: string; level?: string; suite?: number
  security?: Ref; auditor?: Ref; units?: number; sites?: number; items?: number; devices?: number
}
export interface FirstRun {
  done_at?: Instant; steps?: FirstRunStep[]; report?: unknown
  passwords?: { name: string; role: Role; password: string }[]
}
export interface EnrolCode { code: string; code_groups: string[]; server: string; fingerprint: Digest; expires_at: Instant; qr: string; inspector: Ref }

export interface Head {
  log: number; checkpoint: { size: number; at?: Instant; age_s?: number }; backup?: { at: Instant; verified_at?: Instant; age_s: number }
  health: 'ok' | 'late_checkpoint' | 'late_backup' | 'reconciling'; today: Day; working_day?: boolean
  badges: Partial<Record<Entry, number>>; new_rows: { checks: number; conflicts: number; findings: number }
}
export interface HealthItem { kind: string; ok: boolean; words: string; words_en: string; at?: Instant }
export interface DeskRow {
  id: string; check?: Id; number?: string; state?: CheckStateName; what?: string; field?: string; site?: Ref; unit?: Ref; items?: Ref[]
  why: string; why_en: string; since: Instant; findings?: Findings; to: string
}
export interface DeskGroup { kind: string; count: number; oldest_at?: Instant; rows: DeskRow[] }
export interface Desk {
  figures: { kind: string; count: number; capped: boolean; oldest_at?: Instant }[]
  groups: DeskGroup[]; deadlines: { on: Day; what: string; what_en?: string; check: Id; number?: string }[]
  silent_devices: Device[]; out_today?: { checks: number; devices?: number; since?: Instant }; health: HealthItem[] | { items: HealthItem[] }
}

export interface ListAnswer<Row> {
  rows: Row[]; next?: string; count: number; count_capped: boolean; as_of: { log: number; checkpoint_at?: Instant }
}
export interface Findings { minor: number; major: number; critical: number }
export interface CheckRow {
  id: Id; number?: string; state: CheckStateName; site: Ref; unit?: Ref; items: Ref[]; inspectors: { id: Id; name: string }[]
  span: Span; findings: Findings; attestation: Cell[]; photos: { declared: number; arrived: number; matching: number }
  received_at?: Instant; waiting_since?: Instant; conflicts: number; imported: number; sealed?: { opens_at: Instant }
}
export type May = true | string
export interface Value {
  value: unknown; words: string; words_en: string; actor: Actor; device?: string; device_name?: string; span?: Span
  saw: { value: unknown; by?: string }[]; reason?: string; evidence: Digest[]; log: number; write: Digest
}
export interface Answer {
  id?: Id; item?: Ref; question: 'carried_out' | 'rectified' | 'satisfied'; value?: 'yes' | 'partly' | 'no' | 'none'; note?: string
  photos: Digest[]; span?: Span; contested: boolean; values?: Value[]
}
export type MeasuredMark = 'supports' | 'partly' | 'against' | 'impossible'
export interface Attestation {
  clause: number; said?: 'kept' | 'explain' | 'not_kept'; mark: Cell; measured_mark: MeasuredMark; note?: string; measured: Record<string, unknown>
  basis: (number | string)[]; measured_words: string; measured_words_en: string; span?: Span; contested: boolean
}
export interface FindingPhoto { digest: Digest; state: PhotoState; source: 'camera' | 'import'; how_taken: string; preview: boolean }
export interface Finding {
  id: Id; check: Id; number?: string; no: number; severity?: Severity; text?: string; contested: string[]; severity_values?: Severity[]
  item?: Ref; site?: Ref; unit?: Ref; by: Actor; span: Span; photos: FindingPhoto[]; void: boolean; imported: number; fix?: Fix
  writes: Record<string, Digest[]>; log: number
}
export interface FindingHistory {
  actor: Actor; span?: Span; log: number; device?: string; device_name?: string; fields: Record<string, unknown>; reason?: string; effect: string
}
export type PhotoState = 'present' | 'arriving' | 'declared' | 'mismatch' | 'withheld' | 'erased'
export interface PhotoRow {
  digest: Digest; check: Id; to: Id; to_type: string; rank: number; size: number; type: string; pixels?: [number, number]; how_taken: string
  source: 'camera' | 'import'; import_note?: string; state: PhotoState; arrived_bytes?: number; preview: boolean; span: Span; fix?: Fix
  distance_to_fence_mm?: number; void: boolean; log: number
}
export interface Photo extends PhotoRow {
  maker: Actor; device: string; device_name?: string; seq: number; receipt?: { log: number; received_at: Instant }; signed: boolean
  reuse: { check?: Id; order?: Id; number?: string; at?: Instant; by?: string }[]
  mismatches: { got: Digest; at: Instant }[]
}
export interface Chain {
  device: Id; name: string; holder: Actor; first: number; last: number; head: number; gaps: number; forks: number
  standing: 'trusted' | 'revoked' | 'disputed'; disputed_operations: number; finished: boolean
}
export interface Check extends Omit<CheckRow, 'findings' | 'attestation'> {
  previous?: Id; next?: Id; position?: { at: number; of: number; capped: boolean }
  may: Record<'accept' | 'return' | 'conflict' | 'comment' | 'close' | 'hand' | 'void', May>; must_wait_photos: number
  started_at?: Instant; finished_at?: Instant; dwell_ms?: number; spans?: { start: Span; finish?: Span }
  sealing: { opened_at?: Instant; released_to: unknown[]; known_by: { actor: Actor; since: Instant; why: string }[] }
  signatures: { by: Actor; span?: Span; complete: boolean; refusal?: { person?: string; reason: string } }[]
  joins: { id?: Id; by: Actor; how: string; granted: boolean; span?: Span }[]
  readers: { device: Id; name: string; holder?: Actor }[]
  chains: Chain[]; chain?: Chain; receipt?: { first_log: number; last_log: number; received_at: Instant; in_checkpoint: boolean }
  clock?: { error_ms?: number; affects: boolean }; answers: Answer[]; tally?: { satisfied: number; neutral: number; dissatisfied: number }
  findings: Finding[]; attestation: Attestation[]; photos_list: PhotoRow[]
  notes: Note[]; replies: Note[]
  erasures: Erasure[]; withheld: { operations: number; reason: string; name: string }[]
  questions: { id: Id; text: string; about?: { entity: Id; type: string }; due_at?: Instant; asked_by: Actor; asked_at: Instant; answered: boolean }[]
  arrival?: { fix?: Fix; inside?: boolean; dwell_s?: number; no_fix_reason?: string }
  corrections: { field: string; by: Actor; span?: Span; reason?: string }[]; diff?: FeedEntry[]; log: number
}
export interface Note { id: Id; by: Actor; text: string; span?: Span; question?: Id; photos: Digest[] }
/** What two officers erased, or one asked to erase; never any content. */
export interface Erasure {
  erasure: Id; check: Id; number?: string; operations: number; photos: number; kinds: Record<string, number>; reason: string
  asked_by: string; asked_on: string; erased_by?: string; erased_on?: string; may?: boolean; void: boolean
}
export interface FeedEntry {
  kind: string; actor: Actor; at: Instant; span?: Span; text?: string; text_en?: string; about?: { entity?: Id; field?: string }
  diff?: { field: string; from: unknown; to: unknown }[]; log: number; device?: string; device_name?: string
  questions?: { id: Id; text: string }[]; question?: Id; count?: number; entity?: Id
  since?: Instant // of several that are shown as one line, the first
}
export interface Track {
  type: 'FeatureCollection'; crs?: unknown
  features: { type: 'Feature'; geometry: { type: string; coordinates: unknown }; properties: Record<string, unknown> & { kind: string } }[]
  zhicha: {
    source: string[]; points: number; gaps: { from: Instant; to: Instant; seconds: number }[]
    stops: { lat: number; lon: number; from: Instant; to: Instant; seconds: number }[]
    plausibility: { rule: string; t?: Instant; detail: string; detail_en: string }[]; none?: string
  }
}
export interface Conflict {
  id: string; entity: Id; entity_type: string; field: string; check?: Id; number?: string; site?: Ref; unit?: Ref; values: Value[]
  since: Instant; affected_papers: { id: Id; number: string }[]; may_decide: May
}
export interface ConflictPage extends Conflict {
  base?: Value; type: string; allowed?: (string | Ref)[]; other_fields: Record<string, unknown>; rule: string; rule_en: string
  context: Partial<Finding> & Partial<Answer>
}
export interface Device {
  id: Id; name: string; holder: Actor; last_contact?: Instant; pending: { operations?: number; photos: number }
  photos: { declared: number; arrived: number }; clock_error_ms?: number; version?: string; battery?: number; storage_free?: number
  head: number; state: 'ok' | 'silent' | 'revoked' | 'disputed'; trusted_upto?: number; disputed_from?: number
  last_receipt?: { seq: number; log: number; at: Instant }; forks: { seq: number; log: number; received_at: Instant }[]
}
export interface Grant {
  id: Id; role: Role; state: 'in_force' | 'waiting'; granted_by?: Actor; granted_at?: Instant; confirmed_by?: Actor; unconfirmed?: boolean
}
export interface Person {
  id: Id; code?: string; name: string; unit?: Ref; team?: string; roles: Grant[]; devices: number; signs_in: boolean
  last_sign_in?: Instant; locked_until?: Instant; ended?: boolean
}
export interface AuditRow {
  number: number; at: Instant; actor: Actor; act: string; act_words: string; act_words_en: string
  object?: { kind: string; id?: string; words?: string }; result: 'ok' | 'refused'; code?: string; address?: string
}
export interface OpAnswer { operation: Digest; log: number; outcome: string; state?: CheckStateName; number?: string }
export interface SavedView { page: string; name: string; query: string }
export interface TileLayer {
  id: string; title: string; attribution: string; crs: string; min_zoom: number; max_zoom: number; bounds?: [number, number, number, number]
}

export type LampColour = 'red' | 'yellow' | 'blue' | 'unknown' | 'open' | 'done' | 'withdrawn'
export interface Lamp {
  colour: LampColour; overdue_workdays?: number; left_workdays?: number; step?: { number: number; action: string; name: string }
  exempt_until?: Day; extended?: boolean; why?: 'report_late' | 'report_returned' | 'order_overdue' | 'recheck_failed'; withdrawal_asked?: boolean
}
export interface ItemRow {
  id: Id; number: string; title: string; content?: string; requirement?: string; standard?: string; effect?: string; source: number; source_document?: string
  kind: 'general' | 'planning'; lead: Ref; cooperating: Ref[]; issued_on: Day; due_on: Day; effective_due_on: Day; responsible_person: string; supervisor: string
  lamp: Lamp; completed_on?: Day; withdrawn_on?: Day; awarded?: string
}
export interface ItemList extends ListAnswer<ItemRow> { lamps: Record<LampColour, number>; supervisors: string[]; today: Day }
export interface Report {
  id: Id; what?: 'progress' | 'completion'; unit?: Ref; due_on: Day; submitted_on?: Day; returned_on?: Day; resubmit_due_on?: Day; resubmitted_on?: Day
  accepted_on?: Day; state: 'awaited' | 'to_review' | 'returned' | 'accepted'; late: boolean; returned_late: boolean; text?: string; reason?: string
}
export interface Clause { number: string; wording: string }
export interface Step { id: Id; step: number; action: string; name: string; on: Day; counted: boolean; document?: string; commitment?: string; commitment_due_on?: Day; commitment_met_on?: Day }
export interface Item extends ItemRow {
  source_words: string; worth: string; earned: string; latest_extension?: Day; clauses: Record<'extension' | 'withdrawal' | 'transfer' | 'escalation', Clause>
  extensions: { id: Id; counted: boolean; approved_on: Day; approved_by: string; new_due_on: Day; reason?: string; refusal?: string }[]
  transfers: { id: Id; counted: boolean; on: Day; to: Ref; signed_from: string; signed_to: string }[]
  withdrawal?: { id: Id; counted: boolean; on: Day; reviewed_by: string; agreed_by: string; ground?: string }
  exemptions: { id: Id; counted: boolean; from: Day; until: Day; approved_by: string; reason?: string }[]
  reports: Report[]; steps: Step[]; log: number; may: { register: boolean; report: boolean; file: boolean }
}
export interface ItemOperation { log: number; kind: string; entity: Id; at?: Instant; actor?: Actor; fields: Record<string, unknown> }
export type RequestWhat = 'extension' | 'transfer' | 'withdrawal' | 'exemption' | 'complaint'
export type Signer = 'office' | 'vice_mayor' | 'vice_mayor_to' | 'mayor'
export interface LedgerRequest {
  id: Id; what: RequestWhat; state: 'waiting' | 'returned' | 'refused' | 'granted'; round: number; ground: string; log: number; item: Ref; unit: Ref; lead: Ref; due_on: Day
  new_due_on?: Day; to?: Ref; from?: Day; until?: Day; waits_for: { as: Signer; name: string }[]; signs_as: Signer[]
  words: { round: number; as: Signer; word: 'sign' | 'refuse' | 'return'; on: Day; name: string; text: string; by: 'key' | 'server' }[]
  tests: { rule: string; ok: boolean; detail: string }[]; clause: Clause
}
export const ORDER_STATES = ['issued', 'open', 'answered', 'recheck', 'closed', 'withdrawn'] as const
export type OrderState = (typeof ORDER_STATES)[number]
export interface OrderRow {
  id: Id; number: string; state: OrderState; lamp: Lamp; issued_on: Day; due_on: Day; photos_required: boolean; outside: boolean; reopened: boolean; recheck_failed: boolean; log: number; unit: Ref; item?: Ref; site?: Ref
  acknowledged_on?: Day; closed_on?: Day; finding: { id: Id; severity?: Severity; text?: string }; check?: { id: Id; number?: string }; recheck?: { to?: Ref; due_on?: Day }; review?: { asked_on: Day; decide_by: Day; decided_on?: Day }; answered_photos?: number
}
export interface OrderList extends ListAnswer<OrderRow> { states: Record<OrderState, number> }
export interface OrderStep {
  id: Id; kind: 'answer' | 'accept' | 'return' | 'recheck' | 'review_ask' | 'review_decide'; on: Day; log: number; name?: string; text?: string; reason?: string; ground?: string; outcome?: 'upheld' | 'changed' | 'withdrawn'; by?: 'clerk' | 'code'
  due_on?: Day; to?: Ref; photos?: AnswerPhoto[]
}
/** `reuse`: for the office, where the same or nearly the same picture was used before. */
export interface AnswerPhoto { digest: Digest; reuse?: { same: boolean; distance?: number; order?: { id: Id; number?: string }; check?: { id: Id; number?: string } }[] }
export type OrderAct = 'acknowledge' | 'answer' | 'review' | 'accept' | 'return' | 'recheck' | 'decide'
export interface Order extends OrderRow {
  requirement: string; why?: string; assignee?: string; acknowledged_by?: string; review_until?: Day; first_due_on: Day; because_of?: Id; steps: OrderStep[]; issued_by?: Actor; compared?: number; before?: PhotoRow[]; may: Record<OrderAct, true | string>
}
export interface OutsideOrder {
  number: string; state: OrderState; lamp: Lamp; due_on: Day; first_due_on: Day; issued_on: Day; photos_required: boolean; why?: string; requirement: string; assignee?: string; acknowledged_on?: Day; reopened: boolean
  finding: { severity?: Severity; text?: string }; site?: { name: string }; unit: { name: string }; steps: { kind: 'answer' | 'return' | 'accept'; on: Day; text?: string; reason?: string; due_on?: Day; photos?: { digest: Digest }[] }[]
}
export interface DueAction {
  item: Ref; unit: Ref; action: string; step: number; name: string; commitment: boolean; since: Day; overdue_workdays: number; due_on: Day; step_before_on?: Day; clause: Clause
  steps: { id: Id; step: number; action: string; name: string; on: Day; document?: string }[]; count: { day: Day; work: boolean; n?: number }[]
}
export interface Escalation { as_of: Day; today: Day; ladder: { step: number; action: string; name: string }[]; actions: DueAction[]; exempt: { item: Ref; until: Day }[]; undetermined: { item: Ref; year: number }[] }
export interface PointRule { id: string; class: string; points: string; to_cooperating: boolean; clause: Clause }
export interface RankingMonth { month: string; state: 'frozen' | 'trial'; published_on?: Day; winners_differ?: boolean }
export interface RankingRow {
  unit: Ref; group: string; items: number; earned: string; total: string; efficacy: string | null; item_score: string | null; merits: string; demerits: string; score: string | null; rank: number | null; all_completed: boolean; winner: boolean
}
export interface Ranking {
  month: string; as_of: Day; ended: boolean; state: 'frozen' | 'trial'; figures: Digest; frozen_figures?: Digest; published_on?: Day; rows: RankingRow[]; groups: { id: string; name: string; winners: number }[]; notice: string; rule_file: Digest
  difference: { unit: Ref; fields?: { field: string; frozen: unknown; now: unknown }[] }[]; may: { publish: boolean }
}
export interface RankingUnit extends Omit<RankingRow, 'winner'> {
  events: { ref: string; rule: string; on: Day; points: string; counted: boolean; reason?: string; item?: string | null; document?: string; clause?: string; wording?: string; why: string; why_en: string; not_counted_clause?: string }[]
  explanation: { items: { item: string; number: string; due_on: Day; completed_on: Day | null; in_scope: boolean; earned: string; item_score: string; why: string; why_en: string }[]; formula: { start: string; efficacy?: string; item_score?: string; score?: string; clause: string; wording: string; reading: string } }
}
export interface DraftProblem { row: number; field: string; why: string }
export interface SheetProblem { row: number; column?: string; cell?: string; header?: string; field?: string; value?: string; why: string; right: string; right_en: string }
export interface SheetPreview {
  sheet: string; rows: number; header_row: number; columns: { column: string; header: string; field: string }[]; ignored: { column: string; header: string }[]
  first: ({ row: number; cooperating: string[] } & Partial<Record<'title' | 'lead' | 'due_on' | 'issued_on' | 'responsible_person' | 'supervisor', string>>)[]
  problems: SheetProblem[]; problem_count: number
}
export interface RankingTrend { months: { month: string; state: 'frozen' | 'trial'; rows: { unit: Id; score: string | null; rank: number | null }[] }[] }
export interface SheetNumbers { first: string; last: string; count: number }
/** With which another program reads; the token itself is told once, when it is issued. */
export interface ApiToken {
  id: Id; name: string; purpose: string; scopes: string[]; state: 'waiting' | 'in_force' | 'expired' | 'revoked'; unconfirmed?: true
  issued_by: Actor; issued_at: Instant; expires_at: Instant; confirmed_at?: Instant; confirmed_by?: string
  revoked_at?: Instant; revoked_by?: string; revoke_reason?: string; last_used_at?: Instant; last_used_from?: string
}
export interface TokenScope { name: string; words: string; words_en: string }
export interface TokenList { rows: ApiToken[]; scopes: TokenScope[] }
