import { Link } from '@tanstack/react-router';
import { Empty } from '../ui/states.tsx';
import { t } from './english.ts';

export const NotHere = () => (
  <main className="page">
    <Empty title={t('没有这个页面')}>
      {t('地址可能写错了，或者页面已经搬走。')}
      <Link to="/">{t('回到今天要我办')}</Link>
    </Empty>
  </main>
);
