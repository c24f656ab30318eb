import { t } from './english.ts';

/** The heads of what was checked in a month: in the check itself and in the bulletin that comes of it. */
export const CheckedHead = () => (
  <thead>
    <tr>
      <th>{t('编号')}</th>
      <th>{t('事项')}</th>
      <th>{t('来源')}</th>
      <th>{t('责任单位')}</th>
      <th>{t('期限')}</th>
      <th>{t('状态')}</th>
      <th>{t('本月查的情况')}</th>
    </tr>
  </thead>
);
