#include <gio/gio.h>

#if defined (__ELF__) && ( __GNUC__ > 2 || (__GNUC__ == 2 && __GNUC_MINOR__ >= 6))
# define SECTION __attribute__ ((section (".gresource.kennis"), aligned (8)))
#else
# define SECTION
#endif

static const SECTION union { const guint8 data[1820]; const double alignment; void * const ptr;}  kennis_resource_data = {
  "\107\126\141\162\151\141\156\164\000\000\000\000\000\000\000\000"
  "\030\000\000\000\254\000\000\000\000\000\000\050\005\000\000\000"
  "\000\000\000\000\002\000\000\000\002\000\000\000\002\000\000\000"
  "\003\000\000\000\026\262\204\060\002\000\000\000\254\000\000\000"
  "\005\000\166\000\270\000\000\000\323\003\000\000\324\265\002\000"
  "\377\377\377\377\323\003\000\000\001\000\114\000\324\003\000\000"
  "\330\003\000\000\122\234\331\224\003\000\000\000\330\003\000\000"
  "\006\000\114\000\340\003\000\000\350\003\000\000\113\162\376\373"
  "\001\000\000\000\350\003\000\000\007\000\114\000\360\003\000\000"
  "\364\003\000\000\124\070\367\057\002\000\000\000\364\003\000\000"
  "\005\000\166\000\000\004\000\000\033\007\000\000\156\154\056\155"
  "\157\000\000\000\000\000\000\000\013\003\000\000\000\000\000\000"
  "\336\022\004\225\000\000\000\000\015\000\000\000\034\000\000\000"
  "\204\000\000\000\021\000\000\000\354\000\000\000\000\000\000\000"
  "\060\001\000\000\005\000\000\000\061\001\000\000\006\000\000\000"
  "\067\001\000\000\010\000\000\000\076\001\000\000\010\000\000\000"
  "\107\001\000\000\007\000\000\000\120\001\000\000\004\000\000\000"
  "\130\001\000\000\004\000\000\000\135\001\000\000\005\000\000\000"
  "\142\001\000\000\003\000\000\000\150\001\000\000\010\000\000\000"
  "\154\001\000\000\007\000\000\000\165\001\000\000\011\000\000\000"
  "\175\001\000\000\053\001\000\000\207\001\000\000\005\000\000\000"
  "\263\002\000\000\010\000\000\000\271\002\000\000\010\000\000\000"
  "\302\002\000\000\010\000\000\000\313\002\000\000\007\000\000\000"
  "\324\002\000\000\004\000\000\000\334\002\000\000\004\000\000\000"
  "\341\002\000\000\005\000\000\000\346\002\000\000\003\000\000\000"
  "\354\002\000\000\010\000\000\000\360\002\000\000\007\000\000\000"
  "\371\002\000\000\011\000\000\000\001\003\000\000\001\000\000\000"
  "\013\000\000\000\002\000\000\000\014\000\000\000\000\000\000\000"
  "\007\000\000\000\005\000\000\000\000\000\000\000\006\000\000\000"
  "\010\000\000\000\012\000\000\000\000\000\000\000\000\000\000\000"
  "\004\000\000\000\011\000\000\000\015\000\000\000\003\000\000\000"
  "\000\101\160\162\151\154\000\101\165\147\165\163\164\000\104\145"
  "\143\145\155\142\145\162\000\106\145\142\162\165\141\162\171\000"
  "\112\141\156\165\141\162\171\000\112\165\154\171\000\112\165\156"
  "\145\000\115\141\162\143\150\000\115\141\171\000\116\157\166\145"
  "\155\142\145\162\000\117\143\164\157\142\145\162\000\123\145\160"
  "\164\145\155\142\145\162\000\120\162\157\152\145\143\164\055\111"
  "\144\055\126\145\162\163\151\157\156\072\040\153\145\156\156\151"
  "\163\040\060\056\061\056\060\012\122\145\160\157\162\164\055\115"
  "\163\147\151\144\055\102\165\147\163\055\124\157\072\040\012\120"
  "\117\055\122\145\166\151\163\151\157\156\055\104\141\164\145\072"
  "\040\062\060\062\066\055\061\061\055\062\062\040\060\060\072\060"
  "\060\053\060\060\060\060\012\114\141\163\164\055\124\162\141\156"
  "\163\154\141\164\157\162\072\040\124\150\145\040\113\145\156\156"
  "\151\163\040\141\165\164\150\157\162\163\012\114\141\156\147\165"
  "\141\147\145\055\124\145\141\155\072\040\104\165\164\143\150\012"
  "\114\141\156\147\165\141\147\145\072\040\156\154\012\115\111\115"
  "\105\055\126\145\162\163\151\157\156\072\040\061\056\060\012\103"
  "\157\156\164\145\156\164\055\124\171\160\145\072\040\164\145\170"
  "\164\057\160\154\141\151\156\073\040\143\150\141\162\163\145\164"
  "\075\125\124\106\055\070\012\103\157\156\164\145\156\164\055\124"
  "\162\141\156\163\146\145\162\055\105\156\143\157\144\151\156\147"
  "\072\040\070\142\151\164\012\120\154\165\162\141\154\055\106\157"
  "\162\155\163\072\040\156\160\154\165\162\141\154\163\075\062\073"
  "\040\160\154\165\162\141\154\075\050\156\040\041\075\040\061\051"
  "\073\012\000\141\160\162\151\154\000\141\165\147\165\163\164\165"
  "\163\000\144\145\143\145\155\142\145\162\000\146\145\142\162\165"
  "\141\162\151\000\152\141\156\165\141\162\151\000\152\165\154\151"
  "\000\152\165\156\151\000\155\141\141\162\164\000\155\145\151\000"
  "\156\157\166\145\155\142\145\162\000\157\153\164\157\142\145\162"
  "\000\163\145\160\164\145\155\142\145\162\000\000\000\050\165\165"
  "\141\171\051\057\003\000\000\000\164\145\170\164\163\057\000\000"
  "\004\000\000\000\000\000\000\000\153\145\156\156\151\163\057\000"
  "\002\000\000\000\146\162\056\155\157\000\000\000\000\000\000\000"
  "\013\003\000\000\000\000\000\000\336\022\004\225\000\000\000\000"
  "\015\000\000\000\034\000\000\000\204\000\000\000\021\000\000\000"
  "\354\000\000\000\000\000\000\000\060\001\000\000\005\000\000\000"
  "\061\001\000\000\006\000\000\000\067\001\000\000\010\000\000\000"
  "\076\001\000\000\010\000\000\000\107\001\000\000\007\000\000\000"
  "\120\001\000\000\004\000\000\000\130\001\000\000\004\000\000\000"
  "\135\001\000\000\005\000\000\000\142\001\000\000\003\000\000\000"
  "\150\001\000\000\010\000\000\000\154\001\000\000\007\000\000\000"
  "\165\001\000\000\011\000\000\000\175\001\000\000\053\001\000\000"
  "\207\001\000\000\005\000\000\000\263\002\000\000\005\000\000\000"
  "\271\002\000\000\011\000\000\000\277\002\000\000\010\000\000\000"
  "\311\002\000\000\007\000\000\000\322\002\000\000\007\000\000\000"
  "\332\002\000\000\004\000\000\000\342\002\000\000\004\000\000\000"
  "\347\002\000\000\003\000\000\000\354\002\000\000\010\000\000\000"
  "\360\002\000\000\007\000\000\000\371\002\000\000\011\000\000\000"
  "\001\003\000\000\001\000\000\000\013\000\000\000\002\000\000\000"
  "\014\000\000\000\000\000\000\000\007\000\000\000\005\000\000\000"
  "\000\000\000\000\006\000\000\000\010\000\000\000\012\000\000\000"
  "\000\000\000\000\000\000\000\000\004\000\000\000\011\000\000\000"
  "\015\000\000\000\003\000\000\000\000\101\160\162\151\154\000\101"
  "\165\147\165\163\164\000\104\145\143\145\155\142\145\162\000\106"
  "\145\142\162\165\141\162\171\000\112\141\156\165\141\162\171\000"
  "\112\165\154\171\000\112\165\156\145\000\115\141\162\143\150\000"
  "\115\141\171\000\116\157\166\145\155\142\145\162\000\117\143\164"
  "\157\142\145\162\000\123\145\160\164\145\155\142\145\162\000\120"
  "\162\157\152\145\143\164\055\111\144\055\126\145\162\163\151\157"
  "\156\072\040\153\145\156\156\151\163\040\060\056\061\056\060\012"
  "\122\145\160\157\162\164\055\115\163\147\151\144\055\102\165\147"
  "\163\055\124\157\072\040\012\120\117\055\122\145\166\151\163\151"
  "\157\156\055\104\141\164\145\072\040\062\060\062\066\055\061\061"
  "\055\062\062\040\060\060\072\060\060\053\060\060\060\060\012\114"
  "\141\163\164\055\124\162\141\156\163\154\141\164\157\162\072\040"
  "\124\150\145\040\113\145\156\156\151\163\040\141\165\164\150\157"
  "\162\163\012\114\141\156\147\165\141\147\145\055\124\145\141\155"
  "\072\040\106\162\145\156\143\150\012\114\141\156\147\165\141\147"
  "\145\072\040\146\162\012\115\111\115\105\055\126\145\162\163\151"
  "\157\156\072\040\061\056\060\012\103\157\156\164\145\156\164\055"
  "\124\171\160\145\072\040\164\145\170\164\057\160\154\141\151\156"
  "\073\040\143\150\141\162\163\145\164\075\125\124\106\055\070\012"
  "\103\157\156\164\145\156\164\055\124\162\141\156\163\146\145\162"
  "\055\105\156\143\157\144\151\156\147\072\040\070\142\151\164\012"
  "\120\154\165\162\141\154\055\106\157\162\155\163\072\040\156\160"
  "\154\165\162\141\154\163\075\062\073\040\160\154\165\162\141\154"
  "\075\050\156\040\076\040\061\051\073\012\000\141\166\162\151\154"
  "\000\141\157\303\273\164\000\144\303\251\143\145\155\142\162\145"
  "\000\146\303\251\166\162\151\145\162\000\152\141\156\166\151\145"
  "\162\000\152\165\151\154\154\145\164\000\152\165\151\156\000\155"
  "\141\162\163\000\155\141\151\000\156\157\166\145\155\142\162\145"
  "\000\157\143\164\157\142\162\145\000\163\145\160\164\145\155\142"
  "\162\145\000\000\000\050\165\165\141\171\051" };

