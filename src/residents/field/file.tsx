import { useQuery } from '@tanstack/react-query';
import { Part } from '../../app/field/parts.tsx';
import { ask } from '../../app/ui/ask.ts';
import { rightNow } from '../../app/ui/time.ts';
import type { AnswerOf } from '../../contract/route.ts';
import type { residentRoutes } from '../api.ts';
import { t } from './english.ts';

export type File = AnswerOf<(typeof residentRoutes)['GET /api/households/:id']>;

/** A household's file. Asking for it is recorded, so it is asked for once and kept while the room is open. */
export const useFile = (id: string | undefined) =>
  useQuery({
    queryKey: ['file', id],
    queryFn: ({ signal }) => ask<File>('GET /api/households/:id', { params: { id: id! }, signal }),
    enabled: id !== undefined,
    staleTime: 10 * 60_000,
  });

/** Who lives there and what they asked for. */
export function FileOf({ file }: { file: File }) {
  const year = new Date(rightNow()).getFullYear();
  return (
    <Part
      title={t('家里的人')}
      note={file.contact === null ? undefined : t('联系人 {name}', { name: file.contact.name })}
    >
      <ul className="rows">
        {file.residents.map((person) => {
          const needs = person.consents.flatMap((c) => c.needs);
          return (
            <li key={person.id} className="row">
              <strong>{person.name}</strong>
              <span className="quiet">
                {[person.relation, person.bornYear === null ? '' : t('{n} 岁', { n: year - person.bornYear })]
                  .filter((t) => t !== '')
                  .join(' · ')}
              </span>
              {needs.length > 0 && <p>{needs.join(t('、'))}</p>}
            </li>
          );
        })}
      </ul>
      <p className="foot-note">{t('您看了这一户的情况，已经记录；群众可以问谁看过。')}</p>
    </Part>
  );
}
