import "./exclusive.js";
import "./conditional.js";
import "./autosave.js";
import "./counter.js";
import "./aside.js";
import "./leave.js";
