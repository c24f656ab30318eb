import { type Gram, gramsOf, gramsOfWords, type Text } from './grams.ts';
import { reasons } from './reasons.ts';

/**
 * Proposals learned from decisions: complement naive Bayes (Rennie and others, 2003) on pairs of
 * characters. For each label it knows how the texts decided *otherwise* read; the proposal is the label whose
 * others the text resembles least. That keeps rare labels from drowning beside frequent ones, learning is
 * adding, and each reason can be shown. The product proposes, a person decides (row C2).
 */

export interface Example {
  readonly text: Text;
  /** What was decided: a category's or a unit's id. */
  readonly label: string;
}

/** What is known of a label before anything was decided: its names and its certain signs. */
export interface LabelWords {
  readonly label: string;
  readonly words: readonly string[];
  readonly tags?: readonly string[];
}

export interface Proposal {
  readonly label: string;
  /** Between 0 and 1: how often a proposal as sure as this one has been right. All labels together make 1. */
  readonly confidence: number;
  /** The words of the text that speak for it, strongest first. */
  readonly because: readonly string[];
}

/** Where one gram was seen: with which labels, by index, and how much with each. */
export interface Trace {
  total: number;
  readonly labels: number[];
  readonly amounts: number[];
  /** How much the gram speaks for each of `labels`; made when first asked for, dropped when it is seen again. */
  voices?: number[] | undefined;
}

export interface Model {
  readonly labels: string[];
  /** How much was seen with each label, by its index. */
  readonly amounts: number[];
  readonly traces: Map<Gram, Trace>;
  /** How many decisions it has learned from. */
  examples: number;
  /** Turns differences of score into confidence; fitted on texts not yet learned from. */
  sharpness: number;
}

/** Smoothing: a gram never seen outside a label has still been seen this much. 0.03 → 0.88, 0.1 → 0.90, 0.3 → 0.89 correct. */
const UNSEEN = 0.1;

/**
 * A word of the label's own, against a whole decided text (length 1): 0 → 0.79, 0.4 → 0.88, 0.8 → 0.90, 1.6 → 0.89
 * correct with two hundred decisions. Names lead while decisions are few and fade once there are thousands.
 */
const NAME_WEIGHT = 0.8;

const FIRST_SHARPNESS = 4;

/** One odd decision moves the confidence no further than this. Much lower, and rare grave mistakes would not be felt. */
const STEEPEST = 8;

/**
 * Learns from what was decided.
 * @param examples in any order; equal input gives an equal model
 * @param words the labels' own words, from which it proposes while there are no examples
 */
export function learn(examples: readonly Example[], words: readonly LabelWords[] = []): Model {
  const model: Model = { labels: [], amounts: [], traces: new Map(), examples: 0, sharpness: FIRST_SHARPNESS };
  const index = new Map<string, number>();
  for (const { label, words: names, tags } of words) {
    note(model, labelIndex(model, label, index), gramsOfWords(names, tags), NAME_WEIGHT);
  }
  for (const example of evenly(examples)) addTo(model, example, index);
  return model;
}

/** Learns one decision more. Changes the model in place: it is a memory, and copying it would cost more than it knows. */
export function add(model: Model, example: Example): void {
  addTo(model, example, new Map(model.labels.map((label, i) => [label, i])));
}

/**
 * The likeliest labels for a text, likeliest first.
 * Says nothing, rather than guess, when the text holds nothing that was ever seen.
 * @param k how many at most
 */
export function propose(model: Model, text: Text, k = 3): Proposal[] {
  const heard = hear(model, text);
  if (heard.size === 0) return [];
  const scores = scoresOf(model, heard);
  const confidence = confidences(scores, model.sharpness);
  return [...model.labels.keys()]
    .sort((a, b) => scores[b]! - scores[a]! || (model.labels[a]! < model.labels[b]! ? -1 : 1))
    .slice(0, k)
    .map((i) => ({
      label: model.labels[i]!,
      confidence: confidence[i]!,
      because: reasons(text, (gram) => spokenFor(heard.get(gram), i)),
    }));
}

/** What of a text the model has seen before. */
type Heard = Map<Gram, { readonly weight: number; readonly trace: Trace }>;

