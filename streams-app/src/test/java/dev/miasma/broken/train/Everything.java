// SPDX-License-Identifier: GPL-3.0-or-later
package dev.miasma.broken.train;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.logging.Logger;

/** Ends the process, prints, logs past the facade and reads Java objects. */
final class Everything {
    private Everything() {}

    static Object doWrong(ObjectInputStream in) throws IOException, ClassNotFoundException {
        Logger.getLogger("wrong").info("wrong");
        System.out.println("wrong");
        if (in.available() == 0) {
            System.exit(1);
        }
        return in.readObject();
    }
}
