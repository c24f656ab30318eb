import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { ask } from '../../app/ui/ask.ts';
import { Picker } from '../../app/ui/pickers.tsx';
import { Empty } from '../../app/ui/states.tsx';
import type { AreaNode, UnitNode } from '../reads.ts';
import { AreaDetail } from './area-detail.tsx';
import { Tabs } from './tabs.tsx';
import { Tree } from './tree.tsx';
import { UnitDetail } from './unit-detail.tsx';
import { t } from './english.ts';

const below = (parent: string | undefined) => (parent === undefined ? {} : { query: { parent } });
const trees = {
  areas: {
    title: t('地区'),
    read: async (parent: string | undefined) =>
      (await ask<{ areas: AreaNode[] }>('GET /api/areas', below(parent))).areas,
  },
  units: {
    title: t('单位'),
    read: async (parent: string | undefined) =>
      (await ask<{ units: UnitNode[] }>('GET /api/units', below(parent))).units,
  },
} as const;

/** The two trees of the county, places and units, each beside what is chosen in it. */
export function Trees() {
  const { tree = 'areas', id } = useSearch({ strict: false }) as { tree?: 'areas' | 'units'; id?: string };
  const navigate = useNavigate();
  const [found, setFound] = useState<string>();
  const go = (of: 'areas' | 'units', chosen?: string) =>
    void navigate({
      to: '/organisation',
      search: { tree: of, ...(chosen === undefined ? {} : { id: chosen }) },
      replace: true,
      resetScroll: false,
    });
  return (
    <main className="page">
      <header>
        <h1>{t('机构人员')}</h1>
      </header>
      <Tabs />
      <div className="tree-two">
        <section aria-label={trees[tree].title}>
          <div className="options" role="radiogroup">
            {(['areas', 'units'] as const).map((of) => (
              <label key={of}>
                <input type="radio" name="tree" checked={tree === of} onChange={() => go(of)} />
                {trees[of].title}
              </label>
            ))}
          </div>
          <div className="tree-find">
            <Picker
              key={tree}
              id="tree-find"
              sort={tree}
              value={found}
              named={undefined}
              placeholder={t('找名称、拼音或首字母')}
              label={t('找名称、拼音或首字母')}
              clearable
              onPick={(hit) => {
                setFound(hit?.id);
                if (hit !== undefined) go(tree, hit.id);
              }}
            />
          </div>
          <Tree key={tree} name={tree} read={trees[tree].read} chosen={id} onChoose={(chosen) => go(tree, chosen)} />
        </section>
        <section aria-label={t('详情')}>
          {id === undefined ? (
            <Empty title={t('选一个地方或单位')}>{t('左边点开，或打名字找。改错了可以在十秒内撤销。')}</Empty>
          ) : tree === 'areas' ? (
            <AreaDetail key={id} id={id} />
          ) : (
            <UnitDetail key={id} id={id} />
          )}
        </section>
      </div>
    </main>
  );
}
