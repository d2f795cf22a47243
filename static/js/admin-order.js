// In a list: shows the numbers the server gave after a drag and says when it refused;
// Enter in a number saves the numbers instead of running the chosen action.
"use strict";
window.addEventListener("load", () => {
  const config = document.getElementById("admin_sortable2_config");
  const table = document.getElementById("result_list");
  const state = document.getElementById("order-state");
  if (!config || !table || !state) return;
  const address = JSON.parse(config.textContent).update_url;
  const send = window.fetch;

  function show(places) {
    for (const handle of table.querySelectorAll(".drag.handle")) {
      const place = places[handle.getAttribute("pk")];
      if (place === undefined) continue;
      handle.setAttribute("order", place - 1);
      const number = handle.closest("tr").querySelector("input.place");
      if (number) number.value = number.defaultValue = place;
    }
  }

  function say(text) {
    state.textContent = text;
    state.hidden = false;
  }

  window.fetch = async (resource, options) => {
    const response = await send(resource, options);
    if (resource !== address) return response;
    if (response.ok) {
      show((await response.clone().json()).places);
      say(state.dataset.saved);
    } else {
      say(state.dataset.failed);
    }
    return response;
  };

  table.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input.place")) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.elements._save);
  });
});
