// Only what the measurement calls; neither ships types that fit.
declare module 'pouchdb' {
  export default class PouchDB {
    constructor(name: string, options?: object);
    static plugin(plugin: unknown): typeof PouchDB;
    static defaults(options: object): typeof PouchDB;
    readonly replicate: { from(other: PouchDB): Promise<unknown> };
    bulkDocs(docs: readonly object[]): Promise<unknown>;
    info(): Promise<{ doc_count: number }>;
  }
}
declare module 'pouchdb-adapter-memory' {
  const plugin: unknown;
  export default plugin;
}
declare module 'express-pouchdb' {
  export default function handler(pouch: unknown, options?: object): unknown;
}
declare module 'express' {
  import type { Server } from 'node:http';
  interface App {
    use(...handlers: unknown[]): void;
    get(path: string, handler: (request: { params: Record<string, string> }, response: Answer) => void): void;
    listen(port: number, host: string, up: () => void): Server;
  }
  interface Answer {
    type(kind: string): Answer;
    set(name: string, value: string): Answer;
    send(body: string | Buffer): void;
  }
  export default function express(): App;
}
declare module 'compression' {
  export default function compression(): unknown;
}
