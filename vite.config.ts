import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the two rooms that are applications; the portal is written by the server and needs no build. */
export default defineConfig({
  root: 'src/app',
  base: '/',
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: {
        desk: resolve(import.meta.dirname, 'src/app/desk/index.html'),
        field: resolve(import.meta.dirname, 'src/app/field/index.html'),
      },
    },
  },
});
