// Package xim mends what GLFW 3.4 does with X11's input methods (fcitx, ibus,
// and Xlib's own for dead keys and Compose). A program that links it is mended;
// it does nothing in one without GLFW, and nothing under Wayland.
//
// GLFW asks XFilterEvent whether the input method has taken a key, but hands
// the key to the program whatever the answer: Backspace, Enter and the arrows,
// meant for the letters being composed, change the document as well
// (https://github.com/glfw/glfw/pull/1972). GLFW gets the function by dlsym, so
// the linker puts ours in place of all calls of dlsym in the program (not in its
// shared libraries), which gives GLFW an XFilterEvent that also makes a key press
// that was taken into an event GLFW takes no notice of. A key the input method
// gives back comes as a new event and passes.
package xim
