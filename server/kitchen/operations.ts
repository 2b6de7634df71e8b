// What the kitchen's API routes do, for the OpenAPI document.
import { z } from 'zod';
import type { Operations } from '../http/openapi.ts';
import * as shapes from './api/kitchen-api-schemas.ts';
import { learningOperations } from './api/learning-operations.ts';
import { newCameraSchema } from './camera/camera.ts';
import { verdictEvidenceSchema } from './evidence/verdict-evidence-schemas.ts';
import * as orderShapes from './order/order-schemas.ts';
import { newRestaurantSchema } from './restaurant/restaurant.ts';

const tag = 'kitchen';

export const kitchenOperations: Operations = {
  'GET /api/restaurants': {
    summary: 'Restaurants the caller may see, worst score first',
    tag,
    answer: z.object({ restaurants: z.array(shapes.restaurantAnswer) }),
  },
  'POST /api/restaurants': {
    summary: 'Register a restaurant',
    tag,
    body: newRestaurantSchema,
    answer: shapes.restaurantAnswer,
    status: 201,
  },
  'GET /api/cameras': {
    summary: 'Cameras of a restaurant',
    tag,
    query: { siteId: 'the restaurant’s site id' },
    answer: z.object({ cameras: z.array(shapes.cameraAnswer) }),
  },
  'POST /api/cameras': {
    summary: 'Add a camera; the password is sealed and never given out',
    tag,
    body: newCameraSchema,
    answer: shapes.cameraAnswer,
    status: 201,
  },
  'GET /api/cameras/:id': { summary: 'One camera', tag, answer: shapes.cameraAnswer },
  'POST /api/cameras/:id/test': { summary: 'Look at a camera once, now', tag, answer: shapes.cameraTestAnswer },
  'GET /api/flags': {
    summary: 'Flags the caller may see, newest first; owners see confirmed ones alone',
    tag,
    query: {
      status: 'open, unsure, confirmed or cleared',
      camera: 'camera id',
      before: 'flag id where the last page ended',
      limit: '1–200, 50 when left out',
    },
    answer: shapes.flagListAnswer,
  },
  'GET /api/flags/:id': { summary: 'One flag', tag, answer: shapes.flagAnswer },
  'POST /api/flags/:id/verdict': {
    summary: 'Judge a flag; a repeat with the same Idempotency-Key gives the first answer again',
    tag,
    body: shapes.verdictSchema,
    answer: shapes.verdictAnswer,
  },
  'POST /api/cameras/:id/missed': {
    summary: 'Report a violation that the models missed on a frame of this camera; a second person judges it blind',
    tag,
    body: shapes.missedSchema,
    answer: shapes.verdictAnswer,
    status: 201,
  },
  'POST /api/flags/:id/evidence': {
    summary: 'The evidence bundle of a flag that was judged, for `verify --bundle`',
    tag,
    body: verdictEvidenceSchema,
    answerType: 'application/zip',
  },
  'POST /api/classify': {
    summary: 'Labelled boxes and violations of one JPEG, PNG or WebP',
    tag,
    bodyType: 'image/jpeg',
    query: { all: '1 reports violations that are switched off too' },
    answer: shapes.classifyAnswer,
  },
  'GET /api/orders': {
    summary: 'Rectification orders the caller may see, newest first',
    tag,
    query: { state: 'issued, answered, accepted or withdrawn', before: 'order id where the last page ended' },
    answer: z.object({ orders: z.array(shapes.orderAnswer), next: z.int().nullable() }),
  },
  'GET /api/orders/:id': { summary: 'One order', tag, answer: shapes.orderAnswer },
  'POST /api/orders/:id/answer': {
    summary: 'Answer an order with a photo (form fields photo and text)',
    tag,
    bodyType: 'multipart/form-data',
    answer: shapes.orderAnswer,
  },
  'POST /api/orders/:id/plan': {
    summary: 'Say what will be done about an order, within two hours of its issue',
    tag,
    body: orderShapes.planSchema,
    answer: z.object({ step: z.int() }),
    status: 201,
  },
  'POST /api/orders/:id/decision': {
    summary: 'Accept the answer, or return it with a note',
    tag,
    body: orderShapes.orderDecisionSchema,
    answer: shapes.orderAnswer,
  },
  'POST /api/orders/:id/appeal': {
    summary: 'Appeal the verdict behind an order',
    tag,
    body: orderShapes.appealSchema,
    answer: shapes.orderAnswer,
  },
  'POST /api/orders/:id/appeal-decision': {
    summary: 'Decide an appeal',
    tag,
    body: orderShapes.appealDecisionSchema,
    answer: shapes.orderAnswer,
  },
  ...learningOperations,
};
