// 1. Without JavaScript, somebody searches on the home page, opens a vacancy and goes on in English.
// 2. The first view of the results keeps to its budget.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { anyVacancy, DESK, launch, PHONE, picture, url, visit } from './browser.mjs';

let browser;
let vacancy;

before(async () => {
  browser = await launch();
  vacancy = await anyVacancy();
});
after(() => browser?.close());

for (const viewport of [PHONE, DESK]) {
  test(`search, read, change the language at ${viewport.width} px`, async () => { // 1
    const tab = await visit(browser, { viewport, javaScriptEnabled: false });
    const { page } = tab;
    await page.goto(url);
    // Words that are in it: the search must find something.
    await page.locator('input[name=q]:visible').first().fill(vacancy.title);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/viec-lam\?/);
    const first = page.locator('main a[href*="/viec-lam/"]').first();
    const title = (await first.innerText()).trim();
    await picture(page, `journey-results-${viewport.width}`);
    await first.click();
    await page.waitForURL(/\/viec-lam\/[0-9a-f-]+/);
    assert.equal((await page.locator('h1').innerText()).trim(), title);

    const english = await page.locator('a[href^="/en/"]').first().getAttribute('href');
    await page.goto(url + english);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal((await page.locator('h1').innerText()).trim(), title);
    assert.deepEqual(tab.wrong, []);
    await tab.close();
  });
}

const KB = 1_000;

test('the first view of the results is small', async () => { // 2
  const tab = await visit(browser);
  const session = await tab.page.context().newCDPSession(tab.page);
  await session.send('Network.enable');
  const kinds = new Map();
  const sizes = new Map();
  session.on('Network.responseReceived', (event) => kinds.set(event.requestId, event.type));
  session.on('Network.loadingFinished', (event) => sizes.set(event.requestId, event.encodedDataLength));
  await tab.page.goto(`${url}/viec-lam?q=tho`, { waitUntil: 'networkidle' });

  const bytes = (wanted) =>
    [...sizes].filter(([id]) => wanted(kinds.get(id))).reduce((sum, [, size]) => sum + size, 0);
  const fonts = [...kinds.values()].filter((kind) => kind === 'Font').length;
  // Of two font weights one is part of the budget.
  const oneFont = fonts === 0 ? 0 : bytes((kind) => kind === 'Font') / fonts;
  const all = bytes((kind) => kind !== 'Font') + oneFont;
  assert.ok(all <= 60 * KB, `${all} bytes`);
  assert.ok(bytes((kind) => kind === 'Stylesheet') <= 15 * KB);
  assert.ok(bytes((kind) => kind === 'Script') <= 10 * KB);
  assert.ok(sizes.size <= 6, `${sizes.size} requests`);
  await tab.close();
});
