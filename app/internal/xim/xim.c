//go:build cgo && ((linux && !android && (x11 || !wayland)) || ((freebsd || netbsd) && !wayland) || openbsd)

#include <langinfo.h>
#include <locale.h>
#include <string.h>

#include <X11/Xlib.h>
#include <X11/Xutil.h>

static Bool (*filter_event)(XEvent *, Window);
static KeySym (*lookup_keysym)(XKeyEvent *, int);

// own_work reports whether a key may do something by itself. Modifiers do not,
// and must not seem to be held for ever, as when they come back from the input
// method after their release. With Alt or AltGr held all keys pass: Fyne opens
// its menu when it sees Alt, or a dead key's AltGr, go down and up with nothing
// in between.
static Bool own_work(XKeyEvent *key)
{
	return !(key->state & (Mod1Mask | Mod5Mask)) && !IsModifierKey(lookup_keysym(key, 0));
}

static Bool filter(XEvent *event, Window window)
{
	// Asked before, for an input method may clear the key.
	Bool press = event->type == KeyPress && own_work(&event->xkey);
	Bool taken = filter_event(event, window);
	if (taken && press)
		event->type = 0; // no event has this type
	return taken;
}

void *__real_dlsym(void *module, const char *name);

void *__wrap_dlsym(void *module, const char *name)
{
	void *found = __real_dlsym(module, name);
	if (found && strcmp(name, "XFilterEvent") == 0) {
		lookup_keysym = (KeySym (*)(XKeyEvent *, int)) __real_dlsym(module, "XLookupKeysym");
		if (lookup_keysym) {
			filter_event = (Bool (*)(XEvent *, Window)) found;
			found = (void *) filter;
		}
	}
	return found;
}

int use_utf8(void)
{
	const char *locales[] = {"", "C.UTF-8"}; // the user's first
	for (int i = 0; i < 2; i++)
		if (setlocale(LC_CTYPE, locales[i]) && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
			return 1;
	return 0;
}
