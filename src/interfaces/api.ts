import { type Routes, raw, route } from '../contract/route.ts';
import { oidcRoutes } from './oidc.ts';
import { open311Routes } from './open311.ts';
import { openApiPage } from './openapi-page.ts';
import { describeAll, openApiOf } from './openapi.ts';
import { webhookRoutes } from './webhook-api.ts';

const TITLE = '民情接口说明';

/**
 * Ways in for other systems.
 * @param all every route of the house, these included: asked for when somebody reads the description
 */
export const interfaceRoutes = (all: () => Routes) =>
  ({
    'GET /api/openapi.json': route({
      action: 'portal.use',
      summary: 'This description, OpenAPI 3.1',
      perMinute: 60,
      handle: ({ publicUrl }) => openApiOf(all(), { title: TITLE, url: publicUrl }),
    }),
    'GET /api': route({
      action: 'portal.use',
      summary: 'This description for people',
      perMinute: 60,
      handle: ({ publicUrl }) =>
        raw('text/html; charset=utf-8', openApiPage(describeAll(all()), { title: TITLE, url: publicUrl }), {
          headers: { 'cache-control': 'no-cache' },
        }),
    }),
    ...webhookRoutes,
    ...open311Routes,
    ...oidcRoutes,
  }) satisfies Routes;