static GStaticResource static_resource = { kennis_resource_data.data, sizeof (kennis_resource_data.data) - 1 /* nul terminator */, NULL, NULL, NULL };

G_GNUC_INTERNAL
GResource *kennis_get_resource (void);
GResource *kennis_get_resource (void)
{
  return g_static_resource_get_resource (&static_resource);
}
/* GLIB - Library of useful routines for C programming
 * Copyright (C) 1995-1997  Peter Mattis, Spencer Kimball and Josh MacDonald
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.	 See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, see <http://www.gnu.org/licenses/>.
 */

/*
 * Modified by the GLib Team and others 1997-2000.  See the AUTHORS
 * file for a list of people on the GLib Team.  See the ChangeLog
 * files for a list of changes.  These files are distributed with
 * GLib at ftp://ftp.gtk.org/pub/gtk/.
 */

#ifndef __G_CONSTRUCTOR_H__
#define __G_CONSTRUCTOR_H__

/*
  If G_HAS_CONSTRUCTORS is true then the compiler support *both* constructors and
  destructors, in a usable way, including e.g. on library unload. If not you're on
  your own.

  Some compilers need #pragma to handle this, which does not work with macros,
  so the way you need to use this is (for constructors):

  #ifdef G_DEFINE_CONSTRUCTOR_NEEDS_PRAGMA
  #pragma G_DEFINE_CONSTRUCTOR_PRAGMA_ARGS(my_constructor)
  #endif
  G_DEFINE_CONSTRUCTOR(my_constructor)
  static void my_constructor(void) {
   ...
  }

*/

