import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../app/ui/ask.ts';
import { Picker } from '../../app/ui/pickers.tsx';
import { t } from './english.ts';

/** As much of a place as a filter needs; the list knows townships and villages. */
interface Place {
  readonly id: string;
  readonly level: 'county' | 'township' | 'village' | 'grid';
  readonly name: string;
  readonly path: readonly Pick<Place, 'id' | 'level' | 'name'>[];
}

const placeQuery = (id: string) => ({
  queryKey: ['areas', id],
  queryFn: () => ask<Place>('GET /api/areas/:id', { params: { id } }),
  staleTime: 300_000,
});

export type PlaceChosen = { township: string } | { village: string } | Record<string, never>;

/** A grid is looked for in its village; the county is no filter at all. */
const chosenOf = ({ path }: Place): PlaceChosen => {
  const village = path.find(({ level }) => level === 'village');
  const township = path.find(({ level }) => level === 'township');
  return village !== undefined ? { village: village.id } : township !== undefined ? { township: township.id } : {};
};

/** Narrows a list to a township or a village. The address holds only its id: the name is looked up again. */
export function PlaceFilter({
  value,
  onChoose,
}: {
  value: string | undefined;
  onChoose: (chosen: PlaceChosen) => void;
}) {
  const queries = useQueryClient();
  const name = usePlaceName(value);
  return (
    <Picker
      id="place"
      sort="areas"
      value={value}
      named={name}
      placeholder={t('哪个乡镇、村')}
      label={t('地方')}
      clearable
      onPick={(hit) => {
        if (hit === undefined) onChoose({});
        else
          void queries.fetchQuery(placeQuery(hit.id)).then(
            (place) => onChoose(chosenOf(place)),
            () => undefined,
          );
      }}
    />
  );
}

export const usePlaceName = (id: string | undefined): string | undefined =>
  useQuery({ ...placeQuery(id ?? ''), enabled: id !== undefined }).data?.name;

/** The short name of a unit that stands in the address. */
export const useUnitName = (id: string | undefined): string | undefined =>
  useQuery({
    queryKey: ['units', id],
    queryFn: () => ask<{ shortName: string }>('GET /api/units/:id', { params: { id: id! } }),
    enabled: id !== undefined,
    staleTime: 300_000,
  }).data?.shortName;
