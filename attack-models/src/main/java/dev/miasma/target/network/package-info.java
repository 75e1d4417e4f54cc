// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Neural networks as targets and shadows: trained by DJL and PyTorch where they can be loaded, exported to plain arrays,
 * kept in a file of this project's own, and answered in plain Java everywhere.
 */
@NullMarked
package dev.miasma.target.network;

import org.jspecify.annotations.NullMarked;
