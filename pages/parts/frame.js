// What markup alone cannot do: follow a link inside the app without loading it again, and take the reader to the
// new page's question. Without this file every link still works, as a full page load.
(() => {
  let moved = false;
  const app = () => document.querySelector('[data-testid="stApp"]');
  const plain = (event) =>
    event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

  const arrive = () => {
    const question = document.getElementById("content");
    if (!question) return;
    question.scrollIntoView({ block: "nearest" });
    question.focus({ preventScroll: true });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (!link || event.defaultPrevented || !plain(event)) return;
    if (link.classList.contains("skip")) {
      event.preventDefault();
      arrive();
    } else if (link.dataset.move !== undefined && app()?.dataset.testConnectionState === "CONNECTED") {
      event.preventDefault();
      link.closest("details")?.removeAttribute("open");
      history.pushState({}, "", link.href);
      dispatchEvent(new PopStateEvent("popstate"));
      moved = true;
    }
  });

  // Streamlit has these in English only. The text node is changed, not replaced: it is React's.
  const translate = () => {
    const style = getComputedStyle(document.documentElement);
    const said = (name) => style.getPropertyValue(name).slice(1, -1);
    const words = said("--choose-files");
    for (const button of document.querySelectorAll('.stSelectbox button[aria-label="Open"]')) {
      button.setAttribute("aria-label", said("--open-list"));
    }
    for (const button of document.querySelectorAll('[data-testid="stFileUploaderDropzone"] button')) {
      const text = button.querySelector("p")?.firstChild;
      if (text && text.nodeValue !== words) text.nodeValue = words;
      if (button.getAttribute("aria-label") === "Add files") button.setAttribute("aria-label", words);
    }
  };

  // Some elements arrive after the page has run, with the code that draws them.
  let isDue = false;
  new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      translate();
    });
  }).observe(document.documentElement, { subtree: true, childList: true });

  new MutationObserver(() => {
    if (!moved || app()?.dataset.testScriptState !== "notRunning") return;
    moved = false;
    scrollTo(0, 0);
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    arrive();
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["data-test-script-state"] });
})();
