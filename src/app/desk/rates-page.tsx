import { Tabs } from '../../duties/desk/tabs.tsx';
import { Rates } from '../../visits/desk/rates.tsx';

/** Rates of going out, among the pages of duties. */
export const RatesPage = () => <Rates tabs={<Tabs />} />;
