import { sayDate } from './time.ts';

interface Line {
  readonly place: string;
  readonly unit: string | undefined;
  readonly registered: string;
  readonly due: string | null;
  readonly remaining: { readonly late: boolean; readonly text: string } | null;
  readonly statusName: string;
}

/** Where a matter lies, whose it is, since when, until when and how it stands: the last cells of a line about it. */
export const MatterCells = ({ of: item }: { of: Line }) => (
  <>
    <td>{item.place}</td>
    <td className="nowrap">{item.unit}</td>
    <td className="nowrap">{item.registered}</td>
    <td className={`nowrap${item.remaining?.late === true ? ' late' : ''}`}>
      {item.due !== null && (
        <>
          {sayDate(item.due)} <small>{item.remaining?.text}</small>
        </>
      )}
    </td>
    <td className="nowrap">{item.statusName}</td>
  </>
);
