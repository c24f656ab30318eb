-- Why a promise could not be kept so far; what was withdrawn counts as no contact of any kind.
alter table promise add column told text;
comment on column promise.told  is 'Why it could not be kept so far, as it was said last. Empty once the personal part was erased.';
comment on column visit.contact is 'met, phone, not-at-home or leaflet; withdrawn where the writer took the entry back. Only met is a real contact.';
comment on column visit.means   is 'How the household signed: signature, code, card, or proxy where another hand signed for it.';
