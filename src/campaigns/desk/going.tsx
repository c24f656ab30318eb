import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Trouble, Waiting } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { campaignRoutes } from '../api.ts';
import { t } from './english.ts';

type Answer = AnswerOf<(typeof campaignRoutes)['GET /api/teams/:id/going']>;
type Row = Answer['rows'][number];
const SHOWN = 20;

const part = (value: number, of: number): string => (of === 0 ? '—' : `${value} / ${of}`);

/** How far a team and its groups went to their households, for those who lead it: counts with what they are a share of. */
export function Going({ team }: { team: string }) {
  const [from, setFrom] = useState<string>();
  const [to, setTo] = useState<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['teams', team, 'going', from, to],
    queryFn: ({ signal }) =>
      ask<Answer>('GET /api/teams/:id/going', {
        params: { id: team },
        query: { limit: SHOWN, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  const whole = data?.rows.find((row) => row.whole);
  return (
    <>
      <h3>{t('走到了多少户')}</h3>
      <div className="filters">
        <span className="span">
          <input
            className="plain"
            type="date"
            aria-label={t('起')}
            value={from ?? data?.from ?? ''}
            max={to ?? data?.to}
            onChange={(event) => setFrom(event.target.value)}
          />
          {t('到')}
          <input
            className="plain"
            type="date"
            aria-label={t('止')}
            value={to ?? data?.to ?? ''}
            min={from ?? data?.from}
            onChange={(event) => setTo(event.target.value)}
          />
        </span>
      </div>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Waiting lines={3} />}
      {data !== undefined && whole !== undefined && (
        <>
          {whole.households === 0 ? (
            <p className="lead">{t('还没有定村、定户，数不出走到了多少户。')}</p>
          ) : (
            <>
              <Sheet>
                <thead>
                  <tr>
                    <th>{t('队、组')}</th>
                    <th className="num">{t('见到人的户 / 全部')}</th>
                    <th className="num">{t('队里见到的户')}</th>
                    <th className="num">{t('见到人 / 上门')}</th>
                    <th className="num">{t('按时补访 / 要补访')}</th>
                    <th className="num">{t('补访过期')}</th>
                    <th className="num">{t('已解决 / 带回诉求')}</th>
                    <th>{t('不欠的人')}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.rows.map((row) => (
                    <Line key={row.id} row={row} />
                  ))}
                </tbody>
              </Sheet>
              <p className="quiet">{t('当面见到才算，不论谁见的；电话、没人在家不算。组按名称排，不排名次。')}</p>
            </>
          )}
          {data.unmet.length > 0 && (
            <>
              <h4>
                {t('还没见到的户')} <small>{t('{n} 户', { n: whole.households - whole.met })}</small>
              </h4>
              <Sheet>
                <tbody>
                  {data.unmet.map((home) => (
                    <tr key={home.id}>
                      <td>
                        {home.who === null ? (
                          (home.village ?? '')
                        ) : (
                          <Link to="/households/$id" params={{ id: home.id }} search={{}}>
                            {home.who}
                          </Link>
                        )}
                      </td>
                      <td>{home.who === null ? '' : home.village}</td>
                      <td className="nowrap">{home.contact ?? t('没有联系人')}</td>
                      <td className="right nowrap">
                        {home.last === null ? t('还没见过') : t('上次 {day}', { day: sayDate(home.last) })}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </Sheet>
            </>
          )}
        </>
      )}
    </>
  );
}

const Line = ({ row }: { row: Row }) => (
  <tr>
    <td>
      {row.whole ? (
        <b>{t('全队')}</b>
      ) : (
        <Link to="/teams/$id" params={{ id: row.id }} search={{}}>
          {row.name}
        </Link>
      )}
      {row.leaders.length > 0 && <small> {row.leaders.join('、')}</small>}
    </td>
    <td className="num">{part(row.met, row.households)}</td>
    <td className="num">{row.metByTeam}</td>
    <td className="num">{part(row.opened, row.doors)}</td>
    <td className="num">{part(row.revisited, row.revisits)}</td>
    <td className={`num ${row.missed > 0 ? 'soon' : 'quiet'}`}>{row.missed}</td>
    <td className="num">{part(row.settled, row.needs)}</td>
    <td>{row.excused.map((e) => `${e.name} ${e.why} ${sayDate(e.from)}–${sayDate(e.until)}`).join('；')}</td>
  </tr>
);
