import type { ReactNode } from 'react';
import { Photos } from './photos.tsx';
import { sayExactly } from '../../app/ui/time.ts';
import { type Matter, useCategories } from './queries.ts';
import { t } from './english.ts';

type Happened = Matter['story'][number];

/** What has happened, newest first, in the people's own words where they have said something. */
export function Story({ matter: { id, story, photos } }: { matter: Matter }) {
  const categories = new Map(useCategories());
  // A category is recorded by its id; a person reads its name.
  const textOf = ({ kind, text }: Happened): string =>
    kind === 'matter.classified' ? (categories.get(text ?? '') ?? '') : (text ?? '');
  return (
    <section className="story" aria-label={t('经过')}>
      {story.toReversed().map((event) => (
        <Entry key={event.version} event={event} text={textOf(event)}>
          {event.kind === 'matter.registered' && <Photos matter={id} photos={photos} />}
        </Entry>
      ))}
    </section>
  );
}

const Entry = ({
  event: { at, when, who, what, note, tone },
  text,
  children,
}: {
  event: Happened;
  text: string;
  children?: ReactNode;
}) => (
  <div className={`ev ${tone ?? ''}`}>
    <time dateTime={at} title={sayExactly(at)}>
      {when}
    </time>
    <div>
      <b>{who}</b> <span className="what">{what}</span>
      {text !== '' && <p className={tone === null ? undefined : 'said'}>{text}</p>}
      {note !== null && <p className="small">{note}</p>}
      {children}
    </div>
  </div>
);
