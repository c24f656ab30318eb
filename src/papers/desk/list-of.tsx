import { Link } from '@tanstack/react-router';
import { type Column, List } from '../../app/ui/list.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { PaperItem } from '../api.ts';
import { t } from './english.ts';
import { kindName, rightedName } from './queries.ts';

const columns: readonly Column<PaperItem>[] = [
  {
    name: t('文号'),
    is: 'what',
    cell: (paper) => (
      <>
        <Link to="/papers/$id" params={{ id: paper.id }} search={{}}>
          {paper.number}
        </Link>
        {paper.righted !== null && <span className="late">　{rightedName(paper.righted.how)}</span>}
        {paper.voided !== null && <span className="late">　{t('已作废')}</span>}
      </>
    ),
  },
  { name: t('文书'), cell: (paper) => kindName(paper.kind) },
  { name: t('送达'), is: 'words', cell: (paper) => service(paper) },
  { name: t('单位'), is: 'words', cell: (paper) => paper.unit },
  { name: t('日期'), cell: (paper) => sayDate(paper.dated) },
  { name: t('谁发的'), cell: (paper) => paper.issuedBy },
];

/** Issued papers as the register has them. */
export const PaperList = ({ papers }: { papers: readonly PaperItem[] }) => (
  <List rows={papers} columns={columns} keyOf={({ id }) => id} />
);

/** How it reached whom it is for. */
const service = ({ receivedOn, way, toUnit, due }: PaperItem) => {
  if (receivedOn !== null) return t('{day}，{way}', { day: sayDate(receivedOn), way: way ?? '' });
  if (toUnit !== null) return t('发给{unit}', { unit: toUnit });
  if (way !== null) return way;
  return due === null ? '' : <span className="soon">{t('还没有送到')}</span>;
};
