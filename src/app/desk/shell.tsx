import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { SearchBox } from '../../search/desk/search.tsx';
import { turn, useAppearance } from '../ui/appearance.ts';
import { ask } from '../ui/ask.ts';
import { useKeys } from '../ui/keys.ts';
import { type Me, useMe } from '../ui/me.ts';
import { OtherLanguage } from '../ui/other-language.tsx';
import { Toasts } from '../ui/toast.tsx';
import { Help } from './help.tsx';
import { navFor } from './nav.ts';
import { useUnread } from '../../notices/desk/queries.ts';
import { useLate } from './late.ts';
import { t } from './english.ts';

/** The desk's frame: where one is, where one can go, and a place to search from anywhere. */
export function Shell() {
  const me = useMe();
  const navigate = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [help, setHelp] = useState(false);
  const [open, setOpen] = useState(false);
  useKeys({
    '/': () => {
      // On a narrow screen the box is in the menu, which has to be there before it can be typed into.
      flushSync(() => setOpen(true));
      search.current?.focus();
      search.current?.select();
    },
    f: () => document.querySelector<HTMLInputElement>('[data-filter]')?.focus(),
    '?': () => setHelp(true),
    n: () => void navigate({ to: '/register' }),
  });
  return (
    <div className="shell">
      <nav className={`nav${open ? ' open' : ''}`} aria-label={t('主导航')}>
        <header>
          <b>{me?.county ?? ' '}</b>
          <button type="button" className="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('菜单')}
          </button>
        </header>
        <SearchBox input={search} onGo={() => setOpen(false)} />
        {me !== undefined && <Places me={me} onGo={() => setOpen(false)} />}
        <footer>
          {me !== undefined && <Person me={me} />}
          <Switches onHelp={() => setHelp(true)} />
        </footer>
      </nav>
      <Outlet />
      <Toasts />
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

function Places({ me, onGo }: { me: Me; onGo: () => void }) {
  const places = navFor(me);
  const unread = useUnread();
  const late = useLate(places.some(({ to }) => to === '/'));
  return (
    <ul>
      {places.map(({ to, name }) => (
        <li key={to}>
          <Link
            to={to}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            activeProps={{ className: 'on' }}
            onClick={onGo}
          >
            {name}
            {to === '/notices' && unread > 0 && <i aria-label={t('没看过 {unread} 条', { unread })}>{unread}</i>}
            {to === '/' && late > 0 && (
              <i className="late" aria-label={t('超期 {late} 件', { late })}>
                {late}
              </i>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const Person = ({ me }: { me: Me }) => (
  <p>
    <Link to="/account" title={t('登录过的设备、密码、通行密钥')}>
      {me.name}
    </Link>
    <small>
      {me.unit} {me.title}
    </small>
  </p>
);

function Switches({ onHelp }: { onHelp: () => void }) {
  const { dark, large } = useAppearance();
  const leave = async () => {
    await ask('DELETE /api/session').catch(() => undefined);
    location.assign('/sign-in');
  };
  return (
    <div className="switches">
      <button type="button" aria-pressed={large} onClick={() => turn('type', !large)}>
        {t('大字')}
      </button>
      <button type="button" aria-pressed={dark} onClick={() => turn('theme', !dark)}>
        {t('深色')}
      </button>
      <OtherLanguage />
      <button type="button" title={t('键盘操作（?）')} onClick={onHelp}>
        {t('键盘')}
      </button>
      <button type="button" onClick={() => void leave()}>
        {t('退出')}
      </button>
    </div>
  );
}
