import { expect, test } from 'vitest';
import { failureMessage } from '../../../rules/reliability/swallowed-exception/failure-message.ts';

test.each([
  ['refresh_cart', 'Could not refresh the cart'],
  ['Cart.refresh', 'Could not refresh'],
  ['load_orders', 'Could not load orders'],
  ['_send_order_mail', 'Could not send order mail'],
  ['outer.<locals>.updatePrice', 'Could not update the price'],
  ['getDOMOfCover', 'Could not get DOM of cover'],
  ['parseISBN', 'Could not parse ISBN'],
  ['ensure_open', 'Unexpected error in ensure_open'],
  ['cart_total', 'Unexpected error in cart_total'],
  ['Cart.__init__', 'Unexpected error'],
  ['f.<locals>.<lambda>', 'Unexpected error'],
  [undefined, 'Unexpected error'],
])('%s: %s', (name, message) => {
  expect(failureMessage(name)).toBe(message);
});
