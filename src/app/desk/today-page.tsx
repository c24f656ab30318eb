import { Today } from '../../matters/desk/today.tsx';
import { OwedGroup } from '../../owed/desk/owed.tsx';

/** The first page: matters that wait for me, and whatever else I owe by a day. */
export const TodayPage = () => <Today owed={<OwedGroup />} />;
