import "./conflict.js";
import "./unsent.js";
