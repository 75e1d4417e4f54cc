// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.audit;

import dev.miasma.dataset.PosteriorSet;

/**
 * What an attacker learns on.
 *
 * @param origin what it is, for people: "the shadow"
 * @param members answers to members, at least one
 * @param nonMembers answers to non-members, at least one, of as many classes
 */
public record Reference(String origin, PosteriorSet members, PosteriorSet nonMembers) {

    public Reference {
        Answers.requireUsable(origin, members, nonMembers, 1);
    }
}
