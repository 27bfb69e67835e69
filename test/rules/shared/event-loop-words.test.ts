import { expect, test } from 'vitest';
import { calleeInWords } from '../../../rules/shared/event-loop-words.ts';

test.each([
  ['requests.get', 'requests.get'],
  ['boto3.resource("dynamodb").Table("books").get_item', 'boto3.resource("dynamodb").Table("books").get_item'],
  ['time \\\n    .sleep', 'time.sleep'],
  ['shop.orders(\n    since(2024),\n).first', 'shop.orders(…).first'],
  ['shop.orders(\r\n    "an argument that was cut of', 'shop.orders(…)'],
])('the callee `%s` stands in a message as `%s`', (calleeText, expected) => {
  expect(calleeInWords(calleeText)).toBe(expected);
});
