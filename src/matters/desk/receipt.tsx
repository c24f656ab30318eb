import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useKeys } from '../../app/ui/keys.ts';
import { useMe } from '../../app/ui/me.ts';
import { sayExactly } from '../../app/ui/time.ts';
import type { Registered } from './register.tsx';
import { t } from './english.ts';

/** What the code on the slip opens: the matter's progress, with the key the slip's holder has anyway. */
const progressAddress = (number: string, code: string): string =>
  `${location.origin}/p/${number.replaceAll(' ', '')}?c=${code}`;

/** What the resident has to take along: the number, to be read out in groups, and the code. */
export function Receipt({
  registered: { id, number, code, subject },
  onNext,
}: {
  registered: Registered;
  onNext: () => void;
}) {
  const me = useMe();
  const { data: qr } = useQuery({
    queryKey: ['qr', number],
    // A file of its own: only this page draws codes.
    queryFn: async () =>
      (await import('qrcode')).default.toString(progressAddress(number, code), { type: 'svg', margin: 0 }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useKeys({ n: onNext, Enter: onNext });
  return (
    <main className="page receipt">
      <h1 className="no-print">{t('登记好了，请念给群众')}</h1>
      <h1 className="only-print">{t('{county}诉求登记回执', { county: me?.county })}</h1>
      <dl>
        <dt>{t('编号')}</dt>
        <dd className="number">{spaced(number)}</dd>
        <dt>{t('查询码（和编号一起用，请记好，不要给别人）')}</dt>
        <dd className="code">{code}</dd>
        <dt>{t('什么事')}</dt>
        <dd>{subject}</dd>
        <dt>{t('在网上查进度，扫这个码')}</dt>
        {qr !== undefined && <dd className="slip" dangerouslySetInnerHTML={{ __html: qr }} />}
      </dl>
      <p className="only-print small">
        {t('{toISOString}，{unit} {name} 登记。办好没办好，以您说的为准：凭编号和查询码可以查进度、认可或要求重办。', {
          toISOString: sayExactly(new Date().toISOString()),
          unit: me?.unit,
          name: me?.name,
        })}
      </p>
      <div className="form-foot no-print">
        <button type="button" className="plain first" onClick={onNext}>
          {t('登记下一件')}
          <kbd>n</kbd>
        </button>
        <button type="button" className="plain" onClick={() => print()}>
          {t('打印回执')}
        </button>
        <Link to="/matters/$id" params={{ id }} search={{}}>
          {t('去派单')}
        </Link>
      </div>
    </main>
  );
}

/** QH26110482 3 → QH 2611 0482 3, however the server wrote it. */
const spaced = (number: string): string => number.replaceAll(' ', '').replace(/^(\D+)(\d{4})(\d+)(\d)$/, '$1 $2 $3 $4');
