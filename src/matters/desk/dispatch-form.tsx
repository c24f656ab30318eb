import type { ReactNode } from 'react';
import { type Field, ShortForm, type Values } from '../../app/ui/form.tsx';
import { choice, line, select } from '../../app/ui/inputs.tsx';
import { picker } from '../../app/ui/pickers.tsx';
import type { ClockRule } from '../../calendar/model.ts';
import { type Matter, type Proposal, sayLimit, useCategories, useGrades, useProposals } from './queries.ts';
import { t } from './english.ts';

/** Proposals less sure than this are noise. */
const LEAST = 0.1;

/** Sends a matter to a unit: what is proposed and why, who, how fast. */
export function DispatchForm({
  matter,
  send,
  onClose,
  beside,
}: {
  matter: Matter;
  send: (values: Values) => Promise<unknown>;
  onClose: () => void;
  beside: ((values: Values) => ReactNode) | undefined;
}) {
  const proposals = useProposals(matter.id);
  const all = useGrades();
  const petition = matter.procedureKey === 'petition';
  // A petition's first deadline is fixed by the procedure; only an order has grades of urgency.
  const grades = petition ? [] : all.grades.filter(({ id }) => !id.startsWith('petition.'));
  const usual = petition ? undefined : all.usual;
  const unit = picker({ name: 'unit', label: t('派给谁'), sort: 'units', placeholder: t('打单位名称、拼音或首字母') });
  const categories = useCategories();
  const category = select({
    name: 'category',
    label: t('分类'),
    placeholder: t('打类别名称'),
    options: categories,
    optional: true,
    asked: () => categories.length > 0,
  });
  const fields: Field[] = [
    withProposals(unit, proposals?.units ?? []),
    withProposals(category, matter.category === null ? (proposals?.categories ?? []) : []),
    choice({
      name: 'clock',
      label: t('多久办完'),
      options: grades.map((rule) => [rule.id, sayGrade(rule, grades)]),
      asked: () => grades.length > 0,
    }),
    choice({
      name: 'letter',
      label: t('用哪种函'),
      options: [
        ['forwarding', t('转送函')],
        ['assignment', t('交办函，要报结果')],
      ],
      asked: () => petition,
    }),
    line({ name: 'note', label: t('交代一句'), optional: true }),
  ];
  return (
    <ShortForm
      fields={fields}
      initial={{ clock: usual, category: matter.category ?? undefined, ...(petition ? { letter: 'forwarding' } : {}) }}
      send={send}
      onClose={onClose}
      beside={beside}
      consequence={({ unitName, clock }) => {
        const rule = grades.find(({ id }) => id === clock);
        const by = rule === undefined ? '' : t('，{rule}内办完', { rule: sayLimit(rule) });
        return t('派给{what}{by}', { what: typeof unitName === 'string' ? unitName : '……', by });
      }}
    />
  );
}

/** A deadline by its length; with its name where two have the same. */
const sayGrade = (rule: ClockRule, all: readonly ClockRule[]): string =>
  all.some((other) => other !== rule && sayLimit(other) === sayLimit(rule))
    ? `${sayLimit(rule)}　${rule.name}`
    : sayLimit(rule);

/** The field with what is proposed above it. Its shape stays the same when proposals arrive, so that nobody's typing is lost. */
const withProposals = (field: Field, proposals: readonly Proposal[]): Field => ({
  ...field,
  input: (props) => (
    <>
      <div className="proposals">
        {proposals
          .filter(({ confidence }) => confidence >= LEAST)
          .map(({ id, name, confidence, because }) => (
            <button
              type="button"
              key={id}
              aria-pressed={props.value === id}
              onClick={() => props.setAll({ [field.name]: id, [`${field.name}Name`]: name })}
            >
              <b>{name}</b>
              <span>{t('把握 {n}%', { n: Math.round(confidence * 100) })}</span>
              <small>{because.join(t('，'))}</small>
            </button>
          ))}
      </div>
      {field.input(props)}
    </>
  ),
});
