import { go } from '../../app/field/place.ts';
import { useUnread } from '../desk/queries.ts';
import { t } from './english.ts';

/** The bell: how many notices wait; nothing where there are none. */
export function Bell() {
  const unread = useUnread();
  if (unread === 0) return null;
  return (
    <a
      href="/field/notices"
      className="held bell"
      onClick={(event) => {
        event.preventDefault();
        go('/field/notices');
      }}
    >
      {t('{n} 条通知', { n: unread })}
    </a>
  );
}
