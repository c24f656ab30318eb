import { Link } from '@tanstack/react-router';
import { Empty } from '../ui/states.tsx';

export const NotHere = () => (
  <main className="page">
    <Empty title="没有这个页面">
      地址可能写错了，或者页面已经搬走。<Link to="/">回到今天要我办</Link>
    </Empty>
  </main>
);
