import { t } from './english.ts';
/** Documents that are a few numbers: what each means and what it counts. */
const meanings: Record<string, Record<string, readonly [label: string, unit: string]>> = {
  'sign-in': {
    idleHours: [t('多久不用就退出'), t('小时')],
    sessionDays: [t('最长多久要重新登录'), t('天')],
    attempts: [t('输错几次密码要等'), t('次')],
    attemptMinutes: [t('输错的在多久里累计，也是最长等多久'), t('分钟')],
  },
};

/** Whether a document can be changed as labelled numbers instead of as its text. */
export const isNumbers = (name: string, document: unknown): document is Record<string, number> =>
  name in meanings && Object.keys(document as object).every((key) => key in meanings[name]!);

export function Numbers({
  name,
  value,
  readOnly,
  onChange,
}: {
  name: string;
  value: Readonly<Record<string, number>>;
  readOnly: boolean;
  onChange: (value: Record<string, number>) => void;
}) {
  return Object.entries(meanings[name]!).map(([key, [label, unit]]) => (
    <div className="field" key={key}>
      <label htmlFor={key}>{label}</label>
      <input
        id={key}
        className="plain days"
        type="number"
        min={1}
        readOnly={readOnly}
        value={value[key] ?? ''}
        onChange={(event) => onChange({ ...value, [key]: event.target.valueAsNumber || (value[key] ?? 1) })}
      />{' '}
      {unit}
    </div>
  ));
}
