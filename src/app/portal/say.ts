import { z } from 'zod';
import { tellResident } from '../../alike/api.ts';
import type { AlikeTold } from '../../alike/model.ts';
import { give } from '../../contract/commands.ts';
import { type Desk, type Raw, type Routes, route } from '../../contract/route.ts';
import { type Refusal, isRefusal } from '../../ledger/decider.ts';
import { idOf, newId } from '../../ledger/ids.ts';
import { MOST_PHOTOS, MatterCommand } from '../../matters/model.ts';
import { type PhotoFault, claimPhotos, takePhoto, waitingPhotos } from '../../matters/photos.ts';
import { t } from './english.ts';
import { refusalSaid } from './refusal.ts';
import { Fields, type Faults, text, uuid, phoneFault, trapped } from './form.ts';
import { letIn, openMatter, withinMinute } from './keys.ts';
import { sorry, tooMany } from './page.ts';
import { contactOf, findVillages, townships, villageOf, villagesOf } from './places.ts';
import { saidPage } from './said-page.ts';
import { type Said, sayPage } from './say-page.ts';
import { phoneOf, subjectOf } from './words.ts';

/** Filings from one address in a minute: a family at one table, not a machine. */
const PER_MINUTE = 6;
/** Forms with pictures from one address in a minute: each picture costs the server a good part of a second. */
const PHOTO_FORMS_PER_MINUTE = 12;

const saidOf = (fields: Fields): Said => ({
  once: uuid(fields, 'once') ?? newId(),
  what: text(fields, 'what'),
  township: uuid(fields, 'township') ?? '',
  village: uuid(fields, 'village') ?? '',
  spot: text(fields, 'spot'),
  name: text(fields, 'name'),
  phone: phoneOf(text(fields, 'phone')),
  confidential: text(fields, 'confidential') !== '',
  official: uuid(fields, 'official') ?? '',
  photos: [],
});

/** Files of a form; an input left empty comes as a file without a byte. */
const filesOf = (fields: Fields, name: string): File[] =>
  [fields[name]].flat().filter((value): value is File => value instanceof File && value.size > 0);

const photoFaults: Readonly<Record<PhotoFault, () => string>> = {
  'too-large': () => t('有一张照片太大了（超过 10 MB），请换一张小些的。'),
  'not-a-picture': () => t('有一个文件不是照片。请选 JPG、PNG 或 WebP 照片。'),
  unreadable: () => t('有一张照片打不开，可能传坏了，请重新选。'),
  impossible: () => t('这里现在收不了照片。先不传照片，事情照样能说。'),
};

/** The pictures that are here already and those that come with this form. */
async function withPhotos(desk: Desk, said: Said, fields: Fields): Promise<{ said: Said; faults: Faults }> {
  const kept = z
    .array(z.uuid())
    .max(MOST_PHOTOS)
    .safeParse([fields['photo'] ?? []].flat());
  const photos = [...(await waitingPhotos(desk, kept.success ? kept.data : []))];
  const sent = filesOf(fields, 'photos');
  if (sent.length === 0) return { said: { ...said, photos }, faults: {} };
  const much = t('一次最多 {most} 张照片，多的没有收。', { most: MOST_PHOTOS });
  if (!(await withinMinute(desk, '/say photos', PHOTO_FORMS_PER_MINUTE)))
    return { said: { ...said, photos }, faults: { photos: t('照片传得太频繁，请过一分钟再试。') } };
  const faults: Record<string, string> = {};
  for (const file of sent) {
    if (photos.length >= MOST_PHOTOS) {
      faults['photos'] = much;
      break;
    }
    const taken = await takePhoto(desk, said.once, new Uint8Array(await file.arrayBuffer()));
    if ('fault' in taken) faults['photos'] = photoFaults[taken.fault]();
    else if (!photos.includes(taken.id)) photos.push(taken.id);
  }
  return { said: { ...said, photos }, faults };
}

/** The place as chosen: a village brings its township; one of another township is no choice. */
async function settled(desk: Desk, said: Said): Promise<Said> {
  const village = said.village === '' ? undefined : await villageOf(desk, said.village);
  if (village === undefined) return { ...said, village: '' };
  if (said.township === '') return { ...said, township: village.township };
  return village.township === said.township ? said : { ...said, village: '' };
}

async function faultsOf(desk: Desk, said: Said): Promise<Faults> {
  const faults: Record<string, string> = {};
  if ([...said.what].length < 4) faults['what'] = t('请写下是什么事，至少 4 个字。');
  else if (said.what.length > 5_000) faults['what'] = t('太长了，请写在 5000 字以内；更多的可以以后补充。');
  if (said.township === '') faults['township'] = t('请选事情发生在哪个乡镇、街道。');
  else if (!(await townships(desk)).some(({ id }) => id === said.township))
    faults['township'] = refusalSaid('matter.no-area')!;
  if (said.spot.length > 200) faults['spot'] = t('具体位置请写在 200 字以内。');
  if (said.name.length > 40) faults['name'] = t('称呼请写在 40 字以内。');
  const phone = phoneFault(said.phone);
  if (phone !== undefined) faults['phone'] = phone;
  return faults;
}

