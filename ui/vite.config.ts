import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const server = process.env.CHOUKA_DEV_SERVER ?? 'http://127.0.0.1:8080';

// The content policy forbids data: scripts and inline code, so nothing is inlined and no polyfill is injected.
export default defineConfig({
  plugins: [svelte({ configFile: './svelte.config.js' }), svelteTesting()],
  build: {
    outDir: 'dist/app',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome114', 'safari17', 'firefox132'],
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: { '/api': { target: server }, '/healthz': { target: server } },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/lib/testing.ts'],
    testTimeout: 30_000,
  },
});
