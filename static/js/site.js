import "./exclusive.js";
import "./conditional.js";
import "./conflict.js";
import "./autosave.js";
import "./counter.js";
import "./glossary.js";
import "./copy.js";
