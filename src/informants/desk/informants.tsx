import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Acts } from '../../app/ui/acts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { give, newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { date, line } from '../../app/ui/inputs.tsx';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { PlaceTabs } from '../../app/ui/tabs.tsx';
import { dayAt, sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { Sheet } from '../../app/ui/sheet.tsx';
import type { AnswerOf } from '../../contract/route.ts';
import type { informantRoutes } from '../api.ts';
import type { InformantCommand } from '../model.ts';
import { t } from './english.ts';

type List = AnswerOf<(typeof informantRoutes)['GET /api/informants']>;
type Reports = AnswerOf<(typeof informantRoutes)['GET /api/need-reports']>;
type Whole = AnswerOf<(typeof informantRoutes)['GET /api/need-reports/:id']>;

const states: Readonly<Record<string, string>> = {
  asking: t('等这一户同意'),
  held: t('等人看一眼'),
  passed: t('已上台账'),
  returned: t('已退回'),
};

/** Who offered to say what a place lacks, and what they reported. */
export function Informants() {
  const me = useMe();
  const queries = useQueryClient();
  const [enrolling, setEnrolling] = useState(false);
  const mayEnrol = hasRole(me, 'field', 'clerk');
  const found = useQuery({
    queryKey: ['informants'],
    queryFn: ({ signal }) => ask<List>('GET /api/informants', { signal }),
    enabled: hasRole(me, 'field', 'clerk', 'head'),
  });
  const { data } = found;
  const close = (): void => setEnrolling(false);
  return (
    <main className="page wide">
      <header>
        <h1>{t('信息员')}</h1>
        <div className="tools">
          {mayEnrol && (
            <button
              type="button"
              className="plain first"
              aria-expanded={enrolling}
              onClick={() => setEnrolling(!enrolling)}
            >
              {t('登记一位')}
            </button>
          )}
        </div>
      </header>
      <PlaceTabs />
      <p className="lead">
        {t(
          '本人愿意、说好到哪天，帮着报村里缺什么。只报地方的需要，和一户人家自己的需要；不报人。一户的需要，他们同意了才看得到。',
        )}{' '}
        {data !== undefined && t('{covered}/{all} 个村有信息员', data.villages)}
      </p>
      {enrolling && data !== undefined && (
        <ShortForm
          initial={{ agreedOn: data.today }}
          fields={[
            line({ name: 'name', label: t('叫什么') }),
            line({ name: 'phone', label: t('电话') }),
            picker({ name: 'area', label: t('哪个村、组'), sort: 'areas', placeholder: t('打名称、拼音或首字母') }),
            date({ name: 'agreedOn', label: t('哪天同意的') }),
            date({
              name: 'until',
              label: t('到哪天为止'),
              hint: t('最长 {days} 天，到期再问本人', { days: data.longestDays }),
            }),
          ]}
          consequence={() => t('本人同意，登记')}
          send={(values) =>
            give(
              'informant.enrol',
              newId(),
              values as unknown as Omit<Extract<InformantCommand, { kind: 'informant.enrol' }>, 'kind'>,
            )
          }
          onDone={() => {
            tell(t('登记了'));
            void queries.invalidateQueries({ queryKey: ['informants'] });
            close();
          }}
          onClose={close}
        />
      )}
      <Arrived of={found} lines={4}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('还没有信息员')}>{t('问问村里热心的人，愿意就登记，写明到哪天。')}</Empty>
          ) : (
            <Enrolled rows={data.rows} mayEnrol={mayEnrol} />
          )
        }
      </Arrived>
      <ReportsPart />
    </main>
  );
}

function Enrolled({ rows, mayEnrol }: { rows: List['rows']; mayEnrol: boolean }) {
  const [open, setOpen] = useState<string>();
  const one = rows.find((row) => row.id === open);
  return (
    <>
      <Sheet className="counts-by">
        <thead>
          <tr>
            <th>{t('叫什么')}</th>
            <th>{t('村、组')}</th>
            <th>{t('同意到')}</th>
            <th className="num">{t('报上台账')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={row.id === open ? 'on' : undefined}>
              <td>
                {mayEnrol ? (
                  <button type="button" className="link" onClick={() => setOpen(row.id === open ? undefined : row.id)}>
                    {row.name}
                  </button>
                ) : (
                  row.name
                )}
              </td>
              <td>{row.place}</td>
              <td className={row.over ? 'late' : undefined}>
                {row.agreed ? sayDate(row.until) : t('等本人在手机上同意')} {row.over && t('已到期')}
              </td>
              <td className="num">{row.reports}</td>
            </tr>
          ))}
        </tbody>
      </Sheet>
      {one !== undefined && mayEnrol && <One key={one.id} id={one.id} />}
    </>
  );
}

