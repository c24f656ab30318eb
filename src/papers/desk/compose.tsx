import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { Sheets } from '../../app/ui/paper-beside.tsx';
import { Empty, PageWaiting, sentenceOf } from '../../app/ui/states.tsx';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { PaperList } from './list-of.tsx';
import { type About, useOfMatter, usePreview } from './queries.ts';
import './papers.css';

type Search = { subject?: string; id?: string };

/** The papers of a matter with its whole file; or a paper that no step gives, before it is issued. */
export function Compose() {
  const { subject, id } = useSearch({ strict: false }) as Search;
  if (subject === 'matter' && id !== undefined) return <OfMatter id={id} />;
  if (subject !== undefined && id !== undefined) return <Issuing about={{ kind: subject, id }} />;
  return (
    <main className="page">
      <Empty title={t('文书由办理的步骤给出')}>
        {t('受理、不予受理、转送交办、延期、处理意见、复查复核、督办、调解协议、会议纪要，办了那一步就有了文号。')}
      </Empty>
    </main>
  );
}

function OfMatter({ id }: { id: string }) {
  const { data, error, refetch } = useOfMatter(id);
  if (data === undefined) return <PageWaiting error={error} again={refetch} lines={10} />;
  return (
    <main className="page wide">
      <header>
        <h1>{t('文书和卷宗')}</h1>
        <div className="tools">
          <Link to="/matters/$id" params={{ id }} search={{}}>
            {t('回到这件事')}
          </Link>
          {data.dossier && (
            <a className="plain-link" href={`/api/matters/${id}/dossier`} download>
              {t('下载一案一卷（全卷 PDF）')}
            </a>
          )}
        </div>
      </header>
      {data.dossier && <p className="lead">{t('打开会记入“谁看过”。')}</p>}
      {data.papers.length > 0 ? (
        <PaperList papers={data.papers} />
      ) : (
        <Empty title={t('这件事还没有文书')}>
          {t('走信访程序的，转送、受理、延期、出处理意见时自动编号成文；别的事直接告知本人，不出文书。')}
        </Empty>
      )}
    </main>
  );
}

function Issuing({ about }: { about: About }) {
  const { data, error, refetch } = usePreview(about);
  const [trouble, setTrouble] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [opened] = useState(() => Date.now());
  const navigate = useNavigate();
  const queries = useQueryClient();
  if (data === undefined) return <PageWaiting error={error} again={refetch} lines={12} />;
  const send = async () => {
    setBusy(true);
    setTrouble(undefined);
    try {
      const id = newId();
      await ask('POST /api/papers/:id/issue', {
        params: { id },
        body: { subject: about, command: newId(), seconds: Math.round((Date.now() - opened) / 1_000) },
      });
      tell(t('{name}已发出。', { name: data.name }));
      await queries.invalidateQueries({ queryKey: ['papers'] });
      await navigate({ to: '/papers/$id', params: { id }, search: {} });
    } catch (fault) {
      setTrouble(sentenceOf(fault));
      setBusy(false);
    }
  };
  return (
    <main className="page wide">
      <header>
        <h1>{data.name}</h1>
        <div className="tools">
          <button type="button" className="plain first" disabled={busy} onClick={() => void send()}>
            {t('发出，文号 {number}', { number: data.number })}
          </button>
          <Link to="/papers" search={{}}>
            {t('发文登记')}
          </Link>
        </div>
      </header>
      {trouble !== undefined && (
        <p className="late" role="alert">
          {trouble}
        </p>
      )}
      {data.lacking.length > 0 && (
        <p className="late" role="alert">
          {t('这些字字体里没有：{signs}。PDF 里显示为“〓”，Word 里不受影响；发给群众前请手写补上。', {
            signs: data.lacking.join('、'),
          })}
        </p>
      )}
      <p className="lead">{t('共 {pages} 页。虚线圈是盖章的位置，不会印出来。', { pages: data.pages })}</p>
      <Sheets pages={data.svg} across={data.across} />
    </main>
  );
}
