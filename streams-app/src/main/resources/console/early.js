// SPDX-License-Identifier: GPL-3.0-or-later
// Before the first paint, so that a chosen theme does not flash in after the system's.
try {
  const theme = localStorage.getItem("miasma.theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // No storage: the system's theme stays.
}