/** The command that stands for the form. */
const commandOf = (said: Said): MatterCommand => {
  const subject = subjectOf(said.what);
  const named = {
    ...(said.name === '' ? {} : { name: said.name }),
    ...(said.phone === '' ? {} : { phone: said.phone }),
  };
  const reporter = { ...named, ...(said.confidential ? { confidential: true } : {}) };
  return MatterCommand.parse({
    kind: 'matter.register',
    channel: said.official === '' ? 'web' : 'card',
    subject,
    ...(subject === said.what ? {} : { body: said.what }),
    area: said.village === '' ? said.township : said.village,
    ...(said.spot === '' ? {} : { spot: said.spot }),
    ...(Object.keys(reporter).length === 0 ? {} : { reporter }),
    ...(said.official === '' ? {} : { official: said.official }),
    ...(said.photos.length === 0 ? {} : { photos: said.photos }),
  });
};

/**
 * Registers what was said. Its ids follow from the form and its words: pressed twice or sent again after a lost
 * answer it is one matter, while other words typed after going back are another.
 */
async function register(desk: Desk, said: Said): Promise<Refusal | string> {
  const { once, photos, ...words } = said;
  const content = JSON.stringify(words);
  const matter = idOf('portal matter', once, content);
  await claimPhotos(desk, matter, photos);
  const verdict = await give({ ...desk, actor: { kind: 'anyone' } }, 'matter', matter, commandOf(said), {
    command: idOf('portal command', once, content),
  });
  return isRefusal(verdict) ? verdict : String(verdict.told['number']);
}

async function say(desk: Desk, fields: Fields): Promise<Raw> {
  // Only a program fills a field that no person sees; a browser that filled it by itself gets it back empty.
  const trap: Faults = trapped(fields) ? { '': t('这次没有提交成功，请再按一次“说出来”。') } : {};
  const { said, faults: photoFault } =
    Object.keys(trap).length > 0
      ? { said: await settled(desk, saidOf(fields)), faults: {} }
      : await withPhotos(desk, await settled(desk, saidOf(fields)), fields);
  const to = said.official === '' ? undefined : await contactOf(desk, said.official);
  const act = text(fields, 'act');
  if (act === 'villages') {
    const missing = said.township === '' ? { township: t('先选乡镇、街道，再列出村。') } : {};
    return await sayPage(desk, said, to, { ...missing, ...photoFault });
  }
  const faults = { ...trap, ...photoFault, ...(await faultsOf(desk, said)) };
  if (Object.keys(faults).length > 0) return await sayPage(desk, said, to, faults);
  if (!(await withinMinute(desk, '/say', PER_MINUTE))) return await tooMany(desk, '/say');
  const registered = await register(desk, to === undefined ? { ...said, official: '' } : said);
  if (typeof registered !== 'string') {
    const sentence = refusalSaid(registered.refused) ?? t('没有收下，请稍后再试。');
    return await sayPage(desk, said, to, { [registered.field === 'area' ? 'township' : '']: sentence });
  }
  const opened = await openMatter(desk, registered);
  if (opened === undefined) throw new Error(`matter ${registered} was registered and is not there`);
  letIn(desk, registered);
  return await saidPage(desk, opened);
}

export const sayRoutes = {
  'GET /say': route({
    action: 'portal.use',
    summary: 'The form to say something; addressed to an official when their card was scanned',
    query: Fields,
    async handle(desk, { query }) {
      const official = uuid(query, 'official');
      const to = official === undefined ? undefined : await contactOf(desk, official);
      if (official !== undefined && to === undefined) {
        return await sorry(
          desk,
          '/say',
          404,
          t('这张卡上的干部已经调动'),
          t('事情照样能说：从首页点“说件事”，会转给现在负责的人。'),
        );
      }
      // An official of one village is asked about that village: a choice made beforehand, and open to change.
      const [only, ...more] = to?.villages ?? [];
      const place = only === undefined || more.length > 0 ? {} : { township: only.township ?? '', village: only.id };
      return await sayPage(
        desk,
        await settled(desk, { ...saidOf({ official: to?.id, village: query['village'] }), ...place }),
        to,
      );
    },
  }),
  'POST /say': route({
    action: 'portal.use',
    summary: 'Say something: answers with a number, a query code and a QR code',
    body: Fields,
    handle: (desk, { body }) => say(desk, body),
  }),
  'POST /say/alike': route({
    action: 'portal.use',
    summary: 'Whether several others said the same about this place, and who sees to it; nothing of what they said',
    perMinute: 30,
    body: Fields,
    async handle(desk, { body }): Promise<AlikeTold> {
      const what = text(body, 'what').slice(0, 1_000);
      const village = uuid(body, 'village');
      const found = village === undefined ? undefined : await villageOf(desk, village);
      // Without a village there is no saying what others meant.
      if ([...what].length < 6 || found === undefined) return { sentence: null };
      return await tellResident(desk, {
        subject: subjectOf(what),
        body: what,
        spot: text(body, 'spot').slice(0, 200),
        at: desk.now,
        chain: ['', found.township ?? '', found.id],
      });
    },
  }),
  'GET /places': route({
    action: 'portal.use',
    summary: 'Villages of a township, or by a part of the name or its pinyin',
    perMinute: 300,
    query: z.object({ township: z.uuid().optional(), q: z.string().max(40).optional() }),
    async handle(desk, { query: { township, q } }) {
      if (township !== undefined) return { places: await villagesOf(desk, township) };
      return { places: await findVillages(desk, q ?? '') };
    },
  }),
} satisfies Routes;
