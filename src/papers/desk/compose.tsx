import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { save } from '../../app/ui/save.ts';
import { Empty, PageWaiting, Trouble, Waiting, sentenceOf } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import { PaperKind } from '../model.ts';
import { t } from './english.ts';
import { PaperList } from './list-of.tsx';
import { type PaperForm, type Wish, kindName, useForm, useOfMatter, usePreview } from './queries.ts';
import { Sheets } from './sheets.tsx';

/** How long after the last key the paper is drawn anew. */
const REST_MS = 350;

type Search = { subject?: string; id?: string; kind?: string };

/** A paper being drawn up: which, its form, and beside it the paper itself. */
export function Compose() {
  const { subject, id, kind } = useSearch({ strict: false }) as Search;
  const matter = subject === 'matter' ? id : undefined;
  const { data, error, refetch } = useOfMatter(matter);
  if (matter !== undefined && data === undefined) return <PageWaiting error={error} again={refetch} lines={10} />;
  const offered: readonly PaperKind[] = matter === undefined ? [] : data!.fitting.map((one) => one.kind);
  const parsed = PaperKind.safeParse(kind);
  const chosen = parsed.success ? parsed.data : offered[0];
  return (
    <main className="page wide">
      <header>
        <h1>{chosen === undefined ? t('出文书') : kindName(chosen)}</h1>
        <div className="tools">
          {matter !== undefined && (
            <Link to="/matters/$id" params={{ id: matter }} search={{}}>
              {t('回到这件事')}
            </Link>
          )}
          <Link to="/papers" search={{}}>
            {t('发文登记')}
          </Link>
        </div>
      </header>
      {offered.length > 1 && <Kinds offered={offered} chosen={chosen} search={{ subject: subject!, id: id! }} />}
      {chosen === undefined ? (
        <Empty title={t('这件事现在没有可以出的文书')}>
          {t('文书以单位的名义发出：派单以后受理单位可以出转送函、交办函，承办单位签收以后可以出受理告知书。')}
        </Empty>
      ) : (
        <Drafting
          key={`${chosen} ${id ?? ''}`}
          kind={chosen}
          subject={subject === undefined || id === undefined ? undefined : { kind: subject, id }}
        />
      )}
      {data !== undefined && (data.papers.length > 0 || data.dossier) && (
        <section className="more">
          <h2>{t('已经发出的文书')}</h2>
          {data.papers.length > 0 && <PaperList papers={data.papers} />}
          {data.dossier && (
            <p>
              <a className="plain-link" href={`/api/matters/${matter}/dossier`} download>
                {t('下载一案一卷（全卷 PDF）')}
              </a>{' '}
              <small>{t('打开会记入“谁看过”。')}</small>
            </p>
          )}
        </section>
      )}
    </main>
  );
}

const Kinds = ({
  offered,
  chosen,
  search,
}: {
  offered: readonly PaperKind[];
  chosen: PaperKind | undefined;
  search: { subject: string; id: string };
}) => (
  <nav className="tabs" aria-label={t('出哪一种')}>
    {offered.map((kind) => (
      <Link key={kind} to="/papers/new" search={{ ...search, kind }} replace className={kind === chosen ? 'on' : ''}>
        {kindName(kind)}
      </Link>
    ))}
  </nav>
);

