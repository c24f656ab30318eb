import type { Role } from '../../access/model.ts';
import { addDays, dayOf } from '../../calendar/days.ts';
import { type Decider, refuse } from '../../ledger/decider.ts';
import type { OfficialCommand, OfficialEvent, OfficialFacts, OfficialState, Post } from '../model.ts';

/** What these roles may do is measured by area; without one they could do nothing. A field official's places come by assignment. */
const ROLES_OF_AN_AREA: readonly Role[] = ['clerk', 'head'];

/** An official, who they are and the posts that give them something to do (rows A1, A4). */
export const officials: Decider<OfficialState, OfficialCommand, OfficialEvent, OfficialFacts> = {
  initial: { stage: 'none', name: '', title: '', unit: '', phone: '', photo: null, code: null, posts: [] },

  evolve(state, event, stamp) {
    switch (event.kind) {
      case 'official.registered': {
        const { kind: _, ...fields } = event;
        const { photo, posts } = state;
        return { ...fields, photo, posts, stage: 'working', undo: { kind: 'official.retire', until: dayOf(stamp.at) } };
      }
      case 'official.amended': {
        const { kind: _, ...fields } = event;
        const { name, title, unit, phone, photo } = state;
        return { ...state, ...fields, undo: { kind: 'official.amend', name, title, unit, phone, photo } };
      }
      case 'official.post-given': {
        const { kind: _, ...post } = event;
        const others = state.posts.filter((p) => p.place !== post.place);
        const posts = [...others, { ...post, until: null }].sort((a, b) => a.place - b.place);
        return {
          ...state,
          posts,
          undo: { kind: 'official.end-post', place: post.place, until: addDays(post.since, -1) },
        };
      }
      case 'official.post-ended': {
        const { place, until } = event;
        const posts = state.posts.map((p) => (p.place === place ? { ...p, until } : p));
        const ended = state.posts.find((p) => p.place === place);
        if (ended === undefined) return state;
        const { place: _, until: __, ...given } = ended;
        return { ...state, posts, undo: { kind: 'official.give-post', ...given } };
      }
      case 'official.retired': {
        const { name, title, unit, phone, code } = state;
        const again = { kind: 'official.register' as const, name, title, unit, phone };
        return { ...state, stage: 'retired', until: event.until, undo: code === null ? again : { ...again, code } };
      }
      default:
        return state;
    }
  },

  decide(state, command, facts) {
    if (command.kind === 'official.register') {
      if (state.stage === 'working') return refuse('official.exists');
      if (!facts.unitOpen) return refuse('official.no-unit', 'unit');
      const { name, title, unit, phone, code } = command;
      return [{ kind: 'official.registered', name, title, unit, phone, code: code ?? null }];
    }
    if (state.stage === 'none') return refuse('official.missing');
    if (state.stage === 'retired') return refuse('official.retired');
    switch (command.kind) {
      case 'official.amend': {
        const {
          name = state.name,
          title = state.title,
          unit = state.unit,
          phone = state.phone,
          photo = state.photo,
        } = command;
        const same =
          name === state.name &&
          title === state.title &&
          unit === state.unit &&
          phone === state.phone &&
          photo === state.photo;
        if (same) return refuse('official.unchanged');
        if (unit !== state.unit && !facts.unitOpen) return refuse('official.no-unit', 'unit');
        return [{ kind: 'official.amended', name, title, unit, phone, photo }];
      }
      case 'official.give-post': {
        const { role, unit, area, title, since } = command;
        if (!facts.unitOpen) return refuse('official.no-unit', 'unit');
        if (area === null && ROLES_OF_AN_AREA.includes(role)) return refuse('official.post-area', 'area');
        if (area !== null && !facts.areaOpen) return refuse('official.no-area', 'area');
        const alike = state.posts.filter((p) => p.role === role && p.unit === unit && p.area === area);
        if (alike.some((p) => p.until === null)) return refuse('official.post-doubled');
        // The very same post given again is one that was ended by mistake.
        const again = alike.find((p) => p.since === since && p.title === title);
        const place = again?.place ?? Math.max(0, ...state.posts.map((p) => p.place)) + 1;
        return [{ kind: 'official.post-given', place, role, unit, area, title, since }];
      }
      case 'official.end-post': {
        const post = state.posts.find((p) => p.place === command.place && p.until === null);
        if (post === undefined) return refuse('official.no-post', 'place');
        // Ended on the day before it began, it never was: that is how a mistake is taken back.
        if (command.until < addDays(post.since, -1)) return refuse('official.ends-early', 'until');
        return [{ kind: 'official.post-ended', place: command.place, until: command.until }];
      }
      case 'official.retire':
        return [{ kind: 'official.retired', until: command.until }];
    }
  },
};

/** The posts as they count: a retired official's last until the day of retirement. */
export const postsOf = ({ posts, until }: OfficialState): readonly Post[] =>
  until === undefined ? posts : posts.map((p) => (p.until === null || p.until > until ? { ...p, until } : p));
