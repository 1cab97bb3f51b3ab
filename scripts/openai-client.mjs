// OpenAI's own client against a server of charnn: node openai-client.mjs http://127.0.0.1:PORT/v1, in a folder where npm
// has installed openai. See openai-test.sh.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const found = createRequire(process.cwd() + "/").resolve("openai");
const { default: OpenAI } = await import(pathToFileURL(found));
const baseURL = process.env.CHARNN_SERVER;
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const model = "bundled";
const settings = { model, prompt: "The sleeping beauty", max_tokens: 60, seed: 2, temperature: 0.5 };

test("models", async () => {
  const ids = [];
  for await (const one of client.models.list()) ids.push(one.id);
  assert.ok(ids.includes(model));
  assert.equal((await client.models.retrieve(model)).object, "model");
});

test("a completion", async () => {
  const answer = await client.completions.create(settings);
  assert.equal(answer.choices.length, 1);
  assert.equal([...answer.choices[0].text].length, 60);
  assert.equal(answer.choices[0].finish_reason, "length");
  assert.deepEqual(answer.usage, { prompt_tokens: 19, completion_tokens: 60, total_tokens: 79 });
  assert.deepEqual((await client.completions.create(settings)).choices, answer.choices);
});

test("a stream is the whole in parts", async () => {
  const whole = await client.completions.create({ ...settings, n: 3 });
  const texts = ["", "", ""];
  const ends = [];
  let usage;
  const stream = await client.completions.create({
    ...settings,
    n: 3,
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const part of stream) {
    for (const choice of part.choices) {
      texts[choice.index] += choice.text;
      if (choice.finish_reason) ends.push(choice.finish_reason);
    }
    usage = part.usage ?? usage;
  }
  assert.deepEqual(texts, whole.choices.map((choice) => choice.text));
  assert.deepEqual(ends, ["length", "length", "length"]);
  assert.deepEqual(usage, whole.usage);
});

test("a stream that is left", async () => {
  const stream = await client.completions.create({ ...settings, max_tokens: 100000, stream: true });
  let parts = 0;
  for await (const part of stream) {
    assert.equal(part.object, "text_completion");
    if (++parts === 3) break;
  }
  stream.controller.abort();
  assert.equal(parts, 3);
});

test("stop strings, echo, lists of prompts", async () => {
  const prompts = ["Once upon a time", "There was"];
  const answer = await client.completions.create({ ...settings, max_tokens: 500, prompt: prompts, echo: true, stop: [".", "\n"] });
  assert.deepEqual(answer.choices.map((choice) => choice.index), [0, 1]);
  answer.choices.forEach((choice, i) => {
    assert.ok(choice.text.startsWith(prompts[i]));
    assert.ok(!/[.\n]/.test(choice.text));
    assert.equal(choice.finish_reason, "stop");
  });
});

test("probabilities", async () => {
  const answer = await client.completions.create({ ...settings, logprobs: 3, echo: true });
  const { text, logprobs } = answer.choices[0];
  assert.equal(logprobs.tokens.join(""), text);
  assert.equal(logprobs.token_logprobs[0], null);
  assert.ok(logprobs.token_logprobs.slice(1).every((p) => p <= 0));
  assert.ok(logprobs.top_logprobs.slice(1).every((top) => Object.keys(top).length === 3));
  assert.deepEqual(logprobs.text_offset, [...text].map((_, i) => i));
});

test("errors", async () => {
  await assert.rejects(client.completions.create({ ...settings, model: "none" }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.equal(error.code, "model_not_found");
    return true;
  });
  await assert.rejects(client.completions.create({ ...settings, temperature: -1 }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, "temperature");
    assert.match(error.message, /temperature must be 0 to 1e9, got -1/);
    return true;
  });
  await assert.rejects(client.completions.create({ ...settings, stream: true, n: 1000 }), OpenAI.BadRequestError);
  await assert.rejects(
    client.chat.completions.create({ model, messages: [{ role: "user", content: "Hello" }] }),
    OpenAI.NotFoundError,
  );
});

test("many at once", async () => {
  const seeds = [...Array(32).keys()];
  const ask = (seed) => client.completions.create({ ...settings, seed }).then((answer) => answer.choices[0].text);
  const alone = [];
  for (const seed of seeds.slice(0, 4)) alone.push(await ask(seed));
  assert.deepEqual((await Promise.all(seeds.map(ask))).slice(0, 4), alone);
});
