/** Addresses carry ids and filters alone: no names, no typed text (design 10 §9). */
import { createRouter, createWebHistory } from 'vue-router'
import type { Key } from './words'
import type { Entry } from './api/types'

declare module 'vue-router' {
  interface RouteMeta { title: Key; entry?: Entry; open?: boolean; narrow?: boolean; bare?: boolean }
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    // Never stood on: the guard leads to the page that this person's day begins on.
    { path: '/', name: 'start', component: () => import('./pages/NowherePage.vue'), meta: { title: 'nav.desk' } },
    { path: '/sign-in', name: 'sign-in', component: () => import('./pages/SignInPage.vue'), meta: { title: 'signin.title', open: true, bare: true } },
    { path: '/first-run', name: 'first-run', component: () => import('./pages/FirstRunPage.vue'), meta: { title: 'firstrun.title', bare: true } },
    { path: '/desk', name: 'desk', component: () => import('./pages/DeskPage.vue'), meta: { title: 'nav.desk', entry: 'desk' } },
    { path: '/checks', name: 'checks', component: () => import('./pages/ChecksPage.vue'), meta: { title: 'nav.checks', entry: 'checks' } },
    { path: '/checks/:id', name: 'check', component: () => import('./pages/EvidencePage.vue'), meta: { title: 'nav.check', entry: 'checks', narrow: true } },
    { path: '/checks/:id/photos/:digest', name: 'photo', component: () => import('./pages/PhotoPage.vue'), meta: { title: 'nav.photo', entry: 'checks' } },
    { path: '/conflicts', name: 'conflicts', component: () => import('./pages/ConflictPage.vue'), meta: { title: 'nav.conflicts', entry: 'conflicts', narrow: true } },
    { path: '/conflicts/:id', name: 'conflict', component: () => import('./pages/ConflictPage.vue'), meta: { title: 'nav.conflicts', entry: 'conflicts', narrow: true } },
    { path: '/findings', name: 'findings', component: () => import('./pages/FindingsPage.vue'), meta: { title: 'nav.findings', entry: 'findings' } },
    { path: '/findings/:id', name: 'finding', component: () => import('./pages/FindingsPage.vue'), meta: { title: 'nav.findings', entry: 'findings' } },
    { path: '/rectifications', name: 'rectifications', component: () => import('./pages/RectificationsPage.vue'), meta: { title: 'nav.rectifications', entry: 'rectifications' } },
    { path: '/rectifications/:id', name: 'rectification', component: () => import('./pages/RectificationPage.vue'), meta: { title: 'nav.rectification', entry: 'rectifications' } },
    { path: '/answer/:id', name: 'answer', component: () => import('./pages/AnswerPage.vue'), meta: { title: 'outside.title', open: true, bare: true } },
    { path: '/items', name: 'items', component: () => import('./pages/ItemsPage.vue'), meta: { title: 'nav.items', entry: 'items' } },
    { path: '/items/:id', name: 'item', component: () => import('./pages/ItemPage.vue'), meta: { title: 'nav.item', entry: 'items' } },
    { path: '/requests', name: 'requests', component: () => import('./pages/RequestsPage.vue'), meta: { title: 'nav.requests', entry: 'requests' } },
    { path: '/requests/:id', name: 'request', component: () => import('./pages/RequestsPage.vue'), meta: { title: 'nav.requests', entry: 'requests' } },
    { path: '/escalation', name: 'escalation', component: () => import('./pages/EscalationPage.vue'), meta: { title: 'nav.escalation', entry: 'escalation' } },
    { path: '/ranking', name: 'rankings', component: () => import('./pages/RankingPage.vue'), meta: { title: 'nav.ranking', entry: 'ranking' } },
    { path: '/ranking/:month', name: 'ranking', component: () => import('./pages/RankingPage.vue'), meta: { title: 'nav.ranking', entry: 'ranking' } },
    { path: '/papers', name: 'papers', component: () => import('./pages/PapersPage.vue'), meta: { title: 'nav.papers', entry: 'papers', narrow: true } },
    { path: '/papers/:id', name: 'paper', component: () => import('./pages/PapersPage.vue'), meta: { title: 'nav.papers', entry: 'papers', narrow: true } },
    { path: '/devices', name: 'devices', component: () => import('./pages/DevicesPage.vue'), meta: { title: 'nav.devices', entry: 'devices' } },
    { path: '/people', name: 'people', component: () => import('./pages/PeoplePage.vue'), meta: { title: 'nav.people', entry: 'people' } },
    { path: '/erasures', name: 'erasures', component: () => import('./pages/ErasuresPage.vue'), meta: { title: 'nav.erasures', entry: 'erasures' } },
    { path: '/tokens', name: 'tokens', component: () => import('./pages/TokensPage.vue'), meta: { title: 'nav.tokens', entry: 'tokens' } },
    { path: '/audit', name: 'audit', component: () => import('./pages/AuditPage.vue'), meta: { title: 'nav.audit', entry: 'audit' } },
    { path: '/account', name: 'account', component: () => import('./pages/AccountPage.vue'), meta: { title: 'nav.account' } },
    { path: '/feedback', name: 'feedback', component: () => import('./pages/FeedbackPage.vue'), meta: { title: 'nav.feedback', open: true } },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/NowherePage.vue'), meta: { title: 'nav.nowhere' } },
  ],
})
