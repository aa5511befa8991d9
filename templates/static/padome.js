// Pages work without this file; with it they work better. What it does it finds
// by data attributes.
const faults = document.querySelector("[data-focus]");
if (faults) faults.focus();
