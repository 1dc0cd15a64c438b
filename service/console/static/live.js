/* Follows a list while its page is seen, and says what changed: nothing moves, no focus jumps. */
(function () {
  "use strict";
  var box = document.querySelector("[data-follow]");
  if (!box || !window.EventSource) return;
  var said = box.querySelector(".said"), source = null, over = false;

  function tell(text) {
    if (said.textContent !== text) said.textContent = text;
  }
  function close() {
    if (source) source.close();
    source = null;
  }
  function open() {
    if (source || over || document.hidden) return;
    source = new EventSource(box.dataset.follow);
    source.addEventListener("tasks", function (event) {
      var news = JSON.parse(event.data);
      if (news.text || news.counts !== box.dataset.counts) tell(news.text || box.dataset.moved);
    });
    source.addEventListener("end", function (event) {
      over = true;
      close();
      if (JSON.parse(event.data).because === "signed_out") tell(box.dataset.ended);
    });
  }
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) close();
    else open();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
})();
