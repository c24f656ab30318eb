import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Plugin, defineConfig } from 'vite';

/**
 * Builds the two rooms that are applications. The portal is written by the server and needs no build, but for the one
 * page whose script stands on a library: the ballot.
 */
export default defineConfig({
  root: 'src/app',
  base: '/',
  publicDir: false,
  plugins: [react(), fieldWorker()],
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
        ballot: resolve(import.meta.dirname, 'src/ballots/portal/ballot.ts'),
      },
      output: {
        // The portal's pages name it without knowing what was built.
        entryFileNames: ({ name }) => (name === 'ballot' ? 'ballot.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});

/** Writes the field room's worker with the list of files it keeps: all that its page reaches, loaded at once or later. */
function fieldWorker(): Plugin {
  return {
    name: 'field-worker',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = resolve(import.meta.dirname, 'src/app/field/index.html');
      const files = new Set<string>();
      const reach = (name: string): void => {
        const chunk = bundle[name];
        if (chunk === undefined || files.has(name)) return;
        files.add(name);
        if (chunk.type !== 'chunk') return;
        for (const next of [...chunk.imports, ...chunk.dynamicImports]) reach(next);
        const { importedCss, importedAssets } = chunk.viteMetadata ?? {};
        for (const next of [...(importedCss ?? []), ...(importedAssets ?? [])]) reach(next);
      };
      for (const chunk of Object.values(bundle))
        if (chunk.type === 'chunk' && chunk.isEntry && chunk.facadeModuleId === page) reach(chunk.fileName);
      // What the page itself names: its icon and its manifest.
      const html = Object.values(bundle).find((file) => file.fileName === 'field/index.html');
      const source = html?.type === 'asset' ? String(html.source) : '';
      for (const [, name] of source.matchAll(/"\/(assets\/[^"]+)"/g)) reach(name!);
      const list = ['/field', ...[...files].map((name) => `/${name}`).toSorted()];
      const version = createHash('sha256').update(source).update(list.join('\n')).digest('hex').slice(0, 16);
      this.emitFile({
        type: 'asset',
        fileName: 'field-sw.js',
        source: readFileSync(resolve(import.meta.dirname, 'src/app/field/worker.js'), 'utf8')
          .replace('__VERSION__', version)
          .replace('__FILES__', JSON.stringify(list)),
      });
    },
  };
}
