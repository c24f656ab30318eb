import { t } from './english.ts';

/**
 * One of a few ways to see a list, side by side.
 * @param label what is chosen, for the ear
 * @param chosen the way it is seen now; none of them where it is another
 */
export const Choices = <K,>({
  of,
  label = t('看哪些'),
  chosen,
  onChoose,
}: {
  of: readonly (readonly [key: K, name: string])[];
  label?: string;
  chosen: K | undefined;
  onChoose: (key: K) => void;
}) => (
  <span className="choices" role="group" aria-label={label}>
    {of.map(([key, name]) => (
      <button key={String(key)} type="button" aria-pressed={key === chosen} onClick={() => onChoose(key)}>
        {name}
      </button>
    ))}
  </span>
);
