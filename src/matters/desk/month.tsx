import { Empty } from '../../app/ui/states.tsx';
export const Month = () => <main className="page"><h1>月台账</h1><Empty title="x" /></main>;
