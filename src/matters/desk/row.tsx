import { Link } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import type { MatterItem } from '../present.ts';
import { t } from './english.ts';

/** A matter in a list: what it is about, when it is due, who has it and what it waits for. */
export const Row = ({
  item,
  on,
  word = waitsFor(item),
  onChoose,
}: {
  item: MatterItem;
  on: boolean;
  word?: string;
  onChoose: (event: MouseEvent) => void;
}) => (
  <Link
    to="/matters/$id"
    params={{ id: item.id }}
    search={{}}
    className={`row${on ? ' on' : ''}`}
    aria-current={on}
    data-row={item.id}
    onClick={onChoose}
  >
    <p>
      {item.subject}
      {marksOf(item) !== '' && <small> {marksOf(item)}</small>}
    </p>
    <em className={item.remaining?.late === true ? 'late' : endsToday(item.remaining?.text ?? '') ? 'soon' : undefined}>
      {item.remaining?.text}
    </em>
    <span>{[item.unit ?? item.channel, shortPlace(item.place)].filter((part) => part !== '').join(' · ')}</span>
    <em>{word}</em>
  </Link>
);

/** What it is joined with, in few words. */
export const marksOf = ({ along, mergedInto, persons, repeats }: MatterItem): string =>
  [
    along > 0 ? t('并了 {n} 件', { n: along }) : '',
    mergedInto === null ? '' : t('已并'),
    persons > 1 ? t('{n} 人联名', { n: persons }) : '',
    repeats > 0 ? t('催过 {n} 次', { n: repeats }) : '',
  ]
    .filter((mark) => mark !== '')
    .join(' · ');

/** 今天截止, 今天 17:30 前; due today, by 17:30 today. */
const endsToday = (left: string): boolean => /今天|today/.test(left);

/** 柳河镇 黄泥村 第2网格（坝上组、果园组） → without what the grid consists of: in a list the place is only to be recognised. */
export const shortPlace = (place: string): string => place.replace(/（[^）]*）/g, '');

/** The word somebody has to say, or how often it came back. */
export function waitsFor(item: MatterItem): string {
  if (item.extensionAsked) return t('要延期');
  if (item.returnAsked) return t('要裁定');
  if (item.cameBack === 'policy') return t('政策变了');
  if (item.cameBack === 'recheck' || (item.status === 'deferred' && item.remaining?.late === true))
    return t('该再看了');
  if (item.toTell.length > 0) return t('要告知');
  if (item.papersOwed > 0) return t('要送达');
  // Answered where it was written, and left at that: no call is owed, and so no clock runs.
  if (item.status === 'resolved' && item.remaining !== null) return t('要回访');
  if (item.returns > 0) return t('退过 {returns} 次', { returns: item.returns });
  if (item.reopenings > 0) return t('重开 {reopenings} 次', { reopenings: item.reopenings });
  return item.statusName;
}
