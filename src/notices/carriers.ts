import { join } from 'node:path';
import { type MailSettings, mailCarrier } from './mail.ts';
import { smsFolder } from './sms.ts';
import { type Carriers, unready } from './ways.ts';

/** How the ways out are set up, as the environment says it. */
export interface CarrierSettings {
  readonly mail?: MailSettings;
  /** The folder for text messages; each county has its own within. */
  readonly smsFolder?: string;
}

const made = new WeakMap<CarrierSettings, Map<number, Carriers>>();

/** The ways out of a county, made once: they keep nothing but what they were set up with. */
export function carriersOf(settings: CarrierSettings, county: number): Carriers {
  const counties = made.get(settings) ?? new Map<number, Carriers>();
  made.set(settings, counties);
  let carriers = counties.get(county);
  if (carriers === undefined) {
    const { mail, smsFolder: folder } = settings;
    carriers = {
      mail: mail === undefined ? unready('mail') : mailCarrier(mail),
      sms: folder === undefined ? unready('sms') : smsFolder(join(folder, String(county))),
    };
    counties.set(county, carriers);
  }
  return carriers;
}
