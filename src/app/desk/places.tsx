import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useUnread } from '../../notices/desk/queries.ts';
import type { Me } from '../ui/me.ts';
import { t } from './english.ts';
import { useLate } from './late.ts';
import { navFor } from './nav.ts';

/** Groups somebody opened or closed, as this browser remembers them. */
const KEPT = 'desk:groups';
const kept = (): Record<string, boolean> => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Record<string, boolean>;
  } catch {
    return {};
  }
};

/** Where one can go. The group one stands in is open; the others stay as they were left, the first one open. */
export function Places({ me, onGo }: { me: Me; onGo: () => void }) {
  const groups = navFor(me);
  const { pathname } = useLocation();
  const unread = useUnread();
  const late = useLate(groups.some(({ places }) => places.some(({ to }) => to === '/')));
  const [chosen, setChosen] = useState(kept);
  const turn = (name: string, open: boolean): void => {
    const next = { ...chosen, [name]: open };
    setChosen(next);
    localStorage.setItem(KEPT, JSON.stringify(next));
  };
  const here = (to: string): boolean => (to === '/' ? pathname === '/' : `${pathname}/`.startsWith(`${to}/`));
  return (
    <>
      {groups.map(({ name, places }, n) => {
        const open = name === undefined || places.some(({ to }) => here(to)) || (chosen[name] ?? n === 1);
        return (
          <section key={name ?? ''} className="group">
            {name !== undefined && (
              <button type="button" aria-expanded={open} onClick={() => turn(name, !open)}>
                {name}
              </button>
            )}
            {open && (
              <ul>
                {places.map(({ to, name: place }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      activeOptions={{ exact: to === '/', includeSearch: false }}
                      activeProps={{ className: 'on' }}
                      onClick={onGo}
                    >
                      {place}
                      {to === '/notices' && unread > 0 && (
                        <i aria-label={t('没看过 {unread} 条', { unread })}>{unread}</i>
                      )}
                      {to === '/' && late > 0 && (
                        <i className="late" aria-label={t('超期 {late} 件', { late })}>
                          {late}
                        </i>
                      )}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </>
  );
}
