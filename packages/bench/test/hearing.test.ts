import { describe, expect, test } from "@jest/globals";
import { createHearing } from "../src/hearing.ts";

describe("what watchers hear", () => {
  test("is every message of theirs, in whatever pieces it comes", () => {
    const hearing = createHearing();
    const [one, other] = [hearing.watcher(), hearing.watcher()];
    for (const character of `HTTP/1.1 200 OK\r\n\r\nretry: 2000\n\n${message(1)}${message(2)}`) one(character);
    other(`${message(1)}${message(2)}${message(3)}`);
    expect(hearing.messages()).toBe(5);
  });

  test("is not what only shows that the stream lives", () => {
    const hearing = createHearing();
    hearing.watcher()(": beat\nid: 1-0\nevent: beat\ndata: {}\n\n");
    expect(hearing.messages()).toBe(0);
  });

  test("is late by the time since it was recorded", () => {
    const hearing = createHearing();
    hearing.watcher()(message(Date.now() - 60_000));
    const { p50, p99 } = hearing.lags();
    expect([p50 >= 60_000, p99 === p50]).toEqual([true, true]);
  });

  test("can be forgotten", () => {
    const hearing = createHearing();
    hearing.watcher()(message(1));
    hearing.forget();
    expect(hearing.messages()).toBe(0);
  });
});

function message(recordedAt: number): string {
  return `id: ${recordedAt}-0\ndata: {"type":"component.changed"}\n\n`;
}
