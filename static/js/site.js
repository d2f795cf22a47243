import "./exclusive.js";
import "./conditional.js";
import "./conflict.js";
import "./autosave.js";
import "./counter.js";
import "./aside.js";
