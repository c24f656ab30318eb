import type { Field, InputProps } from '../../app/ui/form.tsx';
import { date, paragraph } from '../../app/ui/inputs.tsx';
import { Picker } from '../../app/ui/pickers.tsx';
import { t } from './english.ts';

interface Member {
  readonly official?: string;
  readonly name?: string | null;
  readonly task?: string;
}

/** Who works on it for the leader, and at what. */
const teamField = (): Field => ({
  name: 'team',
  label: t('专班'),
  hint: t('谁、做什么；也可以没有'),
  optional: 'unsaid',
  input: ({ id, value, set }: InputProps) => {
    const rows = (Array.isArray(value) ? value : []) as Member[];
    const put = (place: number, part: Member): void =>
      set(rows.map((row, i) => (i === place ? { ...row, ...part } : row)));
    return (
      <div className="rows-of" id={id}>
        {rows.map((row, place) => (
          <p key={place}>
            <Picker
              id={`${id}-${place}`}
              sort="officials"
              value={row.official}
              named={row.name ?? undefined}
              placeholder={t('谁')}
              label={t('第 {n} 人', { n: place + 1 })}
              onPick={(hit) => put(place, hit === undefined ? {} : { official: hit.id, name: hit.name })}
            />
            <input
              className="plain full"
              aria-label={t('第 {n} 人做什么', { n: place + 1 })}
              placeholder={t('做什么')}
              value={row.task ?? ''}
              onChange={(event) => put(place, { task: event.target.value })}
            />
          </p>
        ))}
        {rows.length < 12 && (
          <button type="button" className="link" onClick={() => set([...rows, {}])}>
            {t('加一个人')}
          </button>
        )}
      </div>
    );
  },
});

/** What a leader undertakes: team, plan and day. */
export const undertaking = (): readonly Field[] => [
  paragraph({ name: 'plan', label: t('打算怎么解决'), hint: t('分几步，找谁'), rows: 3 }),
  date({ name: 'until', label: t('哪天前办结') }),
  teamField(),
];

export const undertaken = ({ plan, until, team }: Record<string, unknown>) => ({
  plan: plan as string,
  until: until as string,
  team: ((Array.isArray(team) ? team : []) as Member[]).flatMap(({ official, task }) =>
    official === undefined ? [] : [{ official, task: task ?? '' }],
  ),
});