#ifndef __GTK_DOC_IGNORE__

#if  __GNUC__ > 2 || (__GNUC__ == 2 && __GNUC_MINOR__ >= 7)

#define G_HAS_CONSTRUCTORS 1

#define G_DEFINE_CONSTRUCTOR(_func) static void __attribute__((constructor)) _func (void);
#define G_DEFINE_DESTRUCTOR(_func) static void __attribute__((destructor)) _func (void);

#elif defined (_MSC_VER) && (_MSC_VER >= 1500)
/* Visual studio 2008 and later has _Pragma */

/*
 * Only try to include gslist.h if not already included via glib.h,
 * so that items using gconstructor.h outside of GLib (such as
 * GResources) continue to build properly.
 */
#ifndef __G_LIB_H__
#include "gslist.h"
#endif

#include <stdlib.h>

#define G_HAS_CONSTRUCTORS 1

/* We do some weird things to avoid the constructors being optimized
 * away on VS2015 if WholeProgramOptimization is enabled. First we
 * make a reference to the array from the wrapper to make sure its
 * references. Then we use a pragma to make sure the wrapper function
 * symbol is always included at the link stage. Also, the symbols
 * need to be extern (but not dllexport), even though they are not
 * really used from another object file.
 */

/* We need to account for differences between the mangling of symbols
 * for x86 and x64/ARM/ARM64 programs, as symbols on x86 are prefixed
 * with an underscore but symbols on x64/ARM/ARM64 are not.
 */
