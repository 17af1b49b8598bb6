"use strict";
document.getElementById("tools").hidden = false;
document.getElementById("print").addEventListener("click", () => window.print());
