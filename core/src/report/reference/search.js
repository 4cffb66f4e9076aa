"use strict";
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const search = document.getElementById("search");
const nothing = document.getElementById("nothing");
const rules = [...document.querySelectorAll(".rules li")].map((item) => ({
  item,
  text: plain(`${item.textContent} ${item.dataset.words}`),
}));
const show = () => {
  const words = plain(search.querySelector("input").value).split(/\s+/);
  for (const { item, text } of rules) {
    item.hidden = !words.every((word) => text.includes(word));
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  nothing.hidden = rules.some(({ item }) => !item.hidden);
};
search.hidden = false;
search.addEventListener("input", show);
show();
