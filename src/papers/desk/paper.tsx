import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { newId } from '../../app/ui/client.ts';
import { ShortForm } from '../../app/ui/form.tsx';
import { paragraph } from '../../app/ui/inputs.tsx';
import { Sheets } from '../../app/ui/paper-beside.tsx';
import { Empty, PageWaiting, isMissing } from '../../app/ui/states.tsx';
import { sayDate } from '../../app/ui/time.ts';
import { tell } from '../../app/ui/toast.tsx';
import { t } from './english.ts';
import { kindName, rightedName, usePaper } from './queries.ts';
import './papers.css';

/** One issued paper as it stands, to take along, to print, and to declare void. */
export function PaperScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error, refetch } = usePaper(id);
  const [voiding, setVoiding] = useState(false);
  const queries = useQueryClient();
  if (data === undefined && isMissing(error))
    return (
      <main className="page">
        <Empty title={t('没有找到这份文书')}>{t('可能不在您的权限范围内，或者地址不对。')}</Empty>
      </main>
    );
  if (data === undefined) return <PageWaiting error={error} again={refetch} lines={14} />;
  return (
    <main className="page wide">
      <header>
        <h1>{t('{name}（{number}）', { name: kindName(data.kind), number: data.number })}</h1>
        <div className="tools">
          {data.open === 'open' && (
            <>
              <a className="plain-link" href={`/api/papers/${id}/pdf`} download>
                {t('PDF')}
              </a>
              <a className="plain-link" href={`/api/papers/${id}/docx`} download>
                {t('Word')}
              </a>
              <a className="plain-link" href={`/api/papers/${id}/print`} target="_blank" rel="noreferrer">
                {t('打印')}
              </a>
            </>
          )}
          {data.can.includes('paper.void') && (
            <button type="button" className="plain" onClick={() => setVoiding(!voiding)} aria-expanded={voiding}>
              {t('作废')}
            </button>
          )}
        </div>
      </header>
      <p className="lead">
        {t('{unit}，{issuedBy}发出', { unit: data.unit, issuedBy: data.issuedBy })}
        {data.receivedOn !== null && `　${t('{day}，{way}', { day: sayDate(data.receivedOn), way: data.way ?? '' })}`}
        {data.receivedOn === null && data.due !== null && `　${t('没有送达的证明')}`}
        {data.matter !== null && '　'}
        {data.matter !== null && (
          <Link to="/matters/$id" params={{ id: data.matter }} search={{}}>
            {t('回到这件事')}
          </Link>
        )}
      </p>
      {data.righted !== null && (
        <p className="late">
          {t('{how}，{day}。', { how: rightedName(data.righted.how), day: sayDate(data.righted.on) })}
          {data.righted.by !== null && data.righted.number !== null && (
            <Link to="/papers/$id" params={{ id: data.righted.by }} search={{}}>
              {t('见{number}', { number: data.righted.number })}
            </Link>
          )}
        </p>
      )}
      {data.voided !== null && (
        <p className="late">{t('作废：{reason}（{by}）', { reason: data.voided.reason, by: data.voided.by })}</p>
      )}
      {voiding && (
        <ShortForm
          fields={[paragraph({ name: 'reason', label: t('为什么作废') })]}
          consequence={() => t('作废这份文书，文号不再使用')}
          send={(said) => ask('POST /api/papers/:id/void', { params: { id }, body: { ...said, command: newId() } })}
          onDone={() => {
            setVoiding(false);
            tell(t('{number} 已作废。', { number: data.number }));
            void queries.invalidateQueries({ queryKey: ['papers'] });
          }}
          onClose={() => setVoiding(false)}
        />
      )}
      {data.open === 'masked' && (
        <p className="soon">{t('反映人要求保密：这里不显示姓名，文件只有能回访的人可以下载。')}</p>
      )}
      {data.svg.length > 0 ? (
        <Sheets pages={data.svg} across={data.kind === 'ledger'} />
      ) : (
        <Empty
          title={
            data.open === 'gone'
              ? t('保管期满，内容已按规定删除，只留下登记。')
              : t('这份文书只有负责的单位和能回访的人可以打开。')
          }
        />
      )}
      {data.pdfHash !== null && (
        <>
          <h3>{t('文件指纹（SHA-256）')}</h3>
          <p className="hash">PDF {data.pdfHash}</p>
          <p className="hash">Word {data.docxHash}</p>
        </>
      )}
    </main>
  );
}
