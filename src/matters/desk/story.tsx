import { sayExactly } from '../../app/ui/time.ts';
import type { Matter } from './queries.ts';

/** What has happened, newest first, in the people's own words where they have said something. */
export const Story = ({ matter: { story } }: { matter: Matter }) => (
  <section className="story" aria-label="经过">
    {story.toReversed().map(({ version, at, when, who, what, text, note, tone }) => (
      <div key={version} className={`ev ${tone ?? ''}`}>
        <time dateTime={at} title={sayExactly(at)}>{when}</time>
        <div>
          <b>{who}</b> <span className="what">{what}</span>
          {text !== null && text !== '' && <p className={tone === null ? undefined : 'said'}>{text}</p>}
          {note !== null && <p className="small">{note}</p>}
        </div>
      </div>
    ))}
  </section>
);
