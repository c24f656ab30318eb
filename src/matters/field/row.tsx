import { Facts, To } from '../../app/field/parts.tsx';
import { type Item, type Told, toldWords } from './answers.ts';
import { t } from './english.ts';

/** A matter in a list of this room: what it is, how it stands, until when. */
export const MatterRow = ({
  matter: { id, subject, statusName, unit, remaining, toTell, place },
}: {
  matter: Item;
}) => (
  <li>
    <To href={`/field/matter/${id}`} className="row">
      <strong>{subject}</strong>
      {remaining !== null && <span className={remaining.late ? 'late' : 'quiet'}>{remaining.text}</span>}
      {toTell.length > 0 && (
        <p className="own">
          {t('要去告诉一声：{toTell}', { toTell: toTell.map((what) => toldWords[what as Told]).join(t('、')) })}
        </p>
      )}
      <p className="quiet">
        <Facts of={[statusName, unit, place.split(' ').at(1)]} />
      </p>
    </To>
  </li>
);
