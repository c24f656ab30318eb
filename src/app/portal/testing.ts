/** For tests only: a phone with a browser that keeps cookies, sends forms and runs no script. */
import type { TestCounty } from '../testing.ts';

export interface Page {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

export function phone({ app }: Pick<TestCounty, 'app'>, address = '10.0.0.1') {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, init: RequestInit = {}): Promise<Page> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await app.request(
      path,
      { ...init, method, headers, redirect: 'manual' },
      { incoming: { socket: { remoteAddress: address } } },
    );
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (value === '') cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  /** Follows the redirects that browsers follow. */
  const followed = async (page: Page): Promise<Page> => {
    const to = page.headers.get('location');
    return to === null ? page : followed(await send('GET', to));
  };
  return {
    cookies,
    get: async (path: string): Promise<Page> => followed(await send('GET', path)),
    only: (path: string): Promise<Page> => send('GET', path),
    form: async (path: string, fields: Record<string, string>): Promise<Page> =>
      followed(
        await send('POST', path, {
          body: new URLSearchParams(fields).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        }),
      ),
    /** The same with pictures, as a form with files in it is sent. */
    pictures: async (path: string, fields: Record<string, string>, files: readonly File[]): Promise<Page> => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      for (const file of files) body.append('photos', file);
      return followed(await send('POST', path, { body }));
    },
  };
}
export type Phone = ReturnType<typeof phone>;

/** What a form already holds when it is shown: its hidden fields. */
export const hidden = ({ text }: Page): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]),
  );

/** The words a person reads on a page. */
export const wordsOf = ({ text }: Page): string =>
  text
    .replace(/<(style|script|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

/** Number and code as the page after filing shows them. */
export function ticketOf(page: Page): { number: string; code: string } {
  const [number = '', code = ''] = [...page.text.matchAll(/<dd class="number"[^>]*>([\s\S]*?)<\/dd>/g)].map(
    ([, inner]) => inner!.replace(/<[^>]+>|\s/g, ''),
  );
  return { number, code };
}