/** A value that follows another once it has been still for a moment. */
function useStill<T>(value: T): T {
  const [still, setStill] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(JSON.parse(key) as T), REST_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return still;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function Drafting({ kind, subject }: { kind: PaperKind; subject: { kind: string; id: string } | undefined }) {
  const [fields, setFields] = useState<Record<string, string>>({});
  const [changed, setChanged] = useState<Record<string, unknown>>({});
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [opened] = useState(() => Date.now());
  const navigate = useNavigate();
  const queries = useQueryClient();
  const wish: Wish = { paperKind: kind, ...(subject === undefined ? {} : { subject }), fields, ...changed };
  const still = useStill(wish);
  const form = useForm(still);
  const preview = usePreview(still);
  if (form.data === undefined)
    return form.error === null ? (
      <Waiting lines={12} />
    ) : (
      <Trouble error={form.error} again={() => void form.refetch()} />
    );

  const change = (name: string, value: unknown) =>
    setChanged((before) => {
      const { [name]: _, ...rest } = before;
      return value === undefined ? rest : { ...rest, [name]: value };
    });
  const send = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      const id = newId();
      await ask('POST /api/papers/:id/issue', {
        params: { id },
        body: { ...wish, command: newId(), seconds: Math.round((Date.now() - opened) / 1_000) },
      });
      tell(t('{number} 已发出。', { number: preview.data?.number ?? '' }));
      await queries.invalidateQueries({ queryKey: ['papers'] });
      await navigate({ to: '/papers/$id', params: { id }, search: {} });
    } catch (error) {
      setTrouble(sentenceOf(error));
      setBusy(false);
    }
  };
  const draft = async () => {
    const answer = await fetch('/api/papers/draft-file', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    });
    if (answer.ok) save(await answer.blob(), `${kindName(kind)}.docx`);
    else setTrouble(((await answer.json()) as { message: string }).message);
  };
  const open = preview.data?.open ?? form.data.open;
  return (
    <div className="compose">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {subject === undefined && <p className="lead">{t('手工填写，不挂在哪件事上。')}</p>}
        <Fields form={form.data} fields={fields} set={(name, value) => setFields({ ...fields, [name]: value })} />
        <Wording form={form.data} changed={changed} change={change} />
        <div className="foot">
          {open.length > 0 && (
            <p className="soon" role="status">
              {t('还空着：{fields}。填好才能发出。', { fields: open.join('、') })}
            </p>
          )}
          {(preview.data?.lacking.length ?? 0) > 0 && (
            <p className="late" role="alert">
              {t('这些字字体里没有：{signs}。PDF 里显示为“〓”，Word 里不受影响；发给群众前请手写补上。', {
                signs: preview.data!.lacking.join('、'),
              })}
            </p>
          )}
          {trouble !== undefined && (
            <p className="late" role="alert">
              {trouble}
            </p>
          )}
          <div className="form-foot">
            <button
              type="submit"
              className="plain first"
              disabled={busy || open.length > 0 || preview.data === undefined}
            >
              {t('发出，文号 {number}', { number: preview.data?.number ?? '…' })}
            </button>
            <button type="button" className="plain" onClick={() => void draft()}>
              {t('下载 Word 草稿')}
            </button>
          </div>
        </div>
      </form>
      <section className={`preview${preview.isFetching ? ' stale' : ''}`} aria-label={t('预览')}>
        {preview.data === undefined ? (
          preview.error === null ? (
            <Waiting lines={14} />
          ) : (
            <Trouble error={preview.error} again={() => void preview.refetch()} />
          )
        ) : (
          <>
            <p className="small">
              {t('共 {pages} 页。虚线圈是盖章的位置，不会印出来。', { pages: preview.data.pages })}
            </p>
            <Sheets pages={preview.data.svg} across={preview.data.across} />
          </>
        )}
      </section>
    </div>
  );
}

/** The template's fields: what is not known stands on top, the rest is folded away. */
function Fields({
  form,
  fields,
  set,
}: {
  form: PaperForm;
  fields: Readonly<Record<string, string>>;
  set: (name: string, value: string) => void;
}) {
  // What was asked first stays where it is while it is being filled in.
  const [asked] = useState(() => form.fields.filter(({ value }) => value === '').map(({ name }) => name));
  const one = ({ name, meaning, value }: PaperForm['fields'][number]) => (
    <div className="field" key={name}>
      <label htmlFor={`field-${name}`}>
        {name}
        {meaning !== '' && <small>{meaning}</small>}
      </label>
      <textarea
        id={`field-${name}`}
        className="plain full"
        rows={1}
        value={fields[name] ?? value}
        onChange={(event) => set(name, event.target.value)}
      />
    </div>
  );
  const known = form.fields.filter(({ name }) => !asked.includes(name));
  return (
    <>
      {asked.length > 0 && <h2>{t('要填的')}</h2>}
      {form.fields.filter(({ name }) => asked.includes(name)).map(one)}
      {known.length > 0 && (
        <details>
          <summary>{t('已经知道的')}</summary>
          {known.map(one)}
        </details>
      )}
    </>
  );
}