function hear(model: Model, text: Text): Heard {
  const heard: Heard = new Map();
  for (const [gram, weight] of gramsOf(text)) {
    const trace = model.traces.get(gram);
    if (trace !== undefined) heard.set(gram, { weight, trace });
  }
  return heard;
}

/** The logarithm of how much rarer the gram is in the texts of all other labels than in all texts. */
const voicesOf = (trace: Trace): number[] =>
  (trace.voices ??= trace.amounts.map((amount) => Math.log((UNSEEN + trace.total) / (UNSEEN + trace.total - amount))));

/** By label index. Only the labels a gram was seen with differ from the rest: that keeps it fast with hundreds of labels. */
function scoresOf(model: Model, heard: Heard): Float64Array {
  const scores = new Float64Array(model.labels.length);
  let known = 0;
  for (const { weight, trace } of heard.values()) {
    known += weight;
    const { labels } = trace;
    const voices = voicesOf(trace);
    for (let at = 0; at < voices.length; at++) scores[labels[at]!]! += weight * voices[at]!;
  }
  const all = UNSEEN * model.traces.size + model.amounts.reduce((sum, amount) => sum + amount, 0);
  return scores.map((score, i) => score + known * Math.log(all - model.amounts[i]!));
}

function spokenFor(heard: { readonly weight: number; readonly trace: Trace } | undefined, label: number): number {
  if (heard === undefined) return 0;
  return heard.weight * (voicesOf(heard.trace)[heard.trace.labels.indexOf(label)] ?? 0);
}

function confidences(scores: Float64Array, sharpness: number): Float64Array {
  const best = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(sharpness * (score - best)));
  const sum = odds.reduce((a, b) => a + b, 0);
  return odds.map((odd) => odd / sum);
}

function addTo(model: Model, { text, label }: Example, index: Map<string, number>): void {
  const known = index.get(label);
  if (known !== undefined) sharpen(model, hear(model, text), known);
  note(model, known ?? labelIndex(model, label, index), gramsOf(text), 1);
  model.examples++;
}

/**
 * Each example is proposed for before it is learned from, so confidence is only ever measured on texts not seen
 * yet. One step down the slope of the logarithmic loss; the steps grow small, never zero, because a county changes.
 */
function sharpen(model: Model, heard: Heard, label: number): void {
  if (heard.size === 0) return;
  const scores = scoresOf(model, heard);
  const confidence = confidences(scores, model.sharpness);
  const expected = scores.reduce((sum, score, i) => sum + score * confidence[i]!, 0);
  const slope = model.sharpness * (scores[label]! - expected);
  const step = Math.max(0.005, 0.15 / Math.sqrt(1 + model.examples / 10));
  model.sharpness *= Math.exp(step * Math.max(-STEEPEST, Math.min(STEEPEST, slope)));
}

function note(model: Model, label: number, grams: ReadonlyMap<Gram, number>, times: number): void {
  for (const [gram, weight] of grams) {
    const amount = weight * times;
    model.amounts[label]! += amount;
    const trace = model.traces.get(gram);
    if (trace === undefined) {
      model.traces.set(gram, { total: amount, labels: [label], amounts: [amount] });
      continue;
    }
    trace.total += amount;
    trace.voices = undefined;
    const at = trace.labels.indexOf(label);
    if (at >= 0) trace.amounts[at]! += amount;
    else {
      trace.labels.push(label);
      trace.amounts.push(amount);
    }
  }
}

function labelIndex(model: Model, label: string, index: Map<string, number>): number {
  const known = index.get(label);
  if (known !== undefined) return known;
  index.set(label, model.labels.length);
  model.amounts.push(0);
  return model.labels.push(label) - 1;
}

/**
 * The examples in strides, so that a file sorted by label does not have the confidence fitted on one label at a
 * time. A fixed order, not a random one: equal input gives an equal model.
 */
function* evenly<T>(items: readonly T[]): Generator<T> {
  const stride = Math.max(1, Math.floor(Math.sqrt(items.length)));
  for (let start = 0; start < stride; start++) {
    for (let at = start; at < items.length; at += stride) yield items[at]!;
  }
}
