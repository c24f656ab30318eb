import { Empty } from '../../app/ui/states.tsx';
export const Statistics = () => <main className="page"><h1>统计</h1><Empty title="x" /></main>;