/** The words themselves, for where the template does not fit. */
function Wording({
  form,
  changed,
  change,
}: {
  form: PaperForm;
  changed: Readonly<Record<string, unknown>>;
  change: (name: string, value: unknown) => void;
}) {
  const text = (name: 'title' | 'addressee' | 'body' | 'issuer' | 'date'): string =>
    typeof changed[name] === 'string' ? changed[name] : form[name];
  const lines = (name: 'attachments' | 'copies'): string =>
    (Array.isArray(changed[name]) ? (changed[name] as string[]) : form[name]).join('\n');
  return (
    <details>
      <summary>{t('改文字和格式')}</summary>
      <Labelled name="title" label={t('标题')}>
        <input
          id="title"
          className="plain full"
          value={text('title')}
          onChange={(e) => change('title', e.target.value)}
        />
      </Labelled>
      {form.form !== 'sheet' && form.form !== 'minutes' && (
        <Labelled name="addressee" label={t('主送（写给谁）')}>
          <input
            id="addressee"
            className="plain full"
            value={text('addressee')}
            onChange={(e) => change('addressee', e.target.value)}
          />
        </Labelled>
      )}
      <div className="body">
        <Labelled name="body" label={t('正文')} hint={t('照范本的文字，可以直接改')}>
          <textarea
            id="body"
            className="plain full"
            value={text('body')}
            onChange={(e) => change('body', e.target.value)}
          />
        </Labelled>
        {changed['body'] !== undefined && (
          <button type="button" className="link" onClick={() => change('body', undefined)}>
            {t('照范本恢复')}
          </button>
        )}
      </div>
      <Labelled name="attachments" label={t('附件')} hint={t('一行一个，不写序号')}>
        <Lines id="attachments" value={lines('attachments')} set={(value) => change('attachments', value)} />
      </Labelled>
      <Labelled name="copies" label={t('抄送')} hint={t('一行一个单位')}>
        <Lines id="copies" value={lines('copies')} set={(value) => change('copies', value)} />
      </Labelled>
      {form.form === 'document' && (
        <>
          <Labelled name="issuer" label={t('签发人')}>
            <input
              id="issuer"
              className="plain full"
              value={text('issuer')}
              onChange={(e) => change('issuer', e.target.value)}
            />
          </Labelled>
          <Labelled name="urgency" label={t('紧急程度')}>
            <select
              id="urgency"
              className="plain"
              value={String(changed['urgency'] ?? '')}
              onChange={(e) => change('urgency', e.target.value === '' ? undefined : e.target.value)}
            >
              <option value="">{t('（不标）')}</option>
              <option value="特急">{t('特急')}</option>
              <option value="加急">{t('加急')}</option>
            </select>
          </Labelled>
        </>
      )}
      <Labelled name="date" label={t('成文日期')}>
        <input
          id="date"
          className="plain"
          type="date"
          value={text('date')}
          onChange={(e) => e.target.value !== '' && change('date', e.target.value)}
        />
      </Labelled>
      <p className="small">
        {t('依据：{source}。把握 {confidence}。', { source: form.source, confidence: form.confidence })}
      </p>
    </details>
  );
}

const Labelled = ({
  name,
  label,
  hint,
  children,
}: {
  name: string;
  label: string;
  hint?: string;
  children: React.ReactNode;
}) => (
  <div className="field">
    <label htmlFor={name}>
      {label}
      {hint !== undefined && <small>{hint}</small>}
    </label>
    {children}
  </div>
);

/** Lines as a list; what is being typed is kept as it is typed. */
function Lines({ id, value, set }: { id: string; value: string; set: (lines: string[]) => void }) {
  const [text, setText] = useState(value);
  return (
    <textarea
      id={id}
      className="plain full"
      rows={2}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        set(linesOf(event.target.value));
      }}
    />
  );
}
