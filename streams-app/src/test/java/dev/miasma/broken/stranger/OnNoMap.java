// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.stranger;

interface OnNoMap {}
