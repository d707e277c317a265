"""The places of a shown page that lead on when they are clicked and are no links: what a browser is told to look for.

A place is an element that says that it can be clicked: by a handler of its own or of the list around it, by its name
(``button``), its role, or the shape of the pointer over it. It is known by its text and by how many of the same text
stand before it, since an application draws its elements anew at every step.
"""

from __future__ import annotations

from typing import Final

#: The attribute under which a place stands while it is looked at.
MARK: Final = "data-gongkai-place"

#: To be run before a page's own scripts: notes who listens to clicks, and where a script would open a new window.
LISTEN: Final = """(() => {
  const told = window.__gongkai = {heard: new WeakSet(), opened: null};
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (kind, ...rest) {
    if (kind === 'click' && this instanceof Element) told.heard.add(this);
    return add.call(this, kind, ...rest);
  };
  const note = to => { if (to) told.opened = new URL(to, location.href).href; };
  const place = {set href(to) { note(to); }, get href() { return told.opened || ''; }, assign: note, replace: note};
  window.open = to => {
    note(to);
    return {close() {}, focus() {}, opener: null, get location() { return place; }, set location(to) { note(to); }};
  };
})()"""

#: Marks the places and gives their texts, each with the number of the same text before it.
FIND: Final = """mark => {
  document.querySelectorAll('[' + mark + ']').forEach(each => each.removeAttribute(mark));
  const bare = text => (text || '').replace(/[\\s\\u3000\\xa0]/g, '');
  const leads = each => !/^(#|javascript:.*)?$/i.test(each.getAttribute('href') || '');
  const heard = each => Boolean(each.onclick) || window.__gongkai.heard.has(each);
  const items = 'li, tr, td, dt, dd, a, button, span, p';
  const roles = ['link', 'button', 'tab', 'treeitem', 'menuitem', 'option'];
  const around = each => {  // a list that listens for its items
    const list = each.matches(items) && each.parentElement && each.parentElement.closest('ul, ol, table, dl, div');
    return list && heard(list) && list.childElementCount > 1;
  };
  const named = each => each.matches('a, button') || roles.includes(each.getAttribute('role'));
  const own = each => heard(each) || named(each) || around(each);
  const found = [], before = {};
  for (const each of document.querySelectorAll('body *')) {
    if (each.textContent.length > 400 || each.closest(`[${mark}], script, style, noscript, select`)) continue;
    const text = bare(each.textContent);
    if (text.length < 2 || text.length > 80 || !each.getClientRects().length) continue;
    const link = each.closest('a');
    if ((link && leads(link)) || Array.from(each.querySelectorAll('a')).some(leads)) continue;
    if (each.querySelector('input, select, textarea')) continue;
    if (!own(each) && getComputedStyle(each).cursor !== 'pointer') continue;
    const inner = Array.from(each.querySelectorAll('*')).filter(one => bare(one.textContent).length > 1);
    if (inner.filter(own).length > 1 || (!own(each) && inner.filter(one => one.matches('li, tr')).length > 1)) continue;
    before[text] = (before[text] || 0) + 1;
    each.setAttribute(mark, found.length);
    found.push(text + '#' + before[text]);
  }
  return found;
}"""

#: The page as it is shown, with addresses (by number) at its places; in ``whole``, with its head.
COPY: Final = """([mark, addresses, whole]) => {
  const copy = document.documentElement.cloneNode(true);
  copy.querySelectorAll('script, noscript, style').forEach(each => each.remove());
  for (const each of copy.querySelectorAll('[' + mark + ']')) {
    const to = addresses[each.getAttribute(mark)];
    each.removeAttribute(mark);
    if (!to) continue;
    each.removeAttribute('onclick');
    const cells = each.tagName === 'TR' ? Array.from(each.cells) : [each];
    const place = cells.reduce((most, one) => one.textContent.length > most.textContent.length ? one : most, cells[0]);
    const link = place.tagName === 'A' ? place : place.querySelector('a') || document.createElement('a');
    link.setAttribute('href', to);
    if (link.parentNode) continue;
    link.append(...place.childNodes);
    place.append(link);
  }
  return whole ? '<!DOCTYPE html>' + copy.outerHTML : copy.querySelector('body').innerHTML;
}"""

#: What tells one state of a page from another: its address, a window that was to be opened, what is shown.
STATE: Final = "() => [location.href, window.__gongkai.opened, document.body ? document.body.innerText : '']"

#: Lets the page's own scripts have their turn, twice: what a click or an answer began shows itself then.
PAUSE: Final = "() => new Promise(done => setTimeout(() => setTimeout(done)))"

#: Clicks a place, after forgetting what a click before it would have opened.
CLICK: Final = """([mark, number]) => {
  window.__gongkai.opened = null;
  const place = document.querySelector('[' + mark + '="' + number + '"]');
  if (place) place.click();  // a page that draws itself anew at this moment has lost its marks
}"""
