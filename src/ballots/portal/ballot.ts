import { byFours } from '../receipt.ts';
import { readCode, suite } from '../token.ts';

/**
 * A resident's phone at a review. It makes a token nobody has seen, has it signed blind for the code of the slip, and
 * casts it with the choices in a request of its own that carries nothing else. What it has to keep in between stays in
 * the phone's storage and is gone after the cast, but for the receipt.
 */

type Kept =
  | { step: 'drawing'; code: string; token: string; inv: string; blinded: string }
  | { step: 'drawn'; token: string; signature: string }
  | { step: 'casting'; token: string; signature: string; choices: string }
  | { step: 'done'; receipt: string };

interface Words {
  readonly refused: Readonly<Record<string, string>>;
  readonly lost: string;
  readonly blank: string;
  readonly code: string;
  readonly found: string;
  readonly missing: string;
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCodePoint(...bytes));
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (sign) => sign.codePointAt(0)!);
const hashOf = async (...parts: (Uint8Array | string)[]): Promise<string> => {
  const all = parts.flatMap((part) => [...(typeof part === 'string' ? new TextEncoder().encode(part) : part)]);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(all)));
  return [...hash]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 32);
};

const find = (id: string): HTMLElement => document.getElementById(id)!;
/** Browsers keep a page of an address without a certificate from making keys. */
const canMakeKeys = (): boolean => globalThis.crypto?.subtle !== undefined && globalThis.isSecureContext;

async function vote(at: HTMLElement): Promise<void> {
  const { id = '', key = '', print = '', words: text = '{}' } = at.dataset;
  const words = JSON.parse(text) as Words;
  const [code = '', told] = location.hash.slice(1).split('.');
  history.replaceState(null, '', location.pathname);
  const tell = (sentence: string): void => {
    find('fault').textContent = sentence;
    find('fault').hidden = sentence === '';
    if (sentence !== '') find('fault').scrollIntoView({ block: 'center' });
  };
  const show = (part: string): void => {
    for (const name of ['no-keys', 'wrong-key', 'draw', 'vote', 'done']) find(name).hidden = name !== part;
  };
  if (!canMakeKeys()) return show('no-keys');
  // A key made for this phone alone would tell whose ballot it signs: it must be the one printed for everybody.
  if (told !== undefined && told !== print) return show('wrong-key');
  if ((await hashOf(bytesOf(key))).slice(0, 12) !== print) return show('wrong-key');
  const publicKey = await crypto.subtle.importKey('spki', bytesOf(key), { name: 'RSA-PSS', hash: 'SHA-384' }, true, [
    'verify',
  ]);

  const name = `ballot ${id}`;
  const kept = (): Kept | undefined => {
    const found = localStorage.getItem(name);
    return found === null ? undefined : (JSON.parse(found) as Kept);
  };
  const keep = (what: Kept): void => localStorage.setItem(name, JSON.stringify(what));
  /** Nothing of who asks goes along: no cookie, no address it came from. */
  const post = async (what: 'draw' | 'cast', body: object): Promise<Record<string, string>> => {
    const response = await fetch(`/ballot/${id}/${what}`, {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, string>;
  };
  const refusedBy = (answer: Record<string, string>): string | undefined =>
    answer['refused'] === undefined ? undefined : (words.refused[answer['refused']] ?? answer['message'] ?? words.lost);
  const busy = async (form: HTMLElement, what: () => Promise<void>): Promise<void> => {
    const button = form.querySelector('button')!;
    button.disabled = true;
    tell('');
    try {
      await what();
    } catch {
      tell(words.lost);
    } finally {
      button.disabled = false;
    }
  };

  const draw = async (typed: string): Promise<void> => {
    let now = kept();
    // The same request again, if an answer was lost: the right is used up for this one and no other.
    if (now?.step !== 'drawing' || now.code !== typed) {
      const token = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
      const { blindedMsg, inv } = await suite.blind(publicKey, token);
      now = { step: 'drawing', code: typed, token: base64(token), inv: base64(inv), blinded: base64(blindedMsg) };
      keep(now);
    }
    const answer = await post('draw', { code: typed, blinded: now.blinded });
    const refused = refusedBy(answer);
    if (refused !== undefined) return tell(refused);
    const signature = await suite.finalize(
      publicKey,
      bytesOf(now.token),
      bytesOf(answer['signature'] ?? ''),
      bytesOf(now.inv),
    );
    keep({ step: 'drawn', token: now.token, signature: base64(signature) });
    show('vote');
  };

  const cast = async (choices: string): Promise<void> => {
    const now = kept();
    if (now?.step !== 'drawn' && now?.step !== 'casting') return;
    const { token, signature } = now;
    // Once it may have arrived, the choice is kept as it was sent: another one would be refused.
    const sent = now.step === 'casting' ? now.choices : choices;
    keep({ step: 'casting', token, signature, choices: sent });
    const answer = await post('cast', { token, signature, choices: sent });
    const refused = refusedBy(answer);
    if (refused !== undefined) return tell(refused);
    done(await hashOf(bytesOf(token), id, sent));
  };

  const done = (receipt: string): void => {
    keep({ step: 'done', receipt });
    find('receipt').textContent = byFours(receipt);
    show('done');
  };

  const field = find('code') as HTMLInputElement;
  field.value = code;
  find('draw').addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = readCode(field.value);
    if (typed === '') return tell(words.code);
    void busy(find('draw'), () => draw(typed));
  });
  const form = find('vote') as HTMLFormElement;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const choices = Array.from({ length: Number(at.dataset['rated']) }, (_, n) => String(given.get(`of-${n}`) ?? '-'));
    if (choices.every((choice) => choice === '-')) return tell(words.blank);
    void busy(form, () => cast(choices.join('')));
  });
  find('forget').addEventListener('click', () => {
    localStorage.removeItem(name);
    form.reset();
    field.value = '';
    show('draw');
  });

  const now = kept();
  if (now?.step === 'done') done(now.receipt);
  else if (now?.step === 'casting') {
    show('vote');
    await busy(form, () => cast(now.choices));
  } else show(now?.step === 'drawn' ? 'vote' : 'draw');
}

/** Finds a receipt among those published; it is looked for on the phone and sent to nobody. */
function check(at: HTMLElement): void {
  const words = JSON.parse(at.dataset['words'] ?? '{}') as Words;
  const field = find('mine') as HTMLInputElement;
  const found = localStorage.getItem(`ballot ${at.dataset['id']}`);
  const kept = found === null ? undefined : (JSON.parse(found) as Kept);
  if (kept?.step === 'done') field.value = byFours(kept.receipt);
  find('check').hidden = false;
  const look = (): void => {
    const typed = field.value.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
    const is = typed.length >= 8 && [...at.children].some((one) => one.textContent?.replaceAll(' ', '') === typed);
    for (const one of at.children) one.classList.toggle('on', one.textContent?.replaceAll(' ', '') === typed);
    find('answer').textContent = typed.length < 8 ? '' : is ? words.found : words.missing;
    find('answer').className = is ? 'yes' : 'late';
  };
  field.addEventListener('input', look);
  look();
}

const root = document.getElementById('ballot');
const list = document.getElementById('receipts');
if (root !== null) void vote(root);
if (list !== null) check(list);
