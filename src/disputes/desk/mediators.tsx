import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Choices } from '../../app/ui/choices.tsx';
import { type CommandData, give, newId } from '../../app/ui/client.ts';
import { type Field, ShortForm } from '../../app/ui/form.tsx';
import { date, line, paragraph, select, several } from '../../app/ui/inputs.tsx';
import { type Column, List } from '../../app/ui/list.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import { Arrived, Empty } from '../../app/ui/states.tsx';
import { share } from '../../app/ui/share.ts';
import { DisputeTabs } from '../../app/ui/tabs.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { names } from './fields.tsx';
import type { Mediators as Register } from './words.ts';

type Row = Register['rows'][number];

const types = [
  ['people', t('人民调解')],
  ['administrative', t('行政调解')],
  ['judicial', t('司法调解')],
] as const;
// The same words as in model.ts, kept apart so that the screens do not carry the schemas with them.
const backgrounds = [
  ['committee', t('调委会委员')],
  ['veteran-member', t('老党员')],
  ['veteran-official', t('老干部')],
  ['official', t('在职干部')],
  ['lawyer', t('律师、法律工作者')],
  ['doctor', t('医学专家')],
  ['judge', t('法官、法庭人员')],
  ['trade', t('行业协会')],
  ['other', t('其他')],
] as const;

const fieldsOf = (abouts: Register['abouts'], row?: Row): readonly Field[] => [
  line({ name: 'name', label: t('姓名') }),
  line({ name: 'phone', label: t('电话'), type: 'tel' }),
  select({ name: 'background', label: t('什么人'), options: backgrounds }),
  several({ name: 'types', label: t('做哪种调解'), options: types }),
  picker({
    name: 'area',
    label: t('在哪儿调解'),
    sort: 'areas',
    placeholder: t('打名称、拼音或首字母'),
    named: row?.place ?? undefined,
  }),
  picker({
    name: 'unit',
    label: t('哪个调委会、哪个单位'),
    sort: 'units',
    placeholder: t('打名称、拼音或首字母'),
    named: row?.unit ?? undefined,
  }),
  paragraph({ name: 'qualification', label: t('资格、培训、聘任') }),
  several({
    name: 'abouts',
    label: t('最懂哪些纠纷'),
    hint: t('不选就是都可以'),
    optional: 'unsaid',
    options: names(abouts),
  }),
  date({ name: 'until', label: t('聘到哪天') }),
];

const columns = (mayAmend: boolean, amend: (row: Row) => void): readonly (Column<Row> | false)[] => [
  { name: t('姓名'), is: 'what', cell: (r) => r.name, under: (r) => `${r.background} ${r.phone}` },
  { name: t('做哪种调解'), is: 'words', cell: (r) => r.typeNames.join(t('、')) },
  { name: t('在哪儿调解'), is: 'words', cell: (r) => r.place, under: (r) => r.unit },
  {
    name: t('资格、培训、聘任'),
    is: 'words',
    cell: (r) => r.qualification,
    under: (r) => r.abouts.length > 0 && t('最懂：{list}', { list: r.abouts.join(t('、')) }),
  },
  { name: t('手上'), is: 'number', cell: (r) => r.inHand },
  {
    name: t('调过'),
    is: 'number',
    cell: (r) =>
      r.inAll === 0 ? (
        0
      ) : (
        <Link to="/disputes" search={{ show: 'all', mediator: r.id } as never}>
          {r.inAll}
        </Link>
      ),
  },
  { name: t('签了协议'), is: 'number', cell: (r) => share(r.bound, r.inAll) },
  { name: t('聘到哪天'), cell: (r) => sayDate(r.until), tone: (r) => r.over && 'late' },
  mayAmend && {
    name: '',
    is: 'act',
    cell: (r) => (
      <button type="button" className="link" aria-label={t('改 {name}', { name: r.name })} onClick={() => amend(r)}>
        {t('改')}
      </button>
    ),
  },
];

/** Who can mediate here: qualification, where, until when, and how many cases each has in hand. */
export function Mediators() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { type } = useSearch({ strict: false }) as { type?: string };
  const [open, setOpen] = useState<Row | 'new'>();
  const [id, setId] = useState(newId);
  const found = useQuery({
    queryKey: ['mediators', type],
    queryFn: ({ signal }) => ask<Register>('GET /api/mediators', { query: { type }, signal }),
  });
  const { data } = found;
  const row = open === 'new' ? undefined : open;
  const close = (): void => setOpen(undefined);
  return (
    <main className="page wide">
      <header>
        <h1>{t('矛盾纠纷')}</h1>
        <div className="tools">
          {data !== undefined && data.can.length > 0 && (
            <button
              type="button"
              className="plain first"
              aria-expanded={open === 'new'}
              onClick={() => setOpen(open === 'new' ? undefined : 'new')}
            >
              {t('登记调解员')}
            </button>
          )}
        </div>
      </header>
      <DisputeTabs />
      <p className="lead">
        {t('老党员、老干部、懂行的人都可以请。手上案子少的排在前面；案子少不算少干，多不算多功。')}
      </p>
      {open !== undefined && data !== undefined && (
        <ShortForm
          key={row?.id ?? 'new'}
          initial={
            row === undefined
              ? {}
              : {
                  name: row.name,
                  phone: row.phone,
                  background: row.backgroundId,
                  types: row.types,
                  area: row.area,
                  unit: row.unitId,
                  qualification: row.qualification,
                  abouts: row.aboutIds,
                  until: row.until,
                }
          }
          fields={fieldsOf(data.abouts, row)}
          consequence={() => (row === undefined ? t('登记进名册') : t('改好'))}
          send={(values) => {
            const told = { abouts: [], ...values } as unknown as CommandData<'mediator.enrol'>;
            return row === undefined ? give('mediator.enrol', id, told) : give('mediator.amend', row.id, told);
          }}
          onDone={() => {
            tell(t('存好了'));
            setId(newId());
            close();
            void queries.invalidateQueries({ queryKey: ['mediators'] });
          }}
          onClose={close}
        />
      )}
      <div className="filters">
        <Choices
          of={[[undefined, t('全部')] as const, ...types]}
          chosen={type}
          onChoose={(key) => void navigate({ to: '/disputes/mediators', search: { type: key } as never })}
        />
      </div>
      <Arrived of={found}>
        {(data) =>
          data.rows.length === 0 ? (
            <Empty title={t('名册里还没有人')}>{t('先把村里说话有人听的老党员、老干部请进来。')}</Empty>
          ) : (
            <List
              rows={data.rows}
              columns={columns(data.can.length > 0, setOpen)}
              keyOf={({ id: of }) => of}
              faded={({ over }) => over}
            />
          )
        }
      </Arrived>
    </main>
  );
}