function One({ id }: { id: string }) {
  const [link, setLink] = useState<{ url: string; name: string; phone: string }>();
  const show = async (): Promise<void> => {
    try {
      setLink(
        await ask<{ url: string; name: string; phone: string }>('GET /api/informants/:id/link', { params: { id } }),
      );
    } catch (error) {
      tell(sentenceOf(error));
    }
  };
  return (
    <>
      <p className="acts">
        <button type="button" className="plain" onClick={() => void show()}>
          {t('给他链接')}
        </button>
      </p>
      {link !== undefined && (
        <p>
          {link.name} {link.phone} · {t('请本人用自己的手机打开（看过联系方式会记下来）：')}
          <br />
          <code>{link.url}</code>
        </p>
      )}
      <Acts
        stream={id}
        query="informants"
        can={['informant.renew', 'informant.end']}
        acts={{
          'informant.renew': {
            name: t('本人又同意了'),
            button: t('续上'),
            initial: { agreedOn: dayAt(Date.now()) },
            fields: [
              date({ name: 'agreedOn', label: t('哪天同意的') }),
              date({ name: 'until', label: t('到哪天为止') }),
            ],
          },
          'informant.end': {
            name: t('不做了'),
            button: t('结束，不再留名字电话'),
            fields: [line({ name: 'reason', label: t('为什么') })],
          },
        }}
      />
    </>
  );
}

function ReportsPart() {
  const { data } = useQuery({
    queryKey: ['informants', 'reports'],
    queryFn: ({ signal }) => ask<Reports>('GET /api/need-reports', { signal }),
  });
  const [open, setOpen] = useState<string>();
  if (data === undefined) return null;
  return (
    <>
      <h2>{t('报上来的需要')}</h2>
      {data.rows.length === 0 ? (
        <p className="lead">{t('还没有人报。')}</p>
      ) : (
        <Sheet>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.id} className={row.id === open ? 'on' : undefined}>
                <td className="nowrap">{sayDate(dayAt(row.filedAt))}</td>
                <td className="nowrap">{row.place}</td>
                <td className="nowrap">{row.about === 'place' ? t('一个地方') : t('一户自己的')}</td>
                <td className="what">
                  {row.matter !== null && row.words !== null ? (
                    <Link to="/matters/$id" params={{ id: row.matter }} search={{}}>
                      {row.words}
                    </Link>
                  ) : (
                    (row.words ?? (row.status === 'returned' ? t('内容没有留') : t('他们还没有同意，内容谁也看不到')))
                  )}
                  {row.spot !== null && <small> {row.spot}</small>}
                  {row.status === 'held' &&
                    row.doubts.map((doubt) => (
                      <small key={doubt} className="note soon">
                        {doubt}
                      </small>
                    ))}
                </td>
                <td className="nowrap">
                  {row.status === 'held' ? (
                    <button
                      type="button"
                      className="link"
                      onClick={() => setOpen(row.id === open ? undefined : row.id)}
                    >
                      {states[row.status]}
                    </button>
                  ) : (
                    states[row.status]
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
      {open !== undefined && <Decide key={open} id={open} />}
    </>
  );
}

/** A person looks at words that may be about somebody, and decides with a reason. */
function Decide({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['informants', 'report', id],
    queryFn: ({ signal }) => ask<Whole>('GET /api/need-reports/:id', { params: { id }, signal }),
  });
  if (data === undefined) return <Waiting lines={2} />;
  const reason = [line({ name: 'reason', label: t('理由') })];
  return (
    <>
      <p className="whole">{data.words}</p>
      <Acts
        stream={id}
        query="informants"
        can={data.can}
        acts={{
          'need-report.let-through': { name: t('看过了，是需要'), button: t('收下，上台账'), fields: reason },
          'need-report.return': { name: t('是在说人，退回'), button: t('退回，不留内容'), fields: reason },
        }}
      />
    </>
  );
}