#ifdef _M_IX86
#define G_MSVC_SYMBOL_PREFIX "_"
#else
#define G_MSVC_SYMBOL_PREFIX ""
#endif

#define G_DEFINE_CONSTRUCTOR(_func) G_MSVC_CTOR (_func, G_MSVC_SYMBOL_PREFIX)
#define G_DEFINE_DESTRUCTOR(_func) G_MSVC_DTOR (_func, G_MSVC_SYMBOL_PREFIX)

#define G_MSVC_CTOR(_func,_sym_prefix) \
  static void _func(void); \
  extern int (* _array ## _func)(void);              \
  int _func ## _wrapper(void) { _func(); g_slist_find (NULL,  _array ## _func); return 0; } \
  __pragma(comment(linker,"/include:" _sym_prefix # _func "_wrapper")) \
  __pragma(section(".CRT$XCU",read)) \
  __declspec(allocate(".CRT$XCU")) int (* _array ## _func)(void) = _func ## _wrapper;

#define G_MSVC_DTOR(_func,_sym_prefix) \
  static void _func(void); \
  extern int (* _array ## _func)(void);              \
  int _func ## _constructor(void) { atexit (_func); g_slist_find (NULL,  _array ## _func); return 0; } \
   __pragma(comment(linker,"/include:" _sym_prefix # _func "_constructor")) \
  __pragma(section(".CRT$XCU",read)) \
  __declspec(allocate(".CRT$XCU")) int (* _array ## _func)(void) = _func ## _constructor;

#elif defined (_MSC_VER)

#define G_HAS_CONSTRUCTORS 1

/* Pre Visual studio 2008 must use #pragma section */
#define G_DEFINE_CONSTRUCTOR_NEEDS_PRAGMA 1
#define G_DEFINE_DESTRUCTOR_NEEDS_PRAGMA 1

#define G_DEFINE_CONSTRUCTOR_PRAGMA_ARGS(_func) \
  section(".CRT$XCU",read)
#define G_DEFINE_CONSTRUCTOR(_func) \
  static void _func(void); \
  static int _func ## _wrapper(void) { _func(); return 0; } \
  __declspec(allocate(".CRT$XCU")) static int (*p)(void) = _func ## _wrapper;

#define G_DEFINE_DESTRUCTOR_PRAGMA_ARGS(_func) \
  section(".CRT$XCU",read)
#define G_DEFINE_DESTRUCTOR(_func) \
  static void _func(void); \
  static int _func ## _constructor(void) { atexit (_func); return 0; } \
  __declspec(allocate(".CRT$XCU")) static int (* _array ## _func)(void) = _func ## _constructor;

#elif defined(__SUNPRO_C)

/* This is not tested, but i believe it should work, based on:
 * http://opensource.apple.com/source/OpenSSL098/OpenSSL098-35/src/fips/fips_premain.c
 */

#define G_HAS_CONSTRUCTORS 1

#define G_DEFINE_CONSTRUCTOR_NEEDS_PRAGMA 1
#define G_DEFINE_DESTRUCTOR_NEEDS_PRAGMA 1

#define G_DEFINE_CONSTRUCTOR_PRAGMA_ARGS(_func) \
  init(_func)
#define G_DEFINE_CONSTRUCTOR(_func) \
  static void _func(void);

#define G_DEFINE_DESTRUCTOR_PRAGMA_ARGS(_func) \
  fini(_func)
#define G_DEFINE_DESTRUCTOR(_func) \
  static void _func(void);

#else

/* constructors not supported for this compiler */

#endif

#endif /* __GTK_DOC_IGNORE__ */
#endif /* __G_CONSTRUCTOR_H__ */

#ifdef G_HAS_CONSTRUCTORS

#ifdef G_DEFINE_CONSTRUCTOR_NEEDS_PRAGMA
#pragma G_DEFINE_CONSTRUCTOR_PRAGMA_ARGS(kennisresource_constructor)
#endif
G_DEFINE_CONSTRUCTOR(kennisresource_constructor)
#ifdef G_DEFINE_DESTRUCTOR_NEEDS_PRAGMA
#pragma G_DEFINE_DESTRUCTOR_PRAGMA_ARGS(kennisresource_destructor)
#endif
G_DEFINE_DESTRUCTOR(kennisresource_destructor)

#else
#warning "Constructor not supported on this compiler, linking in resources will not work"
#endif

static void kennisresource_constructor (void)
{
  g_static_resource_init (&static_resource);
}

static void kennisresource_destructor (void)
{
  g_static_resource_fini (&static_resource);
}
