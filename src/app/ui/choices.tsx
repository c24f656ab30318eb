/**
 * One of a few ways to see a list, as buttons in a row.
 * @param chosen the way it is seen now; none of them where it is another
 */
export const Choices = <K,>({
  of,
  chosen,
  onChoose,
}: {
  of: readonly (readonly [key: K, name: string])[];
  chosen: K | undefined;
  onChoose: (key: K) => void;
}) =>
  of.map(([key, name]) => (
    <button
      key={String(key)}
      type="button"
      className={key === chosen ? 'plain first' : 'plain'}
      aria-pressed={key === chosen}
      onClick={() => onChoose(key)}
    >
      {name}
    </button>
  ));
