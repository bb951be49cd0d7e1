import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// ZHICHA_SERVER names a running zhicha-server for `npx vite`; the build needs none.
const server = process.env.ZHICHA_SERVER

export default defineConfig({
  plugins: [vue()],
  build: {
    target: 'es2022',
    // Nothing is inlined as data: what the content security policy allows is then a short list.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One part holds what the pages share; it comes once, from the office's own machine.
    chunkSizeWarningLimit: 1100,
    rollupOptions: {
      output: {
        manualChunks: (id) =>
          id.includes('/leaflet/') ? 'map' : id.includes('node_modules') ? 'parts' : undefined,
      },
    },
  },
  server: server ? { proxy: { '/api': { target: server, secure: false } } } : {},
  test: { environment: 'jsdom', include: ['tests/**/*.test.ts'], css: false, testTimeout: 60_000 },
})
