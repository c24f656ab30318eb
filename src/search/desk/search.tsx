import { useNavigate, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { type Line, linesOf, useFind } from './find.ts';
import './search.css';
import { t } from './english.ts';

/**
 * The box in the frame that searches everything: matters, residents, officials, places, units. Results come while one
 * types; arrow keys choose, Enter opens, Enter on nothing chosen goes to the list of matters, Escape closes.
 */
export function SearchBox({
  input,
  onGo,
  first = false,
}: {
  /** So that the frame's slash key can bring one here. */
  input?: Ref<HTMLInputElement>;
  /** After something was opened. */
  onGo?: () => void;
  /** On the page of its own: takes the keys at once and stays open. */
  first?: boolean;
}) {
  const navigate = useNavigate();
  const me = useMe();
  const given = useSearch({ strict: false }) as { q?: string };
  const [typed, setTyped] = useState(first ? (given.q ?? '') : '');
  const [open, setOpen] = useState(first);
  const [chosen, choose] = useState(-1);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const { found, error, behind } = useFind(typed);
  const lines = found === undefined ? [] : linesOf(found, hasRole(me, 'clerk'));
  useEffect(() => choose(-1), [found]);
  useEffect(() => box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [chosen]);

  const close = () => {
    setOpen(first);
    choose(-1);
  };
  const go = (line: Line) => {
    close();
    onGo?.();
    if ('href' in line.to) location.assign(line.to.href);
    else void navigate(line.to as never);
  };
  const list = () => {
    close();
    onGo?.();
    void navigate({ to: '/matters', search: { q: typed.trim() } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While pinyin is being composed the keys belong to the input method.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && lines.length > 0) {
      event.preventDefault();
      setOpen(true);
      // One more place than lines: before the first stands the box itself.
      choose(((chosen + 1 + step + lines.length + 1) % (lines.length + 1)) - 1);
    } else if (event.key === 'Enter' && typed.trim() !== '') {
      event.preventDefault();
      const line = lines[chosen];
      if (line === undefined) list();
      else if (!behind) go(line);
    } else if (event.key === 'Escape') {
      if (open && !first) event.preventDefault();
      close();
    }
  };

  return (
    <div
      ref={box}
      className="search"
      role="search"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close();
      }}
    >
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label={t('搜索诉求、居民、干部、地方和单位，按斜杠键跳到这里')}
        aria-expanded={open && typed.trim() !== ''}
        aria-controls={`${id}-found`}
        aria-activedescendant={chosen < 0 ? undefined : `${id}-${chosen}`}
        aria-autocomplete="list"
        autoComplete="off"
        autoFocus={first}
        placeholder={t('搜索  /')}
        value={typed}
        onFocus={() => setOpen(true)}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      {open && typed.trim() !== '' && (
        <div className="search-found" aria-busy={behind} onMouseDown={(event) => event.preventDefault()}>
          {error !== undefined && !behind && (
            <p className="search-note" role="alert">
              {error.message}
            </p>
          )}
          {found !== undefined && found.suggestions.length > 0 && (
            <p className="search-note">
              {t('您要找的是不是：')}
              {found.suggestions.map((word) => (
                <button key={word} type="button" className="link" tabIndex={-1} onClick={() => setTyped(word)}>
                  {word}
                </button>
              ))}
            </p>
          )}
          {found !== undefined && lines.length === 0 && (
            <p className="search-note" role="status">
              {t('没有找到“{q}”。可以换个说法，或者用编号、姓名、拼音试试。', { q: found.q })}
            </p>
          )}
          <div id={`${id}-found`} role="listbox" aria-label={t('找到的')}>
            {lines.map((line, n) => (
              <Group key={line.key} name={line.group === lines[n - 1]?.group ? undefined : line.group}>
                <div
                  id={`${id}-${n}`}
                  role="option"
                  aria-selected={n === chosen}
                  onMouseMove={() => choose(n)}
                  onClick={() => go(line)}
                >
                  <p>{line.title}</p>
                  <em>{line.note}</em>
                  <span>{line.detail}</span>
                  {line.excerpt !== null && (
                    <span>
                      {line.excerpt.before}
                      <mark>{line.excerpt.hit}</mark>
                      {line.excerpt.after}
                    </span>
                  )}
                </div>
              </Group>
            ))}
          </div>
          {lines.length > 0 && (
            <p className="search-note">
              <button type="button" className="link" tabIndex={-1} onClick={list}>
                {t('在诉求台账里看全部　')}
                <kbd>Enter</kbd>
              </button>
            </p>
          )}
        </div>
      )}
    </div>
  );
}

const Group = ({ name, children }: { name: string | undefined; children: React.ReactNode }) => (
  <>
    {name !== undefined && <h2 role="presentation">{name}</h2>}
    {children}
  </>
);

/** Search as a page of its own, for narrow screens and for an address somebody was sent. */
export function SearchPage() {
  return (
    <main className="page search-page">
      <header>
        <h1>{t('搜索')}</h1>
      </header>
      <SearchBox first />
    </main>
  );
}
