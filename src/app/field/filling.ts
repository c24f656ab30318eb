/**
 * How long somebody has been filling in what they hand over next: from the first field touched, a box, a choice or the
 * glass to sign on, since the page came up or the last thing was handed over. One place for every form of the room, so
 * that a new one is measured without knowing of it. A press of a button alone is no form and is not timed.
 */
const FIELDS = 'input:not([type=search]), textarea, select, canvas, [role=radio], [role=checkbox], [aria-pressed]';
let since: number | undefined;

/** Begins to watch a page. */
export function watchFilling(page: EventTarget, now: () => number = Date.now): void {
  const touched = ({ target }: Event): void => {
    const { closest } = target as Partial<Element>;
    if (since === undefined && closest?.call(target, FIELDS) != null) since = now();
  };
  for (const kind of ['focusin', 'pointerdown', 'input'])
    page.addEventListener(kind, touched, { capture: true, passive: true });
}

/** Whole seconds since the first field was touched; undefined where none was. The next form begins anew. */
export function takeFilling(now: () => number = Date.now): number | undefined {
  const seconds = since === undefined ? undefined : Math.max(0, Math.round((now() - since) / 1_000));
  since = undefined;
  return seconds === undefined || seconds > 86_400 ? undefined : seconds;
}
