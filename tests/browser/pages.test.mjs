// Each page, in both languages, on a phone and on a desk:
// 1. answers as it should, in the language of its address, with one main heading;
// 2. has no barrier that axe knows, light and dark;
// 3. asks nobody else for anything and keeps to the content security policy;
// 4. does not scroll sideways: at 320 px, and at 360 px with text at twice its size.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { anyVacancy, barriers, DESK, enlargeText, launch, PHONE, picture, sideways, url, visit } from './browser.mjs';

let browser;
let vacancy;

before(async () => {
  browser = await launch();
  vacancy = await anyVacancy();
});
after(() => browser?.close());

const PAGES = [
  { name: 'home', path: () => '/' },
  { name: 'results', path: () => '/viec-lam?q=tho' },
  { name: 'no-results', path: () => '/viec-lam?q=zzzzzz' },
  { name: 'past-the-end', path: () => '/viec-lam?trang=9999' },
  { name: 'old-district', path: () => `/viec-lam?noi=${encodeURIComponent('Ngọc Hồi')}` },
  { name: 'vacancy', path: () => `/viec-lam/${vacancy.id}` },
  { name: 'about', path: () => '/gioi-thieu' },
  { name: 'not-found', path: () => '/khong-co-trang-nay', status: 404 },
];
const SIZES = [
  { size: PHONE, colorScheme: 'light' },
  { size: PHONE, colorScheme: 'dark' },
  { size: DESK, colorScheme: 'light' },
];

function address(page, lang) {
  const path = page.path();
  return url + (lang === 'en' ? `/en${path}` : path);
}

for (const page of PAGES) {
  for (const lang of ['vi', 'en']) {
    for (const { size, colorScheme } of SIZES) {
      const name = `${page.name}-${lang}-${size.width}${colorScheme === 'dark' ? '-dark' : ''}`;

      test(name, async () => { // 1, 2, 3
        const tab = await visit(browser, { viewport: size, colorScheme });
        const answer = await tab.page.goto(address(page, lang), { waitUntil: 'networkidle' });
        await picture(tab.page, name);
        assert.equal(answer.status(), page.status ?? 200);
        assert.equal(await tab.page.locator('html').getAttribute('lang'), lang);
        assert.equal(await tab.page.locator('h1:visible').count(), 1);
        assert.deepEqual(await barriers(tab.page), []);
        assert.deepEqual(await sideways(tab.page), []);
        assert.deepEqual(tab.wrong, []);
        await tab.close();
      });
    }

    test(`${page.name}-${lang} on narrow screens and with large text`, async () => { // 4
      const tab = await visit(browser, { viewport: { width: 320, height: 640 } });
      await tab.page.goto(address(page, lang), { waitUntil: 'networkidle' });
      assert.deepEqual(await sideways(tab.page), []);
      await tab.page.setViewportSize(PHONE);
      await enlargeText(tab.page);
      await picture(tab.page, `${page.name}-${lang}-large-text`);
      assert.deepEqual(await sideways(tab.page), []);
      await tab.close();
    });
  }
}
