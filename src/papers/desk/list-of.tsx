import { Link } from '@tanstack/react-router';
import { type Column, List } from '../../app/ui/list.tsx';
import { sayDate } from '../../app/ui/time.ts';
import type { PaperItem } from '../api.ts';
import { t } from './english.ts';
import { kindName } from './queries.ts';

const columns: readonly Column<PaperItem>[] = [
  {
    name: t('文号'),
    is: 'what',
    cell: (paper) => (
      <>
        <Link to="/papers/$id" params={{ id: paper.id }} search={{}}>
          {paper.number}
        </Link>
        {paper.voided !== null && <span className="late">　{t('已作废')}</span>}
      </>
    ),
  },
  { name: t('文书'), cell: (paper) => kindName(paper.kind) },
  { name: t('单位'), is: 'words', cell: (paper) => paper.unit },
  { name: t('日期'), cell: (paper) => sayDate(paper.dated) },
  { name: t('谁发的'), cell: (paper) => paper.issuedBy },
  { name: t('页数'), is: 'number', cell: (paper) => paper.pages },
];

/** Issued papers as the register has them. */
export const PaperList = ({ papers }: { papers: readonly PaperItem[] }) => (
  <List rows={papers} columns={columns} keyOf={({ id }) => id} />
);
