import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { hasRole, useMe } from '../../app/ui/me.ts';
import { PageWaiting } from '../../app/ui/states.tsx';
import { Numbers, isNumbers } from './numbers.tsx';
import { PublishForm } from './publish-form.tsx';
import { useDocument } from './queries.ts';
import { Versions } from './versions.tsx';
import { t } from './english.ts';

/** Any rule document as its text, or as labelled numbers where it is only those: read by everyone, changed by an administrator who knows what it means. */
export function Document() {
  const { name } = useParams({ strict: false }) as { name: string };
  const me = useMe();
  const { data, error, refetch } = useDocument<unknown>(name);
  const [draft, setDraft] = useState<string>();
  const [publishing, setPublishing] = useState(false);
  if (data === undefined) return <PageWaiting error={error} again={refetch} />;
  const text = draft ?? JSON.stringify(data.document, null, 2);
  const parsed = parse(text);
  return (
    <main className="page">
      <header>
        <h1>{data.title}</h1>
        <div className="tools">
          <Link to="/policies" search={{}}>
            {t('全部规则')}
          </Link>
        </div>
      </header>
      {isNumbers(name, data.document) && parsed !== undefined ? (
        <Numbers
          name={name}
          value={parsed.value as Record<string, number>}
          readOnly={!hasRole(me, 'administrator')}
          onChange={(next) => setDraft(JSON.stringify(next))}
        />
      ) : (
        <textarea
          className="plain document"
          aria-label={data.title}
          spellCheck={false}
          readOnly={!hasRole(me, 'administrator')}
          rows={Math.min(28, text.split('\n').length + 1)}
          value={text}
          onChange={(event) => setDraft(event.target.value)}
        />
      )}
      {parsed === undefined && (
        <p className="late" role="alert">
          {t('括号、引号或逗号没有配好，改好才能发布。')}
        </p>
      )}
      {draft !== undefined && parsed !== undefined && !publishing && (
        <div className="form-foot">
          <button type="button" className="plain first" onClick={() => setPublishing(true)}>
            {t('发布为新版')}
          </button>
          <button type="button" className="link" onClick={() => setDraft(undefined)}>
            {t('恢复原样')}
          </button>
        </div>
      )}
      {publishing && (
        <PublishForm
          name={name}
          title={data.title}
          document={() => parsed?.value}
          onDone={() => {
            setPublishing(false);
            setDraft(undefined);
          }}
          onClose={() => setPublishing(false)}
        />
      )}
      <Versions name={name} />
    </main>
  );
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
