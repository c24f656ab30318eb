import { Link } from '@tanstack/react-router';
import { sayDate } from '../../app/ui/time.ts';
import type { PaperItem } from '../api.ts';
import { t } from './english.ts';
import { kindName } from './queries.ts';

/** Issued papers as the register has them. */
export const PaperList = ({ papers }: { papers: readonly PaperItem[] }) => (
  <div className="scroll">
    <table className="sheet">
      <thead>
        <tr>
          <th>{t('文号')}</th>
          <th>{t('文书')}</th>
          <th>{t('送达')}</th>
          <th>{t('日期')}</th>
          <th>{t('单位')}</th>
          <th>{t('谁发的')}</th>
        </tr>
      </thead>
      <tbody>
        {papers.map((paper) => (
          <tr key={paper.id}>
            <td className="nowrap">
              <Link to="/papers/$id" params={{ id: paper.id }} search={{}}>
                {paper.number}
              </Link>
              {paper.voided !== null && <span className="late">　{t('已作废')}</span>}
            </td>
            <td className="nowrap">{kindName(paper.kind)}</td>
            <td>{service(paper)}</td>
            <td className="nowrap">{sayDate(paper.dated)}</td>
            <td>{paper.unit}</td>
            <td className="nowrap">{paper.issuedBy}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** How it reached whom it is for. */
const service = ({ receivedOn, way, toUnit, due }: PaperItem) => {
  if (receivedOn !== null) return t('{day}，{way}', { day: sayDate(receivedOn), way: way ?? '' });
  if (toUnit !== null) return t('发给{unit}', { unit: toUnit });
  if (way !== null) return way;
  return due === null ? '' : <span className="soon">{t('还没有送到')}</span>;
};
